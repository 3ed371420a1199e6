package outcome_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// S7: a line with a ticket's key goes to that ticket, unless the word for not stands in
// front of the key, with one more between them at most.
func TestAnExcludedTicketIsNoDestination(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"not PAY-8: Ivo checks the log":                       "PAY-7",
		"not for PAY-8: reword the footer":                    "PAY-7",
		"not in PAY-8, here: totals are cached":               "PAY-7",
		"nicht für PAY-8: Fuß ändern":                         "PAY-7",
		"pas pour PAY-8 : pied de page":                       "PAY-7",
		"no para PAY-8: pie":                                  "PAY-7",
		"non per PAY-8: piè di pagina":                        "PAY-7",
		"não para PAY-8: rodapé":                              "PAY-7",
		"niet voor PAY-8: voettekst":                          "PAY-7",
		"nie dla PAY-8: stopka":                               "PAY-7",
		"colours stay (not for pay-8)":                        "PAY-7",
		"not for PAY-8, PAY-9: footer":                        "PAY-7",
		"not for PAY-8 or PAY-9: footer":                      "PAY-7",
		"not for PAY-8: PAY-9 gets the footer":                "PAY-9",
		"PAY-9: header, not for PAY-8":                        "PAY-9",
		"not only for PAY-8: footer":                          "PAY-8",
		"not only PAY-8: footer":                              "PAY-8",
		"nicht nur PAY-8: Fuß":                                "PAY-8",
		"pas seulement PAY-8 : pied de page":                  "PAY-8",
		"not all PAY-8: footer":                               "PAY-7",
		"if not, PAY-8 waits":                                 "PAY-8",
		"as in PAY-8: no html":                                "PAY-8",
		"PAY-8 is not affected":                               "PAY-8",
		"unlike PAY-8, PAY-7 keeps it":                        "PAY-7",
		"not for PAY-7: reword the footer":                    "",
		"not for PAY-7 but for PAY-8: it does not go the way": "PAY-8",
	} {
		tickets := []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-8"), onTicket("PAY-9")}
		plan, _ := writeback(session(ticket.Backlog, ""), []outcome.Entry{decision("PAY-7", line)}, tickets, "PAY-99")
		if want == "" {
			assert.Len(t, plan.Unattributed, 1, line)
			assert.Empty(t, comments(plan), line)
			continue
		}
		assert.Equal(t, map[string][]string{want: {line}}, comments(plan), line)
		assert.Equal(t, want != "PAY-7", strings.Contains(plan.Changes[0].Detail, "since it names "+want), line)
	}
}

// S2 S7: several tickets that a line names in a row each get it.
func TestTicketsInARow(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"logo for PAY-8 and PAY-9":            "PAY-8 and PAY-9",
		"same text for PAY-8 & PAY-9 v2":      "PAY-8 and PAY-9",
		"needs PAY-8, PAY-9":                  "PAY-8 and PAY-9",
		"hits PAY-8/PAY-9 too":                "PAY-8 and PAY-9",
		"PAY-8 u. PAY-9: gleiche Farbe":       "PAY-8 and PAY-9",
		"gleich in PAY-8 und PAY-9":           "PAY-8 and PAY-9",
		"same in PAY-7 and PAY-9":             "PAY-7 and PAY-9",
		"unlike PAY-8 and PAY-9, PAY-7 waits": "PAY-7",
		"unlike PAY-9, PAY-7 waits":           "PAY-7",
		"PAY-8: as in PAY-9 and PAY-7":        "PAY-7",
		"as in PAY-8, not in PAY-7 and PAY-9": "PAY-8",
		"as in PAY-8 but for the logo, PAY-9": "PAY-8",
	} {
		tickets := []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-8"), onTicket("PAY-9")}
		plan, _ := writeback(session(ticket.Backlog, ""), []outcome.Entry{decision("PAY-7", line)}, tickets, "PAY-99")
		told := map[string][]string{}
		for _, key := range strings.Split(want, " and ") {
			told[key] = []string{line}
		}
		assert.Equal(t, told, comments(plan), line)
		for _, c := range plan.Changes {
			if key := c.Issue; len(told[key]) > 0 && key != "PAY-7" && strings.Contains(c.Detail, "decision") {
				assert.Contains(t, c.Detail, "since it names "+want, line)
			}
		}
	}
}
