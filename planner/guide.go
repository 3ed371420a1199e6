package planner

import (
	_ "embed"
	"slices"
	"strings"
)

// A Guide is what sessions of a team follow: a Markdown text, whose headings
// name the phases and their minutes. Plans show all of the text, unchanged, and
// their key points cite its lines. [BuiltInGuide] and [ParseGuide] make one; the zero
// value is none.
type Guide struct {
	name   string
	text   string
	own    bool // a team's, not built in
	phases []guidePhase
	lines  []string

	pitfalls []string
}

// A guidePhase is one step of a session.
type guidePhase struct {
	Name     string
	Min, Max int // minutes; both 0 for a step that runs through all others

	line      int // of its heading in the text, from 1
	role      phaseRole
	estimates bool
	says      []string // the list beneath its heading
}

// A phaseRole is what a plan does in a phase. Whatever its role, the first phase
// also sets the context, and the last one ends the session.
type phaseRole int

const (
	roleOther phaseRole = iota // what the guide says of it
	roleTalk                   // the items, one after the other; each guide has one
	roleCheck                  // the items' success criteria
	roleSize                   // the items' estimates
	roleOrder                  // the order of the items, and what they depend on
	roleRetro                  // a look back at the session
)

// items reports whether each item has its time in a phase of this role.
func (r phaseRole) items() bool { return r == roleTalk || r == roleCheck || r == roleSize }

// The built-in guides, by the formats that they give a session.
const (
	FormatGuide  = "guide" // 90 minutes, about problems alone
	FormatPOPM   = "popm"  // 90 minutes, with estimates and order
	FormatWeekly = "weekly"
)

var (
	//go:embed guides/guide.md
	guideText string
	//go:embed guides/popm.md
	popmText string
	//go:embed guides/weekly.md
	weeklyText string

	builtInGuides = map[string]Guide{
		FormatGuide:  mustGuide(FormatGuide, guideText),
		FormatPOPM:   mustGuide(FormatPOPM, popmText),
		FormatWeekly: mustGuide(FormatWeekly, weeklyText),
	}
)

func mustGuide(name, text string) Guide {
	g, err := ParseGuide(name, text)
	if err != nil {
		panic("planner: a built-in guide: " + err.Error())
	}
	g.own = false
	return g
}

// BuiltInGuide is the guide of a format; an unknown format has that of [FormatGuide].
func BuiltInGuide(format string) Guide {
	if g, ok := builtInGuides[format]; ok {
		return g
	}
	return builtInGuides[FormatGuide]
}

// Name is the format of a built-in guide, the file's name of a team's own.
func (g Guide) Name() string { return g.name }

// Text is the guide itself, verbatim.
func (g Guide) Text() string { return g.text }

// Lines are the lines that key points may cite, list marks aside.
func (g Guide) Lines() []string { return g.lines }

// Estimates reports whether sizes of items are agreed on in the session.
func (g Guide) Estimates() bool {
	for _, b := range g.boxes() {
		if b.estimates {
			return true
		}
	}
	return false
}

// boxes are the steps that have a timebox of their own.
func (g Guide) boxes() (timed []guidePhase) {
	for _, p := range g.phases {
		if p.Max > 0 {
			timed = append(timed, p)
		}
	}
	return timed
}

// box is the place of the first box with that role, -1 if there is none.
func (g Guide) box(role phaseRole) int {
	for n, b := range g.boxes() {
		if b.role == role {
			return n
		}
	}
	return -1
}

// Throughout names the steps without a timebox, which run through all others;
// empty if the guide has none.
func (g Guide) Throughout() string {
	var names []string
	for _, p := range g.phases {
		if p.Max == 0 {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}

// points are the lines that say what a session does and what it avoids; a
// guide with too few of them is cited by all of its lines.
func (g Guide) points() []string {
	inside := slices.Clone(g.pitfalls)
	for _, p := range g.phases {
		inside = append(inside, p.says...)
	}
	all := citable(g.lines)
	points := slices.DeleteFunc(slices.Clone(all), func(l string) bool { return !slices.Contains(inside, l) })
	if len(points) < leastPoints {
		return all
	}
	return points
}

// has reports whether key points may cite line.
func (g Guide) has(line string) bool {
	return slices.Contains(g.lines, line)
}
