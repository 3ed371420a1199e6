package picture_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"refine/planner"
	"refine/planner/picture"
	"refine/planner/ready"
	"refine/planner/ticket"
)

func item(key string, isReady bool, rules ...ready.Result) planner.Item {
	return planner.Item{Issue: ticket.Issue{Key: key}, Ready: isReady, Rules: rules}
}

func rule(id string, state ready.State, severity ready.Severity) ready.Result {
	return ready.Result{Rule: id, State: state, Severity: severity}
}

// graded is a plan of which one item is ready and one is not.
func graded() planner.Plan {
	return planner.Plan{Items: []planner.Item{
		item("PAY-7", true, rule(ready.RuleSize, ready.Met, ready.Required), rule(ready.RuleVague, ready.NotMet, ready.Advice),
			rule("our-rule", ready.NotApplicable, ready.Required)),
		item("PAY-9", false, rule(ready.RuleSize, ready.NotMet, ready.Required), rule(ready.RuleVague, ready.Met, ready.Advice),
			rule("our-rule", ready.Met, ready.Required)),
	}}
}

func TestNothingToShowIsNoPicture(t *testing.T) {
	t.Parallel()
	assert.Empty(t, picture.Of(planner.Plan{Agenda: []planner.Phase{{Name: "Closing"}}, Items: []planner.Item{item("PAY-7", true)}}))
}

func TestBoxesAreToScale(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)
	b := picture.BoxesOf(planner.Plan{Agenda: []planner.Phase{
		{Name: "Opening", Start: at, Minutes: 10},
		{Name: "Nothing", Start: at.Add(10 * time.Minute)},
		{Name: "Problems", Start: at.Add(10 * time.Minute), Minutes: 30, Items: []planner.Slot{
			{Key: "PAY-7", With: []string{"PAY-8"}, Minutes: 20}, {Key: "PAY-9", Minutes: 10}, {Key: "PAY-10"},
		}},
	}})
	assert.Equal(t, 40, b.Minutes())
	assert.Equal(t, []picture.Talk{{Keys: []string{"PAY-7", "PAY-8"}, Minutes: 20}, {Keys: []string{"PAY-9"}, Minutes: 10}}, b.Boxes[1].Talks)
	assert.Equal(t, "Timeboxes to scale: from 10:00 10 minutes Opening; from 10:10 30 minutes Problems in 2 shares.", b.Words())
}

// L8: the grid marks the gaps that were found, and no rule as met; a rule by which none
// was found has no column.
func TestTheGridHoldsWhatBlocks(t *testing.T) {
	t.Parallel()
	g := picture.GridOf(graded())
	assert.Equal(t, []string{"one ticket"}, g.Rules)
	assert.Equal(t, []picture.Row{
		{Key: "PAY-9", Marks: []picture.Mark{{Now: picture.Open}}},
	}, g.Rows)
	assert.Equal(t, "Open: PAY-9 one ticket.", g.Words())
}

// What the writer of the words objects to shows in the grid, though no rule found it.
func TestTheGridTellsObjections(t *testing.T) {
	t.Parallel()
	p := graded()
	p.Items[0].Ready, p.Items[0].Objected = false, true
	g := picture.GridOf(p)
	assert.Equal(t, []string{"one ticket", "an objection"}, g.Rules)
	assert.Equal(t, picture.Open, g.Rows[0].Marks[1].Now)
	assert.Equal(t, picture.None, g.Rows[1].Marks[1].Now)
	assert.Equal(t, "Open: PAY-7 an objection; PAY-9 one ticket.", g.Words())
}

func TestTheGridTellsWhatWasBefore(t *testing.T) { // L8
	t.Parallel()
	for name, c := range map[string]struct {
		before      map[string]planner.Facts
		words       string
		hadGap      int
		differently bool
	}{
		"the page remembers nothing": {nil, "Before and after: PAY-9 has a gap, as before.", 1, false},
		"all is as it was": {map[string]planner.Facts{
			"PAY-7": {SummaryHash: "a", Ready: true}, "PAY-9": {SummaryHash: "b", Unmet: ready.RuleSize},
		}, "Before and after: PAY-9 has a gap, as before.", 1, false},
		"one became ready, the other no longer is": {map[string]planner.Facts{
			"PAY-7": {SummaryHash: "a", Unmet: ready.RuleSize}, "PAY-9": {SummaryHash: "b", Ready: true},
		}, "Before and after: PAY-7 has that gap no more (one ticket no longer open); PAY-9 has a gap, which is new (one ticket now open).", 1, true},
		"what was missing is forgotten": {map[string]planner.Facts{"PAY-7": {SummaryHash: "a"}},
			"Before and after: PAY-7 has that gap no more; PAY-9 has a gap, as before.", 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, differently := picture.Compare(c.before, graded())
			before, now := g.Counts()
			assert.Equal(t, c.words, g.Words())
			assert.Equal(t, []int{c.hadGap, 1}, []int{before, now})
			assert.Equal(t, c.differently, differently)
		})
	}
}

// Each waits only for some of the layers before, whoever holds the link; what is done
// and what is not known holds nobody up, and a circle is drawn.
func TestWhatWaitsForWhat(t *testing.T) {
	t.Parallel()
	link := func(phrase, key, status string) ticket.Link {
		return ticket.Link{Phrase: phrase, Ref: ticket.Ref{Key: key, Status: status, Done: status == "Done"}}
	}
	linked := func(key string, links ...ticket.Link) planner.Item {
		return planner.Item{Issue: ticket.Issue{Key: key, Links: links}}
	}
	w := picture.WaitsOf(planner.Plan{Items: []planner.Item{
		linked("PAY-1", link("is blocked by", "PAY-2", ""), link("depends on", "OPS-1", "Open")),
		linked("PAY-2", link("blocks", "PAY-1", ""), link("is blocked by", "OPS-2", ""), link("blocks", "OPS-3", "Open")),
		linked("PAY-3", link("is blocked by", "PAY-4", ""), link("is blocked by", "PAY-1", "Done")),
		linked("PAY-4", link("is blocked by", "PAY-3", "")),
		linked("PAY-5", link("relates to", "PAY-1", "")),
	}})
	assert.Equal(t, []picture.Edge{{Issue: "PAY-1", For: "PAY-2"}, {Issue: "PAY-1", For: "OPS-1"}, {Issue: "PAY-3", For: "PAY-4"}, {Issue: "PAY-4", For: "PAY-3"}}, w.Edges)
	assert.Equal(t, []string{"PAY-1", "PAY-2", "PAY-3", "PAY-4"}, w.Items)
	assert.Equal(t, [][]string{{"PAY-2", "PAY-4", "OPS-1"}, {"PAY-1", "PAY-3"}}, w.Layers)
	assert.Equal(t, []string{"PAY-1 waits for PAY-2 and OPS-1", "PAY-3 waits for PAY-4", "PAY-4 waits for PAY-3"}, w.Lines())
}
