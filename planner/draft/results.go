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
// order; of what no gap was found in, once for all talks.
func (w *writer) results() (lines []Line) {
	var found Line
	for _, t := range w.Talks.Talks {
		switch t.Bond {
		case talks.Ready:
			found.Keys = append(found.Keys, t.Keys...)
		case talks.OfEpic:
			lines = append(lines, Line{Keys: t.Keys, Text: "What the epic says from now on."})
		default:
			lines = append(lines, Line{Keys: t.Keys, Text: each(t.Keys, w.gain)})
		}
	}
	if len(found.Keys) > 0 {
		found.Text = each(found.Keys, w.confirmed)
		lines = append(lines, found)
	}
	return lines
}

// confirmed is what a ticket gets in which no gap was found: the answer to its question,
// its own criteria, or a line in place of them.
func (w *writer) confirmed(key string) string {
	asked := slices.IndexFunc(w.asks, func(q Line) bool { return len(q.Keys) > 0 && q.Keys[0] == key })
	switch {
	case asked >= 0:
		return fmt.Sprintf("the answer to question %d", asked+1)
	case len(w.Brief.Ticket(key).Criteria) > 0:
		return "the criteria, as confirmed"
	}
	return "a line that somebody else can check"
}

// each names what each ticket gets, tickets that get the same together.
func each(keys []string, gain func(string) string) string {
	groups := grouped(keys, gain)
	var parts []string
	for _, g := range groups {
		if len(groups) == 1 {
			return text.UpperFirst(g.name) + "."
		}
		parts = append(parts, text.Enumerate(g.keys)+": "+g.name)
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
			return w.confirmed(key)
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
