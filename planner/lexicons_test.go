package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// saying is the rule that a sentence of a ticket's description sets off.
func saying(summary, sentence string) string {
	for _, h := range read(Issue{Key: "PAY-1", Summary: summary, Description: sentence}).hits {
		if h.ev.Where == "description" {
			return h.rule
		}
	}
	return ""
}

// L4 L14 L15: German wording that gives a doubt away, beside wording that only
// looks so.
func TestGermanCues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ sentence, rule string }{
		{"Die Story ist zu groß für einen Sprint.", ruleSize},
		{"Wir haben die Story bereits aufgeteilt, sie war zu groß für einen Sprint.", ""},
		{"Die Frist für den Versand ist TBD.", ruleOpenQuestion},
		{"Die Texte der Mahnung sind noch zu klären.", ruleOpenQuestion},
		{"Ob die Gebühr auf der Rechnung steht, ist noch nicht entschieden.", ruleOpenQuestion},
		{"Es ist unklar, wer die Gebühr bezahlt.", ruleOpenQuestion},
		{"Wenn die Adresse nicht bekannt ist, wird die Rechnung nicht gedruckt und landet im Ordner.", ""},
		{"Vor dem Druck müssen wir klären, wer die Vorlage pflegt.", ruleOpenQuestion},
		{"Wer darf den Export eines Kollegen sehen?", ruleOpenQuestion},
		{"Kannst du bitte noch einmal nachsehen?", ""},
		{"Mit dem Druck sollten wir noch warten.", ruleDependency},
		{"Der Export hängt vom neuen Hauptbuch ab.", ruleDependency},
		{"Das Bild hängt an der Wand neben der Tür.", ""},
		{"Wir warten noch auf die Freigabe der Bank.", ruleDependency},
		{"Die Liste enthält Rechnungen, Gutschriften, Mahnungen usw.", ruleOpenList},
		{"Die Liste enthält Rechnungen und vieles mehr.", ruleOpenList},
		{"Die Liste enthält Rechnungen und Gutschriften.", ""},
		{"Der Versand soll für die Buchhaltung einfacher werden.", ruleVague},
		{"Es ist ein einfacher Weg für die Buchhaltung.", ""},
		{"Die Suche soll um 20 Prozent schneller werden als heute.", ""},
		{"Die Fehler sollen angemessen behandelt werden.", ruleVague},
		{"Diverse Felder werden in der Liste ergänzt.", ruleVague},
		{"Bei der Umstellung werden einige Sachen auch angepasst.", ruleVague},
		{"Falls möglich, soll die Liste auch die Mahnungen zeigen.", ruleAssumption},
		{"Das ist vermutlich derselbe Fall wie im anderen Export.", ruleAssumption},
		{"Die Schnittstelle ist bereits vorhanden und muss nur aufgerufen werden.", ruleAssumption},
		{"Der Betrag darf sich nach dem Versand nicht mehr ändern.", ruleConstraint},
		{"Die alte Liste wird zum Jahresende abgeschaltet.", ruleStakeholder},
		{"Rechnungen sollen nicht mehr per Fax verschickt werden.", ruleStakeholder},
		{"Der Export funktioniert bei großen Kunden nicht.", ruleProblem},
		{"Auf der Rechnung fehlt die Nummer der Bestellung.", ruleProblem},
		{"Die Rechnung wird am ersten Tag des Monats verschickt.", ""},
		{"Der Kunde bekommt die Rechnung mit der Post oder als Datei.", ""},
		{"Wenn die Bank selbst mahnt, ist diese Story überflüssig, denn dieses Ticket ist dann hinfällig.", ruleOpenQuestion},
		{"Optional: Die Liste zeigt auch die Mahnungen.", ""},
		{"Akzeptanzkriterien:\n* Die Mahnung wird bei Bedarf noch einmal verschickt.", ruleCriteria},
	} {
		assert.Equal(t, c.rule, saying("Rechnungsexport", c.sentence), c.sentence)
	}
}

// L4 L14 L15: the same in French.
func TestFrenchCues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ sentence, rule string }{
		{"La story est trop grosse pour un sprint.", ruleSize},
		{"La date de l'envoi est à définir.", ruleOpenQuestion},
		{"Le texte de la relance n'est pas encore décidé.", ruleOpenQuestion},
		{"On ne sait pas encore qui paie les frais.", ruleOpenQuestion},
		{"Si l'adresse n'est pas connue, la facture va dans le dossier.", ""},
		{"Il faut déterminer si les avoirs sont dans la liste.", ruleOpenQuestion},
		{"Qui peut voir l'export d'un collègue ?", ruleOpenQuestion},
		{"Pouvez-vous regarder cela encore une fois, merci ?", ""},
		{"Nous sommes en attente de la réponse de la banque.", ruleDependency},
		{"L'export dépend du nouveau grand livre.", ruleDependency},
		{"La liste contient les factures, les avoirs, etc.", ruleOpenList},
		{"La liste contient les factures et les avoirs.", ""},
		{"L'envoi doit être plus simple pour la comptabilité.", ruleVague},
		{"La recherche doit être plus rapide de 20 % que celle de l'ancienne page.", ""},
		{"Les erreurs sont traitées correctement par l'export.", ruleVague},
		{"Les erreurs ne sont pas traitées correctement par l'export.", ""},
		{"Certaines factures sont dans une autre liste.", ruleVague},
		{"Si possible, la liste montre aussi les relances.", ruleAssumption},
		{"C'est probablement le même cas que dans l'autre export.", ruleAssumption},
		{"Le montant ne doit pas changer après l'envoi.", ruleConstraint},
		{"L'ancienne liste sera supprimée à la fin de l'année.", ruleStakeholder},
		{"L'export échoue avec les grands clients.", ruleProblem},
		{"Il manque le numéro de la commande sur la facture.", ruleProblem},
		{"La facture est envoyée le premier jour du mois.", ""},
		{"Le client reçoit la facture par la poste ou dans un fichier.", ""},
		{"Si la banque envoie les relances, ce ticket est probablement inutile.", ruleOpenQuestion},
		{"Critères d'acceptation :\n* La relance est envoyée une seconde fois si nécessaire.", ruleCriteria},
	} {
		assert.Equal(t, c.rule, saying("Export des factures", c.sentence), c.sentence)
	}
}

// L15: a plan of German and French tickets stands on their own words.
func TestPlanInTwoLanguages(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("Mahnungen"), Issues: []Issue{
		{
			Key: "PAY-1", Summary: "Mahnungen verschicken",
			Description: "Die Buchhaltung verschickt die Mahnungen heute von Hand, z. B. am Monatsende. Das ist umständlich, und manche Kunden bekommen keine.\n\nWelche Gebühr auf der zweiten Mahnung steht, ist noch nicht entschieden. Die Liste zeigt Name, Betrag, Datum usw.",
			Comments:    []Comment{{Author: Person{Name: "Dana"}, Body: "Seit Juni hatten wir 23 Anrufe deswegen."}},
		},
		{
			Key: "PAY-2", Summary: "Relances par courriel",
			Description: "Les relances doivent partir plus rapidement. Le modèle de courriel est à définir avec la banque.",
		},
	}})
	require.Empty(t, Gate(p))
	assert.NotContains(t, strings.Join(p.Assumptions, "\n"), "Language:")
	quotes := map[string]string{}
	for _, i := range p.Items {
		for _, f := range i.Findings {
			for _, e := range f.Evidence {
				quotes[e.Quote] = f.Rule
			}
		}
	}
	assert.Equal(t, ruleOpenQuestion, quotes["Welche Gebühr auf der zweiten Mahnung steht, ist noch nicht entschieden"])
	assert.Equal(t, ruleOpenList, quotes["Die Liste zeigt Name, Betrag, Datum usw"])
	assert.Equal(t, ruleOpenQuestion, quotes["Le modèle de courriel est à définir avec la banque"])
	assert.Equal(t, ruleVague, quotes["Les relances doivent partir plus rapidement"])
	assert.Equal(t, "“Seit Juni hatten wir 23 Anrufe deswegen” (comment by Dana)", p.Items[0].Why)
}

// "z. B." ends no sentence, and "。" does.
func TestSentencesOfOtherLanguages(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"Am Monatsende, z. B. Rechnungen.", "Nr. 7 auch."}, sentences("Am Monatsende, z. B. Rechnungen. Nr. 7 auch."))
	assert.Equal(t, []string{"Voir p. ex. Facture.", "Fin."}, sentences("Voir p. ex. Facture. Fin."))
	assert.Equal(t, []string{"失敗した。", "再試行？"}, sentences("失敗した。再試行？"))
}
