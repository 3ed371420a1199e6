package outcome_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// S7: a line that stands at an item goes to another ticket where its key leads the line or
// closes it as where it belongs, and is listed where the key stands within a sentence.
func TestALineSaysWhoseItIs(t *testing.T) {
	t.Parallel()
	for want, lines := range map[string]string{
		"PAY-8": `PAY-8: header
PAY-8 – header
for PAY-8: header
Für PAY-8, kein Fuß
(PAY-8) header
PAY-8 keeps SEPA
PAY-8 is not affected
PAY-8: header, then this
header (PAY-8)
header for PAY-8.
font size 14, for PAY-8
Fuß für PAY-8
pied de page pour [PAY-8]
move the header to PAY-8
header → PAY-8
PAY-8: header, not for PAY-9
not for PAY-9, header for PAY-8`,
		"PAY-7": `unlike PAY-8, PAY-7 keeps it
not PAY-8: Ivo checks the log
not for PAY-8: reword the footer
nicht für PAY-8: Fuß ändern
pas pour PAY-8 : pied de page
no para PAY-8: pie
non per PAY-8: piè di pagina
não para PAY-8: rodapé
niet voor PAY-8: voettekst
nie dla PAY-8: stopka
colours stay (not for pay-8)
not for PAY-8 or PAY-9: footer`,
		"": `see PAY-8
same as PAY-8
same header as in PAY-8
Kopf wie in PAY-8
PoC of the header (see PAY-8)
send it by the new mailer (not the one of PAY-8)
PAY-8 first, then this
PAY-8 zuerst, dann dies
split off from PAY-8
depends on PAY-8
after PAY-8 ships
texts come from PAY-8
no export, export = PAY-8
as in PAY-8: no html
check with PAY-8 that the number is there
needs PAY-8, PAY-9
same text as PAY-8 & PAY-9
not for PAY-8: PAY-9 gets the footer
not for PAY-7: reword the footer`,
	} {
		for line := range strings.SplitSeq(lines, "\n") {
			tickets := []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-8"), onTicket("PAY-9")}
			plan, _ := writeback(session(ticket.Backlog, ""), []outcome.Entry{decision("PAY-7", line)}, tickets, "PAY-99")
			if want == "" {
				require.Len(t, plan.Unattributed, 1, line)
				assert.Contains(t, plan.Unattributed[0].Reason, "the ticket that it is for", line)
				assert.Empty(t, comments(plan), line)
				continue
			}
			assert.Equal(t, map[string][]string{want: {line}}, comments(plan), line)
			assert.Equal(t, want != "PAY-7", strings.Contains(plan.Changes[0].Detail, "since it names "+want), line)
		}
	}
}

// S7 S8: outside the items' sections any ticket that a line names is its own, and what a
// ticket was told stays there while its words stand.
func TestALineThatNamesATicketElsewhere(t *testing.T) {
	t.Parallel()
	tickets := []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-8")}
	plan, told := writeback(session(ticket.Backlog, ""), []outcome.Entry{decision("", "texts come from PAY-8")}, tickets)
	assert.Equal(t, map[string][]string{"PAY-8": {"texts come from PAY-8"}}, comments(plan))
	plan, _ = writeback(session(ticket.Backlog, ""), []outcome.Entry{decision("PAY-7", "texts come from PAY-8")}, told)
	assert.Empty(t, plan.Unattributed)
	assert.Empty(t, comments(plan), "as it was told")
}

// S2 S7: several tickets that a line names in a row each get it.
func TestTicketsInARow(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"logo for PAY-8 and PAY-9":            "PAY-8 and PAY-9",
		"PAY-8 u. PAY-9: gleiche Farbe":       "PAY-8 and PAY-9",
		"gleich in PAY-8 und PAY-9":           "PAY-8 and PAY-9",
		"same text (PAY-8 & PAY-9)":           "PAY-8 and PAY-9",
		"same in PAY-7 and PAY-9":             "PAY-7 and PAY-9",
		"unlike PAY-8 and PAY-9, PAY-7 waits": "PAY-7",
		"unlike PAY-9, PAY-7 waits":           "PAY-7",
		"PAY-8: as in PAY-9 and PAY-7":        "PAY-7",
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
