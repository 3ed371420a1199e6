package talks

import (
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// Lesser reports whether tickets are all of low priority, where priority orders the session,
// some other is not, and none of the others waits for them: the room has less time for them,
// whatever they leave open.
func (a *Arrangement) Lesser(b *brief.Brief, keys []string) bool {
	if !strings.HasPrefix(a.By, "priority") {
		return false
	}
	pressing := func(i *ticket.Issue) bool { return Urgency(i) < priorities["low"] }
	awaited := func(l ticket.Link) bool {
		return l.NeededBy() && b.Ticket(l.Key) != nil && !slices.Contains(keys, l.Key)
	}
	for _, key := range keys {
		if t := b.Ticket(key); t == nil || t == b.Epic || pressing(&t.Issue) || slices.ContainsFunc(t.Issue.Links, awaited) {
			return false
		}
	}
	return slices.ContainsFunc(issuesOf(b), pressing)
}

// lesserLast puts talks about such tickets behind the others, but for what is only to be
// confirmed.
func (a *Arrangement) lesserLast(b *brief.Brief) {
	var first, later []Talk
	for _, t := range a.Talks {
		if a.Lesser(b, t.Keys) && !t.Confirms() {
			later = append(later, t)
		} else {
			first = append(first, t)
		}
	}
	last := len(first)
	if last > 0 && first[last-1].Confirms() {
		last--
	}
	a.Talks = slices.Concat(first[:last], later, first[last:])
}
