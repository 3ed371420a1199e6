package lazyregexp

import (
	"math"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// needed are words of which each match of some expressions holds one: a text without
// any of them, as nearly every text is, is told apart in one look over its bytes,
// some ten times sooner than the expressions themselves would say no.
type needed struct {
	any, all uint64      // the expressions of which nothing is known, so that any text may match, and all
	words    []needle    // those that are looked for by one byte stand together
	by       [256]uint16 // the first of them by that byte, from 1; 0 for none
}

// A needle is a word in small letters that the matches of some expressions need, with
// the place of its byte that texts have most seldom.
type needle struct {
	word string
	at   int
	of   uint64
}

// foreign is what [needed] has of the bytes of characters that are not ASCII.
const foreign = math.MaxUint16

// neededBy finds the words of expressions. Whether an expression minds the case is no
// matter here: what the words let through, the expression still decides.
func neededBy(expressions ...string) *needed {
	n := &needed{}
	for i, expression := range expressions {
		of := uint64(1) << i
		n.all |= of
		parsed, err := syntax.Parse(expression, syntax.Perl)
		if err != nil {
			n.any |= of // compiling it will say so
			continue
		}
		words := wordsOf(parsed)
		if len(words) == 0 {
			n.any |= of
		}
		for _, word := range words {
			n.words = append(n.words, needle{word, seldom(word), of})
		}
	}
	slices.SortStableFunc(n.words, func(a, b needle) int { return int(a.word[a.at]) - int(b.word[b.at]) })
	for i, w := range slices.Backward(n.words) {
		c := w.word[w.at]
		n.by[c], n.by[upper(c)] = uint16(i+1), uint16(i+1)
	}
	for c := utf8.RuneSelf; c < len(n.by); c++ {
		n.by[c] = foreign
	}
	return n
}

// seldom is the place of the byte of a word that texts have most seldom.
func seldom(word string) (at int) {
	for i := range len(word) {
		if strings.IndexByte(commonest, word[i]) < strings.IndexByte(commonest, word[at]) {
			at = i
		}
	}
	return at
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

// may tells which of the expressions may match a text.
func (n *needed) may(s string) (which uint64) {
	which = n.any
	strange := false
	for i := 0; i < len(s) && which != n.all; i++ {
		switch first := n.by[s[i]]; first {
		case 0:
		case foreign:
			strange = true
		default:
			which |= holds(s, i, n.words[first-1:])
		}
	}
	if strange && (strings.Contains(s, "ſ") || strings.Contains(s, "\u212a")) {
		return n.all // they are an s and a k to expressions that do not mind the case
	}
	return which
}

// holds are the expressions of which a word stands in s with its rarest byte at i: one
// of those that begin the list.
func holds(s string, i int, words []needle) (which uint64) {
	c := words[0].word[words[0].at]
	for _, w := range words {
		if w.word[w.at] != c {
			break
		}
		if from := i - w.at; from >= 0 && from+len(w.word) <= len(s) && equalFold(s[from:from+len(w.word)], w.word) {
			which |= w.of
		}
	}
	return which
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
