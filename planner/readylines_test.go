package planner

import (
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
		"PAY-3 and PAY-4: not ready, they are blocked by OPS-3 “Move the ledger”; whether that is done is not known here",
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
