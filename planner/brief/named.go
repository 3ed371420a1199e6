package brief

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/internal/lazyregexp"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A Named thing stands in the titles of two tickets, and in no other text of the
// session: where one of them ends and the other begins is written nowhere.
type Named struct {
	Name string // as the first title has it
	Keys []string
}

// named finds them by names in capitals or with a capital inside. What a link joins, or
// the epic speaks of, is left out.
//
// In the 31 epics of four tickets and more, by nine: 9 of 11 pairs are one thing in two
// tickets (two on FIPS, two on CXF), the others brothers ("binary", "source").
func named(s *set) (found []Named) {
	at := map[string]int{} // of a name in found
	for n := range s.Tickets {
		t := &s.Tickets[n]
		for name := range strings.FieldsFuncSeq(t.Issue.Summary, func(r rune) bool { return r >= utf8.RuneSelf || !inName(byte(r)) }) {
			if strings.IndexFunc(name[1:], unicode.IsUpper) < 0 && !fits(name[len(name)-1], '0') || !ownName.MatchString(name) {
				continue
			}
			if common[strings.ToLower(name)] || strings.HasPrefix(strings.ToUpper(name), ticket.Project(t.Issue.Key)) { // the product
				continue
			}
			i, known := at[name]
			if !known {
				i, at[name] = len(found), len(found)
				found = append(found, Named{Name: name})
			}
			if keys := found[i].Keys; len(keys) == 0 || keys[len(keys)-1] != t.Issue.Key {
				found[i].Keys = append(keys, t.Issue.Key)
			}
		}
	}
	var pairs []Named
	joined := map[string]bool{} // a second name of the same two says nothing new
	for _, f := range found {
		if len(f.Keys) != 2 || joined[f.Keys[0]+f.Keys[1]] || s.elsewhere(f) || neighbours(s.all[s.place[f.Keys[0]]].Issue, s.Epic)[f.Keys[1]] {
			continue
		}
		joined[f.Keys[0]+f.Keys[1]] = true
		pairs = append(pairs, f)
	}
	return pairs
}

// ownName is how names of things are written that no other word is: "CXF", "X12",
// "WinAppDeployCmd". Shorter ones are of too many things.
var ownName = lazyregexp.New(`^(?:[A-Z]{2}[A-Z0-9]+|[A-Z][0-9]{2,}|[A-Z][a-z0-9]+[A-Z]\w+|[a-z]+[A-Z]\w+)$`)

// common are names of things that nobody refines.
var common = text.WordSet("ios macos api apis sdk cli xml html json css http https url urls uri sql gui ide github jira javascript os pdf faq ref wip poc mvp tbd todo")

// elsewhere reports whether the epic or another ticket of the session speaks of a thing.
func (s *set) elsewhere(f Named) bool {
	for _, t := range s.all {
		if key := t.Issue.Key; key != f.Keys[0] && key != f.Keys[1] && (strings.Contains(t.Issue.Summary, f.Name) || strings.Contains(t.Issue.Description, f.Name)) {
			return true
		}
	}
	return false
}
