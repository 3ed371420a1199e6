package draft

import (
	"fmt"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A fact is what is known for sure of a ticket in which no gap was found, and what the
// talk that confirms it calls it.
type fact struct {
	Line
	name string // "the criteria", to be confirmed
}

// known is the one thing about a ticket that helps most in the meeting: what it is
// linked to, what its last comment asks, by what it is checked, its own words. Nothing
// of it says that the ticket is complete.
func (w *writer) known(t *brief.Ticket) (f fact) {
	key := t.Issue.Key
	quote := func(name, lead string, said ticket.Evidence) fact {
		w.said[said.Quote] = true
		quotes := []brief.Quote{{Key: key, Evidence: said}}
		return fact{Line{Keys: []string{key}, Text: lead + quoted(said.Quote) + stop(said.Quote), Claims: claims(quotes)}, name}
	}
	if open := w.outside(key); len(open) > 0 {
		return fact{w.link(key, open[0]), "the link"}
	}
	if c, said, ok := lastQuestion(t); ok && !w.said[said.Quote] {
		return quote("what was asked last", "The last "+by(c)+" asks ", said)
	}
	if said, ok := criterion(t); ok && !w.said[said.Quote] && !w.Unsaid[said.Quote] {
		return quote("the criteria", "Its criteria begin with ", said)
	}
	if said, ok := t.Reading.Wish(); ok && said.Where != ready.Summary && !w.said[said.Quote] && quotable(said.Quote) {
		return quote("the wish", "It says ", said)
	}
	if said, ok := w.saying(t); ok {
		return quote("the words below", "It says ", said)
	}
	return fact{name: "the description"}
}

// saying is the sentence of a ticket that says what is wrong or wanted, else the first
// one that can be quoted. What calls itself a solution is none.
func (w *writer) saying(t *brief.Ticket) (said ticket.Evidence, ok bool) {
	for _, o := range w.own(t.Issue.Key) {
		if w.said[o.Quote.Quote] || o.ofTest() || strings.Contains(strings.ToLower(o.Quote.Quote), "solution") {
			continue
		}
		if main := o.Quote.Quote == t.Problem.Quote; main || !ok {
			said, ok = o.Evidence, true
			if main {
				break
			}
		}
	}
	return said, ok
}

// lastQuestion is what a ticket's last comment asks, whatever it asks for: nobody has
// said anything after it. Of one about progress, or by a program, nothing is told.
func lastQuestion(t *brief.Ticket) (c *ready.Text, said ticket.Evidence, ok bool) {
	all := t.Reading.Comments()
	if len(all) == 0 || all[len(all)-1].Program || all[len(all)-1].Progress {
		return nil, said, false
	}
	c = all[len(all)-1]
	for n := range c.Blocks {
		b := &c.Blocks[n]
		for m, s := range b.Sentences {
			if !s.Asks() || b.Aside || len(strings.Fields(s.Text)) < leastOwn || !quotable(s.Text) || turned(s.Text) {
				continue
			}
			said, ok = ready.Said{Sentence: s, Text: c, Block: b, Nth: m}.Quote([2]int{len(s.Text) - 1, len(s.Text)})
			if ok = ok && strings.TrimRight(said.Quote, "?! ") == strings.TrimRight(s.Text, "?! "); ok {
				said.Quote = strings.TrimRight(said.Quote, "?! ") + "?"
				return c, said, t.Reading.Holds(said.Quote)
			}
		}
	}
	return nil, said, false
}

// by is whose comment it is, and of which day, as far as is known.
func by(c *ready.Text) string {
	who := strings.TrimSuffix(c.Where, " by somebody")
	if on := c.Comment.Created; !on.IsZero() {
		return fmt.Sprintf("%s (%s)", who, day(ticket.DateOf(on)))
	}
	return who
}

// confirming names what some tickets are confirmed by, those with the same together.
func (w *writer) confirming(keys []string) string {
	var parts []string
	for _, g := range grouped(keys, func(key string) string { return w.facts[key].name }) {
		if len(g.keys) == len(keys) {
			return text.UpperFirst(g.name)
		}
		parts = append(parts, text.Enumerate(g.keys)+": "+g.name)
	}
	return strings.Join(parts, "; ")
}
