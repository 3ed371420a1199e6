package draft

import (
	"fmt"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// problemPoint quotes what one ticket says is wrong or wanted, and no other line shows: of
// a ticket about which something else is quoted, if there is such a one.
func (w *writer) problemPoint() []point {
	var best *brief.Ticket
	for _, key := range w.keys() {
		t := w.Brief.Ticket(key)
		said := t.Problem.Quote
		if t.Problem.Where == ready.Summary || !w.whole(t, said) || !standing(said) || !plain(said) || len(ticket.IssueKeys(said)) > 0 {
			continue
		}
		if len(t.Criteria) > 0 || w.asked[key] {
			best = t
			break
		}
		if best == nil {
			best = t
		}
	}
	if best == nil {
		return nil
	}
	q := brief.Quote{Key: best.Issue.Key, Evidence: best.Problem}
	p := point{topic: guide.Stakeholders, score: 21, Line: Line{Keys: []string{q.Key}, Claims: claims([]brief.Quote{q})}}
	p.Text = fmt.Sprintf("%s: %s%s Ask whom that touches first, and how.", q.Key, quoted(q.Quote), stop(q.Quote))
	return []point{p}
}
