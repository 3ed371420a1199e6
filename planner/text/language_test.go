package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

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
		{"Romanian", "Export de facturi", "Exportul trebuie să fie simplu, pentru ca un contabil să poată verifica toate facturile la sfârșitul lunii și să nu lipsească nicio plată."},
		{"Vietnamese", "Xuất hóa đơn", "Việc xuất phải đơn giản để kế toán có thể kiểm tra các hóa đơn vào cuối tháng và không bỏ sót khoản thanh toán nào."},
		{"Hungarian", "Számlák exportálása", "Az exportnak egyszerűnek kell lennie, hogy a könyvelés a hónap végén ellenőrizhesse a számlákat, és ne maradjon ki fizetés."},
		{"Norwegian", "Eksportere fakturaer", "Eksporten må være enkel, slik at regnskap kan kontrollere fakturaene ved slutten av måneden og ikke mister noen betaling."},
		{"Danish", "Eksportere fakturaer", "Eksporten skal være enkel, så regnskab kan kontrollere fakturaerne ved udgangen af måneden og ikke mister en betaling."},
		{"Croatian", "Izvoz računa", "Izvoz mora biti jednostavan kako bi računovodstvo na kraju mjeseca moglo provjeriti račune i da nijedno plaćanje ne nedostaje."},
		{"Bulgarian", "Експорт на фактури", "Експортът трябва да е прост, за да може счетоводството да провери фактурите в края на месеца и да не липсва плащане."},
		{"another language", "ส่งออกใบแจ้งหนี้", "การส่งออกต้องง่าย"},
		{"another language", "Hamisha ankara", "Uhamishaji unapaswa kuwa rahisi ili idara ihakikishe ankara zote mwishoni mwa mwezi bila kupoteza malipo yoyote."},
	} {
		assert.Equal(t, c.want, Listen(ReadLine(c.summary), Read(c.description)).Name(), c.summary)
	}
}

// A block in another language than the rest is heard in its own.
func TestLanguageOfAPart(t *testing.T) {
	t.Parallel()
	d := Read("The export is for our accountants, who need it at the end of each month.\n\nOb die Mahnungen mit auf die Liste sollen, ist noch nicht entschieden.")
	assert.Equal(t, "English", Listen(d).Name())
	assert.True(t, d.Blocks[1].Sentences[0].Is(Undecided))
}

// Words are alike in all their endings, each language by its own.
func TestTerms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, one, other string }{
		{"en", "exporting the invoices", "exported an invoice"},
		{"en", "payments are connected", "payment connections"},
		{"de", "die Rechnungen", "eine Rechnung"},
		{"fr", "les factures", "la facture"},
		{"ru", "платежами", "платежи"},
	} {
		for _, x := range lexicons() {
			if x.code == c.code {
				assert.Equal(t, x.TermSet(c.one), x.TermSet(c.other), c.one)
			}
		}
	}
	var none *Language
	assert.Equal(t, []string{"invoices"}, none.TermSet("invoices"))
}
