package draft

import (
	"fmt"
	"strings"
	"time"

	"refine/planner/brief"
	"refine/planner/text"
	"refine/planner/ticket"
)

// urgency are the facts that may make tickets matter now, each with its keys:
// days, releases that are not out, sprints. What is past is called so (L6).
func urgency(b *brief.Brief, keys []string) (facts []Line) {
	today := b.Session.Date()
	for _, key := range keys {
		if due := b.Ticket(key).Issue.Due; !due.IsZero() {
			facts = append(facts, Line{
				Keys: []string{key}, Text: fmt.Sprintf("%s is due %s%s", key, day(due), past(due, today)),
				Claims: []Claim{{Kind: Field, Key: key, Name: "due", Words: due.String()}},
			})
		}
	}
	for _, g := range grouped(keys, func(key string) string { return openRelease(b.Ticket(key).Issue, today) }) {
		if g.name != "" {
			facts = append(facts, Line{Keys: g.keys, Text: fmt.Sprintf("%s %s planned for %s", some(g.keys), text.Agree(len(g.keys), "is", "are"), g.name)})
		}
	}
	for _, g := range grouped(keys, func(key string) string { return sprint(b.Ticket(key).Issue, b.Session.Start) }) {
		if g.name != "" {
			facts = append(facts, Line{Keys: g.keys, Text: fmt.Sprintf("%s %s in %s", some(g.keys), text.Agree(len(g.keys), "is", "are"), g.name)})
		}
	}
	return facts
}

// day is a date as people say it.
func day(d ticket.Date) string { return d.At(0, 0, time.UTC).Format("2 January 2006") }

func past(d, today ticket.Date) string {
	if !d.IsZero() && d.Compare(today) < 0 {
		return ", which is past"
	}
	return ""
}

// openRelease is the first release of an issue that is to come, with its day.
func openRelease(i ticket.Issue, today ticket.Date) string {
	for _, v := range i.FixVersions {
		if !v.Ahead(today) {
			continue
		}
		if v.Release.IsZero() {
			return v.Name
		}
		return fmt.Sprintf("%s (%s)", v.Name, day(v.Release))
	}
	return ""
}

// overdue reports whether a release is not out on a day that is past.
func overdue(v ticket.Version, today ticket.Date) bool {
	return !v.Released && !v.Release.IsZero() && v.Release.Compare(today) < 0
}

// releasedIn is a release of an issue that is out already.
func releasedIn(i ticket.Issue) (names []string) {
	for _, v := range i.FixVersions {
		if v.Released {
			names = append(names, v.Name)
		}
	}
	return names
}

// sprint is the sprint that an issue is in now or next, with its goal.
func sprint(i ticket.Issue, at time.Time) string {
	s := i.Sprint
	switch {
	case s == nil, s.State == "closed", ticket.PastByName(s.Name, at.Year()), !s.End.IsZero() && s.End.Before(at):
		return ""
	case s.Goal != "" && quotable(s.Goal):
		return fmt.Sprintf("%s, whose goal is %s", s.Name, quoted(s.Goal))
	}
	return s.Name
}

// Why says why a ticket of a brief may matter now, by its fields; empty if they do not
// tell. A priority alone is no reason; that it was changed lately is one.
func Why(t *brief.Ticket, b *brief.Brief) string {
	s := b.Session
	i, today := t.Issue, s.Date()
	var parts []string
	add := func(said string) {
		if said != "" {
			parts = append(parts, said)
		}
	}
	if !i.Due.IsZero() {
		add("due " + day(i.Due) + past(i.Due, today) + postponed(i, s.Start))
	}
	if was := raised(i, s.Start); was != "" {
		add("priority " + i.Priority + was)
	}
	if release := openRelease(i, today); release != "" {
		add("planned for " + release)
	}
	add(sprint(i, s.Start))
	if c, ok := i.Last(ticket.FlagChanged); ok && i.Flagged && c.To != "" && s.Start.Sub(c.At) > 7*24*time.Hour {
		add("flagged since " + c.At.In(s.Start.Location()).Format("2 January 2006"))
	}
	return strings.Join(parts, "; ")
}

// raised says that a priority was changed lately.
func raised(i ticket.Issue, at time.Time) string {
	const lately = 90 * 24 * time.Hour
	c, ok := i.Last(ticket.PriorityChanged)
	if !ok || !strings.EqualFold(c.To, i.Priority) || c.From == "" || at.Sub(c.At) > lately || c.At.After(at) {
		return ""
	}
	return fmt.Sprintf(", %s until %s", c.From, c.At.In(at.Location()).Format("2 January 2006"))
}

// postponed says that the due date was another one before.
func postponed(i ticket.Issue, at time.Time) string {
	c, ok := i.Last(ticket.DueChanged)
	if !ok || c.From == "" || c.To != i.Due.String() || c.At.After(at) {
		return ""
	}
	from := c.From
	if d, err := ticket.ParseDate(from); err == nil {
		from = day(d)
	}
	return fmt.Sprintf(" (%s until %s)", from, c.At.In(at.Location()).Format("2 January 2006"))
}
