package brief

import (
	"slices"

	"refine/planner/outcome"
)

// returned finds tickets that the team's last session left for another one: by its tick,
// so that none of its words is a guess.
func returned(s *set) (found []Doubt) {
	if s.CarryOver == nil {
		return nil
	}
	for n := range s.Tickets {
		t := &s.Tickets[n]
		left := func(p outcome.CarriedPart) bool {
			return p.Kind == outcome.AnotherTime && slices.ContainsFunc(p.Lines, func(l outcome.Carried) bool { return l.Key == t.Issue.Key })
		}
		if slices.ContainsFunc(s.CarryOver.Parts, left) {
			found = append(found, Doubt{Kind: Returned, Keys: []string{t.Issue.Key}, Weight: 8, Blocks: true, Ask: settles(t)})
		}
	}
	return found
}
