// Package picture says what the pictures of a plan show: the timeboxes to scale,
// the items by the rules that make them ready, and what waits for what.
//
// In goes a plan, out come the facts of each picture, and the same in words for
// whoever cannot see it. It draws nothing and decides nothing: what a picture says
// stands in the plan.
package picture

import "refine/planner"

// A Picture is one of [Boxes], [Grid] and [Waits].
type Picture interface {
	// File is the name that its file always has.
	File() string
	// Words tell what it shows, on one line.
	Words() string
}

// Of are the pictures that a plan has before its session, in the order in which
// they are shown. A plan without minutes, rules or links has none of that kind.
func Of(p planner.Plan) (all []Picture) {
	if b := BoxesOf(p); len(b.Boxes) > 0 {
		all = append(all, b)
	}
	if g := GridOf(p); len(g.Rules) > 0 {
		all = append(all, g)
	}
	if w := WaitsOf(p); len(w.Edges) > 0 {
		all = append(all, w)
	}
	return all
}
