package planner

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences splits read text. "e.g." and initials do not end one.
func sentences(text string) (out []string) {
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
		if s := strings.TrimSpace(text[start:next]); s != "" {
			out = append(out, s)
		}
		start = next
	}
	if rest := strings.TrimSpace(text[start:]); rest != "" {
		out = append(out, rest)
	}
	return out
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

// abbreviates reports whether said ends with an abbreviation, which ends no
// sentence, or with one that may, before a small letter.
func abbreviates(said, next string) bool {
	said = strings.TrimRight(said, " ")
	if !strings.HasSuffix(said, ".") {
		return false
	}
	rest, last := lastField(said)
	_, before := lastField(rest)
	last = abbreviated(last)
	if abbreviations[last] || abbreviations[abbreviated(before)+"."+last] || abbreviations[last+"."+abbreviated(firstWord(next))] {
		return true
	}
	return !startsUpper(next) && (closing[last] || beginsLetter(last) && utf8.RuneCountInString(last) == 1)
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
