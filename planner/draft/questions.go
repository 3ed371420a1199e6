package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/ticket"
)

// How many key points and questions a session has (L3, L4).
const (
	Least = 3
	Most  = 5
)

// questions are about the heaviest doubts, one of a ticket first; then about what
// is ready, which the room may know better than its text. have is how many there
// are already.
func (w *writer) questions(have int) (lines []Line) {
	asked := map[string]bool{}
	for _, again := range []bool{false, true} { // a second of one ticket only if there are too few
		for _, d := range w.open() {
			enough := have+len(lines) >= Most || (again || have > 0) && have+len(lines) >= Least
			if enough || w.about(d.ID) || asked[d.Keys[0]] != again {
				continue
			}
			line, ok := w.ask(d)
			if !ok {
				continue
			}
			for _, key := range line.Keys {
				asked[key] = true
			}
			lines = append(lines, line)
			w.questioned = append(w.questioned, line.Doubts...)
			w.numbers(line.Doubts)
		}
	}
	lines = append(lines, w.askReady(Least-have-len(lines))...)
	return append(lines, w.askOnce(Least-have-len(lines))...)
}

// about reports whether a question is about that doubt.
func (w *writer) about(id string) bool { return slices.Contains(w.questioned, id) }

// ask words the question about a doubt.
func (w *writer) ask(d brief.Doubt) (Line, bool) {
	f := framesOf[d.Kind]
	if len(f.asks) == 0 {
		return Line{}, false
	}
	if len(d.Quotes) == 0 {
		return w.askPlain(d), true
	}
	cited := w.cite(d)
	if cited == "" {
		return Line{}, false
	}
	w.say(d.Quotes)
	return Line{Keys: d.Keys, Text: cited + " " + w.asking(d), Claims: w.claimsOf(d), Doubts: []string{d.ID}}, true
}

func (w *writer) asking(d brief.Doubt) string {
	return fill(w.next(string(d.Kind), framesOf[d.Kind].asks), d)
}

// askPlain is about a doubt without words to quote, and about all of its kind: what
// several tickets lack is asked for once.
func (w *writer) askPlain(d brief.Doubt) Line {
	line := Line{Keys: slices.Clone(d.Keys), Claims: w.claimsOf(d), Doubts: []string{d.ID}}
	what := lowerFirst(w.introduce(blocker(d), d))
	if len(d.Others) == 0 && d.Thing == "" {
		for _, o := range w.open() {
			if o.Kind == d.Kind && o.ID != d.ID && o.Thing == "" && len(o.Quotes) == 0 && len(line.Keys) < mostNamed && !w.about(o.ID) {
				line.Keys, line.Claims, line.Doubts = append(line.Keys, without(o.Keys, line.Keys)...), append(line.Claims, w.claimsOf(o)...), append(line.Doubts, o.ID)
			}
		}
	}
	ask := numbered(w.next(string(d.Kind), framesOf[d.Kind].asks), len(line.Keys))
	line.Text = fmt.Sprintf("%s: %s. %s", some(line.Keys), what, fill(ask, d))
	return line
}

// askReady opens n times more what nothing is known against: the epic behind what it
// wants, then tickets behind what says when they are done, then behind their titles.
func (w *writer) askReady(n int) (lines []Line) {
	add := func(lead string, quote brief.Quote, kind string, asks []string) {
		if n > 0 && quotable(quote.Quote) && !w.said[quote.Quote] {
			w.say([]brief.Quote{quote})
			lines = append(lines, Line{
				Keys: []string{quote.Key}, Text: lead + ": " + quoted(quote.Quote) + stop(quote.Quote) + " " + w.next(kind, asks),
				Claims: claims([]brief.Quote{quote}),
			})
			n--
		}
	}
	if q, ok := w.epicWants(); ok {
		add(q.Key, q, "epic", epicAsks)
	}
	for _, key := range w.keys() {
		if q, ok := w.result(key); ok && demands(q.Quote) {
			add(key, q, "result", resultAsks)
		}
	}
	for _, key := range w.keys() {
		t := w.Brief.Ticket(key)
		title := brief.Quote{Key: key, Evidence: summary(t)}
		switch created := t.Issue.Created; {
		case w.longAgo(created):
			add(key+", written in "+created.Format("January 2006"), title, "old", oldAsks)
		case fault(t.Issue):
			add(key, title, "fault", faultAsks)
		default:
			add(key, title, "title", titleAsks)
		}
	}
	return lines
}

// demands reports whether words say what has to be so, of which there may be cases.
func demands(s string) bool {
	s = " " + strings.ToLower(s) + " "
	for _, word := range []string{" should ", " must ", " shall ", " when ", " if ", " can ", " will "} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// fault reports whether an issue is one by its type.
func fault(i ticket.Issue) bool {
	kind := strings.ToLower(i.Type)
	return strings.Contains(kind, "bug") || strings.Contains(kind, "defect") || strings.Contains(kind, "incident") || strings.Contains(kind, "fehler")
}

// askOnce asks n more without quotes, where tickets say too little: about the
// heaviest doubts in words that no question has, then what any ticket can be asked.
func (w *writer) askOnce(n int) (lines []Line) {
	ask := func(key, asked string, doubts ...string) {
		if text := key + ": " + lowerFirst(asked); len(lines) < n && w.frame[text] == 0 {
			w.frame[text]++
			lines = append(lines, Line{Keys: []string{key}, Text: text, Doubts: doubts})
		}
	}
	for _, d := range w.open() {
		asks := framesOf[d.Kind].asks
		for _, asked := range asks[min(w.frame[string(d.Kind)], len(asks)):] {
			ask(d.Keys[0], fill(asked, d), d.ID)
		}
	}
	for _, asked := range anyAsks {
		for _, key := range w.keys() {
			ask(key, asked)
		}
	}
	return lines
}

// leastSaid is how many words a quote needs to say something by itself.
const leastSaid = 5

// result are the first words of a ticket that say when it is done, as far as they
// stand nowhere in the draft yet.
func (w *writer) result(key string) (brief.Quote, bool) {
	for _, e := range w.Brief.Ticket(key).Criteria {
		if standing(e.Quote) && !w.said[e.Quote] && len(strings.Fields(e.Quote)) >= leastSaid {
			return brief.Quote{Key: key, Evidence: e}, true
		}
	}
	return brief.Quote{}, false
}
