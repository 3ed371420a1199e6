package brief

import (
	"iter"
	"slices"
	"strings"

	"refine/planner/ready"
	"refine/planner/ticket"
)

// mostShort is up to how many words a sentence is quoted whole that is too short
// to mean much out of its place: "PR merged", of which the place is told.
const mostShort = 2

// cite takes in a sentence of the ticket around those of its bytes as what shows
// the doubt, and who said it. It reports whether that can be quoted.
func (d *Doubt) cite(t *Ticket, said ready.Said, at [2]int) bool {
	ev, ok := said.Quote(at)
	if short := strings.TrimRight(said.Sentence.Text, " .:;,"); !ok && len(strings.Fields(short)) <= mostShort && short != "" && said.Text.Holds(short) {
		ev, ok = ticket.Evidence{Where: said.Text.Where, Quote: short}, true
	}
	if !ok {
		return false
	}
	if !slices.Contains(d.Keys, t.Issue.Key) {
		d.Keys = append(d.Keys, t.Issue.Key)
	}
	if len(d.Quotes) == 0 {
		if d.By = said.Text.By(); said.Text.Comment == nil {
			d.By = t.Issue.Reporter
		}
	}
	d.Quotes = append(d.Quotes, Quote{t.Issue.Key, ev})
	return true
}

// sentencesOf ranges over the sentences of one text.
func sentencesOf(t *ready.Text) iter.Seq[ready.Said] {
	return func(yield func(ready.Said) bool) {
		for n := range t.Blocks {
			b := &t.Blocks[n]
			for m, s := range b.Sentences {
				if !yield(ready.Said{Sentence: s, Text: t, Block: b, Nth: m}) {
					return
				}
			}
		}
	}
}
