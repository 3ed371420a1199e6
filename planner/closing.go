package planner

import (
	"fmt"
	"slices"
	"strings"
)

// closing is two or three sentences: what this session is worth, by its own
// figures, and what comes next.
func (b *builder) closing() string {
	parts := []string{b.worth(), b.nextStep()}
	if rest := b.leftOver(); rest != "" {
		parts = append(parts, rest)
	}
	return strings.Join(parts, " ")
}

// worth is what is open, and what is not: the doubt that the tickets share, if
// there is one, else what most of them lack.
func (b *builder) worth() string {
	ready := keysOf(b.where((*reading).ready))
	if len(ready) == len(b.taken) {
		return fmt.Sprintf("Nothing on paper blocks %s, so this session is worth what the people in the room know beyond it.", b.nameIn(ready))
	}
	if c, ok := b.shared(); ok {
		return fmt.Sprintf("No ticket says %s; this session is there to agree on it.", c.settle)
	}
	start := ""
	if len(ready) > 0 {
		start = b.nameIn(ready) + " can start; "
	}
	return upperFirst(start + b.snags() + ".")
}

// nameIn names items as [builder.those] does, with a key in any case: what a
// closing says is of these tickets.
func (b *builder) nameIn(keys []string) string {
	name := b.those(keys)
	switch {
	case len(IssueKeys(name)) > 0:
		return name
	case b.epic != nil:
		return name + " of " + b.epic.issue.Key
	default:
		return some(keys)
	}
}

// share is the verb for what each of the items has.
func (b *builder) share(keys []string, one, more string) string {
	if len(keys) == 1 || strings.HasPrefix(b.nameIn(keys), "all ") {
		return agree(len(keys), one, more)
	}
	return "each " + more
}

// snags says of up to two kinds which tickets have them.
func (b *builder) snags() string {
	var parts []string
	for _, g := range b.groupedBy(func(_ *reading, f finding) string { return f.snag }) {
		parts = append(parts, fmt.Sprintf("%s %s %s", b.nameIn(g.keys), b.share(g.keys, "has", "have"), g.name))
	}
	return strings.Join(parts[:min(len(parts), 2)], ", and ")
}

// A group is the open items whose first finding has the same name.
type group struct {
	name string
	keys []string
	rank int
}

// grouped groups the items that are not ready by what they get first.
func (b *builder) grouped() []group {
	return b.groupedBy(func(r *reading, f finding) string { return r.gain(f) })
}

// groupedBy groups the items that are not ready by what name says of their
// first finding, the most costly first.
func (b *builder) groupedBy(name func(*reading, finding) string) (out []group) {
	for _, r := range b.where(func(r *reading) bool { return !r.ready() }) {
		f := r.leading()
		n := name(r, f)
		at := slices.IndexFunc(out, func(g group) bool { return g.name == n })
		if at < 0 {
			out, at = append(out, group{name: n, rank: f.rank()}), len(out)
		}
		out[at].keys = append(out[at].keys, r.issue.Key)
	}
	slices.SortStableFunc(out, func(a, b group) int { return b.rank - a.rank })
	return out
}

// nextStep says which ticket gets what.
func (b *builder) nextStep() string {
	var steps []string
	gains := b.grouped()
	for _, g := range gains[:min(len(gains), 3)] {
		steps = append(steps, fmt.Sprintf("%s %s %s", b.nameIn(g.keys), b.share(g.keys, "gets", "get"), g.name))
	}
	if len(gains) == 0 {
		return fmt.Sprintf("Next comes a yes to %s, or the objection, written into %s the same day.", all(len(b.taken)), b.nameIn(b.keys()))
	}
	return "Next, the same day: " + strings.Join(steps, "; ") + "."
}

func (b *builder) leftOver() string {
	switch n := len(b.late); n {
	case 0:
		return ""
	case 1:
		return b.late[0].Key + " waits for the next session."
	default:
		return fmt.Sprintf("%s wait for the next session, %s first.", upperFirst(tickets(n)), b.late[0].Key)
	}
}
