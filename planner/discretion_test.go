package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L8 L9: a line that says when the ticket is done and leaves that to whoever
// looks keeps it from being ready. What is only an extra does not.
func TestDiscretion(t *testing.T) {
	t.Parallel()
	const criteria = "\n\nAcceptance criteria:\n* An invoice without a payer is refused with a message.\n* "
	for _, c := range []struct {
		name, text string
		quote      string // empty: ready
	}{
		{"when appropriate", criteria + "A fee is only charged twice when appropriate.", "A fee is only charged twice when appropriate"},
		{"as far as it makes sense", criteria + "Reminders are in one order (to the extent that it makes sense).", "Reminders are in one order (to the extent that it makes sense)"},
		{"if possible", criteria + "The sum is checked by the bank, if possible.", "The sum is checked by the bank, if possible"},
		{"as needed", criteria + "The guide for clerks is updated as needed.", "The guide for clerks is updated as needed"},
		{"a condition, not an extra", criteria + "Where possible, the letter fits on a page.", "Where possible, the letter fits on a page"},
		{"a judgement call of those who test", criteria + "The sum is right.\n\nQA:\n\nWhether the letters are clear is left as a judgment call to the tester.", "Whether the letters are clear is left as a judgment call to the tester"},
		{"whether or not", criteria + "The sum is right.\n\nQA:\n\nWhether or not it is done is left as a judgment call to the tester.", "Whether or not it is done is left as a judgment call to the tester"},
		{"the whole before a part", criteria + "A fee is only charged twice when appropriate.\n\nQA:\n* It is at the tester's discretion whether all is done.", "It is at the tester's discretion whether all is done"},
		{"an extra by its label", criteria + "Optional: tell the payer by letter when appropriate.", ""},
		{"an extra by its condition", criteria + "If appropriate, add a word on fees to the guide.", ""},
		{"an extra that somebody decides on", criteria + "A reminder is sent if the clerk decides so.", ""},
		{"needed for something", criteria + "The number is printed as needed by the bank.", ""},
		{"possible things", criteria + "It is shown as possible values of the field.", ""},
		{"ruled out", criteria + "Nothing is left to the judgement of the clerk.", ""},
		{"ruled out, too", criteria + "The order of letters is not left to the judgement of the clerk.", ""},
		{"no line that says when it is done", " We send reminders when appropriate today." + criteria + "The sum is right.", ""},
		{"test steps", criteria + "The sum is right.\n\nSteps to test:\n* Restart the desk as needed.", ""},
	} {
		r := judgedBy(Issue{Key: "PAY-1", Summary: "Reminders of fees", Description: "Clerks cannot see who has not paid a fee." + c.text}, ruled())
		require.NotEmpty(t, r.criteria, c.name)
		assert.Equal(t, c.quote == "", r.ready(), "%s: %v", c.name, messages(r))
		if c.quote != "" {
			f := r.findings[0]
			assert.Equal(t, ruleCriteria, f.Rule, c.name)
			assert.Equal(t, c.quote, f.Evidence[0].Quote, c.name)
			assert.Empty(t, Gate(Build(Input{Session: testSession("x"), Issues: []Issue{r.issue}})), c.name)
		}
	}
}

// L9: what is said by one line is counted once.
func TestDiscretionIsSaidOnce(t *testing.T) {
	t.Parallel()
	r := judgedBy(Issue{Key: "PAY-1", Summary: "Reminders of fees", Description: "Clerks cannot see who has not paid.\n\nAcceptance criteria:\n* The sum is checked by the bank, if possible.\n* A fee is charged twice as appropriate."}, ruled())
	rules := map[string]int{}
	for _, h := range r.hits {
		rules[h.rule]++
	}
	assert.Equal(t, map[string]int{ruleProblem: 1, ruleCriteria: 2}, rules)
	assert.Len(t, r.findings[0].Evidence, 2)
}

// L8: no gap in the ticket's own words stands in front of such a line.
func TestDiscretionIsTheVerdict(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{{Key: "PAY-1", Summary: "Organize the letters",
		Description: "Remove old letters from the list.\n\nCC:\n\n* Letters are kept twice when appropriate.\n* Letters are in one order."}}})
	require.Len(t, p.Items, 1)
	assert.Equal(t, discretionCue.says, p.Items[0].Findings[0].Message)
}

// L4 L8: a ticket that doubts itself is asked who still needs it, before anything
// else.
func TestNeedless(t *testing.T) {
	t.Parallel()
	i := Issue{Key: "PAY-1", Summary: "Add reminders", Description: "I'm not sure which other letters there are. Which fee comes first on the letter?\n\nh4. Is this ticket even needed?\n\nIf the bank sends letters itself, then this ticket is probably obsolete since nobody would read ours."}
	r := judgedBy(i, ruled())
	require.NotEmpty(t, r.findings)
	assert.Equal(t, "the ticket doubts itself whether anybody needs it", r.findings[0].Message)
	assert.False(t, r.ready())
	p := Build(Input{Session: testSession("x"), Issues: []Issue{i}})
	require.Empty(t, Gate(p))
	assert.Contains(t, cues[saysNeedless].asks, ask(p.Questions[0]))
	for _, q := range p.Questions[1:] {
		assert.NotContains(t, cues[saysNeedless].asks, ask(q), "one doubt is one question")
	}
}

// ask is a question without what it is about.
func ask(q Question) string {
	all := sentences(ourQuote.ReplaceAllString(q.Text, ""))
	return all[len(all)-1]
}

// L9: an open list blocks where it states what the ticket is about and the
// criteria do not come back to it.
func TestOpenScope(t *testing.T) {
	t.Parallel()
	const link = "Investigate ways to link invoices, fees, letters, etc."
	for _, c := range []struct {
		name, text string
		blocks     bool
	}{
		{"the statement of scope", link + "\n\nAcceptance criteria:\n* A page tells what was found.", true},
		{"closed by the criteria", link + "\n\nAcceptance criteria:\n* Invoices lead to their letters.\n* Fees lead to their invoices.", false},
		{"not the scope", "Clerks cannot find a payer. They look at invoices, fees, letters, etc.\n\nAcceptance criteria:\n* A payer is found by name.", false},
		{"no criteria", "Clerks cannot find a payer. They look at invoices, fees, letters, etc.", true},
	} {
		r := judgedBy(Issue{Key: "PAY-1", Summary: "Search", Description: c.text}, ruled())
		require.True(t, r.found(ruleOpenList), c.name)
		assert.Equal(t, c.blocks, r.breach(ruleOpenList).Blocks, c.name)
	}
}
