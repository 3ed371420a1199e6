package check

import (
	"fmt"
	"reflect"
	"slices"

	"refine/planner/draft"
)

// A Refusal is a line that does not stand, and why.
type Refusal struct {
	Place  string `json:"place"` // "questions 2"
	Text   string `json:"text"`
	Reason string `json:"reason"` // for whoever writes it anew
	// Doubts are those that the line was about, by id.
	Doubts []string `json:"doubts,omitempty"`
}

func (r Refusal) String() string { return fmt.Sprintf("%s: %s (%q)", r.Place, r.Reason, r.Text) }

// Check holds a draft against a session, as [Checker.Check] does.
func Check(d draft.Draft, in draft.Input) (draft.Draft, []Refusal) { return New(in).Check(d) }

// A Checker holds drafts against a session, whose tickets it reads once.
type Checker struct {
	known   *knowledge
	checked map[string]checkedLine // by their text
}

// A checkedLine is one as it was handed in, mended, and why it does not stand.
type checkedLine struct {
	draft.Line
	part   part
	mended draft.Line
	reason string
}

// New is a checker of drafts for what a writer was given.
func New(in draft.Input) *Checker {
	k := know(in)
	k.wordlist = &wordlist{ids: make(map[string]int32, 16*len(k.Talks.Order))} // about as many words are new in a ticket
	return newChecker(k)
}

func newChecker(k *knowledge) *Checker { return &Checker{k, map[string]checkedLine{}} }

// For is one for the same tickets arranged otherwise, which are not read again.
func (by *Checker) For(in draft.Input) *Checker {
	k := know(in)
	k.wordlist, k.texts, k.numbersIn = by.known.wordlist, by.known.texts, by.known.numbersIn
	if slices.Equal(k.Talks.Order, by.known.Talks.Order) {
		k.where, k.numbered, k.sharing, k.shares = by.known.where, by.known.numbered, by.known.sharing, by.known.shares
	}
	return newChecker(k)
}

// Check returns the lines of a draft that stand, slips mended, and why the others
// do not. Whoever wrote it: the built-in writer passes here like a model and a
// person. A draft never falls for one line.
func (by *Checker) Check(d draft.Draft) (draft.Draft, []Refusal) {
	c := &checking{Checker: by}
	out := draft.Draft{
		Goal:      c.one("goal", d.Goal, goalPart),
		WhyNow:    c.one("why_now", d.WhyNow, plainPart),
		Talks:     c.all("talks", d.Talks, talkPart),
		Verdicts:  c.all("verdicts", d.Verdicts, verdictPart),
		Results:   c.all("results", d.Results, resultPart),
		KeyPoints: c.all("key_points", d.KeyPoints, pointPart),
		Questions: c.all("questions", d.Questions, questionPart),
		Invite:    c.all("invite", d.Invite, plainPart),
		Parked:    c.all("parked", d.Parked, plainPart),
		Retro:     c.one("retro", d.Retro, plainPart),
		Closing:   c.all("closing", d.Closing, plainPart),
	}
	return out, c.refused
}

// A part says what a line has to be beside true.
type part int

const (
	plainPart part = iota
	goalPart
	talkPart
	verdictPart
	resultPart
	pointPart
	questionPart
)

type checking struct {
	*Checker
	refused []Refusal
}

func (c *checking) one(name string, l draft.Line, p part) draft.Line {
	if l.Text == "" {
		return draft.Line{}
	}
	out := c.all(name, []draft.Line{l}, p)
	if len(out) == 0 {
		return draft.Line{}
	}
	return out[0]
}

func (c *checking) all(name string, lines []draft.Line, p part) (out []draft.Line) {
	for n, l := range lines {
		if l.Text == "" {
			continue // left to somebody else
		}
		l := c.line(l, p)
		if l.reason != "" {
			c.refused = append(c.refused, Refusal{Place: draft.Place(name, n), Text: l.mended.Text, Reason: l.reason, Doubts: l.Doubts})
			continue
		}
		out = append(out, l.mended)
	}
	return out
}

// line checks a line. Built-in words are written again without those that did not stand,
// and most of them are the same.
func (by *Checker) line(l draft.Line, p part) checkedLine {
	c := by.checked[l.Text]
	if c.part != p || !reflect.DeepEqual(c.Line, l) {
		c = checkedLine{Line: l, part: p, mended: by.known.mend(l, p)}
		c.reason = by.known.reason(c.mended, p)
		by.checked[l.Text] = c
	}
	return c
}

// reason is why a line does not stand, empty if it does. What is cheapest to put
// right is told first.
func (k *knowledge) reason(l draft.Line, p part) string {
	for _, look := range []func(draft.Line, part) string{
		k.shape, k.keys, k.quotes, k.borrowed, k.claims, k.fields, k.ties, k.numbers, k.names, k.form,
	} {
		if reason := look(l, p); reason != "" {
			return reason
		}
	}
	return ""
}
