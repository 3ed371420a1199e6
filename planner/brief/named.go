package brief

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A Named thing stands in two titles that share more words, and in no other text of the
// session: where one of the tickets ends and the other begins is written nowhere.
type Named struct {
	Name string // as the first title has it, with the version that both tickets want of it, if any
	Same bool   // they want the same version of it
	Keys []string
}

// named finds them by names in capitals or with a capital inside. What a link joins, or
// the epic speaks of, is left out.
//
// The name alone was right 2 of 5 times on tickets of other projects (a product, an
// organisation). With two more words in common 13 of 13 pairs of neighbours in all
// trackers at hand belong together, five of them brothers ("in Java", "in Python").
func named(s *set) (found []Named) {
	at := map[string]int{} // of a name in found
	for n := range s.Tickets {
		t := &s.Tickets[n]
		for _, name := range ownName.FindAllString(t.Issue.Summary, -1) {
			if common[strings.ToLower(name)] || strings.HasSuffix(name, "Exception") || strings.HasSuffix(name, "Error") || strings.HasPrefix(strings.ToUpper(name), ticket.Project(t.Issue.Key)) { // the product
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
	joined := map[string]int{} // place in pairs: a second name of the same two says nothing new but a version
	for _, f := range found {
		if len(f.Keys) != 2 || s.elsewhere(f) || !s.alikeBut(f) || neighbours(s.all[s.place[f.Keys[0]]].Issue, s.Epic)[f.Keys[1]] {
			continue
		}
		if v := s.version(f); v != "" {
			f.Name, f.Same = f.Name+" "+v, true
		}
		both := f.Keys[0] + f.Keys[1]
		at, known := joined[both]
		switch {
		case !known:
			joined[both], pairs = len(pairs), append(pairs, f)
		case f.Same && !pairs[at].Same:
			pairs[at] = f
		}
	}
	return pairs
}

// ownName is how names of things are written that no other word is: "CXF", "X12",
// "WinAppDeployCmd". Shorter ones are of too many things.
var ownName = lazyregexp.New(`\b(?:[A-Z]{2}[A-Z0-9]+|[A-Z][0-9]{2,}|[A-Z][a-z0-9]+[A-Z]\w+|[a-z]+[A-Z]\w+)\b`)

// common are names of things that nobody refines.
var common = text.WordSet("ios macos api apis sdk cli xml html json css http https url urls uri sql gui ide github jira javascript os pdf faq ref wip poc mvp tbd todo")

// leastCommon is how many words two titles share beside a name that are about one thing.
const leastCommon = 2

// alikeBut reports whether the titles of both tickets share more than the name.
func (s *set) alikeBut(f Named) bool {
	one, other := s.all[s.place[f.Keys[0]]].Issue.Summary, s.all[s.place[f.Keys[1]]].Issue.Summary
	common, within := 0, terms(f.Name)
	for _, w := range terms(one) {
		if holdsAll(terms(other), []string{w}) && !slices.Contains(within, w) {
			common++
		}
	}
	return common >= leastCommon
}

// version is the one that both tickets name the thing with.
func (s *set) version(f Named) string {
	var all [2][]string
	for n, key := range f.Keys {
		i := s.all[s.place[key]].Issue
		_, rest, found := strings.Cut(i.Summary+"\n"+i.Description, f.Name)
		for ; found; _, rest, found = strings.Cut(rest, f.Name) {
			next := ""
			for next = range strings.FieldsSeq(rest) {
				break
			}
			if v := strings.TrimRight(next, ".,;:)"); strings.Contains(v, ".") && strings.Trim(v, "0123456789.") == "" {
				all[n] = append(all[n], v)
			}
		}
	}
	for _, v := range all[0] {
		if slices.Contains(all[1], v) {
			return v
		}
	}
	return ""
}

// elsewhere reports whether the epic or another ticket of the session speaks of a thing.
func (s *set) elsewhere(f Named) bool {
	for _, t := range s.all {
		if key := t.Issue.Key; key != f.Keys[0] && key != f.Keys[1] && (strings.Contains(t.Issue.Summary, f.Name) || strings.Contains(t.Issue.Description, f.Name)) {
			return true
		}
	}
	return false
}
