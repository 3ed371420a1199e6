package talks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// Ordered is a session order with the reason for each place (L10).
type Ordered struct {
	Keys    []string
	Reasons map[string]string
	By      string // what tells neighbours apart: "priority, then rank"
}

// AsFound is what orders issues that nothing tells apart.
const AsFound = "the order in which they were found"

// Order sorts issues by WSJF where enough of them have one, else by priority,
// rank, how many others wait for them, due date and age; what another one waits
// for comes before it. What is left equal stays as it was found.
func Order(issues []*ticket.Issue) Ordered {
	issues = slices.Clone(issues)
	edges := waits(issues)
	measures := measuresOf(issues, waiters(edges))
	slices.SortStableFunc(issues, func(a, b *ticket.Issue) int {
		for _, m := range measures {
			if by := m.compare(a, b); by != 0 {
				return by
			}
		}
		return 0
	})
	out := Ordered{Reasons: map[string]string{}, By: by(issues, measures)}
	for n, i := range issues {
		out.Reasons[i.Key] = reason(measures, issues, n)
	}
	out.Keys = unblock(issues, edges, out.Reasons)
	return out
}

// waits maps an issue to those of the others that it waits for by link.
func waits(issues []*ticket.Issue) map[string][]string {
	inside := map[string]bool{}
	for _, i := range issues {
		inside[i.Key] = true
	}
	edges := map[string][]string{}
	for _, w := range ticket.Waiting(issues) {
		if inside[w.Issue] && inside[w.For] {
			edges[w.Issue] = append(edges[w.Issue], w.For)
		}
	}
	return edges
}

// waiters counts the issues that wait for each.
func waiters(edges map[string][]string) map[string]int {
	out := map[string]int{}
	for _, to := range edges {
		for _, key := range to {
			out[key]++
		}
	}
	return out
}

// by names the measures that told neighbours apart. Not every backlog has
// priorities, or different ones.
func by(issues []*ticket.Issue, measures []measure) string {
	deciding := make([]bool, len(measures))
	for n := 1; n < len(issues); n++ {
		first := func(m measure) bool { return m.compare(issues[n-1], issues[n]) != 0 }
		if at := slices.IndexFunc(measures, first); at >= 0 {
			deciding[at] = true
		}
	}
	var names []string
	for n, m := range measures {
		if deciding[n] {
			names = append(names, m.name)
		}
	}
	return cmp.Or(strings.Join(names, ", then "), AsFound)
}

// reason is why the nth issue stands there: what the first measure says by which
// not all are equal, and that says something of it.
func reason(measures []measure, issues []*ticket.Issue, n int) string {
	first, last := issues[0], issues[len(issues)-1]
	for _, m := range measures {
		if m.compare(first, last) == 0 {
			continue
		}
		if why := m.reason(issues[n]); why != "" {
			return why
		}
	}
	return "as found"
}

// unblock moves what others wait for before them, in one stable pass; members of
// a circle stay where they are.
func unblock(issues []*ticket.Issue, edges map[string][]string, reasons map[string]string) (sorted []string) {
	waiting := waiters(edges)
	placed := map[string]bool{} // or being placed
	var place func(key string)
	place = func(key string) {
		if placed[key] {
			return
		}
		placed[key] = true
		for _, first := range edges[key] {
			if placed[first] {
				continue
			}
			place(first)
			reasons[first] = key + " waits for it"
			if n := waiting[first]; n > 1 {
				reasons[first] = fmt.Sprintf("%s and %d more wait for it", key, n-1)
			}
		}
		sorted = append(sorted, key)
	}
	for _, i := range issues {
		place(i.Key)
	}
	return sorted
}
