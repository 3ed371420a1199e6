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

// A doubt about the epic keeps no ticket from being ready.
func TestEpicIsNoItem(t *testing.T) {
	t.Parallel()
	epic := described("LIB-0", "All about loans. The fee is TBD.")
	b := brief.Make(brief.Input{Session: ticket.Session{Start: read}, Epic: &epic, Issues: []ticket.Issue{described("LIB-1", "* a loan is renewed once")}, At: read})
	found := of(b, brief.Undecided)
	require.Len(t, found, 1)
	assert.Equal(t, []string{"LIB-0"}, found[0].Keys)
	assert.False(t, found[0].Blocks)
}
