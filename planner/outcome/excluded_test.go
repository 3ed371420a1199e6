package outcome_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// S7: the ticket that a line says it is not for gets no word of it.
func TestAnExcludedTicketIsNoDestination(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"not for PAY-8: reword the footer":                    "PAY-7",
		"not in PAY-8, here: totals are cached":               "PAY-7",
		"unlike PAY-8, use the big font":                      "PAY-7",
		"all methods except those in PAY-8":                   "PAY-7",
		"nicht für PAY-8: Fuß ändern":                         "PAY-7",
		"pas pour PAY-8 : pied de page":                       "PAY-7",
		"all but PAY-8: footer":                               "PAY-7",
		"PAY-8 not affected":                                  "PAY-7",
		"PAY-8 is not affected, here only: header":            "PAY-7",
		"except PAY-8: header":                                "PAY-7",
		"colours stay (not for pay-8)":                        "PAY-7",
		"not for PAY-8, PAY-9: footer":                        "PAY-7",
		"not for PAY-8 or PAY-9: footer":                      "PAY-7",
		"PAY-8 and PAY-9 are not affected":                    "PAY-7",
		"alle außer PAY-8 bekommen es":                        "PAY-7",
		"PAY-8 ist nicht betroffen: Kopf bleibt":              "PAY-7",
		"tous sauf PAY-8":                                     "PAY-7",
		"PAY-8 n’est pas concernée":                           "PAY-7",
		"todo excepto PAY-8":                                  "PAY-7",
		"no para PAY-8: pie":                                  "PAY-7",
		"tutti tranne PAY-8":                                  "PAY-7",
		"não para PAY-8: rodapé":                              "PAY-7",
		"niet voor PAY-8: voettekst":                          "PAY-7",
		"wszystkie oprócz PAY-8":                              "PAY-7",
		"PAY-99 is not affected":                              "PAY-7",
		"not for PAY-8: PAY-9 gets the footer":                "PAY-9",
		"unlike PAY-8, PAY-9 keeps it":                        "PAY-9",
		"PAY-9: header, not for PAY-8":                        "PAY-9",
		"no fee yet, blocked by PAY-8":                        "PAY-7",
		"erst 2027, blockiert durch PAY-8":                    "PAY-7",
		"pas encore, bloqué par PAY-8":                        "PAY-7",
		"PAY-9: no fee yet, blocked by PAY-8":                 "PAY-9",
		"not only for PAY-8: footer":                          "PAY-8",
		"PAY-8 is affected":                                   "PAY-8",
		"for PAY-8: nothing but the footer":                   "PAY-8",
		"if not, PAY-8 waits":                                 "PAY-8",
		"PAY-7 is not affected":                               "PAY-7",
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
	}
}
