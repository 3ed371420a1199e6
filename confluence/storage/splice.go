package storage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// An Edit replaces the bytes from Start to End of a source by New. An edit of
// no length inserts.
type Edit struct {
	Start, End int
	New        string
}

// Splice applies edits to source and leaves every other byte as it is, which is
// how a person's text outlives ours. Positions are those of source, whatever
// the order of the edits; insertions at one place stand in the order given. An
// edit outside of source, or two that overlap, are an error and change nothing.
func Splice(source string, edits []Edit) (string, error) {
	ordered := slices.Clone(edits)
	slices.SortStableFunc(ordered, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var b strings.Builder
	size := len(source)
	for _, e := range ordered {
		size += len(e.New)
	}
	b.Grow(size)
	done := 0
	for _, e := range ordered {
		if e.Start < 0 || e.End < e.Start || e.End > len(source) {
			return "", fmt.Errorf("edit of bytes %d to %d lies outside of a body of %d bytes", e.Start, e.End, len(source))
		}
		if e.Start < done {
			return "", fmt.Errorf("edit of bytes %d to %d overlaps one that ends at %d", e.Start, e.End, done)
		}
		b.WriteString(source[done:e.Start])
		b.WriteString(e.New)
		done = e.End
	}
	b.WriteString(source[done:])
	return b.String(), nil
}
