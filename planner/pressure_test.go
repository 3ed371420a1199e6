package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Why now is what presses, never what it would be good for.
func TestPressure(t *testing.T) {
	t.Parallel()
	for sentence, presses := range map[string]bool{
		"Support has had 23 angry calls about this since June.":                                true,
		"The last audit took eleven days instead of four.":                                     true,
		"In the last audit 17 of 300 numbers were not valid.":                                  true,
		"Four of ten invoices are paid late.":                                                  true,
		"The next audit is announced for February.":                                            true,
		"As an auditor, I want a ledger so that I can compare it with 3 others.":               false,
		"I want each invoice kept for ten years, so that an auditor can compare it.":           false,
		"Show the last 5 complaints of a customer on the page.":                                false,
		"The list should be there within two seconds instead of ten.":                          false,
		"How many of the 23 calls since June were about this?":                                 false,
		"For me it takes up to 20 seconds on Mondays.":                                         false,
		"The clerk opens two invoices and compares them.":                                      false,
		"In order to reduce calls, the reminder names the invoice that it is about, as usual.": false,
	} {
		ev := read(Issue{Key: "PAY-9", Summary: "Reminders", Description: sentence}).pressed
		assert.Equal(t, presses, ev.Quote != "", sentence)
	}
}

func TestWhy(t *testing.T) {
	t.Parallel()
	i := Issue{
		Key: "PAY-12", Summary: "Keep invoices", Description: "I want invoices kept, so that an auditor can compare them with the ledger.",
		Due:         Date{Year: 2026, Month: 12, Day: 18},
		FixVersions: []Version{{Name: "2026.12", Release: Date{Year: 2026, Month: 12, Day: 11}}, {Name: "2027.1"}},
		Sprint:      &Sprint{Goal: "Ready for the audit", State: "active"},
		Comments:    []Comment{{Body: "The last audit took eleven days instead of four."}},
	}
	p := Build(Input{Session: testSession("x"), Issues: []Issue{i}})
	require.Empty(t, Gate(p))
	assert.Equal(t, "due 2026-12-18; release 2026.12 on 2026-12-11; sprint goal: Ready for the audit; “The last audit took eleven days instead of four” (comment by somebody)", p.Items[0].Why)

	i = Issue{Key: "PAY-12", Summary: i.Summary, Description: i.Description, Sprint: &Sprint{Goal: "Long ago", State: "closed"}}
	assert.Empty(t, read(i).why(testSession("x").Start))
}

// What the epic says of its urgency is the session's, too, but not twice.
func TestEpicPresses(t *testing.T) {
	t.Parallel()
	epic := &Issue{Key: "PAY-1", Epic: true, Summary: "Audits", Description: "Numbers are missing in the books. The last audit took eleven days instead of four."}
	in := Input{Session: testSession("x"), Epic: epic, Issues: []Issue{{Key: "PAY-2", Summary: "Invoice list"}}}
	const fact = "“The last audit took eleven days instead of four”"
	assert.Contains(t, strings.Join(Build(in).Agenda[0].Lines, "\n"), fact+" (PAY-1)")
	epic.Description = "The last audit took eleven days instead of four."
	assert.Equal(t, 1, strings.Count(strings.Join(Build(in).Agenda[0].Lines, "\n"), fact))
}
