package ready

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

func rulesOf(c Checked) (rules []string) {
	for _, f := range c.Findings {
		rules = append(rules, f.Rule)
	}
	return rules
}

// P7: of an issue with a security level only the key is shown.
func TestCheckShowsNothingRestricted(t *testing.T) {
	t.Parallel()
	got := NewChecker(Definition{}, today).Issue(ticket.Issue{Key: "PAY-3", Summary: "Secret merger", Restricted: true})
	assert.Empty(t, got.Summary)
	assert.False(t, got.Ready)
	require.Len(t, got.Findings, 1)
	b, err := json.Marshal(got)
	require.NoError(t, err)
	assert.NotContains(t, string(b), "merger")
	assert.Equal(t, "PAY-3", got.Key)
}

// L9, newcomer 4: a story is judged by its sentence, not by what one line cannot
// hold; a bare wish and a praise without a measure are no start for work.
func TestCheckStory(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		story string
		ready bool
		rules []string
	}{
		{"As a payer, I want to see what I owe, so that I pay in time.", true, nil},
		{"As a payer, I want to see the invoices of the last twelve months.", true, []string{RuleNoBenefit}},
		{"As a user I want to log in", false, []string{RuleNoBenefit}},
		{"As a clerk I want reports", false, []string{RuleNoBenefit}},
		{"Login should be fast and user friendly", false, []string{RuleVague, RuleWellFormed}},
		{"The list must be easy, modern and intuitive.", false, []string{RuleVague, RuleWellFormed}},
		{"The list must be fast: 2 seconds at most.", true, []string{RuleWellFormed}},
		{"Die Anmeldung soll schnell und benutzerfreundlich sein.", false, []string{RuleVague, RuleWellFormed}},
		{"La connexion doit être rapide et conviviale.", false, []string{RuleVague, RuleWellFormed}},
		{"As a payer, I want a list whose order is TBD, so that I find what is due.", false, []string{RuleOpenQuestion}},
	} {
		got := NewChecker(Definition{}, today).Story("2", c.story)
		assert.Equal(t, "2", got.Key)
		assert.Equal(t, c.ready, got.Ready, c.story)
		assert.Equal(t, c.rules, rulesOf(got), c.story)
		for _, f := range got.Findings {
			for _, e := range f.Evidence {
				assert.Equal(t, "story", e.Where, c.story)
			}
		}
	}
}
