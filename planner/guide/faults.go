package guide

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"refine/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
)

// faults are what is wrong with a guide, each with its line.
type faults struct {
	name string
	all  []fault
}

type fault struct {
	line int
	says string
}

func (f *faults) fault(line int, format string, args ...any) {
	f.all = append(f.all, fault{line, fmt.Sprintf(format, args...)})
}

// sort puts faults from top to bottom. What is noted afterwards is about the
// guide as a whole.
func (f *faults) sort() {
	slices.SortStableFunc(f.all, func(a, b fault) int { return cmp.Compare(a.line, b.line) })
}

// err names the guide and the line of each; nil if there is none.
func (f *faults) err() error {
	var each []error
	for _, one := range f.all {
		each = append(each, fmt.Errorf("%s:%d: %s", f.name, one.line, one.says))
	}
	return errors.Join(each...)
}

var (
	hashes     = lazyregexp.New(`^\s*#{1,6}[^#\s]`)
	indented   = lazyregexp.New(`^\s*#{1,6}[ \t]`)
	underline  = lazyregexp.New(`^\s*(?:=+|-+)$`)
	numbered   = lazyregexp.New(`^ {0,3}\d+[.)][ \t]`)
	dashedRow  = lazyregexp.New(`^\s*\|?\s*:?-+:?\s*\|[\s:|-]*$`)
	listMarked = lazyregexp.New(`^\s*[-*+][ \t]`)
)

// wantText refuses a line of a paragraph, its nth from 0, that was typed to be
// something else: people write a phase as "#Recap (5 min)", and CommonMark takes
// it for text.
func (r *reader) wantText(line, nth int) {
	said := r.said(line)
	switch {
	case hashes.MatchString(said) && minutes.MatchString(said):
		r.fault(line, "no heading; put a space behind the #")
	case dashedRow.MatchString(said):
		r.fault(line, "no table, since the line above it has not as many cells; give both the same number")
	case nth > 0 && underline.MatchString(said):
		r.wantNoHeading(line - 1)
	}
}

// wantCode refuses a phase that is code only for the spaces before it.
func (r *reader) wantCode(n *ast.CodeBlock) {
	for i := range n.Lines().Len() {
		line := r.line(n.Lines().At(i).Start)
		if said := r.said(line); indented.MatchString(said) && minutes.MatchString(said) {
			r.fault(line, "no heading, since so many spaces make it code; begin the line with #")
		}
	}
}

// wantNoHeading refuses a line with minutes that stands above one of dashes or
// equals signs and is no heading all the same: it has a number, or a list before
// it goes on. A bullet above a dividing line is a bullet.
func (r *reader) wantNoHeading(line int) {
	said := r.said(line)
	inList := listMarked.MatchString(said) || numbered.MatchString(said) && r.said(line-1) != ""
	if !minutes.MatchString(said) || inList || !underline.MatchString(r.said(line+1)) {
		return
	}
	r.fault(line, "no heading, though it is underlined, since it is part of a list; write ## before it")
}
