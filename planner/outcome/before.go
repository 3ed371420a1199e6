package outcome

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Before is what a page remembers of what stood on its tickets before its syncs set
// it: by issue, for each piece by its name, whatever box or line asked for it. It is
// noted before the tickets are written, so that a run which dies over them leaves
// what an undo has to know.
type Before map[string]map[string]Was

// A Was is one piece of a ticket as syncs found it and as they left it. People can
// edit it: what is taken back is decided by what stands on the ticket.
type Was struct {
	From string `json:"f,omitempty"` // what stood there, empty for nothing
	Set  string `json:"s,omitempty"` // the print of what was set, empty if that is not known
	Next string `json:"n,omitempty"` // the print of what a run was about to set
	Long bool   `json:"l,omitempty"` // From has no room on the page
	// Board is the one whose estimation field it is, see [Setting].
	Board string `json:"b,omitempty"`
	// At is the text of a rank that stood there, see [RankField]; its Set is the text that
	// was left, its Next what asks for the place that a run was about to give it. Between
	// are the tickets in front of that place and behind it, with a blank between: a witness
	// where a run died, or the site gave all tickets new ranks.
	At      string `json:"a,omitempty"`
	Between string `json:"k,omitempty"`
	// Found says that nothing was set: it stood there as wanted.
	Found bool `json:"w,omitempty"`
}

// longestBefore is how much of what stood on a ticket a page remembers of one piece,
// in bytes.
const longestBefore = 400

// wasSet reports whether a value is one that a sync set, or was about to.
func (w Was) wasSet(value string) bool {
	p := print(value)
	return !w.Found && (p == w.Set || p == w.Next)
}

// before is what stood there when nothing of ours did.
func before(value string) Was {
	if len(value) > longestBefore || !utf8.ValidString(value) {
		return Was{Long: true}
	}
	return Was{From: value}
}

// target names what a change sets on its ticket, whatever asks for it.
func (c Change) target() string { return c.Set.target() }

func (s Setting) target() string {
	if s.Field.shared() {
		return string(s.Field)
	}
	return strings.TrimSpace(string(s.Field) + " " + s.Label)
}

// targetOf is what a piece of [Done] sets.
func targetOf(piece string) string {
	if box, name, boxed := strings.Cut(piece, "/"); boxed && slices.Contains(Boxes, Box(box)) {
		piece = name
	}
	if field, _, _ := strings.Cut(piece, " "); Field(field) == StatusField || Field(field) == RankField {
		return field // what was asked for stands behind it
	}
	return piece
}

// Before is what the page's state shall remember of what stood on the tickets before,
// given what it remembers now and what it knows to have been set. While changes are
// planned it is what has to be noted before they are made.
func (p SyncPlan) Before(now Before, done Done) Before {
	after := Before{}
	for issue, pieces := range now {
		after[issue] = maps.Clone(pieces)
	}
	for _, c := range p.Changes {
		if c.Set == nil || c.Back {
			continue
		}
		was, known := after[c.Issue][c.target()]
		next, keep := c.remembered(was, known, isSet(done[c.Issue], c.target()))
		if !keep {
			delete(after[c.Issue], c.target())
			continue
		}
		if after[c.Issue] == nil {
			after[c.Issue] = map[string]Was{}
		}
		after[c.Issue][c.target()] = next
	}
	maps.DeleteFunc(after, func(_ string, pieces map[string]Was) bool { return len(pieces) == 0 })
	return after
}

// remembered is what is remembered of a piece with a change of it.
func (c Change) remembered(was Was, known, set bool) (next Was, keep bool) {
	if c.Set.Field == RankField {
		return c.rememberedRank(was, known, set)
	}
	switch c.Status {
	case Planned, Applied:
		if !known || !was.wasSet(c.From) {
			was = before(c.From)
			was.Board = c.Set.Board
		}
		if was.Next = print(c.To); c.Status == Applied {
			was.Set, was.Next = was.Next, ""
		}
		return was, true
	case Unchanged:
		switch {
		case c.Reason != "": // people changed it
		case was.Next == print(c.To): // a run died behind it
			was.Set, was.Next = was.Next, ""
		case !known && !set:
			return Was{Found: true}, true
		}
	case Conflict: // somebody was faster, or changed it before
		if was.Set == "" && !was.Found {
			return was, false
		}
		was.Next = ""
	case Failed: // it may have been made all the same
	}
	return was, known
}

// isSet reports whether a target is among the pieces that were set on a ticket.
func isSet(pieces map[string]string, target string) bool {
	for piece := range pieces {
		if targetOf(piece) == target {
			return true
		}
	}
	return false
}

// TooLong are the pieces of tickets of which the page cannot remember what stood
// there before, as people read them.
func (b Before) TooLong(than Before) (names []string) {
	for issue, pieces := range b {
		for target, was := range pieces {
			if was.Long && !than[issue][target].Long {
				names = append(names, issue+", "+target)
			}
		}
	}
	slices.Sort(names)
	return names
}

// Without is what is still known once the pieces of an issue were taken back.
func (b Before) Without(issue string, targets []string) Before { return less(b, issue, targets) }

// Without is what was set but for those pieces of an issue, whatever asked for them.
func (d Done) Without(issue string, targets []string) Done { return less(d, issue, targets) }

// less is what is noted of tickets but for those pieces of one. Nothing may be noted
// at all: a page whose state has no room forgets it.
func less[M ~map[string]map[string]V, V any](noted M, issue string, targets []string) M {
	if len(noted[issue]) == 0 {
		return noted
	}
	noted, kept := maps.Clone(noted), maps.Clone(noted[issue])
	maps.DeleteFunc(kept, func(piece string, _ V) bool { return slices.Contains(targets, targetOf(piece)) })
	if noted[issue] = kept; len(kept) == 0 {
		delete(noted, issue)
	}
	return noted
}
