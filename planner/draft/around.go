package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/text"
)

// Around are the lines of a plan that the program words whoever writes the rest:
// they follow from fields, dates and counts alone.
type Around struct {
	Before     []string // what has to have happened when the session starts
	Context    []string // what the product owner has to say first
	Order      []string // what is settled where a guide has a box for the order
	Retro      []string
	Summary    []string // the end of a session whose guide has no retrospective
	Throughout []string
	After      []string
}

// WriteAround words what stands around a draft.
func WriteAround(in Input, d Draft) Around {
	w := &writer{Input: in}
	return Around{
		Before: w.before(d), Context: w.context(d), Order: w.order(),
		Retro:      []string{w.retro(d)},
		Summary:    []string{fmt.Sprintf("For %s: read out the decisions, and who does what by when.", w.those(w.keys()))},
		Throughout: w.throughout(d),
		After:      []string{"Same day: what was agreed goes into each ticket, the notes to everybody invited."},
	}
}

func (w *writer) before(d Draft) (lines []string) {
	share := "the ticket"
	if n := len(w.keys()); n > 1 {
		share = "the " + tickets(n)
	}
	lines = append(lines, fmt.Sprintf("A working day before: share %s with everybody invited.", share))
	if e := w.Brief.Epic; e != nil && !e.Issue.Restricted && strings.TrimSpace(e.Issue.Description) == "" && !ready.ParseStory(e.Issue.Summary).Complete() {
		lines = append(lines, fmt.Sprintf("%s has a title and no description: the product owner adds who waits for it, and why.", e.Issue.Key))
	}
	for _, l := range d.Invite {
		lines = append(lines, l.Text)
	}
	if l := w.bring(d.Invite); l != "" {
		lines = append(lines, l)
	}
	for _, doubt := range w.Brief.Doubts {
		if doubt.Kind == brief.Personal && w.taken(doubt.Keys) {
			lines = append(lines, fmt.Sprintf("%s may hold personal data: look at it before the tickets are shared.", text.Enumerate(doubt.Keys)))
		}
	}
	return lines
}

// context is what is said before anything else: what was left open, the goal,
// what the topic is for, why now.
func (w *writer) context(d Draft) (lines []string) {
	lines = append(lines, lastTime(w.Brief.CarryOver)...)
	lines = append(lines, "Goal: "+lowerFirst(d.Goal.Text))
	if q, ok := w.epicWants(); ok && !inDraft(d, q.Quote) && !strings.Contains(q.Quote, "(") {
		lines = append(lines, fmt.Sprintf("The product owner starts from %s: %s%s", q.Key, quoted(q.Quote), stop(q.Quote)))
	}
	if d.WhyNow.Text != "" {
		lines = append(lines, "Why now: "+lowerFirst(d.WhyNow.Text))
	}
	return lines
}

// epicWants is what the epic says it wants, beyond its title.
func (w *writer) epicWants() (q brief.Quote, ok bool) {
	e := w.Brief.Epic
	if e == nil || e.Issue.Restricted || !standing(e.Problem.Quote) || e.Problem.Where == ready.Summary {
		return q, false
	}
	return brief.Quote{Key: e.Issue.Key, Evidence: e.Problem}, true
}

// lastTime opens a session with what the previous one left open (P6).
func lastTime(c *outcome.CarryOver) (lines []string) {
	if c == nil {
		return nil
	}
	var left, wishes []string
	for _, part := range c.Parts {
		if counted := part.Kind.Counted(len(part.Lines) + part.More); counted != "" {
			left = append(left, counted)
		}
		for _, l := range part.Lines {
			if words := l.Words(); part.Kind == outcome.Wish && len(wishes) < 2 && quotable(words) {
				wishes = append(wishes, quoted(words))
			}
		}
	}
	if len(left) > 0 {
		lines = append(lines, fmt.Sprintf("From last time (%s): %s. Say of each whether it is done, dropped, or with whom it stays.", c.Day, text.Enumerate(left)))
	}
	if len(wishes) > 0 {
		lines = append(lines, fmt.Sprintf("Last time you asked for %s. Say at the start what is different today.", text.Enumerate(wishes)))
	}
	return lines
}

func inDraft(d Draft, quote string) bool {
	return slices.ContainsFunc([][]Line{d.KeyPoints, d.Questions, d.Talks, d.Verdicts, d.Results}, func(lines []Line) bool {
		return slices.ContainsFunc(lines, func(l Line) bool { return strings.Contains(l.Text, quote) })
	})
}

// whyNow is what the fields say of urgency; the reason itself is the product owner's.
func (w *writer) whyNow() (l Line) {
	var parts []string
	facts := urgency(w.Brief, slices.Concat(w.epicKeys(), w.keys()))
	for _, f := range facts[:min(len(facts), mostUrgent)] {
		parts = append(parts, f.Text)
		l.Keys, l.Claims = append(l.Keys, f.Keys...), append(l.Claims, f.Claims...)
	}
	said, told := w.dayInText()
	l.Keys, l.Claims = append(l.Keys, said.Keys...), append(l.Claims, said.Claims...)
	switch {
	case len(parts) > 0:
		l.Text = strings.TrimSpace(said.Text + " By the fields, " + text.Enumerate(parts) + ". The product owner says what follows.")
	case told:
		l.Text = said.Text + " The product owner says what follows; no field gives a day that is to come."
	default:
		l.Text = "The product owner brings the reason; no field of the tickets gives a day that is to come."
	}
	return l
}

// dayInText quotes the first ticket whose text says until or from when something has to be.
func (w *writer) dayInText() (l Line, ok bool) {
	for _, key := range slices.Concat(w.epicKeys(), w.keys()) {
		t := w.Brief.Ticket(key)
		if t.Issue.Restricted {
			continue
		}
		d, found := t.Deadline()
		if !found || !w.shows(d.Quote.Quote) {
			continue
		}
		past := ""
		if d.Year < w.Brief.Session.Start.Year() {
			past = ", which is past"
		}
		w.say([]brief.Quote{d.Quote})
		return Line{Keys: []string{key}, Text: key + " says " + quoted(d.Quote.Quote) + past + ".", Claims: claims([]brief.Quote{d.Quote})}, true
	}
	return l, false
}

// mostUrgent is how many facts about urgency a session begins with.
const mostUrgent = 3

func (w *writer) order() (lines []string) {
	var places []string
	for _, key := range w.keys()[:min(len(w.keys()), 8)] {
		places = append(places, fmt.Sprintf("%s (%s)", key, w.Talks.Reasons[key]))
	}
	return []string{"Order as proposed: " + strings.Join(places, ", ") + ". Change it where today's talk says so."}
}

// retro asks what every session can be asked, and what the writer asks, else about the
// longest talk. Minutes follow what else stands in a draft, so that no draft has that.
func (w *writer) retro(d Draft) string {
	const always = "What worked, what did not?"
	switch longest := w.longest(); {
	case d.Retro.Text != "":
		return always + " " + d.Retro.Text
	case longest >= 0 && len(w.Talks.Talks) > 1:
		return always + fmt.Sprintf(" Were the %d minutes on %s well spent?", w.Talks.Minutes[longest], some(w.Talks.Talks[longest].Keys))
	}
	return always
}

// longest is the place of the first talk with the most minutes that does more than
// confirm, -1 where there is none.
func (w *writer) longest() int {
	longest := -1
	for n, m := range w.Talks.Minutes {
		if !w.Talks.Talks[n].Confirms() && (longest < 0 || m > w.Talks.Minutes[longest]) {
			longest = n
		}
	}
	return longest
}

func (w *writer) throughout(d Draft) []string {
	lines := []string{"Every line is a timebox. A scribe notes open questions, decisions with their reason and actions under each ticket."}
	var parked []string
	for _, l := range d.Parked {
		parked = append(parked, lowerFirst(strings.TrimSuffix(l.Text, ".")))
	}
	if len(parked) == 0 {
		parked = w.aside(d)
	}
	return append(lines, "Parked from the start: "+strings.Join(parked, "; ")+".")
}

// aside is what a session does not talk about: how its tickets are built, their size
// where no box is for it, and open issues that theirs are linked to and the draft does not
// name.
func (w *writer) aside(d Draft) []string {
	what := "how anything is built and how large it is"
	if w.Guide.Estimates() {
		what = "how anything is built"
	}
	var keys []string
	for _, key := range w.keys() {
		if slices.ContainsFunc(d.Questions, func(q Line) bool { return slices.Contains(q.Keys, key) }) {
			continue // its answer may lie there
		}
		for _, l := range w.Brief.Ticket(key).Issue.Links {
			if len(keys) < mostParked && !l.Done && !orders(l) && !inDraft(d, l.Key) && !l.Duplicates() && !l.Duplicated() && !w.taken([]string{l.Key}) && !slices.Contains(w.Brief.Withheld, l.Key) && !slices.Contains(w.epicKeys(), l.Key) {
				keys = append(keys, without([]string{l.Key}, keys)...)
			}
		}
	}
	if len(keys) == 0 {
		return []string{what}
	}
	return []string{what, text.Enumerate(keys) + text.Agree(len(keys), ", which is linked and", ", which are linked and") + " not of this session"}
}

// mostParked is how many linked issues are named.
const mostParked = 3
