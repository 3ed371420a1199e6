package draft

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/talks"
	"refine/planner/text"
	"refine/planner/ticket"
)

// selecting is the built-in guide's line on priorities; other guides speak of why
// now.
const selecting guide.Topic = "Select items that align with current priorities"

// prioritiesPoint is made where two priorities at least are given.
func (w *writer) prioritiesPoint() []point {
	groups := grouped(w.keys(), func(key string) string { return priority(w.Brief.Ticket(key).Issue) })
	if len(slices.DeleteFunc(slices.Clone(groups), func(g named) bool { return g.name == "" })) < 2 {
		return nil
	}
	slices.SortStableFunc(groups, func(a, b named) int { return w.urgency(a.keys[0]) - w.urgency(b.keys[0]) })
	if p, ok := w.unequalPoint(groups); ok {
		return []point{p}
	}
	var parts []string
	p := point{topic: selecting, score: 22}
	none := ""
	for _, g := range groups {
		if g.name == "" {
			none = fmt.Sprintf("%s %s none", w.rest(g.keys), text.Agree(len(g.keys), "has", "have"))
			p.Claims = append(p.Claims, Claim{Kind: Count, Name: "no priority", Keys: g.keys, Number: len(g.keys)})
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s %s", w.rest(g.keys), text.Agree(len(g.keys), "is", "are"), g.name))
		p.Claims = append(p.Claims, Claim{Kind: Field, Name: "priority", Keys: g.keys, Words: g.name})
		p.Keys = append(p.Keys, g.keys...)
	}
	if none != "" {
		parts = append(parts, none)
	}
	p.Text = text.UpperFirst(text.Enumerate(parts)) + ". Ask whether that is the order in which they hurt."
	return []point{p}
}

func (w *writer) urgency(key string) int { return talks.Urgency(&w.Brief.Ticket(key).Issue) }

// unequalPoint sets what is most urgent and lacks something beside what is least urgent and
// does so, too.
func (w *writer) unequalPoint(groups []named) (p point, ok bool) {
	if !strings.HasPrefix(w.Talks.By, "priority") {
		return p, false
	}
	p = point{topic: selecting, score: 22}
	var parts []string
	for _, g := range []named{groups[0], groups[len(groups)-1]} {
		bare := slices.DeleteFunc(slices.Clone(g.keys), func(key string) bool { t := w.Brief.Ticket(key); return !t.Ready || !t.Bare })
		unready := slices.DeleteFunc(slices.Clone(g.keys), func(key string) bool { return w.Brief.Ticket(key).Ready })
		keys, lack := unready, "not ready"
		if len(unready) == 0 {
			keys, lack = bare, text.Agree(len(bare), "has", "have")+" no criteria yet"
		}
		if len(keys) == 0 || g.name == "" {
			return p, false
		}
		parts = append(parts, fmt.Sprintf("%s %s %s and %s", w.rest(keys), text.Agree(len(keys), "is", "are"), g.name, lack))
		p.Keys = append(p.Keys, keys...)
		p.Claims = append(p.Claims, Claim{Kind: Field, Name: "priority", Keys: keys, Words: g.name}, Claim{Kind: Count, Keys: keys, Number: len(keys)})
	}
	p.Text = text.UpperFirst(strings.Join(parts, "; ")) + ". Ask whether that is the order in which they hurt."
	return p, true
}

// rest names keys, or counts them where that is shorter.
func (w *writer) rest(keys []string) string {
	if len(keys) > 3 {
		return numeral(len(keys)) + " of the " + numeral(len(w.keys()))
	}
	return text.Enumerate(keys)
}

// reporterPoint names who reported the tickets. It can always be made.
func (w *writer) reporterPoint() []point {
	p := point{topic: guide.Stakeholders, score: 5}
	var names []string
	for _, g := range grouped(w.keys(), func(key string) string { return w.Brief.Ticket(key).Issue.Reporter.Name }) {
		if g.name != "" {
			names, p.Keys = append(names, g.name), append(p.Keys, g.keys...)
			p.Claims = append(p.Claims, Claim{Kind: Field, Name: "reporter", Keys: g.keys, Words: g.name}, Claim{Kind: Count, Keys: g.keys, Number: len(g.keys)})
		}
	}
	if len(names) == 0 {
		p.score, p.Keys = 2, w.keys()
		p.Text = fmt.Sprintf("%s names a reporter. Ask who can tell more of %s.", text.Agree(len(p.Keys), "No field of "+p.Keys[0], "No ticket"), text.Agree(len(p.Keys), "it", "each"))
		return []point{p}
	}
	p.Text = fmt.Sprintf("%s reported %s. Ask whose view is missing.", some(names), w.those(p.Keys))
	if alone := w.unanswered(); len(names) > 1 && len(alone) > 0 {
		p.Keys, p.Claims = alone, []Claim{{Kind: Count, Keys: alone, Number: len(alone)}}
		p.Text = fmt.Sprintf("Only %s written on %s. Ask whose view is missing.", text.Agree(len(alone), "its reporter has", "their reporters have"), w.those(alone))
	}
	return []point{p}
}

// unanswered are the tickets of which all comments were read, and none is by somebody else
// than who reported them.
func (w *writer) unanswered() (keys []string) {
	for _, key := range w.keys() {
		i := w.Brief.Ticket(key).Issue
		another := func(c ticket.Comment) bool { return c.Author != i.Reporter }
		if i.Reporter.Name != "" && len(i.Comments) == i.CommentTotal && !slices.ContainsFunc(i.Comments, another) {
			keys = append(keys, key)
		}
	}
	return keys
}

// movedPoint names the tickets that have been in the most sprints, of several.
func (w *writer) movedPoint() []point {
	p, most := point{topic: guide.WhyNow, score: 20}, leastMoved
	for _, key := range w.keys() {
		h := w.Brief.Ticket(key).Issue.History
		switch {
		case h == nil || h.Sprints < most:
			continue
		case h.Sprints > most:
			p.Keys, most = nil, h.Sprints
		}
		p.Keys = append(p.Keys, key)
	}
	if len(p.Keys) == 0 {
		return nil
	}
	p.Text = fmt.Sprintf("%s %s been in %d sprints so far and %s not done. Ask what was missing each time.",
		text.UpperFirst(w.those(p.Keys)), text.Agree(len(p.Keys), "has", "have"), most, text.Agree(len(p.Keys), "is", "are"))
	return []point{p}
}

// leastMoved is in how many sprints a ticket has been that something keeps from being done.
const leastMoved = 3

// pointsPoint adds up the story points, and names the ticket that has more than half.
func (w *writer) pointsPoint() []point {
	var sized []string
	sum, most, of := 0.0, 0.0, ""
	for _, key := range w.keys() {
		if p := w.Brief.Ticket(key).Issue.StoryPoints; p != nil {
			sized, sum = append(sized, key), sum+*p
			if *p > most {
				most, of = *p, key
			}
		}
	}
	if len(sized) < 2 || 2*most <= sum || sum != math.Trunc(sum) || sum == 0 {
		return nil
	}
	p := point{topic: guide.Assumptions, score: 9}
	p.Keys = append([]string{of}, without(sized, []string{of})...)
	p.Text = fmt.Sprintf("Of the %g story points that %s have together, %s alone has %g. Ask what of that is a guess.", sum, w.those(sized), of, most)
	return []point{p}
}

// openPoint names the tickets that questions are about. It can always be made, and is
// where nothing else can.
func (w *writer) openPoint() []point {
	p := point{topic: guide.Questions, score: 0}
	for _, q := range w.asks {
		p.Keys = append(p.Keys, without(q.Keys[:1], p.Keys)...)
	}
	p.Text = fmt.Sprintf("For what stays open of %s, write down who finds out.", some(p.Keys))
	return []point{p}
}

// oldPoint is about tickets that were written long ago, and not spoken of lately: whether
// they are still wanted is asked before anything else. It tells when, as their fields and
// comments do.
func (w *writer) oldPoint() []point {
	keys := w.old()
	if len(keys) == 0 {
		return nil
	}
	p := point{topic: guide.Assumptions, score: 12}
	p.Keys = keys
	var written, spoken []time.Time
	all := true // comments were read
	for _, key := range keys {
		i := w.Brief.Ticket(key).Issue
		written, all = append(written, i.Created), all && len(i.Comments) == i.CommentTotal
		for _, c := range i.Comments {
			spoken = append(spoken, c.Created)
		}
	}
	first, newest := slices.MinFunc(written, time.Time.Compare), slices.MaxFunc(written, time.Time.Compare)
	p.Claims = []Claim{{Kind: Day, Words: ticket.DateOf(newest).String()}}
	p.Text = fmt.Sprintf("%s %s written %s", text.UpperFirst(w.those(keys)), text.Agree(len(keys), "was", "were"), years(first, newest))
	switch {
	case all && len(spoken) == 0:
		p.Text += text.Agree(len(keys), ", and has no comment", ", and none has a comment")
	case all:
		p.Text += fmt.Sprintf(", and the last comment on %s is of %s", text.Agree(len(keys), "it", "any of them"), day(ticket.DateOf(slices.MaxFunc(spoken, time.Time.Compare))))
	}
	p.Text += fmt.Sprintf(". Ask first whether %s still wanted.", text.Agree(len(keys), "it is", "they are"))
	return []point{p}
}

// years are those that two moments lie in.
func years(from, to time.Time) string {
	switch to.Year() - from.Year() {
	case 0:
		return fmt.Sprintf("in %d", to.Year())
	case 1:
		return fmt.Sprintf("in %d and %d", from.Year(), to.Year())
	}
	return fmt.Sprintf("between %d and %d", from.Year(), to.Year())
}

// old are tickets that were written more than a year ago and, as far as is known, not
// spoken of since.
func (w *writer) old() (keys []string) {
	for _, key := range w.keys() {
		i := w.Brief.Ticket(key).Issue
		spoken := slices.ContainsFunc(i.Comments, func(c ticket.Comment) bool { return !w.longAgo(c.Created) }) // as far as is known
		if w.longAgo(i.Created) && !spoken {
			keys = append(keys, key)
		}
	}
	return keys
}

// longAgo reports whether a moment that is known lies more than a year back.
func (w *writer) longAgo(at time.Time) bool {
	return !at.IsZero() && w.Brief.Session.Start.Sub(at) > 365*24*time.Hour
}

// sharedPoint is about a criterion that several tickets have.
func (w *writer) sharedPoint() []point {
	for _, c := range w.Brief.Shared {
		twins := func(d brief.Doubt) bool { return d.Kind == brief.Alike && among(c.Keys, d.Keys) }
		if said := c.Quote; !slices.ContainsFunc(w.Brief.Doubts, twins) && w.taken(c.Keys) && !w.said[said] && !w.Unsaid[said] && standing(said) && len(strings.Fields(said)) <= mostShown {
			p := point{topic: guide.Criteria, score: 21}
			p.Keys, p.Claims = c.Keys, claims([]brief.Quote{{Key: c.Keys[0], Evidence: c.Evidence}})
			p.Text = fmt.Sprintf("%s have a criterion in common: %s%s Ask for which of them it is not enough.", text.UpperFirst(w.those(c.Keys)), quoted(said), stop(said))
			return []point{p}
		}
	}
	return nil
}

// criteriaPoint names the tickets that have criteria, or says that none has; not that others
// have none, since readers took a line for some in which the program saw none. It can always
// be made.
func (w *writer) criteriaPoint() []point {
	p, fault, headed := point{topic: guide.Criteria, score: 1}, true, false
	for _, key := range w.keys() {
		t := w.Brief.Ticket(key)
		fault = fault && t.Reading.IsFault()
		switch {
		case len(t.Criteria) > 0:
			p.Keys = append(p.Keys, key)
		case t.Criterial: // a heading of some, or how it is tested, is neither criteria nor none
			headed = true
		}
	}
	n, others := len(w.keys()), len(w.keys())-len(p.Keys)
	switch {
	case others < n && others > len(p.Keys) && !headed:
		p.score, p.Claims = 8, []Claim{{Kind: Count, Keys: w.keys(), Number: n}}
		p.Text = fmt.Sprintf("Of the %s %s %s acceptance criteria of %s own. Ask who accepts %s, and by what.", tickets(n), some(p.Keys), text.Agree(len(p.Keys), "has", "have"), text.Agree(len(p.Keys), "its", "their"), text.Agree(others, "the other", "the others"))
	case others < n:
		p.score = 7
		p.Text = fmt.Sprintf("%s %s criteria or an expected result. Ask which case %s out.", text.UpperFirst(w.those(p.Keys)), text.Agree(len(p.Keys), "has", "have"), text.Agree(len(p.Keys), "it leaves", "they leave"))
	case headed || fault: // what Jira calls a bug needs none
		p.Keys = w.keys()
		p.Text = fmt.Sprintf("For %s ask who accepts %s, and by what.", w.those(p.Keys), text.Agree(n, "it", "each"))
	default:
		p.score, p.Keys = 5, w.keys()
		p.Text = fmt.Sprintf("%s acceptance criteria under that name. Ask who accepts %s, and by what.",
			text.Agree(n, p.Keys[0]+" has no", "None of the "+tickets(n)+" has"), text.Agree(n, "it", "each"))
	}
	return []point{p}
}

// A named group of keys.
type named struct {
	name string
	keys []string
}

// grouped puts keys together that share a name, in the order of their first.
func grouped(keys []string, name func(string) string) (out []named) {
	of := map[string]int{} // of a name in out
	for _, key := range keys {
		n := name(key)
		at, known := of[n]
		if !known {
			at, of[n] = len(out), len(out)
			out = append(out, named{name: n})
		}
		out[at].keys = append(out[at].keys, key)
	}
	return out
}

// priority is a ticket's, empty where it has none that says something.
func priority(i ticket.Issue) string {
	if !i.HasPriority() {
		return ""
	}
	return i.Priority
}
