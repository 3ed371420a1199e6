package brief

import "refine/planner/ready"

// oversized finds tickets that are more than one by a number of their own: story
// points beyond a limit that the team has set. The length of a text tells nothing of
// size. By field alone.
func oversized(s *set) (found []Doubt) {
	for n := range s.Tickets {
		t := &s.Tickets[n]
		if thing, over := s.ready.Oversize(t.Issue); over {
			found = append(found, Doubt{Kind: Size, Keys: []string{t.Issue.Key}, Thing: thing, Weight: 5, Blocks: breaks(t, ready.RuleSize), Ask: settles(t)})
		}
	}
	return found
}
