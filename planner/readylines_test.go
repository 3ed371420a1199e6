package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L8: what is said of several items is said once, in words for several, and an
// absence without a quote.
func TestReadyLines(t *testing.T) {
	t.Parallel()
	blocked := Link{Type: "Blocks", Phrase: "is blocked by", Inward: true, Ref: Ref{Key: "OPS-3", Summary: "Move the ledger"}}
	clerks := "Clerks cannot see who owes what on the day on which they write reminders to customers."
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-1", Summary: "Show what is owed", Description: clerks},
		{Key: "PAY-2", Summary: "Show what was paid", Description: "Auditors cannot find payments once the year is over, and ask every clerk for them."},
		{Key: "PAY-3", Summary: "Sums of the ledger", Description: clerks, Links: []Link{blocked}},
		{Key: "PAY-4", Summary: "Days of the ledger", Description: clerks, Links: []Link{blocked}},
	}})
	require.Empty(t, Gate(p))
	assert.Equal(t, []string{
		"PAY-1 and PAY-2: not ready, they say how it is today, not what is different once it is done",
		"PAY-3 and PAY-4: not ready, they are each blocked by OPS-3 “Move the ledger”; whether that is done is not known here",
	}, p.readyLines())
}

// L8: a quote that a key point and a question show already is pointed to.
func TestReadyLinesQuoteNothingThrice(t *testing.T) {
	t.Parallel()
	quote := Evidence{Where: "description", Quote: "Who may see it?"}
	open := Item{Issue: Issue{Key: "PAY-1"}, Findings: []Finding{{Message: "it asks, and the ticket gives no answer", Blocks: true, Evidence: []Evidence{quote}}}}
	p := Plan{Items: []Item{open}, Questions: []Question{{Text: "PAY-1: who else?"}, {Text: "PAY-1 asks “Who may see it?” Who knows?"}}}
	assert.Equal(t, "not ready, it asks, and the ticket gives no answer: “Who may see it?” (description)", p.readyLine(open))
	p.KeyPoints = []KeyPoint{{Text: "PAY-1 asks “Who may see it?”"}}
	assert.Equal(t, "not ready, it asks, and the ticket gives no answer (question 2)", p.readyLine(open))
}

// L6: those under “Before” are spoken of only if somebody stands there.
func TestAttendeesAssumed(t *testing.T) {
	t.Parallel()
	plain := "The sum is wrong when a month ends on a Sunday and the ledger is closed."
	for want, i := range map[string]Issue{
		"the tickets name nobody":                                   {Description: plain},
		"the tickets name only who reported them":                   {Description: plain, Reporter: Person{Name: "Dana"}},
		"those under “Before” are named in them":                    {Description: plain + " Auditors ask for it."},
		"the tickets name or were reported by those under “Before”": {Description: plain + " Auditors ask for it.", Reporter: Person{Name: "Dana"}},
	} {
		i.Key, i.Summary = "PAY-1", "Sums of the ledger"
		b := newBuilder(Input{Session: testSession("x"), Issues: []Issue{i}})
		assert.Contains(t, b.peopleInvited(), want)
	}
}

// That the items of an epic serve the epic goes without saying.
func TestServesBesideTheEpic(t *testing.T) {
	t.Parallel()
	epic := Issue{Key: "PAY-9", Epic: true, Summary: "Customers pay on time"}
	issues := asking(3)
	for n := range issues {
		issues[n].Parent = &Ref{Key: "PAY-9", Summary: epic.Summary}
	}
	text := func() string {
		var out strings.Builder
		require.NoError(t, WriteTagged(&out, Build(Input{Session: testSession("x"), Epic: &epic, Issues: issues})))
		return out.String()
	}
	assert.NotContains(t, text(), "bjectives served")
	issues[0].FixVersions = []Version{{Name: "2026.12"}}
	assert.Contains(t, text(), "Objectives served:\n- PAY-1: release 2026.12 (its fix version)\n\n")
}

// A ready item is read out by its result, not by whatever it says first.
func TestReadyNote(t *testing.T) {
	t.Parallel()
	named := read(Issue{Key: "PAY-1", Summary: "Sums", Description: "Clerks cannot see sums.\n\nAcceptance criteria:\n- a clerk should see the sum of each customer"})
	assert.Equal(t, "ready; who objects to “a clerk should see the sum of each customer”, and why?", named.exploreNote())
	unquoted := read(Issue{Key: "PAY-1", Summary: "Sums", Description: "Clerks cannot see the sums of a month.\n\nAcceptance criteria:\n- fast"})
	assert.Equal(t, "ready; who objects, and why?", unquoted.exploreNote())
}
