package planner

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
)

// Guide is the refinement guide that every plan follows, verbatim. It is
// product content: formats that show it show all of it, unchanged.
//
//go:embed guide.md
var Guide string

// A guidePhase is one numbered step of the guide's "During the Session".
type guidePhase struct {
	Name     string
	Min, Max int // minutes; both 0 for a step that runs through all others
}

var (
	guidePhases = parsePhases(Guide)
	guideLines  = parseLines(Guide)
)

var phaseHeading = regexp.MustCompile(`^### \d+\. (.+?)(?: \((\d+)-(\d+) minutes\))?$`)

// parsePhases reads the steps under "During the Session" and the range of
// minutes in their headings.
func parsePhases(guide string) (phases []guidePhase) {
	_, during, _ := strings.Cut(guide, "## During the Session\n")
	for line := range strings.Lines(during) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "## ") {
			break
		}
		if m := phaseHeading.FindStringSubmatch(line); m != nil {
			low, _ := strconv.Atoi(m[2]) // no range leaves 0
			high, _ := strconv.Atoi(m[3])
			phases = append(phases, guidePhase{Name: m[1], Min: low, Max: high})
		}
	}
	return phases
}

var lineMarker = regexp.MustCompile(`^(?:-|\d+\.|#+(?: \d+\.)?) `)

// parseLines is the set of the guide's lines, list and heading marks aside.
func parseLines(guide string) map[string]bool {
	lines := map[string]bool{}
	for line := range strings.Lines(guide) {
		line = strings.TrimSpace(line)
		lines[lineMarker.ReplaceAllString(line, "")] = true
	}
	return lines
}

// boxes are the guide's steps that have a timebox of their own.
func boxes() (timed []guidePhase) {
	for _, p := range guidePhases {
		if p.Max > 0 {
			timed = append(timed, p)
		}
	}
	return timed
}

// throughout is the guide's step without a timebox: it runs through all others.
func throughout() string {
	for _, p := range guidePhases {
		if p.Max == 0 {
			return p.Name
		}
	}
	return ""
}
