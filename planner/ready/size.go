package ready

import (
	"fmt"

	"refine/planner/text"
	"refine/planner/ticket"
)

// What is more than one ticket usually holds. Real backlogs hardly ever go
// beyond: the limits are for what stands out, not for what is large.
const (
	usualPoints  = 13
	mostSubtasks = 8
	mostCriteria = 10
)

// oversize is what shows that a ticket is more than one: somebody says so, which
// blocks, or it shows by counting.
func (r *Reading) oversize(by standard) []Finding {
	for s := range r.Sentences() {
		if at, ok := s.Says(text.TooBig); ok && s.Block.Kind != text.Heading {
			if ev, ok := s.Quote(at); ok {
				return blocking(RuleSize, "somebody says that it is more than one ticket", ev)
			}
		}
	}
	limit := float64(usualPoints)
	if by.ready.MaxPoints > 0 {
		limit = by.ready.MaxPoints
	}
	f := Finding{Rule: RuleSize, Evidence: []ticket.Evidence{}}
	switch i := r.issue; {
	case i.StoryPoints != nil && *i.StoryPoints > limit:
		f.Message = fmt.Sprintf("it has %g story points, more than %g", *i.StoryPoints, limit)
	case len(i.Subtasks) > mostSubtasks && !i.Epic:
		f.Message = fmt.Sprintf("it has %d subtasks", len(i.Subtasks))
	case r.done.named && len(r.done.criteria) > mostCriteria:
		f.Message = fmt.Sprintf("it lists %d acceptance criteria", len(r.done.criteria))
		for _, s := range []statement{r.done.criteria[0], r.done.criteria[len(r.done.criteria)-1]} {
			if ev, ok := s.evidence(); ok {
				f.Evidence = append(f.Evidence, ev)
			}
		}
	default:
		return nil
	}
	return []Finding{f}
}
