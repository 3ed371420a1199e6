package ready

import "refine/planner/text"

// aimOnly is for a text that asks for nothing but what nobody can measure: "Login
// should be fast and user friendly". Beside anything that can be checked, such a
// word is no harm.
func (r *Reading) aimOnly() []Finding {
	if !r.lone && !r.done.thin {
		return nil
	}
	for s := range r.wanted() {
		if ev, ok := s.saysAny(text.Measureless); ok {
			return blocking(RuleVague, "all it asks for has no measure", ev)
		}
	}
	return nil
}

func (r *Reading) measurable() proof {
	return unopposed("no aim stands by itself without a measure in " + r.named())
}
