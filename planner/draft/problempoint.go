package draft

import (
	"fmt"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// problemAsks can be asked behind whatever is wrong or wanted, each for a line of the
// guide. The first makes a point by itself; the others fill up where there are too few.
var problemAsks = []struct {
	topic guide.Topic
	score int
	ask   string
}{
	{guide.Stakeholders, 21, "Ask whom that touches first, and how."},
	{guide.Assumptions, 6, "Ask what that takes for granted."},
	{guide.Constraints, 5, "Ask what must stay as it is."},
}

// problemPoints quote what tickets say is wrong or wanted, and no other line shows: of
// tickets about which something else is quoted first.
func (w *writer) problemPoints() (points []point) {
	var told, silent []*brief.Ticket
	for _, key := range w.keys() {
		t := w.Brief.Ticket(key)
		said := t.Problem.Quote
		switch {
		case t.Problem.Where == ready.Summary || !w.whole(t, said) || !standing(said) || !plain(said) || len(ticket.IssueKeys(said)) > 0:
		case ready.ParseStory(said).Role != "": // which says itself whom it touches
		case len(t.Criteria) > 0 || w.asked[key]:
			told = append(told, t)
		default:
			silent = append(silent, t)
		}
		if len(told) == len(problemAsks) {
			break
		}
	}
	for n, t := range append(told, silent...) {
		if n == len(problemAsks) {
			break
		}
		as, q := problemAsks[n], brief.Quote{Key: t.Issue.Key, Evidence: t.Problem}
		p := point{topic: as.topic, score: as.score, Line: Line{Keys: []string{q.Key}, Claims: claims([]brief.Quote{q})}}
		p.Text = fmt.Sprintf("%s: %s%s %s", q.Key, quoted(q.Quote), stop(q.Quote), as.ask)
		points = append(points, p)
	}
	return points
}
