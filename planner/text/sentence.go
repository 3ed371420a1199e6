package text

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences splits read text. "e.g." and initials do not end one.
func sentences(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i < len(text); {
			next := endOfSentence(text, i)
			if next == 0 {
				i++
				continue
			}
			if i = next; next < len(text) && abbreviates(text[start:next], text[next:]) {
				continue
			}
			if s := strings.TrimSpace(text[start:next]); s != "" && !yield(s) {
				return
			}
			start = next
		}
		if rest := strings.TrimSpace(text[start:]); rest != "" {
			yield(rest)
		}
	}
}

// endOfSentence is where the next sentence begins if the mark at i ends one, else
// 0. The marks of Chinese and Japanese need no space behind them.
func endOfSentence(text string, i int) int {
	switch text[i] {
	case '.', '!', '?':
		end := i + 1
		for end < len(text) && strings.IndexByte(`"')]`, text[end]) >= 0 {
			end++
		}
		if gap := spaces(text[end:]); gap > 0 || end == len(text) {
			return end + gap
		}
	case "。"[0], "！"[0]:
		if r, size := utf8.DecodeRuneInString(text[i:]); r == '。' || r == '！' || r == '？' {
			return i + size + spaces(text[i+size:])
		}
	}
	return 0
}

// SentenceEnd is where the sentence ends that holds the byte at, the white space
// behind it included.
func SentenceEnd(text string, at int) int {
	for i := at; i < len(text); i++ {
		next := endOfSentence(text, i)
		if next == len(text) || next > 0 && startsUpper(text[next:]) && !abbreviates(text[at:next], text[next:]) {
			return next
		}
	}
	return len(text)
}

// abbreviates reports whether the full stop at the end of said ends no sentence:
// an abbreviation's, one with another dot before a small letter ("the U.S. office",
// "wait... it works"), one before a bracket that explains what went before, and one
// within a bracket after which the sentence goes on: "(size, etc.) are shown".
func abbreviates(said, next string) bool {
	said = strings.TrimRight(said, " ")
	if strings.HasSuffix(said, ")") && isLower(next[0]) && strings.LastIndexByte(said, '(') > 0 {
		return true
	}
	if !strings.HasSuffix(said, ".") {
		return false
	}
	rest, last := lastField(said)
	_, before := lastField(rest)
	last = abbreviated(last)
	if abbreviations()[last] || abbreviations()[abbreviated(before)+"."+last] || abbreviations()[last+"."+abbreviated(leadingWord(strings.TrimLeft(next, " ")))] {
		return true
	}
	if next[0] == '(' {
		return true
	}
	return !startsUpper(next) && (closing()[last] || strings.Contains(last, ".") || beginsLetter(last) && utf8.RuneCountInString(last) == 1)
}

// lastField cuts the last word off, or what follows a bracket.
func lastField(s string) (rest, last string) {
	s = strings.TrimRight(s, " ")
	n := strings.LastIndexAny(s, " (") + 1
	return s[:n], s[n:]
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// Says reports whether the sentence says something of a sense, and in which of
// its bytes.
func (s Sentence) Says(what Sense) (at [2]int, ok bool) {
	for _, m := range s.marks {
		if m.sense == what {
			return m.at, true
		}
	}
	return at, false
}

// Is reports whether the sentence says something of a sense.
func (s Sentence) Is(what Sense) bool {
	_, ok := s.Says(what)
	return ok
}

// Asks reports whether the sentence is a question.
func (s Sentence) Asks() bool {
	return strings.HasSuffix(s.Text, "?") || strings.HasSuffix(s.Text, "？")
}

// spaces is the length of the white space that s begins with.
func spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " \t\n\f\r")) }
