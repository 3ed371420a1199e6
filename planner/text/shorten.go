package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine is s with single spaces between its words.
func OneLine(s string) string {
	for i, r := range s {
		if r == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' ' || r > ' ' && r < utf8.RuneSelf {
			continue
		}
		if unicode.IsSpace(r) {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s // as it mostly is already
}

// Enumerate lists parts as a sentence does: "a, b and c".
func Enumerate(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// Agree is the word that goes with n things.
func Agree(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// Counted is "1 comment" or "3 comments".
func Counted(n int, what string) string { return fmt.Sprintf("%d %s", n, Agree(n, what, what+"s")) }

// Shorten is s, or its first characters and a sign that there were more; most is
// how many characters come out at most.
func Shorten(s string, most int) string {
	r := []rune(s)
	switch {
	case len(r) <= most:
		return s
	case most == 0:
		return ""
	}
	return strings.TrimRight(string(r[:most-1]), " ") + "…"
}

// UpperFirst begins a sentence.
func UpperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
