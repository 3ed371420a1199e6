package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldedAway are white space and the characters that wiki markup is made of; a
// quote shows none of them where the ticket uses them as markup.
var foldedAway = asciiSet(`*_{}[]|+^~\-` + " \t\n\v\f\r")

func asciiSet(chars string) (set [utf8.RuneSelf]bool) {
	for _, c := range []byte(chars) {
		set[c] = true
	}
	return set
}

// Fold drops white space and markup, so that a quote can be compared with the
// raw text it came from.
func Fold(s string) string {
	s = dropMacros(s)
	var b strings.Builder
	b.Grow(len(s))
	for n, r := range s {
		switch {
		case r == utf8.RuneError:
			_, size := utf8.DecodeRuneInString(s[n:])
			b.WriteString(s[n : n+size])
		case r < utf8.RuneSelf && !foldedAway[r], r >= utf8.RuneSelf && !unicode.IsSpace(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
