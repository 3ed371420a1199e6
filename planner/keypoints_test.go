package planner

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Two tickets ask two questions; other cues are set beside each other.
func TestPointsOfTwoTickets(t *testing.T) {
	t.Parallel()
	a := read(Issue{Key: "PAY-9", Description: "Where will accounts see the pause?"})
	b := read(Issue{Key: "PAY-4", Description: "Which reminders annoy people most?"})
	assert.Equal(t, "PAY-9 asks “Where will accounts see the pause?”, and PAY-4 asks “Which reminders annoy people most?” Each answer changes what its ticket is about.",
		wordingPoint([]hit{a.hits[0], b.hits[0]}).Text)

	a = read(Issue{Key: "PAY-9", Description: "The export depends on the new ledger."})
	b = read(Issue{Key: "PAY-4", Description: "Refunds are blocked by the bank's answer."})
	assert.Contains(t, wordingPoint([]hit{a.hits[0], b.hits[0]}).Text, "ledger”; PAY-4 likewise: “Refunds are blocked by the bank's answer”. ")
}

// No line of the guide is followed by two marks.
func TestLead(t *testing.T) {
	t.Parallel()
	p := samplePlan()
	p.KeyPoints = []KeyPoint{{Guide: "What does success look like?", Text: "One."}, {Guide: "Map out dependencies", Text: "Two."}, {Guide: "Define clear outcomes:", Text: "Three."}}
	for write, want := range map[string][]string{
		"text":     {"1. What does success look like? One.\n", "2. Map out dependencies: Two.\n", "3. Define clear outcomes: Three.\n"},
		"markdown": {"1. **What does success look like?** One.\n", "2. **Map out dependencies:** Two.\n", "3. **Define clear outcomes:** Three.\n"},
	} {
		var out bytes.Buffer
		if write == "text" {
			require.NoError(t, WriteText(&out, p))
		} else {
			require.NoError(t, WriteMarkdown(&out, p))
		}
		for _, line := range want {
			assert.Contains(t, out.String(), line)
		}
	}
}

// Under its own heading an item's question does not begin with its key.
func TestItemQuestionsDropTheirKey(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"PAY-9: “A”. Who?":                    "“A”. Who?",
		"PAY-9, comment by Dana: “A” Who?":    "Comment by Dana: “A” Who?",
		"PAY-9 has only its title, “A”. Who?": "It has only its title, “A”. Who?",
		"PAY-90: “A”. Who?":                   "PAY-90: “A”. Who?",
		"“A” (PAY-9). Who?":                   "“A” (PAY-9). Who?",
	} {
		assert.Equal(t, want, underKey(text, "PAY-9"))
	}
	for _, i := range samplePlan().Items {
		for _, q := range i.Questions {
			assert.NotContains(t, q, i.Issue.Key+":")
		}
	}
}
