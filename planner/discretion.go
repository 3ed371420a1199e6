package planner

import (
	"slices"
	"strings"
)

// discretion is the doubt about a line that says when the ticket is done and leaves
// it to whoever looks. Elsewhere the same words promise nothing.
func (r *reading) discretion(l located, n int) (hit, bool) {
	s := l.said[n]
	at, left := s.says(saysDiscretion)
	if !left || s.is(saysExtra) || !l.judges() {
		return hit{}, false
	}
	h, ok := r.newHit(&discretionCue, s.text, at, l.from)
	if namesVerification(l.under) {
		h.score += 2 // is about all of it
	}
	return h, ok
}

// judges reports whether the block says when the ticket is done, or how that is
// looked at.
func (l *located) judges() bool {
	if l.from.comment || l.kind == heading {
		return false
	}
	criteria, _ := l.section()
	return criteria || l.from.where == "acceptance criteria" || namesVerification(l.under)
}

// namesVerification knows headings under which tickets hold how the result is
// looked at, in any language.
func namesVerification(heading string) bool {
	words := wordsIn(heading)
	return slices.ContainsFunc(spoken.all, func(x *lexicon) bool { return x.beginsWith(words, saysVerification) })
}

// leavesOpen reports whether an open list keeps the ticket from being ready. Its
// own criteria close it, unless it states what the ticket is about and they do
// not come back to it.
func (r *reading) leavesOpen(h *hit) bool {
	switch {
	case !r.named:
		return h.blocks || r.states(h.ev)
	case !r.states(h.ev):
		return false
	}
	var criteria strings.Builder
	for _, l := range r.criteria {
		criteria.WriteString(l.text + "\n")
	}
	return common(termSet(h.ev.Quote), termSet(criteria.String())) < leastShared
}

// states reports whether a quote is from what the ticket says first of what is
// to be done: its title, or the beginning of its description.
func (r *reading) states(ev Evidence) bool {
	if !commands.MatchString(ev.Quote) {
		return false
	}
	return ev.Where == "summary" || strings.Contains(r.mainEvidence().Quote, ev.Quote) || strings.Contains(ev.Quote, r.mainEvidence().Quote)
}
