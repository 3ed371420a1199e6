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
	all := text.Agree(n, "the ticket", "the "+tickets(n)) + on
	first := Line{Keys: w.topicKeys()}
	switch {
	case len(unclear) == 0:
		first.Text = fmt.Sprintf("%s %s with an answer to what is asked of %s.", text.UpperFirst(some(w.asksAbout())), text.Agree(len(w.asksAbout()), "leaves", "leave"), text.Agree(len(w.asksAbout()), "it", "each"))
	case n == 1:
		first.Text = fmt.Sprintf("A gap was found in %s: this session finds what is missing.", w.keys()[0])
	case len(w.outer(unclear)) > 0 && !w.allOutside(unclear):
		wait := w.outer(unclear)
		first.Text = fmt.Sprintf("A gap was found in %s of %s: this session finds what is missing in %s, and what of %s can begin while %s.", numeral(len(unclear)), all, numeral(len(unclear)-len(wait)), some(wait), text.Agree(len(wait), "it waits", "they wait"))
		first.Claims = []Claim{{Kind: Count, Keys: without(unclear, wait), Number: len(unclear) - len(wait)}}
	case len(unclear) == n:
		first.Text = fmt.Sprintf("A gap was found in each of %s: this session finds what is missing.", all)
	case w.allOutside(unclear):
		first.Text = fmt.Sprintf("%s of %s %s to wait for other work: this session finds what can begin before that.", text.UpperFirst(numeral(len(unclear))), all, text.Agree(len(unclear), "is", "are"))
	default:
		first.Text = fmt.Sprintf("A gap was found in %s of %s: this session finds what is missing there.", numeral(len(unclear)), all)
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
		rest := w.keys()[min(len(w.keys()), mostNamed):]
		return Line{
			Keys:   w.keys(),
			Text:   fmt.Sprintf("Next, the same day, into %s goes the line by which %s is checked, or what it still lacks.", some(w.keys()), text.Agree(len(w.keys()), "it", "each")),
			Claims: []Claim{{Kind: Count, Keys: rest, Number: len(rest)}},
		}
	}
	groups := grouped(unclear, w.gain)
	slices.SortStableFunc(groups, func(a, b named) int { return w.weight(b.keys[0]) - w.weight(a.keys[0]) })
	var steps []string
	line := Line{}
	shown := len(groups)
	if shown > mostSteps+1 { // "the others" are several
		shown = mostSteps
	}
	for _, g := range groups[:shown] {
		steps = append(steps, fmt.Sprintf("into %s %s", some(g.keys), g.name))
		line.Keys = append(line.Keys, g.keys...)
	}
	if len(groups) > len(steps) {
		steps = append(steps, "into the others what the agenda names for them")
	}
	line.Text = "Next, written down the same day: " + strings.Join(steps, "; ") + "."
	return line
}

// mostSteps is how many next steps a closing names.
const mostSteps = 3

// allOutside reports whether no talk settles what keeps the tickets from being ready.
func (w *writer) allOutside(keys []string) bool { return len(w.outer(keys)) == len(keys) }

// outer are those that wait for what no talk settles.
func (w *writer) outer(keys []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool {
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
