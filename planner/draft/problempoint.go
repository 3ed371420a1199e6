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
//
// Of 41 in plans of random tickets readers called six nonsense (a definition, a step of a
// test) and three empty; of the 22 about reporters that stand where it does not, nine. To
// call it the core problem of what is wanted and ask what goes wrong without it was wrong
// more often.
func (w *writer) problemPoint() []point {
	var best *brief.Ticket
	for _, key := range w.keys() {
		t := w.Brief.Ticket(key)
		if !w.telling(t) {
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

// telling reports whether a sentence of a ticket says what is wrong or wanted, and not by
// itself whom it touches, as a story does.
func (w *writer) telling(t *brief.Ticket) bool {
	said := t.Problem.Quote
	return t.Problem.Where != ready.Summary && w.whole(t, said) && standing(said) && plain(said) && len(ticket.IssueKeys(said)) == 0 && ready.ParseStory(said).Role == ""
}
