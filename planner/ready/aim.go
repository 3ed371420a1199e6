package ready

import "refine/planner/text"

// aimOnly is for a ticket of which all that it wants has no measure.
func (r *Reading) aimOnly() []Finding {
	return nil
}

func (r *Reading) measurable() proof {
	if !r.lang.Knows(text.VagueAim) {
		return exempt(otherLanguage)
	}
	return unopposed("no aim without a measure stands in " + r.named())
}
