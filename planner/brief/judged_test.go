package brief_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// judgedBy is the brief of one ticket by a team's definition.
func judgedBy(d ready.Definition, i ticket.Issue) *brief.Brief {
	return brief.Make(brief.Input{Session: ticket.Session{Start: read, Selection: ticket.Selection{Kind: ticket.Keys}}, Issues: []ticket.Issue{i}, Ready: d, At: read})
}

// L8: what is not ready has a doubt that says why, and what a doubt blocks is not
// ready; the team decides by its rules what blocks.
func TestDoubtsAndRulesAgree(t *testing.T) {
	t.Parallel()
	clear := "A reader renews a loan from the phone.\n\nh3. Acceptance criteria\n* a loan is renewed once\n* the desk sees the new day\n"
	open := clear + "\nThe fee is TBD.\n"

	b := judgedBy(ready.Definition{}, described("LIB-1", clear))
	assert.True(t, b.Tickets[0].Ready)
	assert.Empty(t, b.Doubts)

	b = judgedBy(ready.Definition{}, described("LIB-1", open))
	assert.False(t, b.Tickets[0].Ready)
	require.Len(t, of(b, brief.Undecided), 1)
	assert.True(t, of(b, brief.Undecided)[0].Blocks)

	b = judgedBy(ready.Definition{Rules: []ready.Rule{{ID: ready.RuleOpenQuestion, Severity: ready.Advice}}}, described("LIB-1", open))
	assert.True(t, b.Tickets[0].Ready, "the team does not ask for it")
	assert.False(t, of(b, brief.Undecided)[0].Blocks)

	own := ready.Definition{Rules: []ready.Rule{{ID: "fee", Sentence: "names the fee", Pattern: regexp.MustCompile("EUR")}}}
	b = judgedBy(own, described("LIB-1", clear))
	assert.False(t, b.Tickets[0].Ready)
	require.Len(t, of(b, brief.TeamRule), 1)
	assert.NotEmpty(t, of(b, brief.TeamRule)[0].Thing)
}

// L8: what only two sentences or two tickets together show breaks a rule as well,
// with the words that show it, in each ticket of which the team asks for it.
func TestDoubtsOfSeveralTextsBreakRules(t *testing.T) {
	t.Parallel()
	clear := "\n\nh3. Acceptance criteria\n* a loan is renewed once\n* the desk sees the new day\n"
	in := brief.Input{Session: ticket.Session{Start: read, Selection: ticket.Selection{Kind: ticket.Keys}}, At: read, Issues: []ticket.Issue{
		described("LIB-1", "The demo has to be running within 15 minutes."+clear), described("LIB-2", "A demo has to be running within 10 minutes."+clear),
	}}
	for _, x := range brief.Make(in).Tickets {
		assert.False(t, x.Ready, x.Issue.Key)
		broken := x.Rules.Required().In(ready.NotMet)
		require.Len(t, broken, 1, x.Issue.Key)
		assert.Equal(t, ready.RuleOpenQuestion, broken[0].Rule)
		require.Len(t, broken[0].Evidence, 1)
		assert.Contains(t, broken[0].Evidence[0].Quote, "has to be running within")
		assert.Equal(t, ready.RuleOpenQuestion, x.Findings[0].Rule)
		assert.True(t, x.Findings[0].Blocks)
	}
	in.Issues[1].Type = "Bug"
	in.Ready.Rules = []ready.Rule{{ID: ready.RuleOpenQuestion, Severity: ready.Advice, Types: []string{"Bug"}}}
	b := brief.Make(in)
	assert.False(t, b.Tickets[0].Ready)
	assert.True(t, b.Tickets[1].Ready, "the team does not ask it of bugs")
	assert.False(t, b.Tickets[1].Rules.Blocked())
}

// A doubt about the epic keeps no ticket from being ready.
func TestEpicIsNoItem(t *testing.T) {
	t.Parallel()
	epic := described("LIB-0", "All about loans. Should a reader see the fee before renewing?")
	b := brief.Make(brief.Input{Session: ticket.Session{Start: read}, Epic: &epic, Issues: []ticket.Issue{described("LIB-1", "* a loan is renewed once")}, At: read})
	found := of(b, brief.Asked)
	require.Len(t, found, 1)
	assert.Equal(t, []string{"LIB-0"}, found[0].Keys)
	assert.False(t, found[0].Blocks)
}
