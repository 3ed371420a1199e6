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

// Oversize is what a ticket has too many of to be one, by its fields alone: "9
// story points, more than 8", "9 subtasks"; empty for nothing. Only a limit that the
// team has set keeps a ticket from being ready: another team's points are larger, and
// subtasks are parts already.
func (d Definition) Oversize(i ticket.Issue) (has string, blocks bool) {
	switch p := i.StoryPoints; {
	case p != nil && d.MaxPoints > 0 && *p > d.MaxPoints:
		return fmt.Sprintf("%g story points, more than %g", *p, d.MaxPoints), true
	case p != nil && d.MaxPoints == 0 && *p > usualPoints:
		return fmt.Sprintf("%g story points", *p), false
	case len(i.Subtasks) > mostSubtasks && !i.Epic:
		return fmt.Sprintf("%d subtasks", len(i.Subtasks)), false
	}
	return "", false
}

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
	f := Finding{Rule: RuleSize, Evidence: []ticket.Evidence{}}
	switch counted, blocks := by.ready.Oversize(r.issue); {
	case counted != "":
		f.Message, f.Blocks = "it has "+counted, blocks
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
