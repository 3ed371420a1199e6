package planner

import "fmt"

// What is more than one ticket usually holds. Real backlogs hardly ever go
// beyond: the limits are for what stands out, not for what is large.
const (
	usualPoints  = 13
	mostSubtasks = 8
	mostCriteria = 10
	mostWords    = 400
)

// oversize is what shows by counting that a ticket is more than one. What
// somebody says of its size is a cue and counts more.
func (r *reading) oversize(d DefinitionOfReady) []finding {
	limit := float64(usualPoints)
	if d.MaxPoints > 0 {
		limit = d.MaxPoints
	}
	var criteria []located
	if r.named {
		criteria = r.criteria
	}
	f := oversized(r.issue.Key)
	switch i := r.issue; {
	case r.says(ruleSize), r.umbrella:
		return nil
	case i.StoryPoints != nil && *i.StoryPoints > limit:
		f.Message = fmt.Sprintf("it has %g story points, more than %g", *i.StoryPoints, limit)
	case len(i.Subtasks) > mostSubtasks:
		f.Message = fmt.Sprintf("it has %d subtasks", len(i.Subtasks))
	case len(criteria) > mostCriteria:
		f.Message = fmt.Sprintf("it lists %d acceptance criteria", len(criteria))
		f.Evidence = firstAndLast(criteria)
	case r.words > mostWords:
		f.Message = fmt.Sprintf("its description has %d words", r.words)
	default:
		return nil
	}
	return []finding{f}
}

// firstAndLast quotes the ends of a list.
func firstAndLast(list []located) []Evidence {
	out := []Evidence{}
	for _, l := range []located{list[0], list[len(list)-1]} {
		if ev, ok := l.from.quote(l.text); ok {
			out = append(out, ev)
		}
	}
	return out
}

// oversized asks for needs, as an estimate is not what the session is for.
func oversized(key string) finding {
	return finding{
		Finding: Finding{Rule: ruleSize, INVEST: "S", Evidence: []Evidence{}},
		weight:  promoteWeight, find: "whose need in it comes first", gets: "a split by need", snag: "more in it than tickets usually hold",
		lead: key + " holds more than tickets usually do.",
		asks: []string{
			"Which part would help somebody even if the others never came?",
			"Who has which of the needs in it, and who has none of them?",
		},
	}
}
