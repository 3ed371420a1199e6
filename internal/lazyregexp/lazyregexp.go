// Package lazyregexp holds regular expressions that are compiled when they are
// first used, on a text that has a word which each match needs. A program with two
// hundred of them starts without paying for those that a run never asks, and asks
// few of them. In: an expression. Out: what package regexp answers. It never
// returns an error: an expression of the source that does not compile panics, and
// under test does so at once.
package lazyregexp

import (
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
func (r *Regexp) may(s string) bool { return r.needed().may(s) }
