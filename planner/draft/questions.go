package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
)

// How many key points and questions a session has (L3, L4).
const (
	Least = 3
	Most  = 5
)

// questions are about the heaviest doubts, one of a ticket first; then about what the
// epic wants, and what tickets are by their fields. have is how many there are already.
func (w *writer) questions(have int) (lines []Line) {
	for _, again := range []bool{false, true} { // a second of one ticket only if there are too few, and by its own words
		for _, d := range w.open() {
			enough := have+len(lines) >= Most || (again || have > 0) && have+len(lines) >= Least
			if enough || w.about(d.ID) || w.asked[d.Keys[0]] != again || again && len(d.Quotes) == 0 {
				continue
			}
			line, ok := w.ask(d)
			if !ok {
				continue
			}
			lines = append(lines, line)
			w.put(line)
		}
	}
	for _, ask := range []func() (Line, bool){w.askBetween, w.askUntold, w.askSeries} {
		if n := have + len(lines); n == Most || have > 0 && n >= Least {
			break
		}
		if line, ok := ask(); ok {
			lines = append(lines, line)
			w.put(line)
		}
	}
	lines = append(lines, w.askGuesses(Least-have-len(lines))...)
	lines = append(lines, w.askEpic(Least-have-len(lines))...)
	lines = append(lines, w.askKinds(Least-have-len(lines))...)
	lines = append(lines, w.askBare(max(Least-have-len(lines), 0))...)
	lines = append(lines, w.askCore(Least-have-len(lines))...)
	lines = append(lines, w.askAny(Least-have-len(lines))...)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Or(w.cost(b)-w.cost(a), w.turn(a)-w.turn(b)) })
	return lines
}

// about reports whether a question is about that doubt.
func (w *writer) about(id string) bool { return w.number[id] > 0 }

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
// determined", "if we can do these steps". Its verdict tells it.
func unnamed(d brief.Doubt) bool {
	if d.Kind != brief.Undecided || len(d.Quotes) == 0 {
		return false
	}
	words := strings.Fields(strings.ToLower(d.Quotes[0].Quote))
	return len(words) < leastAsked || slices.ContainsFunc(words, func(w string) bool { return w == "these" || w == "those" || w == "above" })
}

// leastAsked is how many words leave something undecided that they name.
const leastAsked = 5

func (w *writer) asking(d brief.Doubt) string { return fill(w.next(w.asksOf(d)), d) }

// askPlain is about a doubt without words to quote, and about all of its kind: what
// several tickets lack is asked for once.
func (w *writer) askPlain(d brief.Doubt) Line {
	line := Line{Keys: slices.Clone(d.Keys), Claims: w.claimsOf(d), Doubts: []string{d.ID}}
	if title, ok := w.onlyTitle(d); ok {
		ask := titleAsk
		if n := len(w.keys()); n > 1 {
			ask = fmt.Sprintf(waitedAsk, tickets(n))
		}
		line.Text = fmt.Sprintf("%s says no more than its title, %s. %s", d.Keys[0], quoted(title), ask)
		return line
	}
	about := some(d.Keys)
	if d.Kind == brief.Alike { // what it is like is named behind it
		about = d.Keys[0]
	}
	said := lowerFirst(w.introduce(blocker(d), d))
	for _, o := range w.open() {
		if len(line.Keys) >= MostNamed || o.ID == d.ID || w.about(o.ID) || !w.asOne(d, o) || d.Kind == brief.Blocked && len(line.Doubts) > 1 { // more than two are hard to follow
			continue
		}
		line.Keys, line.Claims, line.Doubts = append(line.Keys, without(o.Keys, line.Keys)...), append(line.Claims, w.claimsOf(o)...), append(line.Doubts, o.ID)
		if d.Kind == brief.Blocked {
			said += fmt.Sprintf("; %s: %s", some(o.Keys), lowerFirst(w.introduce(blocker(o), o)))
		} else {
			about = some(line.Keys)
		}
	}
	ask := numbered(w.next(w.asksOf(d)), len(line.Keys))
	line.Text = fmt.Sprintf("%s: %s. %s", about, said, fill(ask, d))
	return line
}

// asOne reports whether two doubts without quotes can be asked about at once: what waits
// does so by its other end, and the rest lack the same.
func (w *writer) asOne(d, o brief.Doubt) bool {
	if o.Kind != d.Kind || len(o.Quotes) > 0 {
		return false
	}
	_, alone := w.onlyTitle(o)
	return d.Kind == brief.Blocked || !alone && len(d.Others) == 0 && o.Thing+d.Thing == "" && w.commented(o) == w.commented(d)
}

// onlyTitle is the title of an epic that says nothing else, where it can be quoted.
func (w *writer) onlyTitle(d brief.Doubt) (title string, ok bool) {
	e := w.Brief.Epic
	if e == nil || d.Kind != brief.NoDescription || d.Thing != "" || d.Keys[0] != e.Issue.Key || w.commented(d) {
		return "", false
	}
	title = strings.TrimRight(text.OneLine(e.Issue.Summary), ". ")
	return title, w.shows(title)
}

// askEpic asks n more about what the epic wants, else about what somebody said last on
// it: at most one.
func (w *writer) askEpic(n int) []Line {
	q, ok := w.epicWants()
	ok = ok && len(w.Brief.Untold) == 0 // of which the same is asked
	ask := epicAsk
	if !ok && !w.asked[w.topicKeys()[0]] {
		q, ok = w.lastWord()
		ask = lastAsk
	}
	if n <= 0 || !ok || w.said[q.Quote] {
		return nil
	}
	w.say([]brief.Quote{q})
	return []Line{{Keys: []string{q.Key}, Text: q.Key + speaker(q.Where) + ": " + quoted(q.Quote) + stop(q.Quote) + " " + ask, Claims: claims([]brief.Quote{q})}}
}

// askUntold is about what of the epic's list no ticket names.
func (w *writer) askUntold() (line Line, ok bool) {
	left := w.Brief.Untold
	if len(left) == 0 || w.Unsaid[left[0].Quote] || w.said[left[0].Quote] {
		return line, false
	}
	line.Keys = w.topicKeys()
	var names []string
	for _, e := range left[:min(len(left), mostQuoted)] {
		names = append(names, quoted(e.Quote))
		line.Claims = append(line.Claims, Claim{Kind: Quoted, Key: line.Keys[0], Words: e.Quote})
	}
	if len(left) > mostQuoted {
		names = append(names, "more")
	}
	line.Text = numbered(fmt.Sprintf("%s lists %s, and no ticket here names {it}. ", line.Keys[0], text.Enumerate(names))+untoldAsk, len(left))
	return line, true
}

// askSeries is about tickets that are the same work on several things: none is looked at for
// what it has of its own, and all for what they need.
func (w *writer) askSeries() (line Line, ok bool) {
	s := w.Brief.Series
	common := slices.DeleteFunc([]string{s.Before, s.After}, func(said string) bool { return said == "" })
	unfit := func(said string) bool { return !quotable(said) || w.said[said] || w.Unsaid[said] }
	if len(common) == 0 || slices.ContainsFunc(common, unfit) || !w.taken(s.Keys) {
		return line, false
	}
	line.Keys = s.Keys
	var shown []string
	for _, said := range common {
		shown = append(shown, quoted(said))
		line.Claims = append(line.Claims, Claim{Kind: Quoted, Key: s.Keys[0], Words: said})
		w.said[said] = true
	}
	line.Claims = append(line.Claims, Claim{Kind: Count, Keys: s.Keys, Number: len(s.Keys)})
	line.Text = fmt.Sprintf("The titles of %s say the same but for a name: %s. %s", some(s.Keys), strings.Join(shown, " … "), seriesAsk)
	return line, true
}

// mostQuoted is how many quotes a question has (L4).
const mostQuoted = 2

// askBare asks n more of tickets without criteria, behind what they say.
func (w *writer) askBare(n int) (lines []Line) {
	for _, key := range w.keys() {
		t := w.Brief.Ticket(key)
		if len(lines) == min(n, len(bareAsks)) {
			break
		}
		if !t.Bare || w.asked[key] {
			continue
		}
		c, ok := w.coreOf(t)
		if !ok {
			c.Quote, ok = w.everything(t)
		}
		if !ok && key == w.keys()[0] { // which comes first for a reason
			if line, asks := w.askTitle(t); asks {
				lines = append(lines, line)
			}
		}
		if ok {
			line := Line{Keys: []string{key}, Text: key + ": " + quoted(c.Evidence.Quote) + stop(c.Evidence.Quote) + " " + w.next("bare", bareAsks), Claims: claims([]brief.Quote{c.Quote})}
			lines = append(lines, line)
			w.put(line)
			w.say([]brief.Quote{c.Quote})
		}
	}
	return lines
}

// askTitle is behind the title of a ticket that says nothing else that can be quoted.
func (w *writer) askTitle(t *brief.Ticket) (line Line, ok bool) {
	title := text.OneLine(t.Issue.Summary)
	if !quotable(title) || w.said[title] || w.Unsaid[title] {
		return line, false
	}
	w.said[title] = true
	line = Line{Keys: []string{t.Issue.Key}, Text: fmt.Sprintf("%s %s: %s", t.Issue.Key, quoted(title), lowerFirst(w.next("bare", bareAsks)))}
	w.put(line)
	return line, true
}

// askAny asks n more of what can be asked of any ticket.
func (w *writer) askAny(n int) (lines []Line) {
	if n <= 0 {
		return nil
	}
	var all, told []string // the latter are stories by their titles, or faults, and say what is missing
	for _, key := range w.keys() {
		switch t := w.Brief.Ticket(key); {
		case w.asked[key] || len(all) >= n:
		case ready.ParseStory(t.Issue.Summary).Complete() || t.Fault || t.Reading.IsFault():
			told = append(told, key)
		default:
			all = append(all, key)
		}
	}
	all = slices.Concat(all, told, w.keys())
	for m := range n {
		key := all[m%len(all)]
		name := key
		if title := text.OneLine(w.Brief.Ticket(key).Issue.Summary); quotable(title) && !w.said[title] && !w.Unsaid[title] {
			name += " " + quoted(title)
			w.said[title] = true
		}
		lines = append(lines, Line{Keys: []string{key}, Text: name + ": " + lowerFirst(anyAsks[m])})
	}
	return lines
}
