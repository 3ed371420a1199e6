package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/text"
)

// mostTold is how many words a sentence about all results has before it counts tickets
// instead of naming them.
const mostTold = 50

// goal is one sentence about the meeting: what is to be there at its end, by question and
// by ticket (L19).
func (w *writer) goal() Line {
	told := func(name func([]string) string) string {
		var parts []string
		for _, g := range gains(w.list()) {
			parts = append(parts, g.goal(name(g.keys)))
		}
		return fmt.Sprintf("For %s: %s.", w.topic(), series(parts))
	}
	line := Line{Keys: w.topicKeys(), Text: told(some)}
	if len(strings.Fields(line.Text)) > mostTold {
		line.Text = told(func(keys []string) string { return tickets(len(keys)) })
	}
	line.Claims = w.counts()
	return line
}

// counts are how many tickets get something alike.
func (w *writer) counts() (all []Claim) {
	for _, g := range gains(w.list()) {
		keys := without(g.keys, w.epicKeys())
		all = append(all, Claim{Kind: Count, Keys: keys, Number: len(keys)})
	}
	return all
}

// unclear are the tickets of the session that are not ready.
func (w *writer) unclear() []string {
	return slices.DeleteFunc(slices.Clone(w.keys()), func(key string) bool { return w.Brief.Ticket(key).Ready })
}

// topic names what the session is about: the epic's title where it has one to
// quote, else its tickets by their number.
func (w *writer) topic() string {
	switch e := w.Brief.Epic; {
	case e != nil && !e.Issue.Restricted && quotable(e.Issue.Summary):
		return quoted(e.Issue.Summary)
	case e != nil:
		return e.Issue.Key
	case len(w.keys()) == 1:
		return w.keys()[0]
	}
	return "these " + tickets(len(w.keys()))
}

// topicKeys are the epic, or the first ticket.
func (w *writer) topicKeys() []string {
	if keys := w.epicKeys(); len(keys) > 0 {
		return keys
	}
	return w.keys()[:1]
}

func (w *writer) epicKeys() []string {
	if e := w.Brief.Epic; e != nil {
		return []string{e.Issue.Key}
	}
	return nil
}

// inAll is "the nine tickets on LIB-0".
func (w *writer) inAll() string {
	n := len(w.keys())
	all := text.Agree(n, "the ticket", "the "+tickets(n))
	for _, key := range w.epicKeys() {
		all += " on " + key
	}
	return all
}
