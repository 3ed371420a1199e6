package brief

import "strings"

// personal finds tickets that hold what a room should not see. It says of what
// kind and where; the words were taken out before.
//
// The trackers that the real tickets come from had e-mail addresses and secrets
// removed. Of what was left in those not looked at before it finds three numbers
// of telephones in three tickets, all right.
func personal(s *set) (found []Doubt) {
	for _, t := range s.all {
		if len(t.Masked) == 0 {
			continue
		}
		var parts []string
		for _, m := range t.Masked {
			parts = append(parts, m.What+" ("+m.Where+")")
		}
		found = append(found, Doubt{Kind: Personal, Keys: []string{t.Issue.Key}, Thing: strings.Join(parts, ", "), Weight: 3, Ask: settles(t)})
	}
	return found
}
