package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/text"
)

// closing is two or three sentences with the session's own figures: what it is
// worth, and what happens next (L5).
func (w *writer) closing() (lines []Line) {
	n, unclear := len(w.keys()), w.unclear()
	on := ""
	if w.Brief.Epic != nil {
		on = " on " + w.Brief.Epic.Issue.Key
	}
	first := Line{Keys: w.topicKeys()}
	switch ready := n - len(unclear); {
	case len(unclear) == 0:
		first.Text = fmt.Sprintf("No rule speaks against the %s%s: this session asks whether anybody does, before the work begins.", text.Agree(n, "ticket", tickets(n)), on)
	case ready == 0:
		first.Text = fmt.Sprintf("%s%s, none of them ready: this session finds what each of them lacks.", text.UpperFirst(tickets(n)), on)
		if n == 1 {
			first.Text = fmt.Sprintf("%s is not ready: this session finds what it lacks.", w.keys()[0])
		}
	case w.allOutside(unclear):
		first.Text = fmt.Sprintf("%s%s, %s of them ready: the other %s for something outside, and this session finds what can begin before it.", text.UpperFirst(tickets(n)), on, numeral(ready), text.Agree(len(unclear), "one waits", numeral(len(unclear))+" wait"))
	default:
		first.Text = fmt.Sprintf("%s%s, %s of them ready: for the other %s this session finds what %s.", text.UpperFirst(tickets(n)), on, numeral(ready), text.Agree(len(unclear), "one", numeral(len(unclear))), text.Agree(len(unclear), "it lacks", "they lack"))
	}
	lines = append(lines, first, w.nextStep(unclear))
	if late := w.Talks.PutOff; len(late) > 0 {
		lines = append(lines, Line{Keys: []string{late[0].Key}, Text: fmt.Sprintf("%s more %s for the next session, %s first.", text.UpperFirst(numeral(len(late))), text.Agree(len(late), "waits", "wait"), late[0].Key)})
	}
	return lines
}

// nextStep says what the heaviest tickets get on the same day.
func (w *writer) nextStep(unclear []string) Line {
	if len(unclear) == 0 {
		return Line{Keys: w.keys(), Text: fmt.Sprintf("Next, the same day, the yes or the objection is written into %s.", some(w.keys())), Claims: []Claim{{Kind: Count, Keys: w.keys()[min(len(w.keys()), mostNamed):], Number: len(w.keys()[min(len(w.keys()), mostNamed):])}}}
	}
	groups := grouped(unclear, w.gain)
	slices.SortStableFunc(groups, func(a, b named) int { return w.weight(b.keys[0]) - w.weight(a.keys[0]) })
	var steps []string
	line := Line{}
	for _, g := range groups[:min(len(groups), 3)] {
		steps = append(steps, fmt.Sprintf("into %s %s", some(g.keys), g.name))
		line.Keys = append(line.Keys, g.keys...)
	}
	if len(groups) > len(steps) {
		steps = append(steps, "into the others what the agenda names for them")
	}
	line.Text = "Next, the same day, somebody writes " + strings.Join(steps, "; ") + "."
	return line
}

// allOutside reports whether no talk settles what keeps the tickets from being ready.
func (w *writer) allOutside(keys []string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool {
		d, ok := w.blocking(key)
		return !ok || Beyond(d) == "" || d.Kind == brief.Size
	})
}

func (w *writer) weight(key string) int {
	if d, ok := w.blocking(key); ok {
		return d.Weight
	}
	return 0
}
