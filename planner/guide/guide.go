package guide

import (
	"slices"
	"strings"
)

// A Guide is what sessions of a team follow: a Markdown text, whose headings
// name the phases and their minutes. Plans show all of the text, unchanged, and
// their key points cite its lines. [BuiltIn] and [Parse] make one; the zero value
// is none.
type Guide struct {
	name     string
	text     string
	own      bool // a team's, not built in
	blocks   []Block
	phases   []Phase
	lines    []string
	pitfalls []string
}

// A Phase is one step of a session.
type Phase struct {
	Name     string
	Min, Max int // minutes; both 0 for a step that runs through all others
	Role     Role
	Lines    []string // the list beneath its heading
	Line     int      // of its heading in the file, from 1
}

// Boxed reports whether the phase has minutes of its own.
func (p Phase) Boxed() bool { return p.Max > 0 }

// Name is the format of a built-in guide, the file's name of a team's own.
func (g Guide) Name() string { return g.name }

// Text is the guide itself, verbatim; what an editor keeps above it is no part.
func (g Guide) Text() string { return g.text }

// Own reports whether the guide is a team's, not built in.
func (g Guide) Own() bool { return g.own }

// Blocks are the guide's text as a page shows it.
func (g Guide) Blocks() []Block { return g.blocks }

// Phases are the steps of a session, in order.
func (g Guide) Phases() []Phase { return g.phases }

// Boxes are the phases that have a timebox of their own.
func (g Guide) Boxes() (boxes []Phase) {
	for _, p := range g.phases {
		if p.Boxed() {
			boxes = append(boxes, p)
		}
	}
	return boxes
}

// Box is the place among the boxes of the first one for a role; -1 if there is
// none.
func (g Guide) Box(role Role) int {
	return slices.IndexFunc(g.Boxes(), func(p Phase) bool { return p.Role.Has(role) })
}

// Estimates reports whether sizes of items are agreed on in the session.
func (g Guide) Estimates() bool { return g.Box(Size) >= 0 }

// Throughout names the phases without a timebox, which run through all others;
// empty if the guide has none.
func (g Guide) Throughout() string {
	var names []string
	for _, p := range g.phases {
		if !p.Boxed() {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}
