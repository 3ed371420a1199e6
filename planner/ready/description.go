package ready

import (
	"strings"
	"unicode"

	"refine/planner/ticket"
)

// titleOnly is the finding of a ticket that says nothing beside its title: its
// fields are empty, or hold a placeholder or addresses alone. A trace or an
// example in code is something.
func (r *Reading) titleOnly() []Finding {
	rest := make([]string, 0, 2*longestPlaceholder) // without what holds an address, or is a file's name
	empty, words := true, 0
	for _, said := range []string{r.issue.Description, r.issue.AcceptanceCriteria} {
		for w := range strings.FieldsSeq(said) {
			empty = false
			if leadsAway(w) {
				continue
			}
			rest = append(rest, w)
			if strings.ContainsFunc(w, unicode.IsLetter) {
				words++
			}
			if words > longestPlaceholder {
				return nil
			}
		}
	}
	message := "has a title and no description"
	switch {
	case empty:
	case words == 0:
		message = "the description is only links"
	case placeholder(strings.Join(rest, " ")):
		message = "a placeholder stands where its description should"
	default:
		return nil
	}
	var shown []ticket.Evidence
	if ev := r.titleQuote(); ev.Quote != "" {
		shown = append(shown, ev)
	}
	return blocking(RuleNoDescription, message, shown...)
}

// leadsAway reports whether a word holds an address, or a file's name.
func leadsAway(w string) bool {
	return strings.Contains(w, "://") || strings.HasPrefix(w, "[^") || strings.HasPrefix(w, "!") && strings.Count(w, "!") > 1
}
