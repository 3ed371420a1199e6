package brief

import (
	"cmp"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// A Shared criterion stands in several tickets word for word: what is decided about it
// holds for all of them.
type Shared struct {
	ticket.Evidence // as the first of them has it
	Keys            []string
}

// leastShared is how many words a criterion has that is not the same by chance.
const leastShared = 3

// shared finds them by their words, case and final stops aside; what most tickets have
// first.
func shared(s *set) (found []Shared) {
	at := map[string]int{} // of a criterion in found
	for n := range s.Tickets {
		t := &s.Tickets[n]
		for _, c := range t.Criteria {
			said := strings.ToLower(strings.Trim(c.Quote, " .,;"))
			if len(strings.Fields(said)) < leastShared {
				continue
			}
			i, known := at[said]
			if !known {
				i, at[said] = len(found), len(found)
				found = append(found, Shared{Evidence: c})
			}
			if !slices.Contains(found[i].Keys, t.Issue.Key) {
				found[i].Keys = append(found[i].Keys, t.Issue.Key)
			}
		}
	}
	found = slices.DeleteFunc(found, func(c Shared) bool { return len(c.Keys) < 2 })
	slices.SortStableFunc(found, func(a, b Shared) int { return cmp.Compare(len(b.Keys), len(a.Keys)) })
	return found
}
