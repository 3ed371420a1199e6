package text

import (
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
	out := make([]byte, 0, len(s))
	for n := 0; n < len(s); {
		if c := s[n]; c < utf8.RuneSelf {
			if !foldedAway[c] {
				out = append(out, c)
			}
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsSpace(r) {
			out = append(out, s[n:n+size]...)
		}
		n += size
	}
	return string(out)
}
