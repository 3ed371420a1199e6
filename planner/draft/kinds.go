package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A kind of tickets is known by a field, a link or literal words. What such tickets do
// not tell is asked in a sentence that is good English for any of them. ok is false of
// a ticket that is of another kind.
//
// Read behind tickets of projects that they were not made from, these were sensible and
// not answered there: linked 42 of 42, wished 40 of 42, large 40 of 45; checked 18 of 19,
// as few have criteria, and 41 of 45 of the others. What somebody said last (28 of 36), a
// sentence with "should" or "must" (two of three), a fault's own words (6 of 8), which of
// two related tickets comes first (5 of 9) and who is held up by the most urgent one (1
// of 4) were not good enough.
type kind func(*writer, *brief.Ticket) (line Line, ok bool)

// ticketKinds, those first whose question says most about the ticket.
var ticketKinds = []kind{(*writer).linked, (*writer).wished, (*writer).checked, (*writer).after, (*writer).moved, (*writer).large, (*writer).released}

// askKinds asks n more of some kinds, of what no gap was found in first: each kind once,
// and again only where no other is left.
func (w *writer) askKinds(n int, kinds ...kind) (lines []Line) {
	for range n {
		for _, of := range kinds {
			for _, key := range slices.Concat(without(w.keys(), w.unclear()), w.unclear()) {
				if len(lines) == n || w.asked[key] {
					continue
				}
				if line, ok := of(w, w.Brief.Ticket(key)); ok {
					lines = append(lines, line)
					w.put(line)
					w.sayAll(line.Text)
					break
				}
			}
		}
	}
	return lines
}

// linked is asked about an open issue outside of the session.
func (w *writer) linked(t *brief.Ticket) (line Line, ok bool) {
	open := w.outside(t.Issue.Key)
	if len(open) == 0 {
		return line, false
	}
	line = w.link(t.Issue.Key, open[0])
	line.Text = told(line) + first(open[0], "What can begin before that?", "What has to be there before that can begin?")
	return line, true
}

// told is a line about a ticket that is "it", where nothing else names the ticket.
func told(l Line) string {
	if rest, ok := strings.CutPrefix(l.Text, "It "); ok {
		return l.Keys[0] + " " + rest + " "
	}
	return strings.Replace(l.Text, " waits for it, ", " waits for "+l.Keys[0]+", ", 1) + " "
}

// first chooses what is said of a link by the order that it gives: that its ticket
// waits, or that the other one does.
func first(l ticket.Link, waits, needed string) string {
	if l.NeededBy() {
		return needed
	}
	return waits
}

// link tells a link that gives an order, with the other end's title and status, of a
// ticket that is "it".
func (w *writer) link(key string, l ticket.Link) Line {
	other := l.Key
	if quotable(l.Summary) {
		other += " " + quoted(l.Summary)
	}
	other += status(cmp.Or(l.Status, "status unknown"))
	return Line{
		Keys: []string{key}, Text: first(l, "It waits for "+other+", by its link", other+" waits for it, by a link") + ".",
		Claims: []Claim{{Kind: Linked, Key: key, Name: l.Phrase, To: l.Key}},
	}
}

// wished is asked whose wish it is.
func (w *writer) wished(t *brief.Ticket) (line Line, ok bool) {
	said, ok := t.Reading.Wish()
	if !ok || strings.EqualFold(t.Reading.Role(), "product owner") { // everybody knows who that is
		return line, false
	}
	asks := slices.Clone(wishAsks)
	if strings.EqualFold(t.Reading.Role(), "user") || phrase(said.Quote, "so that") { // which all know, or the wish says
		asks = slices.DeleteFunc(asks, func(a string) bool { return a == wishAsks[0] })
	}
	if phrase(said.Quote, "without", "instead of", "rather than") {
		asks = slices.DeleteFunc(asks, func(a string) bool { return a == wishAsks[1] })
	}
	if len(asks) == 0 {
		return line, false
	}
	if line, ok = w.behind(t, said, t.Issue.Key+": ", asks[w.frame["wish"]%len(asks)]); ok {
		w.frame["wish"]++
	}
	return line, ok
}

// phrase reports whether a quote has one of some phrases.
func phrase(s string, phrases ...string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(s, " "+p+" ") })
}

// wishAsks are asked behind a wish that does not answer them; of a user all know who has
// that role.
var wishAsks = []string{"Who has that role, and what goes wrong for them without it?", "What do they do today instead, and what does that cost them?"}

// checked has criteria.
func (w *writer) checked(t *brief.Ticket) (line Line, ok bool) {
	said, ok := criterion(t)
	if !ok {
		return line, false
	}
	return w.behind(t, said, t.Issue.Key+", among its criteria: ", "Which of them is hardest to check, and who checks it?")
}

// criterion is the first of several criteria, if it can be shown whole.
func criterion(t *brief.Ticket) (first ticket.Evidence, ok bool) {
	if len(t.Criteria) < leastCriteria {
		return first, false
	}
	first = t.Criteria[0]
	return first, standing(first.Quote) && plain(first.Quote) && len(strings.Fields(first.Quote)) >= leastCriterion
}

// How many criteria are several, and of how many words one is that says something.
const (
	leastCriteria  = 2
	leastCriterion = 6
)

// large has more story points than any other that is not asked about yet.
func (w *writer) large(t *brief.Ticket) (line Line, ok bool) {
	p := t.Issue.StoryPoints
	if p == nil || *p < leastLarge || t.Reading.IsFault() {
		return line, false
	}
	for _, key := range w.keys() {
		if o := w.Brief.Ticket(key).Issue; !w.asked[key] && o.StoryPoints != nil && *o.StoryPoints > *p {
			return line, false
		}
	}
	return w.titled(t, fmt.Sprintf(" has %g points. Which part of it would be of use by itself?", *p))
}

// leastLarge is how many points make a ticket that may have parts.
const leastLarge = 8

// after waited for what is done.
func (w *writer) after(t *brief.Ticket) (line Line, ok bool) {
	for _, l := range t.Issue.Links {
		if l.Needs() && l.Done && !w.said[l.Summary] && !w.taken([]string{l.Key}) {
			line = w.link(t.Issue.Key, l)
			line.Text = strings.Replace(told(line), " waits for ", " waited for ", 1) + "What is left to do?"
			return line, true
		}
	}
	return line, false
}

// moved was planned for a sprint that is over.
func (w *writer) moved(t *brief.Ticket) (line Line, ok bool) {
	s := t.Issue.Sprint
	if s == nil || s.State != "closed" {
		return line, false
	}
	was := fmt.Sprintf("was in %s, a sprint that is over", s.Name)
	if h := t.Issue.History; h != nil && h.Sprints > 1 {
		was = fmt.Sprintf("has been in %d sprints so far", h.Sprints)
	}
	return w.titled(t, " "+was+". What kept it from being done?")
}

// released is planned for a release that is out.
func (w *writer) released(t *brief.Ticket) (line Line, ok bool) {
	names := releasedIn(t.Issue)
	if len(names) == 0 || len(names) < len(t.Issue.FixVersions) {
		return line, false
	}
	return w.titled(t, fmt.Sprintf(" was planned for %s, which is out. What of it is in there, and what is left to do?", names[len(names)-1]))
}

// owned is no fault, has no criteria, is no double and was reported by somebody with a
// name. Its question says little of the ticket.
func (w *writer) owned(t *brief.Ticket) (line Line, ok bool) {
	name := t.Issue.Reporter.Name
	double := func(d brief.Doubt) bool {
		return d.Kind == brief.Alike || d.Kind == brief.Duplicate || d.Kind == brief.Finished
	}
	if name == "" || len(t.Criteria) > 0 || t.Reading.IsFault() || slices.ContainsFunc(w.Brief.Of(t.Issue.Key), double) {
		return line, false
	}
	line, ok = w.titled(t, fmt.Sprintf(" was reported by %s. What would %s look at first to call it done?", name, name))
	line.Claims = append(line.Claims, Claim{Kind: Field, Key: t.Issue.Key, Name: "reporter", Words: name})
	return line, ok
}

// titled is a question about a ticket that is named by its title.
func (w *writer) titled(t *brief.Ticket, asked string) (line Line, ok bool) {
	said := ticket.Evidence{Quote: text.OneLine(t.Issue.Summary)}
	line, ok = w.behind(t, said, t.Issue.Key+" ", "")
	line.Text = t.Issue.Key + " " + quoted(said.Quote) + asked
	return line, ok
}

// behind is a question behind words of a ticket.
func (w *writer) behind(t *brief.Ticket, said ticket.Evidence, lead, ask string) (line Line, ok bool) {
	if w.said[said.Quote] || w.Unsaid[said.Quote] || !quotable(said.Quote) {
		return line, false
	}
	quotes := []brief.Quote{{Key: t.Issue.Key, Evidence: said}}
	return Line{Keys: []string{t.Issue.Key}, Text: lead + quoted(said.Quote) + stop(said.Quote) + " " + ask, Claims: claims(quotes)}, true
}
