package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/text"
)

// goal is one sentence about the meeting: what is to be there at its end, by question and
// by ticket (L19).
func (w *writer) goal() Line {
	parts, rest := w.fitting(gain.goal)
	if all := w.gains(); len(all) == 1 && len(all[0].asked) > 0 { // nothing else says which tickets
		parts[0] += " about " + some(all[0].keys)
	}
	if unclear := w.unclear(); among(rest, unclear) && len(rest) > 0 {
		parts = append(parts, "close the other gaps")
	} else if len(rest) > 0 {
		parts = append(parts, "settle what else the agenda names")
	}
	return Line{Keys: w.topicKeys(), Text: fmt.Sprintf("For %s: %s.", w.topic(), series(together(parts, "settle "))), Claims: w.counts(rest)}
}

// together puts the parts that begin alike into the first of them; behind a key "and" goes
// on with others.
func together(parts []string, begin string) (out []string) {
	var same []string
	first := -1
	for _, p := range parts {
		if rest, ok := strings.CutPrefix(p, begin); !ok || strings.HasPrefix(rest, "and ") {
			out = append(out, p)
		} else if same = append(same, rest); first < 0 {
			first, out = len(out), append(out, p)
		}
	}
	if first >= 0 {
		out[first] = begin + series(same)
	}
	return out
}

// mostTold is how many words a sentence has about results before it leaves the others to
// the agenda.
const mostTold = 36

// fitting are results, a part for each gain, and the tickets that find no room in any.
func (w *writer) fitting(part func(gain) string) (parts, rest []string) {
	words := 0
	var named []string
	for _, g := range w.gains() {
		said := part(g)
		if words += len(strings.Fields(said)); words <= mostTold && len(rest) == 0 {
			parts, named = append(parts, said), append(named, g.keys...)
		} else {
			rest = append(rest, without(g.keys, rest)...)
		}
	}
	return parts, without(rest, named)
}

// counts are how many tickets get something alike, and the rest.
func (w *writer) counts(rest []string) (all []Claim) {
	for _, g := range slices.Concat(w.gains(), []gain{{keys: rest}}) {
		keys := without(g.keys, w.epicKeys())
		all = append(all, Claim{Kind: Count, Keys: keys, Number: len(keys)})
	}
	return all
}

// unclear are the tickets of the session that are not ready.
func (w *writer) unclear() []string {
	return slices.DeleteFunc(slices.Clone(w.keys()), func(key string) bool { return w.Brief.Ticket(key).Ready })
}

// bareKeys are those that have no criteria yet, and nothing else stands against.
func (w *writer) bareKeys() []string {
	return slices.DeleteFunc(slices.Clone(w.keys()), func(key string) bool { t := w.Brief.Ticket(key); return !t.Ready || !t.Bare })
}

// topic names what the session is about: the epic's title where it has one that
// people can say, else its tickets by their number.
func (w *writer) topic() string {
	switch e := w.Brief.Epic; {
	case e != nil && !e.Issue.Restricted && quotable(e.Issue.Summary) && len(strings.Fields(e.Issue.Summary)) <= mostCalled:
		return quoted(text.OneLine(e.Issue.Summary))
	case e != nil:
		return w.inAll()
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
