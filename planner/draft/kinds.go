package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A kind of tickets is known by a field or a link. What such tickets do not tell is asked
// in a sentence that is good English for any of them. ok is false of a ticket that is of
// another kind.
//
// What strict readers of 48 plans marked more often than once in ten is not asked: whose
// wish a ticket tells (10 of 14), which criterion is hardest to check (4 of 5), how its own
// demand would be checked (10 of 15), which part of a large one would be of use (6 of 9),
// what kept a ticket from being done in its sprint, which of two related ones comes first,
// what of an issue that the text names has to be known (4 of 5), what is left to do of one
// that waited for what is done (3 of 6).
type kind func(*writer, *brief.Ticket) (line Line, ok bool)

// How those questions end.
const (
	sharingAsk = "What does one of them leave to the other?"
	staysAsk   = "and which of them stays?"
	leftAsk    = "what is left to do?"
	laterAsk   = "comes later?"
)

// ticketKinds, those first whose question says most about the ticket.
var ticketKinds = []kind{(*writer).sharing, (*writer).doubled, (*writer).linked, (*writer).released}

// askKinds asks n more by their kinds, of what no gap was found in first: each kind once,
// and again only where no other is left.
func (w *writer) askKinds(n int) (lines []Line) {
	for range n {
		for _, of := range ticketKinds {
			for _, key := range slices.Concat(without(w.keys(), w.unclear()), w.unclear()) {
				if len(lines) == n || w.asked[key] {
					continue
				}
				if line, ok := of(w, w.Brief.Ticket(key)); ok && !w.Unsaid[line.Text] {
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

// linked is one for which open issues outside of the session wait.
func (w *writer) linked(t *brief.Ticket) (line Line, ok bool) {
	before := w.needing(t.Issue.Key)
	if len(before) == 0 {
		return line, false
	}
	line = w.waiting(t.Issue.Key, before)
	line.Text += fmt.Sprintf(" What happens %s if %s %s", text.Agree(len(before), "to it", "to them"), t.Issue.Key, laterAsk)
	return line, true
}

// sharing is one whose title and another's name a thing that no other ticket speaks of.
func (w *writer) sharing(t *brief.Ticket) (line Line, ok bool) {
	for _, n := range w.Brief.Named {
		if n.Keys[0] == t.Issue.Key && w.taken(n.Keys) && !w.Unsaid[n.Name] {
			line.Keys = n.Keys
			ask := sharingAsk
			if n.Same {
				ask = "What does one of them ask for that the other does not, " + staysAsk
			}
			line.Text = fmt.Sprintf("%s both name “%s”, and no link joins them. ", some(n.Keys), n.Name) + ask
			for _, key := range n.Keys {
				line.Claims = append(line.Claims, Claim{Kind: Quoted, Key: key, Words: n.Name})
			}
			return line, true
		}
	}
	return line, false
}

// doubled is one of which a link says that another open issue is about the same: the
// epic, or one outside of the session that came second.
func (w *writer) doubled(t *brief.Ticket) (line Line, ok bool) {
	for _, l := range t.Issue.Links {
		if (l.Duplicates() || l.Duplicated()) && !l.Done && slices.Contains(w.epicKeys(), l.Key) {
			return Line{
				Keys:   []string{t.Issue.Key, l.Key},
				Text:   fmt.Sprintf("%s and %s are linked as duplicates. What does one of them ask for that the other does not, %s", t.Issue.Key, l.Key, staysAsk),
				Claims: []Claim{{Kind: Linked, Key: t.Issue.Key, Name: l.Phrase, To: l.Key}},
			}, true
		}
		if !l.Duplicated() || l.Done || l.Status == "" || w.said[l.Summary] || w.taken([]string{l.Key}) || slices.Contains(w.Brief.Withheld, l.Key) {
			continue
		}
		for _, key := range slices.Concat([]string{t.Issue.Key}, without(w.keys(), []string{t.Issue.Key}), w.epicKeys()) {
			for _, o := range w.Brief.Ticket(key).Issue.Links {
				if o.Key == l.Key && o.Duplicated() && !slices.Contains(line.Keys, key) {
					line.Keys = append(line.Keys, key)
					line.Claims = append(line.Claims, Claim{Kind: Linked, Key: key, Name: o.Phrase, To: l.Key})
				}
			}
		}
		line.Text = fmt.Sprintf("%s%s%s is linked as a duplicate of %s. What does it ask for that %s not, %s",
			l.Key, titleOf(l), status(l.Status), some(line.Keys), text.Agree(len(line.Keys), line.Keys[0]+" does", "they do"), staysAsk)
		return line, true
	}
	return line, false
}

// released is planned for a release that is out; of all that were is asked at once.
func (w *writer) released(t *brief.Ticket) (line Line, ok bool) {
	name := leftBy(t)
	if name == "" || w.said[name] || w.over(t.Issue.Key) {
		return line, false
	}
	is := "out"
	if strings.Contains(strings.ToLower(name), "sprint") {
		is = "over"
	}
	asked := fmt.Sprintf("planned for %s, which is %s. %s", name, is, text.UpperFirst(leftAsk))
	others := slices.DeleteFunc(without(w.keys(), []string{t.Issue.Key}), func(key string) bool { return leftBy(w.Brief.Ticket(key)) != name })
	if keys := append([]string{t.Issue.Key}, others...); len(keys) > 1 {
		line, ok = Line{Keys: keys, Text: some(keys) + " were " + asked, Claims: []Claim{{Kind: Count, Keys: keys, Number: len(keys)}}}, true
	} else {
		line, ok = w.titled(t, " was "+asked)
	}
	w.said[name] = ok
	return line, ok
}

// over reports whether the last comment on a ticket ends the work.
func (w *writer) over(key string) bool {
	return slices.ContainsFunc(w.Brief.Of(key), func(d brief.Doubt) bool { return d.Kind == brief.Finished })
}

// leftBy is the last release of a ticket, all of whose are out; empty if that is not so.
func leftBy(t *brief.Ticket) string {
	names := releasedIn(t.Issue)
	if len(names) == 0 || len(names) < len(t.Issue.FixVersions) {
		return ""
	}
	return names[len(names)-1]
}

// titled is a question about a ticket that is named by its title.
func (w *writer) titled(t *brief.Ticket, asked string) (line Line, ok bool) {
	title := text.OneLine(t.Issue.Summary)
	if w.said[title] || w.Unsaid[title] || !quotable(title) {
		return line, false
	}
	quotes := []brief.Quote{{Key: t.Issue.Key, Evidence: ticket.Evidence{Quote: title}}}
	return Line{Keys: []string{t.Issue.Key}, Text: t.Issue.Key + " " + quoted(title) + asked, Claims: claims(quotes)}, true
}
