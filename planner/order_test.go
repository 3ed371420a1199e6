package planner

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

func judged(issues ...Issue) []*reading {
	out := readings(issues...)
	for _, r := range out {
		r.judge(standard{})
	}
	return out
}

// L10 in part: priority, then rank, then as found; blockers first; with reasons.
func TestOrder(t *testing.T) {
	t.Parallel()
	items := judged(
		Issue{Key: "A-1", Priority: "Low", Rank: "0|a"},
		Issue{Key: "A-2", Priority: "High", Rank: "0|c"},
		Issue{Key: "A-3", Priority: "High", Rank: "0|b", Links: []Link{blockedBy("A-1")}},
		Issue{Key: "A-4", Priority: "High", Rank: "0|d"},
	)
	reasons := order(items)
	assert.Equal(t, []string{"A-1", "A-3", "A-2", "A-4"}, keysOf(items))
	assert.Equal(t, "before A-3, which waits for it", reasons["A-1"])
	assert.Equal(t, "priority High", reasons["A-2"])
}

func TestOrderWithoutPriorities(t *testing.T) {
	t.Parallel()
	items := judged(Issue{Key: "A-1"}, Issue{Key: "A-2"})
	assert.Equal(t, "place 2 of 2 as found", order(items)["A-2"])
}

func TestOrderSurvivesCircles(t *testing.T) {
	t.Parallel()
	items := judged(Issue{Key: "A-1", Links: []Link{blockedBy("A-2")}}, Issue{Key: "A-2", Links: []Link{blockedBy("A-1")}})
	order(items)
	assert.ElementsMatch(t, []string{"A-1", "A-2"}, keysOf(items))
}

// L2: what does not fit is put off with its reason, and the first always fits.
func TestFit(t *testing.T) {
	t.Parallel()
	var issues []Issue
	for n := range 12 {
		issues = append(issues, Issue{Key: fmt.Sprintf("A-%d", n+1), Summary: "Just a title"})
	}
	in, out := fit(judged(issues...), 40, 20)
	assert.Len(t, in, 6)
	assert.Len(t, out, 6)
	assert.Contains(t, out[0].Reason, "place 7 of 12")

	in, _ = fit(judged(issues...), 1, 1)
	assert.Len(t, in, 1)
}
