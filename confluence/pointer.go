package confluence

import "refine/internal/lazyregexp"

// elsewhere is the reason of a line that only says where to look.
const elsewhere = "it points elsewhere, and says nothing itself"

// typedKey is the key of a ticket in folded words.
const typedKey = `[a-z][a-z0-9_]+-[1-9][0-9]*`

// pointer is a short line, folded, that begins with a word for looking or for
// likeness and ends with a ticket, or that has one word beside it: "as
// discussed in PAY-6", "see the board", "ditto".
var pointer = lazyregexp.New(`^(?:` +
	`(?:see|siehe|cf|vgl|voir|ver|vease|vedi|veja|zie|zob|zobacz)\.?(?: \S+){0,6} ` + typedKey +
	`|(?:same (?:as|for|in)|as|wie|comme|como|come|zoals|(?:tak )?jak|dup(?:licate)? of)(?: \S+){0,2} ` + typedKey +
	`|(?:see|siehe|cf|vgl|voir|vedi|zie|zob)\.?(?: (?:the|our|das|die|den|le|la|il|de|het))? \S+` +
	`|ditto|idem|dito|same here` +
	`)[ .!–-]*$`)

// points reports whether a line only says where to look; a ticket in front, whose
// it is, aside.
func points(s string) bool {
	s = s[decoration(s):]
	s = s[len(leadingKey(s)):]
	return pointer.MatchString(folded(s))
}
