package draft

import (
	"cmp"
	"slices"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/ticket"
)

// A point is a key point that could be made, before it is chosen.
type point struct {
	topic guide.Topic // the line of the built-in guide that it gives a reason for
	score int
	Line
}

// keyPoints tie three to five lines of the guide to what these tickets show (L3):
// what shows in the set and in no single ticket first, then doubts that no question
// is about.
func (w *writer) keyPoints(have int) (lines []Line) {
	pool := slices.Concat(w.lastWordPoint(), w.guessPoint(), w.namedPoint(), w.orderPoint(), w.outsidePoint(), w.movedPoint(), w.prioritiesPoint(), w.rolesPoint(), w.problemPoint(), w.reporterPoint(), w.oldPoint(), w.sharedPoint(), w.criteriaPoint(), w.pointsPoint(), w.openPoint())
	slices.SortStableFunc(pool, func(a, b point) int { return cmp.Compare(b.score, a.score) })
	for _, least := range []int{strong, 0} {
		for _, p := range pool {
			enough := have+len(lines) >= Most || (least == 0 || have > 0) && have+len(lines) >= Least
			made := slices.ContainsFunc(lines, func(l Line) bool { return l.Text == p.Text })
			if enough || made || p.score < least || w.repeats(p) || w.Unsaid[p.Text] {
				continue
			}
			line, near := w.Guide.Cite(p.topic, w.lines)
			if line == "" || w.lines[line] || least > 0 && !near {
				continue
			}
			p.Guide = line
			w.lines[p.Guide] = true
			w.sayAll(p.Text)
			lines = append(lines, p.Line)
		}
	}
	return lines
}

// strong is what a point has to be worth where there are three already.
const strong = 20

// repeats reports whether a quote of the point stands in the draft.
func (w *writer) repeats(p point) bool {
	return slices.ContainsFunc(p.Claims, func(c Claim) bool { return c.Kind == Quoted && w.said[c.Words] })
}

// sayAll remembers what a text quotes, and the issues that it names.
func (w *writer) sayAll(text string) {
	for _, said := range slices.Concat(Quotes(text), ticket.IssueKeys(Outside(text))) {
		w.said[said] = true
	}
}

// with are the tickets of the session that have such a doubt.
func (w *writer) with(such func(brief.Doubt) bool) (keys []string) {
	for _, key := range w.keys() {
		if slices.ContainsFunc(w.Brief.Of(key), such) {
			keys = append(keys, key)
		}
	}
	return keys
}
