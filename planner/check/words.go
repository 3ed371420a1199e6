package check

import (
	"unicode"
	"unicode/utf8"

	"refine/planner/text"
)

// A word of a text by its number in the [wordlist], with where it stands.
type word struct{ id, start, end int32 } // bytes

// A wordlist numbers the words of a session in lower case, so that they take little
// room and are compared at once.
type wordlist struct {
	ids  map[string]int32 // of a word, however it is written
	list []string
}

// words are the runs of letters and digits of a text; an apostrophe within a word
// belongs to it. What markup and punctuation stand between them is no matter.
func (x *wordlist) words(s string) []word {
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
			all = append(all, word{x.id(s[start:i]), int32(start), int32(i)})
			start = -1
		}
		i += size
	}
	if start >= 0 {
		all = append(all, word{x.id(s[start:]), int32(start), int32(len(s))})
	}
	return all
}

func (x *wordlist) id(written string) int32 {
	id, known := x.ids[written]
	if known {
		return id
	}
	lower := text.Lower(written)
	if id, known = x.ids[lower]; !known {
		id = int32(len(x.list))
		x.list = append(x.list, lower)
		x.ids[lower] = id
	}
	x.ids[written] = id
	return id
}

// text is a word in lower case.
func (x *wordlist) text(w word) string { return x.list[w.id] }

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

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// A passage is a text of a ticket, ready to be searched by words.
type passage struct {
	*wordlist
	where string // "description", "comment by Dana"
	raw   string
	words []word
}

func (x *wordlist) passage(where, raw string) *passage {
	return &passage{x, where, raw, x.words(raw)}
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
		if p.words[at+i].id != w.id {
			return false
		}
	}
	return true
}
