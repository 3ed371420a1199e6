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
	said := r.issue.Description + "\n" + r.issue.AcceptanceCriteria
	rest := withoutLinks(said)
	message := "has a title and no description"
	switch {
	case strings.TrimSpace(said) == "":
	case !strings.ContainsFunc(rest, unicode.IsLetter):
		message = "the description is only links"
	case placeholder(rest):
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

// withoutLinks leaves out the words that hold an address, or a file's name.
func withoutLinks(said string) string {
	var kept []string
	for w := range strings.FieldsSeq(said) {
		if !strings.Contains(w, "://") && !strings.HasPrefix(w, "[^") && !(strings.HasPrefix(w, "!") && strings.Count(w, "!") > 1) {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
