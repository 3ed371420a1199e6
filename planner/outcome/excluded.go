package outcome

import (
	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// oneKey is the key of a ticket.
const oneKey = `[A-Z][A-Z0-9_]+-[1-9][0-9]*`

// And is the word that joins the last two of several, in the languages of the labels;
// joint is what stands between the keys of tickets in a row.
const (
	And   = `(?i:and|und|u\.|et|y|e|en|i)`
	joint = `(?:\s*[,/&+]\s*(?:` + And + `\s+)?|\s+` + And + `\s+)`
)

// without is how a line says which tickets it is not for: the word for not, in the
// languages of the labels, and at most one more in front of the keys. "Not only" says
// that it is for them.
var (
	without = lazyregexp.New(`(?i:(?:^|[^\pL])(?:not|nicht|pas|no|non|não|niet|nie)\s+(\pL+\s+)?)(` + oneKey + `(?:(?:` + joint + `|\s+(?i:or|oder|ou|o|of|lub)\s+)` + oneKey + `)*)`)
	notOnly = lazyregexp.New(`(?i)^(?:only|just|nur|bloß|seulement|s[oó]lo|solamente|solo|soltanto|apenas|só|alleen|tylko)\s`)
)

// excluded are the keys in a line that it says it is not for: none is where it belongs.
func excluded(words string) (not []string) {
	for _, m := range without.FindAllStringSubmatch(words, -1) {
		if !notOnly.MatchString(m[1]) {
			not = append(not, ticket.IssueKeys(m[2])...)
		}
	}
	return not
}
