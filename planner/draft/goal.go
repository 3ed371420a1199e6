package draft

import (
	"fmt"
	"slices"
)

// goal is one sentence about the meeting, not about keys (L19).
func (w *writer) goal() Line {
	n := len(w.keys())
	unclear := len(w.unclear())
	switch {
	case unclear == 0 && n == 1:
		return Line{Keys: w.keys(), Text: fmt.Sprintf("Agree that %s can be started as it is written, or say what is missing.", w.topic())}
	case unclear == 0:
		return Line{Keys: w.topicKeys(), Text: fmt.Sprintf("Agree that the %s on %s can be started as they are written, or say what is missing.", tickets(n), w.topic())}
	case n == 1:
		return Line{Keys: w.keys(), Text: fmt.Sprintf("For %s, one result that can be checked.", w.topic())}
	default:
		return Line{Keys: w.topicKeys(), Text: fmt.Sprintf("For each of the %s on %s, one result that can be checked.", tickets(n), w.topic())}
	}
}

// unclear are the tickets of the session that are not ready.
func (w *writer) unclear() []string {
	return slices.DeleteFunc(slices.Clone(w.keys()), func(key string) bool { return w.Brief.Ticket(key).Ready })
}

// topic names what the session is about: the epic's title where it has one to
// quote, the only ticket's, else the selection.
func (w *writer) topic() string {
	if e := w.Brief.Epic; e != nil {
		if !e.Issue.Restricted && quotable(e.Issue.Summary) {
			return quoted(e.Issue.Summary)
		}
		return e.Issue.Key
	}
	if len(w.keys()) == 1 {
		return w.keys()[0]
	}
	return "this list"
}

func (w *writer) topicKeys() []string {
	if e := w.Brief.Epic; e != nil {
		return []string{e.Issue.Key}
	}
	return w.keys()[:1]
}
