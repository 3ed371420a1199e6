package outcome

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
)

// DueWords stand in front of the day on which something is due, in the languages of the
// labels, in lower case, with or without accents.
const DueWords = `(?:deadline|due|by|bis(?: zum)?|f[aä]llig(?: am)?|pour le|avant le|para el|entro)`

// dueAtEnd is how a line ends that says when it is due: with a day behind a word for that,
// or in brackets. "Until" is no such word here: what is kept until a day says more by it.
var dueAtEnd = lazyregexp.New(`(?i)(?:\s*[,;–—|]|\s+-)*(?:\s+` + dueWord + `+` + day + `|\s*\(` + dueWord + `*` + day + `\)|\s*\[` + dueWord + `*` + day + `\])[\s.!]*$`)

const (
	dueWord = `(?:` + DueWords + `:?\s+(?:on\s+)?)`
	day     = `(20\d\d-\d\d-\d\d)`
)

// Undated is an entry's text for where its due day stands beside it: that of an action
// without the day at its end. Text stays as it was typed, since it tells which line of a
// ticket an entry answers.
func (e Entry) Undated() Text {
	last := len(e.Text) - 1
	if e.Kind != Action || last < 0 || e.Text[last].User != nil || e.Text[last].URL != "" {
		return e.Text
	}
	said := e.Text[last].Text
	m := dueAtEnd.FindStringSubmatch(said)
	if m == nil || m[1]+m[2]+m[3] != e.Due.String() {
		return e.Text
	}
	rest := append(slices.Clone(e.Text[:last]), Run{Text: strings.TrimSuffix(said, m[0])})
	if rest.String() == "" {
		return e.Text
	}
	return rest
}
