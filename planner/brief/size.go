package brief

import "fmt"

const (
	usualPoints  = 13 // story points of one ticket
	mostSubtasks = 8
)

// oversized finds tickets that are more than one by a number of their own: story
// points beyond the team's limit, or subtasks. The length of a text tells
// nothing of size.
//
// By field alone: all 46 unseen ones have that number.
func oversized(s *set) (found []Doubt) {
	limit := s.maxPoints
	if limit == 0 {
		limit = usualPoints
	}
	for n := range s.Tickets {
		t := &s.Tickets[n]
		thing := ""
		switch i := t.Issue; {
		case i.StoryPoints != nil && *i.StoryPoints > limit:
			thing = fmt.Sprintf("%g story points, more than %g", *i.StoryPoints, limit)
		case len(i.Subtasks) > mostSubtasks:
			thing = fmt.Sprintf("%d subtasks", len(i.Subtasks))
		default:
			continue
		}
		found = append(found, Doubt{Kind: Size, Keys: []string{t.Issue.Key}, Thing: thing, Weight: 5, Ask: settles(t)})
	}
	return found
}
