package lazyregexp

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// needed are words of which each match of an expression holds one: a text without
// any of them, as nearly every text is, is told apart in one look over its bytes,
// some ten times sooner than the expression itself would say no.
type needed struct {
	words  []needle            // none: nothing is known, any text may match
	rarest [utf8.RuneSelf]bool // the bytes by which a word is looked for
}

// A needle is a word in small letters, with its byte that texts have most seldom.
type needle struct {
	word string
	at   int
}

// neededBy finds the words of an expression. Whether the expression minds the case
// is no matter here: what the words let through, the expression still decides.
func neededBy(expression string) *needed {
	n := &needed{}
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return n // compiling it will say so
	}
	for _, word := range wordsOf(parsed) {
		at := 0
		for i := range len(word) {
			if strings.IndexByte(commonest, word[i]) < strings.IndexByte(commonest, word[at]) {
				at = i
			}
		}
		n.words = append(n.words, needle{word, at})
		n.rarest[word[at]], n.rarest[upper(word[at])] = true, true
	}
	return n
}

// commonest are the bytes that texts are made of, the commonest last; others are
// seldom.
const commonest = `zqjxkvbywgpfmucdlhrsnioate `

// wordsOf are words of which each match of a part holds one, none where no such are
// known. Of parts in a row, those whose shortest word is longest tell most.
func wordsOf(part *syntax.Regexp) (best []string) {
	switch part.Op {
	case syntax.OpLiteral:
		if word := strings.ToLower(string(part.Rune)); ascii(word) {
			return []string{word}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return wordsOf(part.Sub[0])
	case syntax.OpRepeat:
		if part.Min > 0 {
			return wordsOf(part.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range part.Sub {
			if all := wordsOf(sub); shortest(all) > shortest(best) {
				best = all
			}
		}
	case syntax.OpAlternate:
		for _, sub := range part.Sub {
			all := wordsOf(sub)
			if len(all) == 0 {
				return nil
			}
			best = append(best, all...)
		}
	}
	return best
}

func shortest(words []string) int {
	if len(words) == 0 {
		return 0
	}
	return len(slices.MinFunc(words, func(a, b string) int { return len(a) - len(b) }))
}

func ascii(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

func upper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - ('a' - 'A')
	}
	return c
}

// may reports whether the expression may match a text.
func (n *needed) may(s string) bool {
	if len(n.words) == 0 {
		return true
	}
	for i := range len(s) {
		if c := s[i]; c < utf8.RuneSelf && n.rarest[c] && n.holds(s, i) {
			return true
		}
	}
	return strings.Contains(s, "ſ") || strings.Contains(s, "\u212a") // which are an s and a k to expressions that do not mind the case
}

// holds reports whether one of the words stands in s with its rarest byte at i.
func (n *needed) holds(s string, i int) bool {
	for _, w := range n.words {
		from := i - w.at
		if from >= 0 && from+len(w.word) <= len(s) && upper(s[i]) == upper(w.word[w.at]) && equalFold(s[from:from+len(w.word)], w.word) {
			return true
		}
	}
	return false
}

// equalFold reports whether s is the word, its case aside.
func equalFold(s, word string) bool {
	for i := range len(word) {
		if upper(s[i]) != upper(word[i]) {
			return false
		}
	}
	return true
}
