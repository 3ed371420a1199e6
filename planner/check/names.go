package check

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"refine/planner/draft"
)

// names wants each name of a line to stand somewhere: a word with a capital or a
// digit within a sentence that no ticket, person, link or line of the guide has is
// from elsewhere.
func (k *knowledge) names(l draft.Line, _ part) string {
	said := withoutKeys(draft.Outside(l.Text))
	begins := true
	last := int32(0)
	for _, w := range k.words(said) {
		for _, r := range said[last:w.start] {
			begins = begins || r == '.' || r == '?' || r == '!' || r == ':' || r == '“' || r == '('
		}
		first, _ := utf8.DecodeRuneInString(said[w.start:])
		if unicode.IsUpper(first) && !begins && !k.knows(k.text(w)) {
			return fmt.Sprintf("no ticket names %s", said[w.start:w.end])
		}
		begins, last = false, w.end
	}
	return ""
}

// knows reports whether a word stands in the session's texts, its plural or
// possessive aside.
func (k *knowledge) knows(word string) bool {
	for _, ending := range []string{"", "'s", "s", "es", "'"} {
		if n := len(word) - len(ending); n > 0 && word[n:] == ending && k.holds(word[:n]) {
			return true
		}
	}
	return k.holds(word + "s")
}

// holds reports whether a word stands in a ticket or in what else is known.
func (k *knowledge) holds(word string) bool {
	read := k.places()
	id, known := k.ids[word]
	return known && read.has(id) || k.vocabulary()[word]
}
