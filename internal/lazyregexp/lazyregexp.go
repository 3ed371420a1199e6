// Package lazyregexp holds regular expressions that are compiled when they are
// first used. A program with two hundred of them starts without paying for those
// that a run never asks. In: an expression. Out: what package regexp answers. It
// never returns an error: an expression of the source that does not compile
// panics, and under test does so at once.
package lazyregexp

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// Regexp is a regular expression in the source code.
type Regexp struct {
	compiled func() *regexp.Regexp
}

// underTest is whether a test runs, in which each expression is compiled at once.
var underTest = len(os.Args) > 0 && strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test")

// New is a regular expression that nobody has needed yet.
func New(expression string) *Regexp {
	r := &Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
	if underTest {
		r.compiled()
	}
	return r
}
