package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// Objects begins a verdict on a ticket that no rule speaks against, and that the
// writer does not call ready: something has to be settled first.
const Objects = "But "

// verdicts say of each ticket what is missing, or what it is for, in its own words; and
// what is known of its links. The program says which it is.
func (w *writer) verdicts(given []Line) (lines []Line) {
	lines = slices.Grow(lines, len(w.keys()))
	for _, key := range w.keys() {
		l, ok := LineOf(given, []string{key})
		if !ok {
			l = w.verdict(key)
		}
		lines = append(lines, l)
	}
	return lines
}

// mostOfVerdict is of how many words a verdict is before no other gap goes into it.
const mostOfVerdict = 30

func (w *writer) verdict(key string) Line {
	line, t, asked := Line{Keys: []string{key}}, w.Brief.Ticket(key), false
	for _, r := range w.needs(key) {
		switch {
		case text.Count(line.Text) > mostOfVerdict:
		case r.gap:
			line.Text += " " + w.gap(r)
			asked = asked || r.question > 0
			line.Doubts, line.Claims = append(line.Doubts, r.doubt.ID), append(line.Claims, w.claimsOf(r.doubt)...)
		case line.Text == "" && r.question > 0 && guesses(w.asks[r.question-1], t):
			line.Text, asked = fmt.Sprintf("%s: question %d.", Unsure, r.question), true
		case line.Text == "" && r.question > 0:
			line.Text, asked = fmt.Sprintf("Question %d is about it.", r.question), true
		}
	}
	if q, shown := w.itsWords(t); shown != "" {
		w.say([]brief.Quote{q})
		line.Text = strings.TrimSpace(shown + " " + line.Text)
		line.Claims = append(line.Claims, claims([]brief.Quote{q})...)
	}
	tied := w.ties(t)
	line.Text = strings.TrimSpace(line.Text + " " + tied.Text)
	line.Claims = append(line.Claims, tied.Claims...)
	if n := w.alsoIn(key); n > 0 && !asked {
		line.Text = strings.TrimSpace(fmt.Sprintf("%s Question %d names it, too.", line.Text, n))
	}
	if named := without(w.mentioned(key), ticket.IssueKeys(line.Text)); len(named) > 0 {
		line.Text = strings.TrimSpace(fmt.Sprintf("%s Its text names %s, and no issue link does.", line.Text, some(named)))
	}
	return line
}

// Unsure begins what is said of a ticket that tells something without being sure of it.
const Unsure = "Unsure"

// itsWords show what a ticket that nothing blocks says of itself: all of its description
// or its core. They are empty where a question shows it.
func (w *writer) itsWords(t *brief.Ticket) (q brief.Quote, shown string) {
	if !t.Ready || w.quotedBy(t.Issue.Key) {
		return q, ""
	}
	if q, ok := w.guess(t); ok {
		return q, Unsure + strings.TrimPrefix(speaker(q.Where), ",") + ": " + quoted(q.Quote) + stop(q.Quote)
	}
	if t.Bare {
		if q, ok := w.everything(t); ok {
			return q, "Its description says no more than " + quoted(q.Quote) + stop(q.Quote)
		}
		if q, n := w.entries(t); n > 0 {
			return q, fmt.Sprintf("Its description lists %d points, the first %s%s", n, quoted(q.Quote), stop(q.Quote))
		}
	}
	if c, ok := w.coreOf(t); ok {
		return c.Quote, c.shown()
	}
	return q, ""
}

// entries are how many points a description lists, and the first of them; none where that
// cannot be shown.
func (w *writer) entries(t *brief.Ticket) (first brief.Quote, n int) {
	all := t.Entries()
	if len(all) == 0 {
		return first, 0
	}
	said := strings.TrimRight(all[0], ". ")
	if !w.shows(said) || !plain(said) {
		return first, 0
	}
	return brief.Quote{Key: t.Issue.Key, Evidence: ticket.Evidence{Where: ready.Description, Quote: said}}, len(all)
}

// quotedBy reports whether a question about a ticket shows what it says.
func (w *writer) quotedBy(key string) bool {
	return slices.ContainsFunc(w.asks, func(q Line) bool { return q.Keys[0] == key && slices.ContainsFunc(q.Claims, claimsWords) })
}

func claimsWords(c Claim) bool { return c.Kind == Quoted }

// gap tells what is missing: by its question, or in the ticket's own words.
func (w *writer) gap(r result) string {
	d := r.doubt
	if slices.Contains(d.Keys, r.key) { // the others are the other end
		d.Keys = append([]string{r.key}, without(d.Keys, []string{r.key})...)
	}
	said := w.introduce(blocker(d), d)
	switch {
	case r.question > 0:
		return fmt.Sprintf("%s: question %d.", said, r.question)
	case len(d.Quotes) == 0 || slices.ContainsFunc(d.Quotes, w.unshown):
		return said + "."
	}
	var quotes []string
	for _, q := range d.Quotes {
		quotes = append(quotes, strings.TrimPrefix(speaker(q.Where)+" ", ", ")+quoted(q.Quote))
	}
	w.say(d.Quotes)
	return said + ": " + strings.TrimSpace(strings.Join(quotes, " and ")) + stop(d.Quotes[len(d.Quotes)-1].Quote)
}

// unshown reports whether a quote cannot be shown, or is shown already. Below its ticket's
// title one may begin with "but".
func (w *writer) unshown(q brief.Quote) bool {
	return w.said[q.Quote] || !quotable(q.Quote) || hanging[q.Quote[strings.LastIndex(q.Quote, " ")+1:]]
}

// ties tell of the issues outside of the session that a ticket waits for, that wait for it
// or are its open duplicates, and that are named nowhere else.
func (w *writer) ties(t *brief.Ticket) (line Line) {
	var unknown []string
	var before []ticket.Link
	for _, l := range w.outside(t.Issue.Key) {
		switch {
		case l.Needs() && l.Status == "":
			unknown = append(unknown, l.Key)
			line.Claims = append(line.Claims, Claim{Kind: Linked, Key: t.Issue.Key, Name: l.Phrase, To: l.Key})
		case l.NeededBy():
			before = append(before, l)
		}
	}
	if len(unknown) > 0 {
		line.Text = fmt.Sprintf("By its links it waits for %s, whose status is not known here. ", some(unknown))
	}
	if len(before) > 0 {
		waiting := w.waiting(t.Issue.Key, before)
		line.Text += waiting.Text
		line.Claims = append(line.Claims, waiting.Claims...)
		w.sayAll(waiting.Text)
	}
	for _, l := range t.Issue.Links {
		if l.Duplicated() && !l.Done && l.Status != "" && !w.said[l.Key] && !w.taken([]string{l.Key}) && !slices.Contains(w.Brief.Withheld, l.Key) && !slices.Contains(w.epicKeys(), l.Key) {
			line.Text += fmt.Sprintf(" %s%s is linked as a duplicate of it.", l.Key, status(l.Status))
			line.Claims = append(line.Claims, Claim{Kind: Linked, Key: t.Issue.Key, Name: l.Phrase, To: l.Key})
		}
	}
	line.Text = strings.TrimSpace(line.Text)
	return line
}

// alsoIn is the first question that names a ticket behind another one, 0 if none does, or
// one that counts it among others.
func (w *writer) alsoIn(key string) int {
	return slices.IndexFunc(w.asks, func(q Line) bool { return len(q.Keys) <= MostNamed && slices.Index(q.Keys, key) > 0 }) + 1
}

// mentioned are issues outside of the session that a ticket's text names, and neither a link
// nor another line.
func (w *writer) mentioned(key string) []string {
	return slices.DeleteFunc(w.otherEnds(key, brief.Unlinked), func(o string) bool { return w.said[o] })
}

// otherEnds are issues that doubts of a kind about a ticket lead to and that may be shown, but
// for those of the session and its epic.
func (w *writer) otherEnds(key string, kind brief.Kind) (keys []string) {
	for _, d := range w.Brief.Of(key) {
		if d.Kind != kind || d.Keys[0] != key {
			continue
		}
		for _, o := range d.Others {
			if !w.taken([]string{o.Key}) && !slices.Contains(w.epicKeys(), o.Key) && !slices.Contains(w.Brief.Withheld, o.Key) {
				keys = append(keys, o.Key)
			}
		}
	}
	return keys
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

// waiting tells of open issues outside of the session that wait for a ticket, the first
// by its title and status.
func (w *writer) waiting(key string, before []ticket.Link) (line Line) {
	line.Keys = []string{key}
	first := before[0]
	names := []string{first.Key + titleOf(first) + status(first.Status)}
	for n, l := range before {
		if n > 0 && n < mostOthers {
			names = append(names, l.Key)
		}
		line.Claims = append(line.Claims, Claim{Kind: Linked, Key: key, Name: l.Phrase, To: l.Key})
	}
	if more := len(before) - mostOthers; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	line.Text = fmt.Sprintf("%s %s for %s, by %s.", text.Enumerate(names), text.Agree(len(before), "waits", "wait"), key, text.Agree(len(before), "a link", "links"))
	return line
}

// titleOf is the title of an issue at the other end of a link, behind its key.
func titleOf(l ticket.Link) string {
	if quotable(l.Summary) {
		return " " + quoted(l.Summary)
	}
	return ""
}
