package planner

import (
	"fmt"
	"slices"
	"strings"
)

// A CarryOver is what the team's previous session left open (P6).
type CarryOver struct {
	Day   Date    // of that session
	Page  PageRef // where it stands
	Parts []CarriedPart

	browse   string          // how the address of an issue begins
	projects map[string]bool // whose keys are issues: "UTF-8" is none
}

// A CarriedPart is what was left open of one kind, never empty. More counts the
// lines that are not repeated here.
type CarriedPart struct {
	Kind  CarriedKind
	Lines []Carried
	More  int
}

// CarriedKind tells why something is still open.
type CarriedKind string

const (
	Unfinished   CarriedKind = "action"          // an action item that nobody ticked
	OpenQuestion CarriedKind = "question"        // nobody could answer it, or decide it
	AnotherTime  CarriedKind = "another-session" // an item whose box “Needs another session” was ticked
	Parked       CarriedKind = "parked"          // a topic of the parking lot, or an item whose box was ticked
	Postponed    CarriedKind = "deferred"        // an item that was proposed for another session
	Wish         CarriedKind = "retrospective"   // what was to be done differently next time
)

// carriedKinds are the kinds in the order in which they are taken up, with what
// they are called as a heading and when counted.
var carriedKinds = []struct {
	CarriedKind
	title, one, more string
}{
	{Unfinished, "Unfinished action items", "unfinished action item", "unfinished action items"},
	{OpenQuestion, "Open questions", "open question", "open questions"},
	{AnotherTime, "Need another session", "item to come back to", "items to come back to"},
	{Parked, "Parked", "parked topic", "parked topics"},
	{Postponed, "Put off", "item put off", "items put off"},
	{Wish, "To do differently this time", "", ""}, // asked for, not counted
}

// Title is the heading over the lines of a kind.
func (k CarriedKind) Title() string {
	for _, known := range carriedKinds {
		if known.CarriedKind == k {
			return known.title
		}
	}
	return string(k)
}

// mostCarried is how many lines of a kind are carried over; the rest is counted.
const mostCarried = 10

// CarryOver is what the outcomes of a session leave open. The lines are as they
// stand on the page; the people in them have no names yet, see
// [CarryOver.Users].
func (o Outcomes) CarryOver(day Date, page PageRef) *CarryOver {
	lines := slices.Clone(o.Left)
	for _, e := range o.Entries {
		if e.Kind == Action && !e.Done && !e.Gone {
			lines = append(lines, Carried{Kind: Unfinished, Key: e.Section, Text: e.Text, Owner: e.Owner, Due: e.Due})
		}
	}
	c := &CarryOver{Day: day, Page: page, browse: o.Browse, projects: map[string]bool{}}
	for _, key := range o.Keys {
		c.projects[projectOf(key)] = true
	}
	for _, kind := range carriedKinds {
		if part := c.collect(kind.CarriedKind, lines); len(part.Lines) > 0 {
			c.Parts = append(c.Parts, part)
		}
	}
	return c
}

func (c *CarryOver) collect(kind CarriedKind, lines []Carried) CarriedPart {
	part := CarriedPart{Kind: kind}
	for _, l := range lines {
		switch {
		case l.Kind != kind, slices.ContainsFunc(part.Lines, l.same):
			continue
		case len(part.Lines) == mostCarried:
			part.More++
			continue
		case l.Since.IsZero():
			l.Since, l.URL = c.Day, c.Page.URL
		}
		part.Lines = append(part.Lines, l)
	}
	return part
}

func (c Carried) same(o Carried) bool {
	return c.Kind == o.Kind && c.Key == o.Key && c.Text.String() == o.Text.String()
}

func projectOf(key string) string { return key[:strings.LastIndexByte(key, '-')+1] }

// IssueURL is where a person reads an issue that a line names, empty where that
// only looks like a key.
func (c *CarryOver) IssueURL(key string) string {
	if c.browse == "" || !c.projects[projectOf(key)] {
		return ""
	}
	return c.browse + key
}

// Users lists the people that the lines mention, by account id or user key, with
// every place that shows them.
func (c *CarryOver) Users() map[string][]*User {
	all := mentions{}
	for _, l := range c.lines() {
		all.add(l.Owner)
		all.addText(l.Text)
	}
	return all
}

// lines are all of them, in order. A plan without a previous session has none.
func (c *CarryOver) lines() (out []Carried) {
	if c == nil {
		return nil
	}
	for _, p := range c.Parts {
		out = append(out, p.Lines...)
	}
	return out
}

// part is the one of that kind, empty if there is none.
func (c *CarryOver) part(kind CarriedKind) CarriedPart {
	if c != nil {
		for _, p := range c.Parts {
			if p.Kind == kind {
				return p
			}
		}
	}
	return CarriedPart{}
}

// carriedInto is the part of a carry-over that this plan may show: of an issue
// with a security level only its key (P7).
func carriedInto(p Plan, c *CarryOver) *CarryOver {
	if c == nil || len(c.Parts) == 0 {
		return nil
	}
	hidden := slices.Clone(p.Withheld)
	if p.Epic != nil && p.Epic.Restricted {
		hidden = append(hidden, p.Epic.Key)
	}
	out := *c
	out.Parts = slices.Clone(c.Parts)
	for n, part := range out.Parts {
		out.Parts[n].Lines = slices.Clone(part.Lines)
		for i, l := range part.Lines {
			out.Parts[n].Lines[i].Hidden = slices.ContainsFunc(hidden, l.Names)
		}
	}
	return &out
}

// carried are the lines about an item.
func (b *builder) carried(r *reading) (lines []Carried) {
	for _, l := range b.plan.CarryOver.lines() {
		if l.Names(r.issue.Key) && l.OfItem() != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

// fromLastTime opens the session with what the previous one left open.
func (b *builder) fromLastTime() (lines []string) {
	c := b.plan.CarryOver
	var left []string
	for _, kind := range carriedKinds {
		if part := c.part(kind.CarriedKind); len(part.Lines) > 0 && kind.one != "" {
			n := len(part.Lines) + part.More
			left = append(left, fmt.Sprintf("%d %s", n, agree(n, kind.one, kind.more)))
		}
	}
	if len(left) > 0 {
		lines = append(lines, fmt.Sprintf("From last time (%s): %s. Say of each in one sentence whether it is done, dropped, or for whom it stays open.", c.Day, enumerate(left)))
	}
	if wish := b.wishes(); wish != "" {
		lines = append(lines, wish)
	}
	return lines
}

// wishes repeats what the retrospective asked to be done differently.
func (b *builder) wishes() string {
	var quotes []string
	part := b.plan.CarryOver.part(Wish)
	for _, l := range part.Lines {
		if words := l.Words(); len(quotes) < mostNamed && quotableWords(words) {
			quotes = append(quotes, "“"+words+"”")
		}
	}
	if len(quotes) == 0 {
		return ""
	}
	return fmt.Sprintf("Last time you asked for %s. Say at the start what is different today.", enumerate(quotes))
}

// quotableWords reports whether a line can stand in a sentence as a quotation.
func quotableWords(s string) bool {
	return fold(s) != "" && !strings.ContainsAny(s, "“”") && newSource("", s).holds(s)
}
