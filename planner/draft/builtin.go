package draft

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/talks"
	"refine/planner/text"
	"refine/planner/ticket"
)

// Input is what a writer words.
type Input struct {
	Brief *brief.Brief
	Talks *talks.Arrangement
	Guide guide.Guide
	// Unsaid are doubts, by id, quotes and lines that no built-in line is about: a
	// line about them did not stand.
	Unsaid map[string]bool
}

// Write is the built-in writer. It knows no meaning and does not pretend to: a
// quote comes first and speaks for itself, and what follows is good English for
// any quote of its kind. It never builds a sentence around words cut from a
// title, never guesses a role, a need or a reason, and states no absence that was
// not looked for in the field itself. Where it has nothing to say it says nothing.
func Write(in Input) Draft { return Complete(in, Draft{}) }

// Questions are the built-in writer's of a session.
func Questions(in Input) []Line {
	w := newWriter(in)
	maps.Copy(w.said, in.Unsaid)
	return w.questions(0)
}

// Complete writes what is missing of somebody else's draft, around what stands
// there: built-in lines refer to its questions and repeat none of its quotes.
func Complete(in Input, given Draft) Draft {
	w := newWriter(in)
	maps.Copy(w.said, in.Unsaid)
	w.hear(given)
	d := given
	d.Questions = append(d.Questions[:len(d.Questions):len(d.Questions)], w.questions(len(d.Questions))...)
	w.asks, w.number = nil, map[string]int{}
	for _, q := range d.Questions {
		w.put(q)
	}
	if d.Goal.Text == "" {
		d.Goal = w.goal()
	}
	d.KeyPoints = append(d.KeyPoints[:len(d.KeyPoints):len(d.KeyPoints)], w.keyPoints(len(d.KeyPoints))...)
	d.Talks = missing(given.Talks, w.talks())
	d.Verdicts = w.verdicts(given.Verdicts)
	d.Results = missing(given.Results, w.results())
	if len(d.Invite) == 0 {
		d.Invite = w.invite()
	}
	if len(d.Closing) < leastClosing {
		d.Closing = w.closing()
	}
	if d.WhyNow.Text == "" {
		d.WhyNow = w.whyNow()
	}
	d.Closing = w.naming(d.Closing)
	return d
}

// cost is what it costs to leave a question open, as far as a doubt led to it (L4): of
// what is of low priority half.
func (w *writer) cost(q Line) (most int) {
	for _, id := range q.Doubts {
		d, _ := w.Brief.Doubt(id)
		most = max(most, d.Weight)
	}
	switch {
	case strings.HasSuffix(q.Text, betweenAsk):
		most = blocked
	case w.Talks.Lesser(w.Brief, q.Keys):
		most /= 2
	}
	return most
}

// blocked is what it costs that an issue outside holds tickets up, as a blocker does.
const blocked = 7

// turn is the place of the talk in which a question is asked.
func (w *writer) turn(q Line) int {
	return slices.IndexFunc(w.Talks.Talks, func(t talks.Talk) bool { return slices.Contains(t.Keys, q.Keys[0]) })
}

// naming is a closing that names a ticket (L5): where no sentence does, the first
// one shows which it is about.
func (w *writer) naming(closing []Line) []Line {
	if slices.ContainsFunc(closing, func(l Line) bool { return len(ticket.IssueKeys(l.Text)) > 0 }) {
		return closing
	}
	first := closing[0]
	keys := first.Keys
	if len(keys) == 0 {
		keys = w.keys()
	}
	end := strings.TrimRight(first.Text, ".")
	first.Text = fmt.Sprintf("%s (%s)%s", end, some(keys), cmp.Or(first.Text[len(end):], "."))
	return append([]Line{first}, closing[1:]...)
}

// leastClosing is how many sentences a closing has at least (L5).
const leastClosing = 2

// hear remembers what a draft quotes, asks and cites already.
func (w *writer) hear(d Draft) {
	for _, lines := range [][]Line{{d.Goal, d.WhyNow, d.Retro}, d.Talks, d.Verdicts, d.Results, d.KeyPoints, d.Questions, d.Parked, d.Closing} {
		for _, l := range lines {
			w.sayAll(l.Text)
		}
	}
	for _, q := range d.Questions {
		w.put(q)
	}
	for _, k := range d.KeyPoints {
		w.lines[k.Guide] = true
	}
}

// put remembers what a question is about.
func (w *writer) put(q Line) {
	w.asks = append(w.asks, q)
	about := q.Keys
	if len(q.Doubts) == 0 { // of the others it tells something, too
		about = about[:min(len(about), 1)]
	}
	for _, key := range about {
		w.asked[key] = true
	}
	for _, id := range q.Doubts {
		if w.number[id] == 0 {
			w.number[id] = len(w.asks)
		}
	}
}

// missing are the built-in lines in their order, a given one where its keys begin
// alike.
func missing(given, built []Line) (out []Line) {
	for _, l := range built {
		if g, ok := LineOf(given, l.Keys); ok {
			l = g
		}
		out = append(out, l)
	}
	return out
}

// LineOf is the line that is about those tickets, whatever their order; failing
// that, one about all of them that names another, too; failing that, the lines about
// some of them each, as one; failing that, one that begins with the first of them.
func LineOf(lines []Line, keys []string) (Line, bool) {
	var parts, wider Line
	for _, l := range lines {
		switch {
		case sameKeys(l.Keys, keys):
			return l, true
		case len(keys) > 1 && among(keys, l.Keys):
			if wider.Text == "" || len(l.Keys) < len(wider.Keys) {
				wider = l
			}
		case len(l.Keys) > 0 && among(l.Keys, keys):
			parts.Keys, parts.Doubts, parts.Claims = append(parts.Keys, l.Keys...), append(parts.Doubts, l.Doubts...), append(parts.Claims, l.Claims...)
			parts.Text = strings.TrimSpace(parts.Text + " " + l.Text)
		}
	}
	switch {
	case wider.Text != "":
		return wider, true
	case len(parts.Keys) > 0:
		return parts, true
	}
	for _, l := range lines {
		if len(keys) > 0 && len(l.Keys) > 0 && l.Keys[0] == keys[0] {
			return l, true
		}
	}
	return Line{}, false
}

func sameKeys(a, b []string) bool { return len(a) == len(b) && (slices.Equal(a, b) || among(a, b)) }

// among reports whether all keys are some of the others.
func among(keys, others []string) bool {
	return !slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(others, k) })
}

type writer struct {
	Input
	asks   []Line          // the questions so far
	number map[string]int  // of the question about a doubt, from 1
	asked  map[string]bool // tickets that a question is about
	said   map[string]bool // quotes that stand in the draft already (L21)
	frame  map[string]int  // how often a kind's frames were used
	lines  map[string]bool // lines of the guide that are cited

	here      map[string]bool // the tickets that are talked about, and the epic
	listed    []result        // see [writer.list]
	gained    []gain          // of what is listed
	listedFor int             // of how many questions
}

// keys are the tickets of the session in order.
func (w *writer) keys() []string { return w.Talks.Order }

// those names some tickets of the session, all of them by their number.
func (w *writer) those(keys []string) string {
	if len(keys) == len(w.keys()) && len(keys) > 2 {
		return "all " + tickets(len(keys))
	}
	return some(keys)
}

// open are the doubts about the tickets that the session talks about, heaviest
// first.
func (w *writer) open() (all []brief.Doubt) {
	for _, d := range w.Brief.Doubts {
		if framesOf[d.Kind].result != "" && !w.Unsaid[d.ID] && w.taken(d.Keys) {
			all = append(all, d)
		}
	}
	return all
}

// taken reports whether one of the keys is talked about, or is the epic.
func (w *writer) taken(keys []string) bool {
	if w.here == nil {
		w.here = map[string]bool{}
		for _, key := range append(w.epicKeys(), w.keys()...) {
			w.here[key] = true
		}
	}
	return slices.ContainsFunc(keys, func(key string) bool { return w.here[key] })
}

// cite sets a doubt's key and quotes before what is asked about them: "PAY-9,
// comment by Dana: “…”.". It is empty if one of the quotes stands elsewhere.
func (w *writer) cite(d brief.Doubt) string {
	for _, q := range d.Quotes {
		if w.said[q.Quote] || !quotable(q.Quote) || turned(q.Quote) || hanging[q.Quote[strings.LastIndex(q.Quote, " ")+1:]] {
			return ""
		}
	}
	var b strings.Builder
	for n, q := range d.Quotes {
		switch {
		case n == 0 || q.Key != d.Quotes[n-1].Key:
			if n > 0 {
				b.WriteString(stop(d.Quotes[n-1].Quote) + " ")
			}
			b.WriteString(q.Key + speaker(q.Where) + ": ")
		case q.Where == d.Quotes[n-1].Where:
			b.WriteString(" and ")
		default:
			b.WriteString(", and " + alsoBy(q.Where))
		}
		b.WriteString(quoted(q.Quote))
	}
	if len(d.Quotes) == 0 {
		return d.Keys[0]
	}
	return b.String() + stop(d.Quotes[len(d.Quotes)-1].Quote)
}

// hanging are how a quote ends that was cut where something stood that cannot be shown.
var hanging = text.WordSet("a an the of to for with and or but")

// speaker tells who says it, unless it is the ticket itself.
func speaker(where string) string {
	if strings.HasPrefix(where, "comment") {
		return ", " + where
	}
	return ""
}

// alsoBy tells who says a second thing of the same ticket.
func alsoBy(where string) string {
	if strings.HasPrefix(where, "comment") {
		return "a " + where + ": "
	}
	return ""
}

// say remembers the quotes of a line, so that none stands in the draft twice.
func (w *writer) say(quotes []brief.Quote) {
	for _, q := range quotes {
		w.said[q.Quote] = true
	}
}

// next is the kind's next frame, so that neighbours differ.
func (w *writer) next(kind string, of []string) string {
	n := w.frame[kind]
	w.frame[kind]++
	return of[n%len(of)]
}

// claims are the quotes of a doubt, to be looked up.
func claims(quotes []brief.Quote) (all []Claim) {
	for _, q := range quotes {
		all = append(all, Claim{Kind: Quoted, Key: q.Key, Words: q.Quote})
	}
	return all
}

func newWriter(in Input) *writer {
	return &writer{Input: in, said: map[string]bool{}, frame: map[string]int{}, lines: map[string]bool{}, number: map[string]int{}, asked: map[string]bool{}}
}
