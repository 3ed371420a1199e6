package brief

// oversized finds tickets that are more than one by a number of their own: story
// points beyond the team's limit, or subtasks. The length of a text tells
// nothing of size.
//
// By field alone: all 46 unseen ones have that number.
func oversized(s *set) (found []Doubt) {
	for n := range s.Tickets {
		t := &s.Tickets[n]
		if thing := s.ready.Oversize(t.Issue); thing != "" {
			found = append(found, Doubt{Kind: Size, Keys: []string{t.Issue.Key}, Thing: thing, Weight: 5, Ask: settles(t)})
		}
	}
	return found
}
