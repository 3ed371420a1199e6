package brief

import (
	"slices"

	"refine/planner/ticket"
)

// Between is an issue outside of the session that stands between its tickets: it
// waits for some of them, and others wait for it. No ticket of the session shows
// that alone.
type Between struct {
	ticket.Ref
	For    []string // the tickets that it waits for
	Before []string // those that wait for it, the epic among them
}

// between finds them by the links of the session's tickets and their epic. What is
// done stands between nothing.
func between(s *set) (found []Between) {
	g := s.waiting()
	inside := func(key string) bool { _, here := s.place[key]; return here }
	for _, key := range g.from {
		if inside(key) {
			continue
		}
		b := Between{Ref: s.linked(key), For: slices.DeleteFunc(slices.Clone(g.next[key]), func(k string) bool { return !inside(k) })}
		for _, t := range s.all {
			if slices.Contains(g.next[t.Issue.Key], key) {
				b.Before = append(b.Before, t.Issue.Key)
			}
		}
		if len(b.For) > 0 && len(b.Before) > 0 {
			found = append(found, b)
		}
	}
	return found
}
