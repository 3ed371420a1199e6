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
// languages of the labels, and at most one more in front of the keys.
var without = lazyregexp.New(`(?i:(?:^|[^\pL])(?:not|nicht|pas|no|non|não|niet|nie)\s+(?:\pL+\s+)?)(` + oneKey + `(?:(?:` + joint + `|\s+(?i:or|oder|ou|o|of|lub)\s+)` + oneKey + `)*)`)

// excluded are the keys in a line that it says it is not for: none is where it belongs.
func excluded(words string) (not []string) {
	for _, m := range without.FindAllStringSubmatch(words, -1) {
		not = append(not, ticket.IssueKeys(m[1])...)
	}
	return not
}

// towards are the words for "for", "in" and "to" in front of a key, in the languages of the
// labels. "On" is none: "depends on PAY-9".
const towards = `(?i:for|in|to|re|about|für|zu|pour|dans|à|para|por|per|a|em|voor|naar|dla|w|do)`

// What says whose a line is: keys that lead it, or that close it in brackets, behind an
// arrow or behind such a word. "As in PAY-9" compares, and who says "PAY-9 first, then
// this" speaks of another.
var (
	leading  = lazyregexp.New(`^[^\pL]*(?:` + towards + `\s+)?(` + oneKey + `(?:(?:` + joint + `|\s*;\s*|\s+)` + oneKey + `)*)(\s*[:–—-])?`)
	closing  = lazyregexp.New(`(?:[(\[]\s*(?:` + towards + `\s+)?|(?:→|->|=>|–|—)\s*|(?:^|[^\pL]|(\pL+)\s+)` + towards + `\s+)(` + oneKey + `(?:` + joint + oneKey + `)*)[^\pL\pN]*$`)
	compares = lazyregexp.New(`^(?i:as|like|wie|comme|como|come|zoals|jak)$`)
	back     = lazyregexp.New(`(?i)[^\pL](?:this|dies\pL*|ceci|celui-ci|esto|este|questo|isto|dit|deze)(?: one)?[^\pL]*$`)
)

// addressed is the part of a line with the keys that say whose it is, empty if none do.
func addressed(words string) string {
	if m := leading.FindStringSubmatch(words); m != nil && (m[2] != "" || !back.MatchString(words)) {
		return m[1]
	}
	if m := closing.FindStringSubmatch(words); m != nil && !compares.MatchString(m[1]) {
		return m[2]
	}
	return ""
}
