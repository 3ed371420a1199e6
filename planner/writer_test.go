package planner_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner"
	"refine/planner/draft"
	"refine/planner/ticket"
)

// L13: a plan says which words are whose, and claims no more checking than was
// done; where nobody was asked it says nothing.
func TestPlanSaysWhoseWordsItHas(t *testing.T) {
	t.Parallel()
	p := planner.Prepare(planner.Input{
		Session: ticket.Session{ID: "s", Team: "Library", Topic: "Loans", Start: time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)},
		Issues:  []ticket.Issue{{Key: "LIB-1", Summary: "Renew a loan", Description: "Readers forget to renew."}},
	})
	goal := draft.Draft{Goal: draft.Line{Text: "Know who forgets to renew.", Keys: []string{"LIB-1"}}}
	more := goal
	more.Questions = []draft.Line{{Keys: []string{"LIB-1"}, Text: "LIB-1: “Readers forget to renew”. Who has seen it?"}}
	invented := draft.Draft{Goal: draft.Line{Text: "Know what Marian said.", Keys: []string{"LIB-1"}}}
	for name, tt := range map[string]struct {
		words planner.Words
		want  string
	}{
		"nobody was asked":     {planner.Words{By: planner.BuiltIn}, ""},
		"a model, one part":    {planner.Words{By: planner.ByModel, Model: "m-1", Draft: goal}, "Words: the language model m-1 gives the goal as far as they stand; the rest is built-in."},
		"a model, two parts":   {planner.Words{By: planner.ByModel, Model: "m-1", Draft: more}, "Words: the language model m-1 gives the goal and questions as far as they stand;"},
		"nothing stands":       {planner.Words{By: planner.ByModel, Model: "m-1", Draft: invented}, "Words: built-in. Nothing of what the language model m-1 says stands in the tickets."},
		"a model that refuses": {planner.Words{By: planner.BuiltIn, Model: "m-1", Reason: "it declined to answer"}, "Words: built-in. The language model m-1 was asked for a draft that is not used: it declined to answer."},
		"a person":             {planner.Words{By: planner.ByPerson, Draft: goal}, "Words: a person's draft gives the goal as far as they stand; the rest is built-in."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, _ := p.With(tt.words)
			require.Empty(t, planner.Gate(plan), "L7")
			i := slices.IndexFunc(plan.Assumptions, func(a string) bool { return strings.HasPrefix(a, "Words: ") })
			if tt.want == "" {
				assert.Negative(t, i)
				return
			}
			require.GreaterOrEqual(t, i, 0)
			assert.Contains(t, plan.Assumptions[i], tt.want)
		})
	}
}
