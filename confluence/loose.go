package confluence

import (
	"refine/planner/outcome"
)

// looseText is why a line in a place for outcomes is listed and not written, empty if
// it is written: what counts is its shape and none of its words. An entry of a list
// counts, however deep, a cell of a column or a row for it, the steps of a scenario, and
// who, when or why below what they belong to; an estimate is told from other words by
// whoever knows the team's sizes.
func (r *reader) looseText(k kind, p piece) string {
	label, known := labelOf[k]
	switch {
	case !known, k == estimateKind, k == reasonKind, p.form != lineForm:
		return ""
	case p.cell != nil && (p.cell.kind == k || p.cell.isMain() || r.announced.kind == k): // which its row is called
		return ""
	case k == resultKind && r.strays(p):
		return aNote
	case p.cell == nil && entryOf(p) != nil, p.steps && k == criterionKind:
		return ""
	case p.cell != nil:
		return "text of a table: call its column “" + label + "”, or make it an entry of a list"
	case k == resultKind:
		return "loose text: tick a box, or begin it with “" + label + ":”"
	default:
		return "loose text: make it an entry of a list, or begin it with “" + label + ":”"
	}
}

// strays reports whether a line behind an item's boxes stands below a heading of people's
// own and names none of them.
func (r *reader) strays(p piece) bool {
	k, _ := titleKind(r.heading)
	box, _, _ := noted(p.text)
	return k != resultKind && box == "" && r.announced.kind == plainKind
}

// labelOf is the label that makes a line an outcome of the kind.
var labelOf = map[kind]string{decisionKind: "Decision", actionKind: "Action", criterionKind: "Acceptance criterion", estimateKind: "Estimate", resultKind: "Outcome", splitKind: "Split into", reasonKind: "Reason"}

// A looseEntry is one that is written only if a ticket was told it by an earlier sync:
// somebody made a paragraph of it, or another version read it.
type looseEntry struct {
	entry int                  // its index
	at    int                  // how many suggestions stood before it
	lines []outcome.Suggestion // it, and what was added to it
}

// unsure notes that the entry added last is a loose line.
func (r *reader) unsure(p piece) {
	r.loose = append(r.loose, looseEntry{len(r.out.Entries) - 1, len(r.out.Suggestions), []outcome.Suggestion{r.suggestion(p.text, p.loose)}})
}

// weigh keeps those loose lines that a ticket was told, and lists the others where
// they stand.
func (r *reader) weigh() {
	var entries []outcome.Entry
	var listed []outcome.Suggestion
	entry, at := 0, 0 // what is taken so far of either
	for _, l := range r.loose {
		bare := r.out.Entries[l.entry]
		if bare.Reason = nil; r.wasTold(r.out.Entries[l.entry]) || r.wasTold(bare) {
			continue
		}
		entries, entry = append(entries, r.out.Entries[entry:l.entry]...), l.entry+1
		listed, at = append(append(listed, r.out.Suggestions[at:l.at]...), l.lines...), l.at
	}
	r.out.Entries = append(entries, r.out.Entries[entry:]...)
	r.out.Suggestions = append(listed, r.out.Suggestions[at:]...)
}
