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
	late := w.Talks.PutOff
	if l, ok := w.wanted(); ok && len(late) == 0 { // two or three sentences
		lines = append(lines, l)
	}
	lines = append(lines, w.worth(), w.nextStep())
	if len(late) > 0 {
		said := fmt.Sprintf("%s more wait for the next session, %s first.", text.UpperFirst(numeral(len(late))), late[0].Key)
		if len(late) == 1 {
			said = fmt.Sprintf("One more waits for the next session: %s.", late[0].Key)
		}
		lines = append(lines, Line{Keys: []string{late[0].Key}, Text: said})
	}
	return lines
}

// wanted is what the epic's story is good for, in its own words.
func (w *writer) wanted() (l Line, ok bool) {
	e := w.Brief.Epic
	if e == nil || e.Issue.Restricted {
		return l, false
	}
	end := e.Reading.End()
	if end == "" || !quotable(end) || text.Count(end) > mostShown {
		return l, false
	}
	l.Keys, l.Claims = []string{e.Issue.Key}, []Claim{{Kind: Quoted, Key: e.Issue.Key, Words: end}}
	l.Text = fmt.Sprintf("What %s is for, in its words: %s%s", e.Issue.Key, quoted(end), stop(end))
	return l, true
}

// worth is what the session brings: how many tickets have a gap or no criteria, how many
// it is to make ready, and in which something stays.
func (w *writer) worth() Line {
	line, unclear, bare := Line{}, w.unclear(), w.bareKeys()
	lacking := len(unclear) + len(bare)
	if lacking == 0 {
		for _, q := range w.asks {
			line.Keys = append(line.Keys, without(q.Keys[:1], line.Keys)...)
		}
		line.Text = fmt.Sprintf("What is asked about %s is answered before anybody begins.", some(line.Keys))
		return line
	}
	line.Keys = w.topicKeys()
	stay := slices.DeleteFunc(slices.Clone(unclear), func(key string) bool {
		_, stays := w.beyond(key)
		return !stays
	})
	var parts []string
	if n := lacking - len(stay); n > 0 {
		them := numeral(n) + " of them"
		if n == lacking {
			them = text.Agree(n, "it", "them")
		}
		parts = append(parts, "this session is to make "+them+" ready")
	}
	waits := func(key string) bool { d, _ := w.beyond(key); return d.Kind != brief.Size }
	wide := slices.DeleteFunc(slices.Clone(stay), waits)
	if wait := without(stay, wide); len(wait) > 0 {
		d, _ := w.beyond(wait[0])
		parts = append(parts, text.Agree(len(wait), wait[0]+" "+Beyond(d), some(wait)+" wait for something else"))
	}
	if len(wide) > 0 {
		parts = append(parts, some(wide)+text.Agree(len(wide), " is more than one ticket", " are more than one ticket each"))
	}
	line.Text = fmt.Sprintf("%s: %s.", w.lack(len(unclear), len(bare)), strings.Join(parts, ", and "))
	if len(w.keys()) == 1 && len(stay) == 1 {
		line.Text = fmt.Sprintf("No talk makes it ready: %s.", parts[0])
	}
	for _, keys := range [][]string{unclear, bare, stay, slices.Concat(without(unclear, stay), bare)} {
		line.Claims = append(line.Claims, Claim{Kind: Count, Keys: keys, Number: len(keys)})
	}
	return line
}

// lack says how many tickets have a gap, and how many no criteria.
func (w *writer) lack(gaps, bare int) string {
	switch n := len(w.keys()); {
	case n == 1:
		return w.keys()[0] + " has " + map[bool]string{true: "a gap", false: "no criteria yet"}[gaps > 0]
	case gaps == n:
		return "Each of " + w.inAll() + " has a gap"
	case bare == n:
		return text.Agree(n-1, "Neither", "None") + " of " + w.inAll() + " has criteria yet"
	}
	var parts []string
	if gaps > 0 {
		parts = append(parts, numeral(gaps)+text.Agree(gaps, " has", " have")+" a gap")
	}
	if bare > 0 {
		parts = append(parts, numeral(bare)+text.Agree(bare, " has", " have")+" no criteria yet")
	}
	return "Of " + w.inAll() + " " + text.Enumerate(parts)
}

// beyond is the gap of a ticket that no talk closes, if it has one.
func (w *writer) beyond(key string) (brief.Doubt, bool) {
	for _, r := range w.needs(key) {
		if r.gap && Beyond(r.doubt) != "" {
			return r.doubt, true
		}
	}
	return brief.Doubt{}, false
}

// nextStep says what each ticket gets on the same day.
func (w *writer) nextStep() Line {
	steps, rest := w.fitting(func(g gain) string {
		if g.bare {
			return "criteria into " + g.counted()
		}
		return fmt.Sprintf("into %s %s", some(g.keys), g.words())
	})
	if len(rest) > 0 {
		steps = append(steps, "into "+some(rest)+" what the agenda names")
	}
	for _, g := range w.gains() {
		steps = together(steps, "into "+some(g.keys)+" ")
	}
	line := Line{Text: "Next, written down the same day: " + strings.Join(steps, "; ") + ".", Claims: w.counts(rest)}
	for _, r := range w.list() {
		line.Keys = append(line.Keys, without([]string{r.key}, line.Keys)...)
	}
	return line
}

// Beyond is why a doubt is none that talk settles, after its key; empty if talk
// can.
func Beyond(d brief.Doubt) string {
	switch d.Kind {
	case brief.Blocked:
		return fill("is blocked by {other}", d)
	case brief.Waits:
		return "is waiting, as the ticket says"
	case brief.Size:
		return "is more than one ticket"
	}
	return ""
}
