package outcome

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
)

// DueWords stand in front of the day on which something is due, in the languages of the
// labels, in lower case, with or without accents.
const DueWords = `(?:deadline|due|by|bis(?: zum)?|f[aä]llig(?: am)?|pour le|avant le|para el|entro)`

// How a line says when it is due, beside what is to be done: at its end with a day behind a
// word for that, or in brackets, and in front with such a day and a colon. "Until" is no
// such word here: what is kept until a day says more by it.
var (
	dueAtEnd   = lazyregexp.New(`(?i)(?:\s*[,;–—|]|\s+-)*(?:\s+` + dueWord + `+` + day + `|\s*\(` + dueWord + `*` + day + `\)|\s*\[` + dueWord + `*` + day + `\])[\s.!]*$`)
	dueInFront = lazyregexp.New(`(?i)^` + dueWord + `+` + day + `\s*(?::|\s[–—-]\s)\s*`)
)

const (
	dueWord = `(?:` + DueWords + `:?\s+(?:on\s+)?)`
	day     = `(20\d\d-\d\d-\d\d)`
)

// Undated is an entry's text for where its due day stands beside it: that of an action
// without the day at its ends. Text stays as it was typed, since it tells which line of a
// ticket an entry answers.
func (e Entry) Undated() Text {
	if e.Kind != Action || len(e.Text) == 0 {
		return e.Text
	}
	rest := slices.Clone(e.Text)
	cut := func(r *Run, says *lazyregexp.Regexp) {
		if m := says.FindStringSubmatch(r.Text); m != nil && r.User == nil && r.URL == "" && strings.Join(m[1:], "") == e.Due.String() {
			r.Text = says.ReplaceAllString(r.Text, "")
		}
	}
	cut(&rest[0], dueInFront)
	cut(&rest[len(rest)-1], dueAtEnd)
	if rest.String() == "" {
		return e.Text
	}
	return rest
}
