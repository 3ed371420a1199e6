package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/guide"
)

// lastWordPoint is about what somebody said last on the epic.
func (w *writer) lastWordPoint() []point {
	q, ok := w.lastWord()
	if !ok || w.said[q.Quote] {
		return nil
	}
	p := point{topic: guide.Assumptions, score: 27}
	p.Keys, p.Claims = []string{q.Key}, claims([]brief.Quote{q})
	p.Text = fmt.Sprintf("A %s on %s: %s%s Ask what follows from it.", q.Where, q.Key, quoted(q.Quote), stop(q.Quote))
	return []point{p}
}

// lastWord is the first sentence of the last comment on the epic that is not about
// progress, if it states something.
func (w *writer) lastWord() (q brief.Quote, ok bool) {
	e := w.Brief.Epic
	if e == nil || e.Issue.Restricted {
		return q, false
	}
	for _, c := range slices.Backward(e.Reading.Comments()) {
		if c.Program || c.Progress || len(c.Blocks) == 0 {
			continue
		}
		for said := range e.Reading.Sentences() {
			ev, whole := said.Quote([2]int{0, len(said.Sentence.Text)})
			if said.Text == c && whole && !said.Sentence.Asks() && len(strings.Fields(ev.Quote)) >= leastLast && sentence(ev.Quote) && e.Reading.IsSentence(ev.Quote) {
				return brief.Quote{Key: e.Issue.Key, Evidence: ev}, true
			}
		}
		return q, false
	}
	return q, false
}

// leastLast is how many words somebody's last word has that says something.
const leastLast = 8
