package planner

import (
	"fmt"
	"regexp"
	"strings"
)

// noVisual finds a ticket that is about a screen and shows none. A screen has to
// be asked for in its title and told of in its text: a word alone may be said in
// passing. A defect is told by what goes wrong.
func (r *reading) noVisual() (finding, bool) {
	if len(r.issue.Visuals) > 0 || defect.MatchString(r.issue.Type) {
		return finding{}, false
	}
	title, asked := r.firstSaying(saysScreenChange, func(l located) bool { return l.from.where == "summary" })
	ev, told := r.firstSaying(saysScreen, func(l located) bool { return l.from.where != "summary" && l.kind != heading })
	if !asked || !told {
		return finding{}, false
	}
	return finding{
		Finding: Finding{Rule: ruleVisual, INVEST: "E", Message: "is about a screen, and there is none to look at", Evidence: []Evidence{ev}},
		weight:  2, find: "what people see there today", gets: "a sketch or a picture", snag: "a screen without a picture",
		lead: fmt.Sprintf("%s is about a screen, %s, and shows none.", r.issue.Key, title),
		asks: []string{
			"Who looks at it, and at which moment do they stop and ask?",
			"What do people look for there first, and what do they find?",
		},
	}, true
}

var defect = regexp.MustCompile(`(?i)^(?:bug|defect|fehler|bogue)\b`)

// firstSaying quotes the first sentence of the ticket's own text that says
// something of a sense, in the blocks that are in.
func (r *reading) firstSaying(what sense, in func(located) bool) (Evidence, bool) {
	for _, l := range r.blocks {
		if l.from.comment || !in(l) {
			continue
		}
		for _, s := range l.said {
			at, ok := s.says(what)
			if !ok {
				continue
			}
			if q, before, after := clip(s.text, at); l.from.holds(q) && fold(q) != "" && len(q) <= maxQuote {
				return Evidence{l.from.where, q, before, after}, true
			}
		}
	}
	return Evidence{}, false
}

// toLookAt names what the items show, for those who prepare.
func (b *builder) toLookAt() string {
	var parts []string
	for _, r := range b.concerned() {
		var names []string
		for _, v := range r.issue.Visuals {
			names = append(names, visualTitle(v))
		}
		if len(names) > 0 {
			parts = append(parts, fmt.Sprintf("%s (%s)", r.issue.Key, some(names)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Look at before talking: " + strings.Join(parts, "; ") + "."
}

// title is the visual's name within a sentence of the plan: no quotation.
func visualTitle(v Visual) string {
	name := []rune(oneLine(strings.NewReplacer("“", "", "”", "").Replace(v.Name)))
	if len(name) > maxVisualName {
		return strings.TrimSpace(string(name[:maxVisualName-1])) + "…"
	}
	return string(name)
}

// maxVisualName keeps long file names from filling a line.
const maxVisualName = 60
