package outcome

import (
	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// oneKey is the key of a ticket.
const oneKey = `[A-Z][A-Z0-9_]+-[1-9][0-9]*`

// without is how a line says which tickets it is not for: the word for not, in the
// languages of the labels, and at most one more in front of the keys.
var without = lazyregexp.New(`(?i:(?:^|[^\pL])(?:not|nicht|pas|no|non|não|niet|nie)\s+(?:\pL+\s+)?)(` + oneKey + `(?:(?:\s*[,/&+]\s*|\s+(?i:and|or|und|oder|et|ou|y|o|e|en|of|i|lub)\s+)` + oneKey + `)*)`)

// excluded are the keys in a line that it says it is not for: none is where it belongs.
func excluded(words string) (not []string) {
	for _, m := range without.FindAllStringSubmatch(words, -1) {
		not = append(not, ticket.IssueKeys(m[1])...)
	}
	return not
}
