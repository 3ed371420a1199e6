package check

import (
	"unicode"
	"unicode/utf8"

	"refine/planner/text"
)

// A word of a text, in lower case, with where it stands.
type word struct {
	text       string
	start, end int32 // bytes
}

// words are the runs of letters and digits of a text; an apostrophe within a word
// belongs to it. What markup and punctuation stand between them is no matter.
func words(s string) []word {
	all := make([]word, 0, text.Runs(s))
	start := -1
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case inWord(r):
			if start < 0 {
				start = i
			}
		case start >= 0 && (r == '\'' || r == '’') && letterAt(s, i+size):
		case start >= 0:
			all = append(all, newWord(s, start, i))
			start = -1
		}
		i += size
	}
	if start >= 0 {
		all = append(all, newWord(s, start, len(s)))
	}
	return all
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return alphanumeric[r]
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// alphanumeric are the letters and digits among the first characters, which most
// of a text is made of.
var alphanumeric = func() (set [utf8.RuneSelf]bool) {
	for c := range rune(utf8.RuneSelf) {
		set[c] = unicode.IsLetter(c) || unicode.IsDigit(c)
	}
	return set
}()

func newWord(s string, start, end int) word {
	return word{text.Lower(s[start:end]), int32(start), int32(end)}
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// A passage is a text of a ticket, ready to be searched by words.
type passage struct {
	where string // "description", "comment by Dana"
	raw   string
	words []word
}

func newPassage(where, raw string) *passage {
	return &passage{where: where, raw: raw, words: words(raw)}
}

// find is where a run of words stands for the first time at or after from, -1 if
// nowhere.
func (p *passage) find(run []word, from int) int {
	if len(run) == 0 {
		return -1
	}
	for n := from; n+len(run) <= len(p.words); n++ {
		if p.stands(run, n) {
			return n
		}
	}
	return -1
}

func (p *passage) stands(run []word, at int) bool {
	for i, w := range run {
		if p.words[at+i].text != w.text {
			return false
		}
	}
	return true
}
