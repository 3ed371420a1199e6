package confluence

import (
	"maps"
	"slices"
)

// Undoing lists what an undo is about to take back, by issue, so that one which is
// cut short leaves nothing that a sync would take for deleted by people.
type Undoing struct {
	Comments []string `json:"comments,omitempty"`
	Links    []string `json:"links,omitempty"`
	// Pieces are what is set back, by issue, see [outcome.TakenBack].
	Pieces map[string][]string `json:"pieces,omitempty"`
}

// Empty reports whether nothing is listed.
func (u Undoing) Empty() bool { return len(u.Comments)+len(u.Links)+len(u.Pieces) == 0 }

// TakenBack reports whether the session's writes were taken back, or are about to
// be, and no sync has written since.
func (s State) TakenBack() bool { return !s.Undone.IsZero() || s.Undoing != nil }

// Forget makes what an undo took back, or was about to, like never written, but for
// what it left: what stands on the tickets is found there.
func (s *State) Forget(left ...Undoing) {
	if s.Undoing == nil {
		return
	}
	s.Told, s.Links = maps.Clone(s.Told), maps.Clone(s.Links)
	taken := func(of func(Undoing) []string) []string {
		return slices.DeleteFunc(slices.Clone(of(*s.Undoing)), func(one string) bool {
			return slices.ContainsFunc(left, func(u Undoing) bool { return slices.Contains(of(u), one) })
		})
	}
	for _, key := range taken(func(u Undoing) []string { return u.Comments }) {
		delete(s.Told, key)
	}
	for _, key := range taken(func(u Undoing) []string { return u.Links }) {
		delete(s.Links, key)
	}
	for issue := range s.Undoing.Pieces {
		s.Done = s.Done.Without(issue, taken(func(u Undoing) []string { return u.Pieces[issue] }))
	}
	s.Undoing = nil
}

// Written lists the issues that anything of the session was ever written on, as
// far as the state remembers. Sorted.
func (s State) Written() []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(s.Links)), maps.Keys(s.Told))
	keys = slices.AppendSeq(keys, maps.Keys(s.Before))
	if s.Undoing != nil {
		keys = slices.Concat(keys, s.Undoing.Comments, s.Undoing.Links)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
