package draft

import (
	"maps"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
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
// linked to, by what it is checked, its own words. Nothing of it says that the ticket is
// complete.
func (w *writer) known(t *brief.Ticket) (f fact) {
	key := t.Issue.Key
	quote := func(name, lead string, said ticket.Evidence) fact {
		w.said[said.Quote] = true
		quotes := []brief.Quote{{Key: key, Evidence: said}}
		return fact{Line{Keys: []string{key}, Text: lead + quoted(said.Quote) + stop(said.Quote), Claims: claims(quotes)}, name}
	}
	if open := w.outside(key); len(open) > 0 {
		f = fact{w.link(key, open[0]), "the link to " + open[0].Key}
		w.sayAll(f.Text)
		return f
	}
	if said, ok := criterion(t); ok && !w.said[said.Quote] && !w.Unsaid[said.Quote] {
		return quote("the criteria", "Its criteria begin with ", said)
	}
	if said, ok := t.Reading.Wish(); ok && said.Where != ready.Summary && !w.said[said.Quote] && quotable(said.Quote) {
		return quote("the wish", "It says ", said)
	}
	if said := t.Problem; w.confirmable(t, said) && !w.said[said.Quote] && !w.Unsaid[said.Quote] {
		return quote("the description", "It says ", said)
	}
	if len(t.Criteria) > 0 {
		return fact{name: "the criteria"}
	}
	return fact{name: "the description"}
}

// leastFresh is how many words a sentence has that its title has not, before it tells
// something.
const leastFresh = 3

// confirmable reports whether words of a ticket can be confirmed: a whole sentence of
// its own text that tells more than its title, and that neither who reported it nor the
// ticket's end has taken back.
func (w *writer) confirmable(t *brief.Ticket, said ticket.Evidence) bool {
	if said.Where == ready.Summary || !whole(said.Quote) || !t.Reading.IsSentence(said.Quote) {
		return false
	}
	language, fresh := t.Reading.Language(), map[string]bool{}
	title := language.TermSet(t.Issue.Summary)
	for _, term := range language.TermSet(said.Quote) {
		fresh[term] = !slices.Contains(title, term)
	}
	maps.DeleteFunc(fresh, func(_ string, is bool) bool { return !is })
	again := slices.ContainsFunc(t.Reading.Comments(), func(c *ready.Text) bool {
		return !c.Program && (c.By() == t.Issue.Reporter || duplicate.MatchString(c.Raw))
	})
	return len(fresh) >= leastFresh && !again
}

// duplicate is how a comment sends people to another ticket.
var duplicate = lazyregexp.New(`(?i)\bdup(?:e|licate)?s? of (?:#|\[)?[A-Z]{2,}-\d+`)

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
