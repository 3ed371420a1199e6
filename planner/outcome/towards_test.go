package outcome

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Which transition ends an action's issue a setting says; which one opens it again only
// people know.
func TestSeveralWaysAreSaidWithWhatToDo(t *testing.T) { // S2
	t.Parallel()
	steps := func(categories ...string) Screen {
		s := Screen{}
		for _, c := range categories {
			s.Transitions = append(s.Transitions, Transition{Name: "Go " + c, To: c, Category: c})
		}
		return s
	}
	for _, test := range []struct {
		screen Screen
		done   bool
		why    string
	}{
		{steps("new", "new", "done"), false, "several transitions lead there: “Go new” (to new), “Go new” (to new); open it again by hand, or tick its line again"},
		{steps("indeterminate"), false, "no transition leads there; there are “Go indeterminate” (to indeterminate): open it again by hand, or tick its line again"},
		{steps("done", "done", "new"), true, "several transitions lead there: “Go done” (to done), “Go done” (to done); sync.actions_done names the one that is meant"},
		{steps("new"), true, "no transition leads there; there are “Go new” (to new): sync.actions_done names the one that is meant"},
		{steps("new"), false, ""},
	} {
		_, why := test.screen.towards(test.done, "")
		assert.Equal(t, test.why, why)
	}
}
