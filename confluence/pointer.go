package confluence

import (
	"strings"

	"refine/internal/lazyregexp"
)

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
	`|(?:see|siehe|cf|vgl|voir|ver|vedi|zie|zob)\.?(?: (?:the|our|das|die|den|le|la|il|de|het))? \S+` +
	`|(?:see|siehe|voir|ver|vedi|zie) (?:the |die |le |la |el )?(?:(?:e-?)?mail|chat|thread|comment|kommentar|board|notes|minutes|protokoll|slides?) (?:from|of|by|in|von|de|del|du|di|van) \S+` +
	`|(?:same|as|wie)(?: as)? (?:above|below|before|discussed|agreed|last time|oben|unten|besprochen|gehabt)|done *[,–-] *see above` +
	`|(?:ditto|idem|dito|same)(?: (?:for|fur|pour|para|per|voor|dla) \S+)?|same here` +
	`)[ .!–-]*$`)

// saysWhom is the reason of a line that asks for something somebody else is to say.
const saysWhom = "it says whom to ask"

// asks is how a line, folded, only says whom to ask, where a decision, a criterion or
// an estimate would stand: "ask Mia", "check with legal".
var asks = lazyregexp.New(`^(?:` +
	`(?:ask|ping|(?:check|clarify|discuss|align)(?: (?:it|this|that))? with|talk to|(?:mit )?fragen?|frag|klaren mit|besprechen mit|demander a|voir avec|preguntar a|hablar con|chiedere a|sentire|perguntar a|falar com|vragen aan|navragen bij|overleggen met|zapytac|spytac)` +
	` \S+(?: (?:and|or|&|und|oder|et|y|e|en|i) \S+)?(?: (?:about|re|wegen|zu) .*)?|(?:mit )?(?:der )?\S+ (?:fragen|klaren|abstimmen|besprechen)|@\S+(?: \S+)? (?:please|pls|bitte)\b.*)[.!]?$`)

// bareLink is an address that somebody left without a word, or with one in front.
var bareLink = lazyregexp.New(`^(?:\pL+ ?:? ?)?https?://\S+$`)

// points reports whether a line only says where to look; a ticket in front, whose
// it is, aside.
func points(s string) bool {
	s = s[decoration(s):]
	s = s[len(leadingKey(s)):]
	if name, said, ok := strings.Cut(s, ": "); ok && !strings.Contains(name, " ") { // who says so
		s = said
	}
	return pointer.MatchString(folded(s)) || bareLink.MatchString(s)
}
