package draft

import (
	"fmt"
	"strings"

	"refine/planner/brief"
	"refine/planner/text"
)

// Objects begins a verdict on a ticket that no rule speaks against, and that the
// writer does not call ready: something has to be settled first.
const Objects = "But "

// verdicts say of each ticket the one thing that is missing, or what is known of it.
// The program says which it is.
func (w *writer) verdicts(given []Line) (lines []Line) {
	for _, key := range w.keys() {
		if l, ok := LineOf(given, []string{key}); ok {
			lines = append(lines, l)
			continue
		}
		t := w.Brief.Ticket(key)
		line := Line{Keys: []string{key}}
		switch d, ok := w.blocking(key); {
		case ok:
			line.Doubts = []string{d.ID}
			line.Text, line.Claims = w.verdict(d)
		case !t.Ready:
			line.Text, line.Claims = w.unmet(t)
		default:
			line.Text, line.Claims = w.rests(t)
		}
		lines = append(lines, line)
	}
	return lines
}

// blocking is the heaviest doubt that keeps a ticket from being ready.
func (w *writer) blocking(key string) (brief.Doubt, bool) {
	for _, d := range w.Brief.Of(key) {
		if d.Blocks && !w.Brief.Ticket(key).Ready && framesOf[d.Kind].blocker != "" {
			return d, true
		}
	}
	return brief.Doubt{}, false
}

func (w *writer) verdict(d brief.Doubt) (string, []Claim) {
	text := w.introduce(blocker(d), d)
	if n := w.number[d.ID]; n > 0 {
		return fmt.Sprintf("%s: question %d.", text, n), w.claimsOf(d)
	}
	if w.cite(d) == "" || len(d.Quotes) == 0 {
		return text + ".", nil
	}
	var said []string
	for _, q := range d.Quotes {
		said = append(said, strings.TrimPrefix(speaker(q.Where)+" ", ", ")+quoted(q.Quote))
	}
	w.say(d.Quotes)
	return text + ": " + strings.TrimSpace(strings.Join(said, " and ")) + stop(d.Quotes[len(d.Quotes)-1].Quote), w.claimsOf(d)
}

// unmet is the first finding that blocks, where no doubt stands for it: a rule of
// the team's own.
func (w *writer) unmet(t *brief.Ticket) (string, []Claim) {
	for _, f := range t.Findings {
		if !f.Blocks {
			continue
		}
		if len(f.Evidence) == 0 || w.said[f.Evidence[0].Quote] || !quotable(f.Evidence[0].Quote) {
			return text.UpperFirst(f.Message) + ".", nil
		}
		q := brief.Quote{Key: t.Issue.Key, Evidence: f.Evidence[0]}
		w.say([]brief.Quote{q})
		return text.UpperFirst(f.Message) + ": " + quoted(q.Quote) + stop(q.Quote), claims([]brief.Quote{q})
	}
	return "", nil
}

// rests is what is known of a ticket in which no gap was found, or the question that is
// about it.
func (w *writer) rests(t *brief.Ticket) (string, []Claim) {
	for n, q := range w.asks {
		if len(q.Keys) > 0 && q.Keys[0] == t.Issue.Key {
			return fmt.Sprintf("Question %d is about it.", n+1), nil
		}
	}
	f := w.facts[t.Issue.Key]
	return f.Text, f.Claims
}

// claimsOf are what a doubt states, to be looked up.
func (w *writer) claimsOf(d brief.Doubt) []Claim {
	all := claims(d.Quotes)
	switch d.Kind {
	case brief.TwoValues:
		if len(d.Quotes) == 2 {
			all = append(all, Claim{Kind: Pair, Key: d.Quotes[0].Key, Words: d.Quotes[0].Quote, To: d.Quotes[1].Key, Other: d.Quotes[1].Quote})
		}
	case brief.NoDescription:
		all = append(all, Claim{Kind: Absent, Key: d.Keys[0], Name: "description"})
	case brief.NoResult:
		all = append(all, Claim{Kind: Absent, Key: d.Keys[0], Name: "result"})
	}
	return all
}
