package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/text"
)

// goal is one sentence about the meeting, by what is missing and what is asked (L19).
func (w *writer) goal() Line {
	line := Line{Keys: w.topicKeys()}
	var find []string
	for _, g := range w.missing() {
		n := len(g.keys)
		find = append(find, numeral(n)+" "+text.Agree(n, g.name, g.name+"s"))
		line.Claims = append(line.Claims, Claim{Kind: Count, Keys: g.keys, Number: n})
	}
	var ask []string
	for n, q := range w.asks {
		if len(q.Doubts) == 0 {
			ask = append(ask, fmt.Sprint(n+1))
		}
	}
	var parts []string
	if len(find) > 0 {
		parts = append(parts, "find "+text.Enumerate(find))
	}
	if len(ask) > 0 || len(parts) == 0 {
		parts = append(parts, strings.TrimSpace("answer "+text.Agree(len(ask), "question ", "questions ")+text.Enumerate(ask)))
	}
	line.Text = fmt.Sprintf("For %s, %s.", w.topic(), strings.Join(parts, ", and "))
	return line
}

// missing is what closes the tickets' gaps, in words that can be counted: of each ticket
// what its result is, see [writer.gain].
func (w *writer) missing() []named {
	return grouped(w.unclear(), func(key string) string {
		d, _ := w.blocking(key)
		return cmp.Or(framesOf[d.Kind].noun, "decision")
	})
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
	if len(w.unclear()) > 0 {
		return "this list"
	}
	for _, key := range w.keys() { // a title says more than that there is a list
		title := text.OneLine(w.Brief.Ticket(key).Issue.Summary)
		if quotable(title) && !w.said[title] {
			w.said[title] = true
			return fmt.Sprintf("%s %s and %s", key, quoted(title), text.Agree(len(w.keys())-1, "one more ticket", numeral(len(w.keys())-1)+" more tickets"))
		}
	}
	return "this list"
}

func (w *writer) topicKeys() []string {
	if e := w.Brief.Epic; e != nil {
		return []string{e.Issue.Key}
	}
	return w.keys()[:1]
}
