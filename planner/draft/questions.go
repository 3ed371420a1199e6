package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
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
	for _, again := range []bool{false, true} { // a second of one ticket only if there are too few, and by its own words
		for _, d := range w.open() {
			enough := have+len(lines) >= Most || (again || have > 0) && have+len(lines) >= Least
			if enough || w.about(d.ID) || asked[d.Keys[0]] != again || again && len(d.Quotes) == 0 {
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
	lines = append(lines, w.askReady(Least-have-len(lines), false)...)
	lines = append(lines, w.askLinks(Least-have-len(lines))...)
	lines = append(lines, w.askReady(Least-have-len(lines), true)...)
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
	if cited == "" || unnamed(d) {
		return Line{}, false
	}
	w.say(d.Quotes)
	return Line{Keys: d.Keys, Text: cited + " " + w.asking(d), Claims: w.claimsOf(d), Doubts: []string{d.ID}}, true
}

// unnamed reports whether a doubt's quote leaves undecided what it does not name: "To be
// determined". Its verdict tells it.
func unnamed(d brief.Doubt) bool {
	return d.Kind == brief.Undecided && len(strings.Fields(d.Quotes[0].Quote)) < leastAsked
}

// leastAsked is how many words leave something undecided that they name.
const leastAsked = 5

func (w *writer) asking(d brief.Doubt) string { return fill(w.next(w.asksOf(d)), d) }

// askPlain is about a doubt without words to quote, and about all of its kind: what
// several tickets lack is asked for once.
func (w *writer) askPlain(d brief.Doubt) Line {
	line := Line{Keys: slices.Clone(d.Keys), Claims: w.claimsOf(d), Doubts: []string{d.ID}}
	what := lowerFirst(w.introduce(blocker(d), d))
	if len(d.Others) == 0 && d.Thing == "" {
		for _, o := range w.open() {
			if o.Kind == d.Kind && o.ID != d.ID && o.Thing == "" && len(o.Quotes) == 0 && w.commented(o) == w.commented(d) && len(line.Keys) < mostNamed && !w.about(o.ID) {
				line.Keys, line.Claims, line.Doubts = append(line.Keys, without(o.Keys, line.Keys)...), append(line.Claims, w.claimsOf(o)...), append(line.Doubts, o.ID)
			}
		}
	}
	ask := numbered(w.next(w.asksOf(d)), len(line.Keys))
	line.Text = fmt.Sprintf("%s: %s. %s", some(line.Keys), what, fill(ask, d))
	return line
}

// askReady opens n times more what no gap was found in: the epic behind what it
// wants, then tickets behind a sentence of theirs that leaves something to ask, each
// time in other words. What any sentence can be asked (rest) is for the end.
func (w *writer) askReady(n int, rest bool) (lines []Line) {
	add := func(quote brief.Quote, kind string, asks []string) {
		if len(lines) < n && quotable(quote.Quote) && !w.said[quote.Quote] && w.frame[kind] < len(asks) {
			w.say([]brief.Quote{quote})
			lines = append(lines, Line{
				Keys: []string{quote.Key}, Text: quote.Key + ": " + quoted(quote.Quote) + stop(quote.Quote) + " " + w.next(kind, asks),
				Claims: claims([]brief.Quote{quote}),
			})
		}
	}
	if q, ok := w.epicWants(); ok && !rest {
		add(q, "epic", epicAsks)
	}
	for _, o := range w.openings() {
		if isRest := o.tell == ""; isRest == rest {
			add(o.Quote, o.asks[0], o.asks)
		}
	}
	return lines
}

// askLinks asks n more about what stands between tickets: a key that a text names
// without a link, and open issues outside of the session that links lead to.
func (w *writer) askLinks(n int) (lines []Line) {
	for _, d := range w.Brief.Doubts {
		if len(lines) >= n || d.Kind != brief.Unlinked || len(d.Others) == 0 || !slices.Contains(w.keys(), d.Keys[0]) || w.cite(d) == "" {
			continue
		}
		text := w.cite(d) + fill(" No link leads to {other}. What does that change for "+d.Keys[0]+"?", d)
		lines = append(lines, Line{Keys: d.Keys, Text: text, Claims: w.claimsOf(d), Doubts: []string{d.ID}})
		w.say(d.Quotes)
	}
	for _, key := range w.keys() {
		open := w.outside(key)
		if len(lines) >= n || len(open) == 0 {
			continue
		}
		l := open[0]
		text := fmt.Sprintf("%s %s %s %s%s. What of the one does the other need?", key, l.Phrase, l.Key, quoted(l.Summary), status(l.Status))
		lines = append(lines, Line{Keys: []string{key}, Text: text, Claims: []Claim{{Kind: Linked, Key: key, Name: l.Phrase, To: l.Key}}})
		w.said[l.Summary] = true
	}
	return lines
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
		kind, asks := w.asksOf(d)
		for _, asked := range asks[min(w.frame[kind], len(asks)):] {
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
