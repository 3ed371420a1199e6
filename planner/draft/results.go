package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/talks"
	"refine/planner/text"
)

// results say for each talk what is to be written into its tickets, in the same
// order; where no gap was found that is by what it is checked.
func (w *writer) results() (lines []Line) {
	for _, t := range w.Talks.Talks {
		line := Line{Keys: t.Keys, Text: text.Agree(len(t.Keys), "One line", "For each, one line") + " that somebody else can check: the ticket's own, or a new one."}
		switch t.Bond {
		case talks.Ready:
			if asks := w.questionsOf(t.Keys); len(t.Keys) == 1 && len(asks) == 1 {
				line.Text = fmt.Sprintf("What comes of %s, in one line that somebody else can check.", strings.TrimSuffix(lowerFirst(asks[0]), "."))
			}
		case talks.OfEpic:
			line.Text = "What the epic says from now on."
		default:
			line.Text = w.toWrite(t)
		}
		lines = append(lines, line)
	}
	return lines
}

// toWrite names what each ticket of a talk gets, tickets that get the same
// together.
func (w *writer) toWrite(t talks.Talk) string {
	groups := grouped(t.Keys, w.gain)
	var parts []string
	for _, g := range groups {
		if len(groups) == 1 {
			return text.UpperFirst(g.name) + "."
		}
		parts = append(parts, some(g.keys)+": "+g.name)
	}
	return strings.Join(parts, "; ") + "."
}

// gain is what a ticket gets out of the session.
func (w *writer) gain(key string) string {
	d, ok := w.blocking(key)
	if !ok {
		all := w.Brief.Of(key)
		n := slices.IndexFunc(all, func(d brief.Doubt) bool {
			return framesOf[d.Kind].result != "" && d.Kind != brief.Finished && d.Kind != brief.Unlinked
		})
		switch {
		case n < 0 && w.Brief.Ticket(key).Ready:
			return "one line that somebody else can check"
		case n < 0:
			return "what closes its gap"
		}
		d = all[n]
	}
	if n := w.number[d.ID]; n > 0 && (d.Kind == brief.Asked || d.Kind == brief.Undecided) {
		if d.Kind == brief.Undecided {
			return fmt.Sprintf("the decision that question %d is about, and its reason", n)
		}
		return fmt.Sprintf("the answer to question %d, and who gave it", n)
	}
	return fill(framesOf[d.Kind].result, d)
}
