package ready

import "refine/planner/text"

// open is the first thing that the ticket leaves open in so many words.
func (r *Reading) open() []Finding {
	for s := range r.wanted() {
		for _, sense := range []text.Sense{text.Unfilled, text.Undecided} {
			at, ok := s.Says(sense)
			if !ok {
				continue
			}
			if ev, ok := s.Quote(at); ok {
				return blocking(RuleOpenQuestion, "the ticket leaves it open", ev)
			}
		}
	}
	return nil
}

func (r *Reading) nothingOpen() proof {
	return unopposed("no question is left open in " + r.named())
}
