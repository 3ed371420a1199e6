package confluence

import (
	"slices"

	"refine/planner/outcome"
)

// below are lines that say who, when or why, one below the other, and belong to the
// entry above them.
type below struct {
	entries int           // how many stood above the lines
	to      int           // the one that they belong to, the first is 1
	bare    outcome.Entry // it as it was without them
	lines   []func(*outcome.Entry)
}

// with is an entry with the lines added; the first is 1, as everywhere below.
func (r *reader) with(entry int) outcome.Entry {
	e := r.out.Entries[entry-1]
	if entry == r.below.to {
		e = r.below.bare
	}
	for _, add := range r.below.lines {
		add(&e)
	}
	return e
}

// belongs adds a line to the entry above it, 0 if there is none, and reports whether it
// belongs to any; kinds are those that may have such a line, all if none is given. People
// add entries between a line and what it belongs to: one that a ticket was told with the
// line, by an earlier sync, keeps it (S8).
func (r *reader) belongs(above int, whole outcome.Text, add func(*outcome.Entry), kinds ...outcome.EntryKind) bool {
	b, entries := &r.below, r.out.Entries
	if b.entries != len(entries) {
		if *b = (below{entries: len(entries), to: above}); above > 0 {
			b.bare = entries[above-1]
		}
	}
	b.lines = append(b.lines, add)
	to := b.to
	for n := len(entries); n > 0 && r.stands(entries[n-1]); n-- {
		if (len(kinds) == 0 || slices.Contains(kinds, entries[n-1].Kind)) && r.wasTold(r.with(n)) {
			to = n
			break
		}
	}
	if to == 0 {
		*b = below{}
		return false
	}
	now := r.with(to)
	if to != b.to {
		if b.to > 0 {
			entries[b.to-1] = b.bare
		}
		b.to, b.bare = to, entries[to-1]
	}
	entries[to-1] = now
	for n := range r.loose {
		if l := &r.loose[n]; l.entry == to-1 { // so that it is listed with that
			l.lines = append(l.lines, r.suggestion(whole, "it belongs to a line that is not written: see to that one"))
		}
	}
	return true
}

// stands reports whether an entry stands where the reader is.
func (r *reader) stands(e outcome.Entry) bool { return e.Where == r.where() && e.Section == r.item() }

// wasTold reports whether a ticket was told the entry, or the same before its tick.
func (r *reader) wasTold(e outcome.Entry) bool {
	undone := e
	undone.Done = false
	return len(r.known) > 0 && (r.known[e.Print()] || r.known[undone.Print()])
}
