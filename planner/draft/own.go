package draft

import (
	"slices"
	"strings"

	"refine/planner/text"
)

// Between how many words a ticket's own sentence says something and can be shown.
const (
	leastOwn = 6
	mostOwn  = 30
)

// pointing words lead to what does not stand in a sentence, or speak to somebody.
var pointing = text.WordSet("this these those above below following attached attachment attachments screenshot screenshots here hi hello hey dear thanks thank please let's option")

// whole reports whether a sentence can stand alone: by its length, its first and its
// last word, and without what points elsewhere or is code, a table or a step.
func whole(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < leastOwn || len(fields) > mostOwn || !standing(s) || hanging[plainWord(fields[len(fields)-1])] {
		return false
	}
	return plain(s) && !slices.ContainsFunc(fields, func(f string) bool { return pointing[plainWord(f)] })
}

// plain reports whether words are no code, no path, no table and lead to nothing.
func plain(s string) bool {
	for _, mark := range []string{": ", "//", "()", "--", "->", "?", "and/or", " - ", "(y)", "(x)", "(/)"} {
		if strings.Contains(s, mark) {
			return false
		}
	}
	open := strings.HasSuffix(s, ":") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || strings.Count(s, `"`)%2 != 0
	return !open && !strings.ContainsAny(s, "{}<>=;|\\*$@^~`")
}

// plainWord is a word without what stands around it, in small letters.
func plainWord(s string) string { return strings.ToLower(strings.Trim(s, ".,;:!?()[]\"'’‘")) }
