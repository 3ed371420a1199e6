package brief

import (
	"slices"

	"refine/planner/ticket"
)

// circles finds tickets that wait for one another all round, by their links.
// Issues outside of the session are seen as far as the links of its tickets
// tell; what is done holds nobody up.
//
// By link alone, each circle once.
func circles(s *set) (found []Doubt) {
	for _, ring := range rings(s.waiting()) {
		keys := slices.DeleteFunc(slices.Clone(ring), func(k string) bool { _, here := s.place[k]; return !here })
		if len(keys) == 0 {
			continue
		}
		d := Doubt{Kind: Circle, Keys: keys, Thing: "each waits for the next", Weight: 9, Blocks: true, Ask: settles(s.all[s.place[keys[0]]])}
		for _, key := range ring {
			if !slices.Contains(keys, key) {
				d.Others = append(d.Others, s.linked(key))
			}
		}
		found = append(found, d)
	}
	return found
}

// linked is an issue outside of the session as a link tells of it.
func (s *set) linked(key string) ticket.Ref {
	for _, t := range s.all {
		for _, l := range t.Issue.Links {
			if l.Key == key {
				return l.Ref
			}
		}
	}
	return ticket.Ref{Key: key}
}

// waiting are the issues and those that each waits for, in the order of the
// tickets.
func (s *set) waiting() (g waits) {
	g.next = map[string][]string{}
	for _, t := range s.all {
		for _, l := range t.Issue.Links {
			switch {
			case l.Done || l.Key == t.Issue.Key:
			case l.Needs():
				g.add(t.Issue.Key, l.Key)
			case l.NeededBy():
				g.add(l.Key, t.Issue.Key)
			}
		}
	}
	return g
}

// waits tells for what each issue waits.
type waits struct {
	from []string // in the order in which they were met
	next map[string][]string
}

func (g *waits) add(from, to string) {
	if len(g.next[from]) == 0 {
		g.from = append(g.from, from)
	}
	if !slices.Contains(g.next[from], to) {
		g.next[from] = append(g.next[from], to)
	}
}

// rings are the circles that a walk along the links closes, one for each link
// that leads back. It visits every link once.
func rings(g waits) (found [][]string) {
	const (
		unseen = iota
		open
		shut
	)
	state := map[string]int{}
	var path []string
	var walk func(string)
	walk = func(at string) {
		state[at] = open
		path = append(path, at)
		for _, next := range g.next[at] {
			switch state[next] {
			case unseen:
				walk(next)
			case open:
				found = append(found, slices.Clone(path[slices.Index(path, next):]))
			}
		}
		path, state[at] = path[:len(path)-1], shut
	}
	for _, key := range g.from {
		if state[key] == unseen {
			walk(key)
		}
	}
	return found
}
