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
	issues := make([]*ticket.Issue, len(s.all))
	for n, t := range s.all {
		issues[n] = &t.Issue
	}
	g.next = map[string][]string{}
	for _, w := range ticket.Waiting(issues) {
		if len(g.next[w.Issue]) == 0 {
			g.from = append(g.from, w.Issue)
		}
		g.next[w.Issue] = append(g.next[w.Issue], w.For)
	}
	return g
}

// waits tells for what each issue waits.
type waits struct {
	from []string // in the order in which they were met
	next map[string][]string
}

// rings are the groups of issues that wait for one another all round, each by one
// way through it (Tarjan's strongly connected components).
func rings(g waits) (found [][]string) {
	t := tarjan{waits: g, order: map[string]int{}, low: map[string]int{}, on: map[string]bool{}}
	for _, key := range g.from {
		if t.order[key] == 0 {
			t.visit(key)
		}
	}
	for _, group := range t.groups {
		if ring := g.way(group); len(ring) > 1 {
			found = append(found, ring)
		}
	}
	return found
}

type tarjan struct {
	waits
	order, low map[string]int
	on         map[string]bool
	stack      []string
	groups     []map[string]bool
}

func (t *tarjan) visit(at string) {
	t.order[at] = len(t.order) + 1
	t.low[at] = t.order[at]
	t.stack, t.on[at] = append(t.stack, at), true
	for _, next := range t.next[at] {
		switch {
		case t.order[next] == 0:
			t.visit(next)
			t.low[at] = min(t.low[at], t.low[next])
		case t.on[next]:
			t.low[at] = min(t.low[at], t.order[next])
		}
	}
	if t.low[at] != t.order[at] {
		return
	}
	group := map[string]bool{}
	for {
		last := t.stack[len(t.stack)-1]
		t.stack, t.on[last] = t.stack[:len(t.stack)-1], false
		if group[last] = true; last == at {
			t.groups = append(t.groups, group)
			return
		}
	}
}

// way is a circle within a group: it goes on to the first that leads there until
// it comes to where it was.
func (g waits) way(group map[string]bool) (path []string) {
	at := ""
	for _, key := range g.from {
		if group[key] {
			at = key
			break
		}
	}
	place := map[string]int{}
	for at != "" {
		if from, seen := place[at]; seen {
			return path[from:]
		}
		place[at] = len(path)
		path = append(path, at)
		here := at
		at = ""
		for _, next := range g.next[here] {
			if group[next] {
				at = next
				break
			}
		}
	}
	return nil
}
