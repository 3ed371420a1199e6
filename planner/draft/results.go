package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/text"
)

// A result is one thing that a ticket, or the epic, needs from the session. All results
// are one list: the goal, the agenda, what is said of the items and the closing are
// worded from it and from nothing else, so that they never tell different things.
type result struct {
	key      string
	doubt    brief.Doubt // that it settles; none where a question is about something else
	question int         // that is about it, from 1; 0 for none
	gets     string      // what comes of that question, as a noun; empty if the doubt's kind says it
	gap      bool        // the ticket is not ready for want of it
	criteria bool        // it has none yet
}

// needs are the results of one ticket, or of the epic: of its doubts, the heaviest first,
// then of questions that no doubt led to.
func (w *writer) needs(key string) (all []result) {
	t := w.Brief.Ticket(key)
	for _, d := range w.Brief.Of(key) {
		r := result{key: key, doubt: d, question: w.number[d.ID], gap: d.Blocks && t != nil && !t.Ready}
		if framesOf[d.Kind].result != "" && (r.gap || r.question > 0) {
			all = append(all, r)
		}
	}
	for n, q := range w.asks {
		if len(q.Doubts) == 0 && len(q.Keys) > 0 && q.Keys[0] == key {
			all = append(all, result{key: key, question: n + 1, gets: outcomeOf(q.Text)})
		}
	}
	if t != nil && t.Ready && t.Bare {
		all = append(all, result{key: key, criteria: true})
	}
	return all
}

// list is what the session is for: the results of the epic and of all tickets. It is
// asked for often, and changes with the questions alone.
func (w *writer) list() (all []result) {
	if w.listed != nil && w.listedFor == len(w.asks) {
		return w.listed
	}
	if e := w.Brief.Epic; e != nil {
		all = w.needs(e.Issue.Key)
	}
	for _, key := range w.keys() {
		all = append(all, w.needs(key)...)
	}
	w.listed, w.gained, w.listedFor = all, gains(all), len(w.asks)
	return all
}

// gains are what the session is for, together as far as tickets get the same.
func (w *writer) gains() []gain {
	w.list()
	return w.gained
}

// answers reports whether what a ticket gets is what is said to its question.
func (r result) answers() bool {
	return r.question > 0 && (r.doubt.ID == "" || slices.Contains([]brief.Kind{brief.Asked, brief.Undecided, brief.Unseen}, r.doubt.Kind))
}

// turn puts answers in front, by their questions, and criteria behind all else.
func (r result) turn() int {
	switch {
	case r.answers():
		return r.question - Most - 1
	case r.criteria:
		return 1
	}
	return 0
}

// words name a result as a noun: "KEY: …", "into KEY goes …".
func (r result) words() string {
	switch {
	case r.answers() && r.doubt.ID != "":
		return fmt.Sprintf("%s (question %d)", fill(framesOf[r.doubt.Kind].result, r.doubt), r.question)
	case r.answers() && r.gets != "":
		return fmt.Sprintf("%s (question %d)", r.gets, r.question)
	case r.answers():
		return fmt.Sprintf("the answer to question %d", r.question)
	case r.criteria:
		return "criteria"
	}
	return fill(framesOf[r.doubt.Kind].result, r.doubt)
}

// outcomeOf is what comes of a built-in question that no doubt led to.
func outcomeOf(question string) string {
	for _, o := range outcomes {
		if strings.HasSuffix(strings.ToLower(question), strings.ToLower(o.ask)) {
			return o.gets
		}
	}
	return ""
}

var outcomes = []struct{ ask, gets string }{
	{epicAsk, "which ticket brings which part of it"},
	{numbered(untoldAsk, 1), "a ticket for it, or that it is left out"},
	{numbered(untoldAsk, 2), "a ticket for them, or that they are left out"},
	{seriesAsk, "which is not like the others, and what all need"},
	{betweenAsk, "which can begin now, and who sees to the one outside"},
	{lastAsk, "what follows from it"},
	{coreAsks["criterion"][0], "one more criterion, or that this one is enough"},
	{coreAsks["criterion"][1], "who would miss it"},
	{coreAsks["criteria"][0], "a case that its criteria leave out, or that there is none"},
	{coreAsks["fault"][0], "where else the same is wrong, or that it is nowhere else"},
	{bareAsks[0], "what is looked at before it is accepted, and who has the last word"},
	{bareAsks[1], "what would be too little, and who would say so"},
	{bareAsks[2], "what shows that it is settled, and to whom"},
	{anyAsks[0], "who looks at it first, and at what"},
	{anyAsks[1], "who has to agree that it is done"},
	{anyAsks[2], "who has to know of it"},
	{sharingAsk, "where it ends"},
	{staysAsk, "whether it stays"},
	{leftAsk, "what is left to do"},
	{laterAsk, "what waits for it, and until when"},
}

// A gain is what several tickets get alike.
type gain struct {
	keys   []string
	doubt  brief.Doubt // of the first of them
	others bool        // each has a doubt of its own
	asked  []int       // questions whose answers they get; nil for something else
	bare   bool        // they get criteria
}

// gains puts results together that can be told in one breath.
func gains(all []result) (out []gain) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b result) int { return cmp.Compare(a.turn(), b.turn()) })
	for _, r := range all {
		n := slices.IndexFunc(out, func(g gain) bool { return g.takes(r) })
		if n < 0 {
			n, out = len(out), append(out, gain{doubt: r.doubt, bare: r.criteria})
		}
		g := &out[n]
		g.keys = append(g.keys, without([]string{r.key}, g.keys)...)
		if r.answers() && !slices.Contains(g.asked, r.question) {
			g.asked = append(g.asked, r.question)
		}
		g.others = g.others || g.doubt.ID != r.doubt.ID
	}
	return out
}

// takes reports whether a result is of the gain's kind. What names the tickets of one
// doubt is told of that doubt alone.
func (g gain) takes(r result) bool {
	if r.answers() || len(g.asked) > 0 {
		return r.answers() && len(g.asked) > 0
	}
	if r.criteria || g.bare {
		return r.criteria && g.bare
	}
	return g.doubt.Kind == r.doubt.Kind && (g.doubt.ID == r.doubt.ID || !strings.Contains(framesOf[r.doubt.Kind].result, "{all}"))
}

// goal is what people do for it: "describe LIB-1 and LIB-2".
func (g gain) goal() string {
	if len(g.asked) > 0 {
		return "answer " + g.questions()
	}
	if g.bare {
		return "agree on criteria for " + g.counted()
	}
	return strings.ReplaceAll(g.fill(framesOf[g.doubt.Kind].goal), "{keys}", some(g.keys))
}

// words name it as a noun.
func (g gain) words() string {
	if len(g.asked) > 0 {
		return text.Agree(len(g.asked), "the answer to ", "the answers to ") + g.questions()
	}
	if g.bare {
		return "criteria"
	}
	return g.fill(framesOf[g.doubt.Kind].result)
}

// fill names what a ticket waits for, not what each of several does.
func (g gain) fill(frame string) string {
	if g.others {
		frame = strings.ReplaceAll(frame, "before {other} {is} done", "while they wait")
	}
	return fill(frame, g.doubt)
}

// counted names few tickets, and says how many more there are.
func (g gain) counted() string {
	if len(g.keys) > mostListed {
		return numeral(len(g.keys)) + " tickets"
	}
	return some(g.keys)
}

// mostListed is how many tickets a sentence names that get the same; the agenda names all.
const mostListed = 3

// questions are "question 2", "questions 1 to 3" or "questions 1 and 3".
func (g gain) questions() string {
	first, last := g.asked[0], g.asked[len(g.asked)-1]
	if len(g.asked) > 2 && last-first == len(g.asked)-1 {
		return fmt.Sprintf("questions %d to %d", first, last)
	}
	var numbers []string
	for _, n := range g.asked {
		numbers = append(numbers, fmt.Sprint(n))
	}
	return text.Agree(len(numbers), "question ", "questions ") + text.Enumerate(numbers)
}

// results say for each talk what is to be written into its tickets, in the same order.
func (w *writer) results() (lines []Line) {
	for _, t := range w.Talks.Talks {
		lines = append(lines, Line{Keys: t.Keys, Text: w.each(t.Keys)})
	}
	return lines
}

// each names what each ticket gets, tickets that get the same together: of each as much as
// a line has room for.
func (w *writer) each(keys []string) (line string) {
	for most := mostResults; most > 0; most-- {
		if line = w.eachOf(keys, most); text.Count(line) <= mostOfResults {
			return line
		}
	}
	return line
}

// How many results of a ticket a line tells, and of how many words it is.
const (
	mostResults   = 5
	mostOfResults = 55
)

// Confirmed is the result of a talk about so many tickets that need none.
func Confirmed(n int) string { return text.UpperFirst(numbered(confirmed, n)) + "." }

const confirmed = "confirmed, or what speaks against {it}"

func (w *writer) eachOf(keys []string, most int) string {
	var joint []string // what is told of several tickets at once
	groups := grouped(keys, func(key string) string {
		var parts []string
		told := false
		for _, r := range w.needs(key) {
			again := func(part string) bool { return strings.HasPrefix(part, r.words()) } // without its question
			switch {
			case len(keys) > 1 && r.ofAll():
				joint, told = append(joint, without([]string{r.words()}, joint)...), true
			case !slices.ContainsFunc(parts, again) && len(parts) < most:
				parts = append(parts, r.words())
			}
		}
		if len(parts) == 0 && !told {
			return confirmed
		}
		return series(parts)
	})
	groups = slices.DeleteFunc(groups, func(g named) bool { return g.name == "" })
	if len(groups) == 1 && len(groups[0].keys) == len(keys) {
		joint, groups = append(joint, numbered(groups[0].name, len(keys))), nil
	}
	for _, g := range groups {
		joint = append(joint, text.Enumerate(g.keys)+": "+numbered(g.name, len(g.keys)))
	}
	return text.UpperFirst(strings.Join(joint, "; ")) + "."
}

// ofAll reports whether a result is one for all tickets of its doubt, and names them.
func (r result) ofAll() bool {
	return r.doubt.ID != "" && len(r.doubt.Keys) > 1 && strings.Contains(framesOf[r.doubt.Kind].result, "{all}")
}

// series joins parts that may hold an "and" themselves.
func series(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + ", and " + parts[last]
}
