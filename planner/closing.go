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

func (b *builder) worth() string {
	ready := keysOf(b.where((*reading).ready))
	if len(ready) == len(b.taken) {
		return fmt.Sprintf("Nothing on paper blocks %s, so this session is worth what the people in the room know beyond it.", some(ready))
	}
	start := ""
	if len(ready) > 0 {
		start = some(ready) + " can be started, but "
	}
	return fmt.Sprintf("%s%s; settled in these %d minutes, that does not come back as rework.", start, b.snags(), b.minutes[1]+b.minutes[2])
}

// snags says of up to three kinds which tickets carry them.
func (b *builder) snags() string {
	var parts []string
	for _, g := range b.grouped(func(f finding) string { return f.snag }) {
		parts = append(parts, fmt.Sprintf("%s %s %s", some(g.keys), agree(len(g.keys), "carries", "carry"), g.name))
	}
	return enumerate(parts[:min(len(parts), 2)])
}

// A group is the open items whose first finding has the same name.
type group struct {
	name string
	keys []string
	rank int
}

// grouped groups the items that are not ready by what name says of their first
// finding, the most costly first.
func (b *builder) grouped(name func(finding) string) (out []group) {
	for _, r := range b.where(func(r *reading) bool { return !r.ready() }) {
		n := name(r.findings[0])
		at := slices.IndexFunc(out, func(g group) bool { return g.name == n })
		if at < 0 {
			out, at = append(out, group{name: n, rank: r.findings[0].rank()}), len(out)
		}
		out[at].keys = append(out[at].keys, r.issue.Key)
	}
	slices.SortStableFunc(out, func(a, b group) int { return b.rank - a.rank })
	return out
}

// nextStep says which ticket gets what.
func (b *builder) nextStep() string {
	var steps []string
	if len(b.across) > 0 && b.across[0].weight >= weightyCrossing {
		steps = append(steps, b.across[0].gets)
	}
	gains := b.grouped(func(f finding) string { return f.gets })
	for _, g := range gains[:min(len(gains), 3)] {
		steps = append(steps, g.name+" for "+some(g.keys))
	}
	if len(steps) == 0 {
		return fmt.Sprintf("Next comes a yes to each of them, or the objection, written into %s the same day.", some(b.keys()))
	}
	return "Next: " + enumerate(steps) + "; what is agreed goes into the ticket the same day."
}

func (b *builder) leftOver() string {
	if n := len(b.plan.Deferred); n > 0 {
		return fmt.Sprintf("The next session takes up %s that found no time, beginning with %s.", tickets(n), b.plan.Deferred[0].Key)
	}
	return ""
}
