package draft

import (
	"fmt"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// problemPoint quotes what one ticket says is wrong, or wanted, in a sentence that names
// people and that no other line shows: of a ticket about which something else is quoted, if
// there is such a one.
//
// Of 53 in plans of random tickets, those that name nobody among them, readers called 12
// nonsense or empty, ten of them about a wish that names nobody; without such wishes 2 of
// 27. Of a fault that names nobody blind readers said each time that it is no reason. To call it the core problem of what is wanted and ask what goes wrong
// without it was wrong more often.
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

// telling reports whether a sentence of a ticket says what is wrong, or wanted, and names
// people, but does not say by itself whom it touches, as a story does.
func (w *writer) telling(t *brief.Ticket) bool {
	said := t.Problem.Quote
	return text.Mentions(said, people) && t.Problem.Where != ready.Summary && w.whole(t, said) && standing(said) && plain(said) && len(ticket.IssueKeys(said)) == 0 && ready.ParseStory(said).Role == ""
}

// people are those that a product is made for or by.
var people = text.WordSet("people everybody everyone user users customer customers client clients developer developers admin admins administrator administrators " +
	"operator operators tester testers partner partners adopter adopters vendor vendors provider providers team teams community owner owners member members " +
	"engineer engineers maintainer maintainers contributor contributors manager managers clerk clerks reader readers student students teacher teachers patient patients visitor visitors")
