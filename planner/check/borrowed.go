package check

import (
	"fmt"
	"strings"
	"unicode"

	"refine/internal/lazyregexp"
	"refine/planner/draft"
)

// mostBorrowed is how many words in a row a line may have of a ticket's text
// without saying that they are the ticket's. An order that somebody wrote into a
// ticket is longer, and so gets into no plan as the plan's own words.
const mostBorrowed = 6

// address is something to follow or to write to.
var address = lazyregexp.New(`(?i)\b(?:https?://|www\.)|[\w.+-]+@[\w-]+\.\w|\[~`)

// borrowed wants a ticket's words to stand in quotation marks, and no address
// outside of them.
func (k *knowledge) borrowed(l draft.Line, _ part) string {
	outside := draft.Outside(l.Text)
	if address.MatchString(outside) {
		return "it holds an address"
	}
	for own := range strings.SplitSeq(outside, "“”") {
		run := k.words(own)
		for n, w := range run {
			if unspaced(own[w.start:w.end]) && k.inDescription(run[n:n+1]) {
				return fmt.Sprintf("“%s” are a ticket's words and need quotation marks", own[w.start:w.end])
			}
		}
		for n := 0; n+mostBorrowed < len(run); n++ {
			if k.inDescription(run[n : n+mostBorrowed+1]) {
				return fmt.Sprintf("“%s” are a ticket's words and need quotation marks", own[run[n].start:run[n+mostBorrowed].end])
			}
		}
	}
	return ""
}

// unspaced reports whether a word is a clause of a language that sets no spaces.
func unspaced(word string) bool {
	n := 0
	for _, r := range word {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			n++
		}
	}
	return n > mostBorrowed
}

// inDescription reports whether words stand so in what people wrote into tickets;
// titles, which name a ticket, and fields are no such text.
func (k *knowledge) inDescription(run []word) bool { return k.places().hold(run) }
