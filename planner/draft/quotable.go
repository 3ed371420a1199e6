package draft

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/planner/text"
)

// quotable reports whether words can stand between the plan's quotation marks, and
// are any.
func quotable(s string) bool {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	whole := strings.Count(s, "(") == strings.Count(s, ")")
	return whole && strings.ContainsFunc(s, word) && !strings.Contains(s, opens) && !strings.Contains(s, shuts) && !strings.Contains(s, "\n")
}

// leaning begin a sentence that leans on the one before it.
var leaning = text.WordSet("and so also then firstly secondly thirdly finally lastly if following related at currently this these that those it they there he she")

// subjectless begin one whose subject stands elsewhere.
var subjectless = text.WordSet("must should will would shall can cannot could may might is are was were has have had does did do be been being")

// exemplary begin an example, or an entry of questions and answers.
var exemplary = text.WordSet("e.g eg a: q: example")

// turning begin one that turns away from it, which not even its ticket's key makes clear.
var turning = text.WordSet("however but otherwise therefore instead")

func turned(s string) bool {
	first, rest := firstWord(s)
	if first == "some" {
		rest = strings.ToLower(rest)
		return strings.HasPrefix(rest, "of these") || strings.HasPrefix(rest, "of them")
	}
	return turning[strings.Trim(first, ",.;:")]
}

// ordinal count what another sentence lists.
var ordinal = text.WordSet("first second third last latter former other others")

// pointing are words for what stands elsewhere.
var pointing = []string{"above", "below", "following"}

// standing reports whether a quote can be understood where it stands alone.
func standing(s string) bool {
	first, rest := firstWord(s)
	first = strings.Trim(first, ",.;:")
	begins, _ := utf8.DecodeRuneInString(s)
	if first == "for" || first == "with" || first == "in" { // "In these" leans as "These" does
		first, rest = firstWord(rest)
	}
	if second, _ := firstWord(rest); first == "the" && ordinal[second] {
		return false // of what was listed before
	}
	return quotable(s) && !turned(s) && !exemplary[first] && !leaning[first] && !subjectless[first] && !strings.HasSuffix(first, "ed") && !slices.ContainsFunc(pointing, func(p string) bool { return strings.Contains(s, p) }) && !unicode.IsLower(begins)
}

// firstWord is the one that a text begins with, in small letters, and what follows it.
func firstWord(s string) (first, rest string) {
	first, rest, _ = strings.Cut(s, " ")
	return strings.ToLower(first), rest
}

// plain reports whether words are no code, no path, no table and lead to nothing.
func plain(s string) bool {
	for _, mark := range []string{": ", "//", "()", "--", "->", "→", "⇒", "?", "and/or", " - ", "(y)", "(x)", "(/)"} {
		if strings.Contains(s, mark) {
			return false
		}
	}
	open := strings.HasSuffix(s, ":") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || strings.Count(s, `"`)%2 != 0
	return !open && !strings.ContainsAny(s, "{}<>=;|\\*$@^~`")
}

// sentence reports whether a quote says something by itself.
func sentence(s string) bool {
	n := len(strings.Fields(s))
	return leastSaid <= n && n <= mostSaid && standing(s) && plain(s)
}

// Between how many words a sentence says something and can be shown.
const (
	leastSaid = 6
	mostSaid  = 35
)
