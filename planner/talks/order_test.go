package talks

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

func points(f float64) *float64 { return &f }

func blockedBy(key string) []ticket.Link {
	return []ticket.Link{{Type: "Blocks", Phrase: "is blocked by", Inward: true, Ref: ticket.Ref{Key: key, Status: "Open"}}}
}

// L10: each way to an order, the last word of each, and the reason in plain words.
func TestOrder(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	done := blockedBy("A-3")
	done[0].Done = true
	for _, c := range []struct {
		name   string
		issues []*ticket.Issue
		want   []string // key: reason
		by     string
	}{
		{"priority, then rank, what blocks first", []*ticket.Issue{
			{Key: "A-1", Priority: "Low", Rank: "0|a"}, {Key: "A-2", Priority: "High", Rank: "0|c"},
			{Key: "A-3", Priority: "High", Rank: "0|b", Links: blockedBy("A-1")}, {Key: "A-4", Priority: "High", Rank: "0|d"},
		}, []string{"A-1: A-3 waits for it", "A-3: priority High", "A-2: priority High", "A-4: priority High"}, "priority, then rank"},
		{"nothing to go by", []*ticket.Issue{{Key: "A-2"}, {Key: "A-1"}},
			[]string{"A-2: as found", "A-1: as found"}, "the order in which they were found"},
		{"WSJF before priority", []*ticket.Issue{
			{Key: "A-1", Priority: "Blocker", BusinessValue: points(8), StoryPoints: points(8)},
			{Key: "A-2", Priority: "Low", BusinessValue: points(13), StoryPoints: points(2)},
			{Key: "A-3", Priority: "High"},
		}, []string{"A-2: WSJF 6.5 = 13/2", "A-1: WSJF 1 = 8/8", "A-3: priority High, behind those with a WSJF"}, "WSJF"},
		{"too few with a WSJF", []*ticket.Issue{
			{Key: "A-1", Priority: "Low", BusinessValue: points(8), StoryPoints: points(1)},
			{Key: "A-2", Priority: "High"}, {Key: "A-3", Priority: "High"},
		}, []string{"A-2: priority High", "A-3: priority High", "A-1: priority Low"}, "priority"},
		{"equal WSJF, then priority", []*ticket.Issue{
			{Key: "A-1", Priority: "Low", BusinessValue: points(4), StoryPoints: points(2)},
			{Key: "A-2", Priority: "High", BusinessValue: points(2), StoryPoints: points(1)},
		}, []string{"A-2: priority High", "A-1: priority Low"}, "priority"},
		{"rank, what has none last", []*ticket.Issue{{Key: "A-1"}, {Key: "A-2", Rank: "0|b"}, {Key: "A-3", Rank: "0|a"}},
			[]string{"A-3: by rank", "A-2: by rank", "A-1: as found"}, "rank"},
		{"what most wait for", []*ticket.Issue{
			{Key: "A-1"}, {Key: "A-2", Links: blockedBy("A-4")}, {Key: "A-3", Links: blockedBy("A-4")}, {Key: "A-4"},
		}, []string{"A-4: 2 of the selection wait for it", "A-1: as found", "A-2: as found", "A-3: as found"}, "what others wait for"},
		{"a blocker moves", []*ticket.Issue{
			{Key: "A-1", Rank: "a", Links: blockedBy("A-3")}, {Key: "A-2", Rank: "b", Links: blockedBy("A-3")}, {Key: "A-3", Rank: "c"},
		}, []string{"A-3: A-1 and 1 more wait for it", "A-1: by rank", "A-2: by rank"}, "rank"},
		{"what is done blocks nobody", []*ticket.Issue{{Key: "A-1", Rank: "a", Links: done}, {Key: "A-3", Rank: "c"}},
			[]string{"A-1: by rank", "A-3: by rank"}, "rank"},
		{"blockers from elsewhere", []*ticket.Issue{{Key: "A-1", Links: blockedBy("B-1")}, {Key: "A-2", Links: blockedBy("B-1")}},
			[]string{"A-1: as found", "A-2: as found"}, "the order in which they were found"},
		{"due dates, then age", []*ticket.Issue{
			{Key: "A-1", Created: day(3)}, {Key: "A-2", Created: day(2)}, {Key: "A-3", Due: ticket.DateOf(day(20))}, {Key: "A-4", Due: ticket.DateOf(day(10))},
		}, []string{"A-4: due 2026-11-10", "A-3: due 2026-11-20", "A-2: created November 2026", "A-1: created November 2026"}, "due date, then age"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := Order(c.issues)
			var said []string
			for _, key := range got.Keys {
				said = append(said, key+": "+got.Reasons[key])
			}
			assert.Equal(t, c.want, said)
			assert.Equal(t, c.by, got.By)
		})
	}
}

// L10: members of a circle are all there.
func TestOrderSurvivesCircles(t *testing.T) {
	t.Parallel()
	got := Order([]*ticket.Issue{{Key: "A-1", Links: blockedBy("A-2")}, {Key: "A-2", Links: blockedBy("A-3")}, {Key: "A-3", Links: blockedBy("A-1")}, {Key: "A-4", Links: blockedBy("A-4")}})
	assert.ElementsMatch(t, []string{"A-1", "A-2", "A-3", "A-4"}, got.Keys)
}

// L10: the order is a total one: it does not depend on how the issues were found,
// unless nothing else tells two apart. What was given stays as it was.
func TestOrderIsTotal(t *testing.T) {
	t.Parallel()
	var issues []*ticket.Issue
	for n := range 60 {
		i := ticket.Issue{Key: "A-" + number(float64(n+1)), Created: time.Date(2026, 1, 1, n, 0, 0, 0, time.UTC)}
		if n%3 > 0 {
			i.BusinessValue, i.StoryPoints = points(float64(n%7)), points(float64(n%4+1))
		}
		if n%2 == 0 {
			i.Rank = string(rune('a' + n%5))
		}
		if n%5 == 0 {
			i.Due = ticket.Date{Year: 2026, Month: 12, Day: n%9 + 1}
		}
		issues = append(issues, &i)
	}
	want := Order(issues)
	require.Equal(t, "A-1", issues[0].Key)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		rng.Shuffle(len(issues), func(a, b int) { issues[a], issues[b] = issues[b], issues[a] })
		require.Equal(t, want, Order(issues))
	}
}
