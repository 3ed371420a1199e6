package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func rulesOf(c Checked) (rules []string) {
	for _, f := range c.Findings {
		rules = append(rules, f.Rule)
	}
	return rules
}

// L8: an issue is judged outside of a session as it is inside of one.
func TestCheckIssue(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x"), Issues: []Issue{clearIssue(), {Key: "PAY-3", Summary: "Tax statement"}}}
	p := Build(in)
	c := NewChecker(DefinitionOfReady{}, in.Session.Start)
	for n, i := range in.Issues {
		got := c.Issue(i)
		assert.Equal(t, p.Items[n].Ready, got.Ready)
		assert.Equal(t, p.Items[n].Findings, got.Findings)
	}
}

// P7: of an issue with a security level only the key is shown.
func TestCheckShowsNothingRestricted(t *testing.T) {
	t.Parallel()
	got := NewChecker(DefinitionOfReady{}, testSession("x").Start).Issue(Issue{Key: "PAY-3", Summary: "Secret merger", Restricted: true})
	assert.Empty(t, got.Summary)
	assert.False(t, got.Ready)
	require.Len(t, got.Findings, 1)
}

// L9: a story is judged by its sentence, not by what one line cannot hold.
func TestCheckStory(t *testing.T) {
	t.Parallel()
	c := NewChecker(DefinitionOfReady{}, testSession("x").Start)

	good := c.Story("1", "As a payer, I want to see what I owe, so that I pay in time.")
	assert.True(t, good.Ready)
	assert.Empty(t, good.Findings)

	bad := c.Story("2", "As a payer, I want to see invoices, refunds, etc.")
	assert.Equal(t, "2", bad.Key)
	assert.False(t, bad.Ready)
	assert.Subset(t, rulesOf(bad), []string{ruleOpenList, ruleNoBenefit})
	assert.Equal(t, "story", bad.Findings[0].Evidence[0].Where)
}
