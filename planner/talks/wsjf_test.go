package talks

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L10: WSJF by what the issue has, with its formula.
func TestWSJF(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		issue      ticket.Issue
	}{
		{"value and points", "WSJF 6.5 = 13/2", ticket.Issue{BusinessValue: points(13), StoryPoints: points(2)}},
		{"all fields", "WSJF 6 = (8+3+1)/2", ticket.Issue{BusinessValue: points(8), TimeCriticality: points(3), RiskReduction: points(1), JobSize: points(2), StoryPoints: points(5)}},
		{"no business value", "WSJF 1.5 = 3/2", ticket.Issue{TimeCriticality: points(3), JobSize: points(2)}},
		{"rounded", "WSJF 2.7 ≈ 8/3", ticket.Issue{BusinessValue: points(8), StoryPoints: points(3)}},
		{"halves", "WSJF 16 = 8/0.5", ticket.Issue{BusinessValue: points(8), StoryPoints: points(0.5)}},
		{"no value", "", ticket.Issue{StoryPoints: points(3)}},
		{"no size", "", ticket.Issue{BusinessValue: points(3)}},
		{"a size of nothing", "", ticket.Issue{BusinessValue: points(3), StoryPoints: points(0)}},
		{"a value of nothing", "WSJF 0 = 0/3", ticket.Issue{BusinessValue: points(0), StoryPoints: points(3)}},
	} {
		assert.Equal(t, c.want, wsjfOf(&c.issue).text, c.name)
	}
}
