package confluence

import (
	"slices"

	"refine/confluence/storage"
)

// forms are an item's places, in the order in which they are written.
var forms = []kind{decisionKind, actionKind, criterionKind, estimateKind, resultKind}

// renamed are the headings that people may have called otherwise, with what they
// were: in an item's section the only one without a known name between the two
// places that the missing one stood between. What stands below them is listed, as
// nobody can be sure.
func (r *reader) renamed(blocks []*storage.Node) map[*storage.Node]kind {
	out := map[*storage.Node]kind{}
	sections := r.headingsByItem(blocks)
	for _, headings := range sections {
		for n, missing := range forms {
			if missing != decisionKind && missing != actionKind && !slices.ContainsFunc(sections, hasPlace(missing)) {
				continue // the page never had one
			}
			if from, to, ok := gap(headings, n); ok {
				if unknown := unnamed(headings[from:to], rejectedKind); len(unknown) == 1 {
					out[unknown[0].node] = missing
				}
			}
		}
		for _, h := range bothRenamed(headings) {
			out[h.node] = decisionKind // or the other; what stands there is listed either way
		}
	}
	return out
}

// bothRenamed are the two headings without a known name where an item has neither
// a place for decisions nor one for actions any more.
func bothRenamed(headings []named) []named {
	if hasPlace(decisionKind)(headings) || hasPlace(actionKind)(headings) {
		return nil
	}
	to := slices.IndexFunc(headings, func(h named) bool { return h.kind == criterionKind || h.kind == resultKind })
	unknown := unnamed(headings[:max(to, 0)])
	if len(unknown) != 2 {
		return nil
	}
	return unknown
}

// unnamed are the headings that no place of an item is called by, with those of
// the kinds also.
func unnamed(headings []named, also ...kind) []named {
	return slices.DeleteFunc(slices.Clone(headings), func(h named) bool {
		return h.kind != plainKind && !isColumn(h.kind) && !slices.Contains(also, h.kind)
	})
}

// named is a heading in an item's section.
type named struct {
	node *storage.Node
	kind kind
}

func hasPlace(k kind) func([]named) bool {
	return func(headings []named) bool {
		return slices.ContainsFunc(headings, func(h named) bool { return h.kind == k })
	}
}

// headingsByItem are the headings below those of each item.
func (r *reader) headingsByItem(blocks []*storage.Node) (sections [][]named) {
	within := false
	for _, n := range blocks {
		level := n.HeadingLevel()
		if level == 0 {
			continue
		}
		text := textOf(n.Children)
		if level <= itemLevel {
			key, _, _ := keyOf(text, n.Children, r.browse)
			if within = r.session[key]; within {
				sections = append(sections, nil)
			}
			continue
		}
		if k, _ := titleKind(text.String()); within {
			last := &sections[len(sections)-1]
			*last = append(*last, named{n, k})
		}
	}
	return sections
}

// gap is where among an item's headings the nth form would stand: behind the last
// of those before it and before the first of those behind it. It is none if the
// form is there, or if a neighbour is missing, too.
func gap(headings []named, n int) (from, to int, ok bool) {
	at := func(k kind) int { return slices.IndexFunc(headings, func(h named) bool { return h.kind == k }) }
	if at(forms[n]) >= 0 {
		return 0, 0, false
	}
	if n > 0 {
		if from = at(forms[n-1]) + 1; from == 0 {
			return 0, 0, false
		}
	}
	for _, k := range forms[n+1:] {
		if to = at(k); to >= 0 {
			return from, to, from <= to
		}
	}
	return 0, 0, false
}
