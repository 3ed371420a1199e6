// Package lazyregexp holds regular expressions that are compiled when they are
// first used, on a text that has a word which each match needs. A program with two
// hundred of them starts without paying for those that a run never asks, and asks
// few of them. In: an expression. Out: what package regexp answers. It never
// returns an error: an expression of the source that does not compile panics, and
// under test does so at once.
package lazyregexp

import (
	"iter"
	"math/bits"
	"os"
	"regexp"
	"strings"
	"sync"
)

// Regexp is a regular expression in the source code.
type Regexp struct {
	needed   func() *needed
	compiled func() *regexp.Regexp
}

// underTest is whether a test runs, in which each expression is compiled at once.
var underTest = len(os.Args) > 0 && strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test")

// New is a regular expression that nobody has needed yet.
func New(expression string) *Regexp {
	r := &Regexp{
		needed:   sync.OnceValue(func() *needed { return neededBy(expression) }),
		compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) }),
	}
	if underTest {
		r.compiled()
	}
	return r
}

// may reports whether the expression may match a text.
func (r *Regexp) may(s string) bool { return r.needed().may(s) != 0 }

// A Set is some expressions, 64 at most, that are asked of the same texts: one look
// tells which of them may match.
type Set struct {
	all    []*Regexp
	needed func() *needed
}

// NewSet is a set of expressions that nobody has needed yet.
func NewSet(expressions ...string) *Set {
	x := &Set{needed: sync.OnceValue(func() *needed { return neededBy(expressions...) })}
	for _, e := range expressions {
		x.all = append(x.all, New(e))
	}
	return x
}

// Matches ranges over the places of those that match, in their order, and where each
// does first.
func (x *Set) Matches(s string) iter.Seq2[int, []int] {
	return func(yield func(int, []int) bool) {
		for which := x.needed().may(s); which != 0; which &= which - 1 {
			nth := bits.TrailingZeros64(which)
			if at := x.all[nth].compiled().FindStringIndex(s); at != nil && !yield(nth, at) {
				return
			}
		}
	}
}

// Find is the place of the first of the expressions that matches, and where it does;
// nil for none.
func (x *Set) Find(s string) (nth int, at []int) {
	for nth, at := range x.Matches(s) {
		return nth, at
	}
	return -1, nil
}

// Leftmost is where one of the expressions matches first, as if they were one: of those
// that match at one place, the first.
func (x *Set) Leftmost(s string) (first []int) {
	for _, at := range x.Matches(s) {
		if first == nil || at[0] < first[0] {
			first = at
		}
	}
	return first
}
