package outcome

import (
	"fmt"
	"slices"

	"refine/planner/ticket"
)

// A CarryOver is what the team's previous session left open (P6).
type CarryOver struct {
	Day   ticket.Date // of that session
	Page  PageRef     // where it stands
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

// Counted is so many lines of a kind in words, "2 parked topics"; empty for what
// is asked for and not counted.
func (k CarriedKind) Counted(n int) string {
	for _, known := range carriedKinds {
		switch {
		case known.CarriedKind != k || known.one == "":
		case n == 1:
			return "1 " + known.one
		default:
			return fmt.Sprintf("%d %s", n, known.more)
		}
	}
	return ""
}

// mostCarried is how many lines of a kind are carried over; the rest is counted.
const mostCarried = 10

// CarryOver is what the outcomes of a session leave open. The lines are as they
// stand on the page; the people in them have no names yet, see
// [CarryOver.Users]. Where tickets are given, lines about none of them and about
// others are left out.
func (o Outcomes) CarryOver(day ticket.Date, page PageRef, tickets ...string) *CarryOver {
	a := o.byPage()
	lines := a.counting(o)
	for _, e := range o.Entries {
		if e.Kind == Action && !e.Done && !e.Gone {
			lines = append(lines, a.unfinished(e))
		}
	}
	c := &CarryOver{Day: day, Page: page, browse: o.Browse, projects: map[string]bool{}}
	for _, key := range o.Keys {
		c.projects[ticket.Project(key)] = true
	}
	if len(tickets) > 0 {
		lines = o.about(lines, tickets)
	}
	for _, kind := range carriedKinds {
		if part := c.collect(kind.CarriedKind, lines); len(part.Lines) > 0 {
			c.Parts = append(c.Parts, part)
		}
	}
	return c
}

// byPage is the attribution as far as the page alone tells it: its items are tickets, and so
// is what its lines name of their projects. That such a ticket is none a sync finds out.
func (o Outcomes) byPage() attribution {
	a := attribution{tickets: map[string]string{}, naming: o.naming(""), unclear: o.Unclear}
	for _, key := range o.KeysToRead("") {
		if a.naming.projects[ticket.Project(key)] {
			a.tickets[key] = key
		}
	}
	return a
}

// counting are the lines left open without the boxes that do not count: of an item with
// several ticked ones, or with one that may be meant otherwise, nobody guesses which is meant.
func (a attribution) counting(o Outcomes) []Carried {
	boxes := map[string][]Entry{}
	for _, e := range o.Entries {
		if key, _ := a.item(e); e.Kind == Result && !e.Gone {
			boxes[key] = append(boxes[key], e)
		}
	}
	return slices.DeleteFunc(slices.Clone(o.Left), func(l Carried) bool {
		_, doubt := oneBox(boxes[l.Key])
		return l.ofBox() && (doubt != nil || slices.Contains(a.unclear, l.Key))
	})
}

// unfinished is an action as it is carried over: with the ticket that a sync writes it to,
// or with that of its section where a sync lists it.
func (a attribution) unfinished(e Entry) Carried {
	c := Carried{Kind: Unfinished, Key: e.Section, Text: e.Undated(), Owner: e.Owner, Due: e.Due}
	if keys, _ := a.all(e); keys[0] != "" {
		c.Key = keys[0]
		c.saysKey = a.home(e) == "" || slices.Contains(a.meantIn(e, addressed(a.naming.words(e.Text))), c.Key)
	}
	return c
}

// about are the lines that concern one of the tickets, or none at all.
func (o Outcomes) about(lines []Carried, tickets []string) []Carried {
	n := o.naming("")
	for _, key := range tickets {
		n.projects[ticket.Project(key)] = true
	}
	return slices.DeleteFunc(lines, func(l Carried) bool {
		keys := n.keys(l.Text)
		if l.Key != "" {
			keys = append(keys, l.Key)
		}
		known := slices.DeleteFunc(keys, func(key string) bool { return !n.projects[ticket.Project(key)] }) // "UTF-8" is none
		return len(known) > 0 && !slices.ContainsFunc(known, func(key string) bool { return slices.Contains(tickets, key) })
	})
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

// IssueURL is where a person reads an issue that a line names, empty where that
// only looks like a key.
func (c *CarryOver) IssueURL(key string) string {
	if c.browse == "" || !c.projects[ticket.Project(key)] {
		return ""
	}
	return c.browse + key
}

// Users lists the people that the lines mention, by account id or user key, with
// every place that shows them.
func (c *CarryOver) Users() map[string][]*User {
	all := mentions{}
	for _, l := range c.All() {
		all.add(l.Owner)
		all.addText(l.Text)
	}
	return all
}

// All are the lines of all kinds, in order. A plan without a previous session has
// none.
func (c *CarryOver) All() (out []Carried) {
	if c == nil {
		return nil
	}
	for _, p := range c.Parts {
		out = append(out, p.Lines...)
	}
	return out
}

// Part is the one of that kind, empty if there is none.
func (c *CarryOver) Part(kind CarriedKind) CarriedPart {
	if c != nil {
		for _, p := range c.Parts {
			if p.Kind == kind {
				return p
			}
		}
	}
	return CarriedPart{}
}
