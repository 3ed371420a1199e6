package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// languageOf is the language that an issue's own text is read in.
func languageOf(summary, description string) string {
	return read(Issue{Key: "PAY-1", Summary: summary, Description: description}).lex.called()
}

// L15: short texts, mixed ones, and texts that are mostly code.
func TestLanguages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ want, summary, description string }{
		{"English", "Retry failed payments", ""},
		{"English", "Kafka consumer lag", ""},
		{"English", "wrong character on page Rights management", ""},
		{"English", "Rename the Zürich office", "The page of the office in Zürich still has its old name, and customers cannot find it."},
		{"English", "Fix NPE", "It fails here:\n{code}\nfoo.bar(baz);\nder.die(das);\n{code}\n"},
		{"English", "Set `retry.max.attempts` in PaymentClientConfigurationFactoryBean", "PaymentClientConfigurationFactoryBean ignores retry.max.attempts, HttpClientBuilder, ConnectionManager, SocketConfig"},
		{"English", "Export", "The export for the Buchhaltung breaks when the name of the Rechnung is missing."},
		{"German", "Rechnungen exportieren", "Der Export soll robust sein, damit die Buchhaltung die Rechnungen am Monatsende prüfen kann."},
		{"German", "Fehler beim Löschen", ""},
		{"German", "Zahlung für Gäste", ""},
		{"German", "API-Timeout erhöhen", "Der `HttpClient` in der `PaymentService` bricht ab, wenn die Bank nicht antwortet. {{retry.max}} ist dort nicht gesetzt."},
		{"French", "Exporter les factures", "L'export doit être fiable pour que la comptabilité vérifie les factures à la fin du mois."},
		{"French", "Erreur à l'affichage", ""},
		{"Spanish", "Exportar facturas", "La exportación debe ser robusta para que contabilidad pueda revisar las facturas a fin de mes."},
		{"Spanish", "Añadir botón de pago", ""},
		{"Portuguese", "Exportar faturas", "A exportação deve ser simples para que a contabilidade possa conferir as faturas no fim do mês, e não pode perder nenhuma."},
		{"Italian", "Esportare le fatture", "L'esportazione deve essere semplice, così che la contabilità possa controllare le fatture alla fine del mese."},
		{"Dutch", "Facturen exporteren", "De export moet eenvoudig zijn, zodat de boekhouding de facturen aan het einde van de maand kan controleren."},
		{"Polish", "Eksport faktur", "Eksport powinien być prosty, aby księgowość mogła sprawdzić faktury na koniec miesiąca i żadna płatność nie zginęła."},
		{"Czech", "Export faktur", "Export by měl být jednoduchý, aby účetní mohli na konci měsíce zkontrolovat faktury."},
		{"Swedish", "Exportera fakturor", "Exporten ska vara enkel så att ekonomiavdelningen kan kontrollera fakturorna i slutet av månaden och inte missar något."},
		{"Turkish", "Faturaları dışa aktar", "Muhasebe ay sonunda faturaları kontrol edebilsin diye dışa aktarma basit olmalı ve hiçbir ödeme eksik kalmamalı."},
		{"Russian", "Экспорт счетов", "Экспорт должен быть простым, чтобы бухгалтерия могла проверить счета в конце месяца."},
		{"Ukrainian", "Експорт рахунків", "Експорт має бути простим, щоб бухгалтерія могла перевірити рахунки наприкінці місяця і її платежі."},
		{"Japanese", "請求書のエクスポート", "経理が月末に請求書を確認できるように、エクスポートは簡単でなければなりません。"},
		{"Chinese", "导出发票", "导出必须简单，以便财务在月底核对发票。"},
		{"Korean", "청구서 내보내기", "회계팀이 월말에 청구서를 확인할 수 있도록 내보내기는 간단해야 합니다."},
		{"another language", "ส่งออกใบแจ้งหนี้", "การส่งออกต้องง่าย"},
		{"another language", "Hamisha ankara", "Uhamishaji unapaswa kuwa rahisi ili idara ihakikishe ankara zote mwishoni mwa mwezi bila kupoteza malipo yoyote."},
	} {
		assert.Equal(t, c.want, languageOf(c.summary, c.description), c.summary)
	}
}

// A part in another language than the rest is read in its own.
func TestLanguageOfAPart(t *testing.T) {
	t.Parallel()
	r := read(Issue{Key: "PAY-1", Summary: "Export invoices", Description: "The export is for our accountants, who need it at the end of each month.\n\nOb die Mahnungen mit auf die Liste sollen, ist noch nicht entschieden."})
	assert.Equal(t, "English", r.lex.called())
	if assert.Len(t, r.hits, 1) {
		assert.Equal(t, "ist noch nicht entschieden", r.hits[0].ev.Quote[len(r.hits[0].ev.Quote)-len("ist noch nicht entschieden"):])
	}
	r = read(Issue{Key: "PAY-1", Summary: "Rechnungen exportieren", Description: "Die Buchhaltung braucht die Liste am Ende des Monats.", Comments: []Comment{{Body: "It is blocked by the new ledger, which is not there yet."}}})
	assert.Equal(t, "German", r.lex.called())
	if assert.Len(t, r.hits, 1) {
		assert.Equal(t, ruleDependency, r.hits[0].rule)
	}
}

// L15: the plan names the tickets that no word rule was applied to, with their
// language; what needs no words still applies to them.
func TestUnknownLanguageIsNamed(t *testing.T) {
	t.Parallel()
	const text = "La exportación debe ser sencilla y robusta para que contabilidad pueda revisar las facturas a fin de mes y no falten pagos."
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-1", Summary: "Exportar facturas", Description: text, Links: []Link{blockedBy("PAY-9")}},
		{Key: "PAY-2", Summary: "ส่งออกใบแจ้งหนี้"},
		{Key: "PAY-3", Summary: "Export invoices", Description: "The export fails."},
	}})
	assert.Empty(t, Gate(p))
	assert.Contains(t, p.Assumptions, "Language: the rules about wording are for English, French and German, and were not applied to PAY-1 (Spanish) and PAY-2 (another language).")
	rules := map[string][]string{}
	for _, i := range p.Items {
		for _, f := range i.Findings {
			rules[i.Issue.Key] = append(rules[i.Issue.Key], f.Rule)
		}
	}
	assert.ElementsMatch(t, []string{ruleCriteria, ruleDependency}, rules["PAY-1"])
	assert.Equal(t, []string{ruleNoDescription}, rules["PAY-2"])
}
