package text

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// stemmers cut the endings of a language's words, by its code.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"da": danish.Stem, "de": german.Stem, "en": english.Stem, "es": spanish.Stem, "fi": finnish.Stem, "fr": french.Stem,
	"hu": hungarian.Stem, "it": italian.Stem, "nl": dutch.Stem, "no": norwegian.Stem, "pt": portuguese.Stem, "ro": romanian.Stem,
	"ru": russian.Stem, "sv": swedish.Stem, "tr": turkish.Stem,
}

// Stem is a word in small letters without its endings, so that its inflections
// are alike; the word itself in a language that nobody knows endings of.
func (x *Language) Stem(word string) string {
	if x == nil || stemmers[x.code] == nil {
		return word
	}
	env := snowballstem.NewEnv(word)
	stemmers[x.code](env)
	return env.Current()
}

// Terms are the words of s that carry its subject, stemmed, in their order.
func (x *Language) Terms(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for w := range strings.FieldsFuncSeq(Lower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
			if len(w) > 2 && !stopWords()[w] && !yield(x.Stem(w)) {
				return
			}
		}
	}
}

// TermSet are the terms of s, each once, sorted.
func (x *Language) TermSet(s string) []string {
	return slices.Compact(slices.Sorted(x.Terms(s)))
}

// English is the language that a text counts as which is too short to tell.
func English() *Language { return spoken().usual }
