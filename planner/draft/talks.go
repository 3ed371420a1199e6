package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/talks"
	"refine/planner/text"
	"refine/planner/ticket"
)

// talks say what each talk is to find out: why its tickets are talked about
// together, and the questions about them, and their other doubts by kind.
func (w *writer) talks() (lines []Line) {
	for _, t := range w.Talks.Talks {
		var parts []string
		if bond := w.bond(t); bond != "" {
			parts = append(parts, bond)
		}
		asks := w.questionsOf(t.Keys)
		switch {
		case t.Bond == talks.OfEpic:
			parts = nil
		case t.Quiet() && len(asks) == 0:
			parts = []string{w.confirm(t)}
		}
		if (t.Quiet() || t.Bond == talks.Alone) && len(t.Keys) > 1 {
			if tie := w.tie(t.Keys); tie != "" {
				parts = append([]string{tie}, parts...)
			}
		}
		asks = append(asks, w.finds(t)...)
		if len(asks) == 0 && !t.Quiet() && len(t.Keys) > 1 {
			asks = []string{"What does one of them leave to the " + text.Agree(len(t.Keys)-1, "other", "others") + "?"}
		}
		parts = append(parts, asks...)
		lines = append(lines, Line{Keys: t.Keys, Text: strings.Join(parts, " "), Doubts: t.Doubts})
	}
	return lines
}

// confirm is what the talk of what no gap was found in, and no question is about, is
// for: a minute for each.
func (w *writer) confirm(t talks.Talk) string {
	n := slices.IndexFunc(w.Talks.Talks, func(o talks.Talk) bool { return sameKeys(o.Keys, t.Keys) })
	each := ""
	if len(t.Keys) > 1 && n < len(w.Talks.Minutes) {
		switch minutes := w.Talks.Minutes[n]; {
		case minutes == len(t.Keys):
			each = ", a minute each"
		case minutes%len(t.Keys) == 0:
			each = fmt.Sprintf(", %s minutes each", numeral(minutes/len(t.Keys)))
		}
	}
	if t.Bond == talks.Criteria {
		return "No criteria yet" + each + ". When would we call " + text.Agree(len(t.Keys), "it", "each") + " done?"
	}
	return "To confirm" + each + ". What speaks against " + text.Agree(len(t.Keys), "it as it stands", "them as they stand") + "?"
}

// questionsOf names the questions that are about some tickets: every question has its
// place in the agenda.
func (w *writer) questionsOf(keys []string) (parts []string) {
	var of []string // the tickets of each question, as the slot names them
	for _, q := range w.asks {
		asked := q.Keys
		if len(q.Doubts) == 0 { // it is about the first, and names the others
			asked = asked[:1]
		}
		about := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return !slices.Contains(asked, k) })
		if len(about) == len(keys) {
			of = append(of, "all")
			continue
		}
		of = append(of, some(about))
	}
	for n, name := range of {
		if name == "" || slices.Index(of, name) < n {
			continue
		}
		var numbers []string
		for m := range of {
			if of[m] == name {
				numbers = append(numbers, fmt.Sprint(m+1))
			}
		}
		part := text.Agree(len(numbers), "Question ", "Questions ") + text.Enumerate(numbers)
		if name != "all" { // the slot names them
			part += ", about " + name
		}
		parts = append(parts, part+".")
	}
	return parts
}

// tie says what joins tickets of which nothing is asked or found together: that all
// others are linked to one, or name it in their texts, or that all have a criterion;
// empty for anything else.
func (w *writer) tie(keys []string) string {
	if len(keys) > MostNamed {
		return ""
	}
	for _, key := range keys {
		others := without(keys, []string{key})
		if !slices.ContainsFunc(others, func(o string) bool { return !w.linkedTo(key, o) }) {
			return w.joined(keys)
		}
		if !slices.ContainsFunc(others, func(o string) bool { return !w.names(o, key) }) {
			return fmt.Sprintf("In %s %s %s %s.", text.Agree(len(others), "its text", "their texts"), some(others), text.Agree(len(others), "names", "name"), key)
		}
	}
	for _, n := range w.Brief.Named {
		if among(keys, n.Keys) {
			return fmt.Sprintf("Both name “%s”.", n.Name)
		}
	}
	if slices.ContainsFunc(w.Brief.Shared, func(c brief.Shared) bool { return among(keys, c.Keys) }) {
		return "They have a criterion in common."
	}
	return ""
}

// linkedTo reports whether a link of either leads to the other.
func (w *writer) linkedTo(key, other string) bool {
	leads := func(from, to string) bool {
		return slices.ContainsFunc(w.Brief.Ticket(from).Issue.Links, func(l ticket.Link) bool { return l.Key == to })
	}
	return leads(key, other) || leads(other, key)
}

// joined says how links join the tickets of a talk: two, or the first to which all others
// are linked.
func (w *writer) joined(keys []string) string {
	if len(keys) == 2 {
		return "Linked to each other."
	}
	for _, key := range keys[:min(len(keys), MostNamed)] {
		others := without(keys, []string{key})
		if !slices.ContainsFunc(others, func(o string) bool { return !w.linkedTo(key, o) }) {
			return fmt.Sprintf("%s are linked to %s.", some(others), key)
		}
	}
	return "Joined by links."
}

// names reports whether the text of a ticket names another, which no link leads to.
func (w *writer) names(key, other string) bool {
	return slices.ContainsFunc(w.Brief.Of(key), func(d brief.Doubt) bool {
		return d.Kind == brief.Unlinked && d.Keys[0] == key && slices.ContainsFunc(d.Others, func(o ticket.Ref) bool { return o.Key == other })
	})
}

// bond says why several tickets are one talk.
func (w *writer) bond(t talks.Talk) string {
	switch t.Bond {
	case talks.Linked:
		return w.joined(t.Keys)
	case talks.Component:
		return fmt.Sprintf("Component of %s: %s.", text.Agree(len(t.Keys)-1, "both", "all"), t.Name) // of two or more
	}
	return ""
}

// finds are the gaps of the talk's tickets that no question is about, those of one kind
// together.
func (w *writer) finds(t talks.Talk) (parts []string) {
	var tickets, gaps []string
	for _, key := range t.Keys {
		for _, r := range w.needs(key) {
			if r.gap && r.question == 0 && (r.doubt.Keys[0] == key || !slices.Contains(t.Keys, r.doubt.Keys[0])) {
				tickets, gaps = append(tickets, key), append(gaps, lowerFirst(fill(blocker(r.doubt), r.doubt)))
			}
		}
	}
	for n, gap := range gaps {
		more := func(other string) bool { return strings.HasPrefix(other, gap+" ") } // where it is undecided
		if slices.Index(gaps, gap) < n || slices.ContainsFunc(gaps, more) {
			continue
		}
		var of []string
		for m := range gaps {
			if gaps[m] == gap {
				of = append(of, without([]string{tickets[m]}, of)...) // of two doubts of one kind
			}
		}
		if len(of) == len(t.Keys) { // all of them: the slot names them
			parts = append(parts, text.UpperFirst(gap)+".")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s: %s.", some(of), gap))
	}
	return parts
}

// mostCalled is how many words a title has that people can say.
const mostCalled = 12
