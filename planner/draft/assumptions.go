package draft

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/talks"
	"refine/planner/text"
	"refine/planner/ticket"
)

// Given is what a plan was asked for with, as far as assumptions depend on it.
type Given struct {
	Found      int  // how many issues the selection has
	Read       int  // how many of them were read
	Capped     bool // a limit cut the selection
	Ready      ready.Definition
	OrderedBy  string // "priority, then rank"
	Objectives int    // that were configured
	Presenters bool
	Boxes      string   // how the minutes of the boxes came about
	More       []string // about what could not be asked for, and what reading left out
}

// Assumptions list every default that stands for a missing input, a line each (L6).
func Assumptions(in Input, given Given) []string {
	w := &writer{Input: in}
	own := []string{w.scope(given), given.Boxes, readyBy(given.Ready), w.bare(), w.orderedBy(given), w.empty(), wanted(given), w.closed(), w.finished(), w.out(), w.unread(), w.unopened()}
	return slices.DeleteFunc(slices.Concat(own, given.More), func(line string) bool { return line == "" })
}

func (w *writer) scope(g Given) string {
	s := fmt.Sprintf("Scope: %d of the %d tickets found", len(w.keys()), g.Found)
	if w.Brief.Epic != nil {
		s += " under " + w.Brief.Epic.Issue.Key
	}
	if g.Capped {
		s += fmt.Sprintf("; the limit of the backlog cut the list after the first %d", g.Read)
	}
	if aside := len(w.Brief.Aside); aside > 0 {
		s += fmt.Sprintf("; %s %s left out", numeral(aside), text.Agree(aside, "is an epic and", "are epics and"))
	}
	if held := w.Brief.Withheld; len(held) > 0 {
		s += fmt.Sprintf("; %s %s a security level and %s shown by key only", text.Enumerate(held), text.Agree(len(held), "has", "have"), text.Agree(len(held), "is", "are"))
	}
	return s + "."
}

func readyBy(d ready.Definition) string {
	if len(d.Rules) == 0 && d.MaxPoints == 0 {
		return "No Definition of Ready was given. Ready is what nothing was found against. Looked for were a description with words that can be checked, and signs that it asks, waits, or is undecided, blocked, a duplicate or without a measure. What none of them gives away, only people see."
	}
	return "Ready is what nothing was found against, by " + d.String() + ". What none of them gives away, only people see."
}

// bare says what it is to have no criteria yet.
func (w *writer) bare() string {
	if len(w.bareKeys()) == 0 {
		return ""
	}
	return "No criteria yet says that alone: none stand under a name of their own. What Jira calls a bug needs none."
}

func (w *writer) orderedBy(g Given) string {
	if g.OrderedBy == talks.AsFound {
		return "The tickets stand in the order in which they were found."
	}
	none := func(key string) bool { return priority(w.Brief.Ticket(key).Issue) == "" }
	if strings.HasPrefix(g.OrderedBy, "priority") && slices.ContainsFunc(w.keys(), none) {
		return fmt.Sprintf("Ordered by %s; a ticket without a priority counts as medium.", g.OrderedBy)
	}
	undated := func(key string) bool { return w.Brief.Ticket(key).Issue.Created.IsZero() }
	if strings.HasSuffix(g.OrderedBy, "age") && slices.ContainsFunc(w.keys(), undated) {
		return fmt.Sprintf("Ordered by %s; a ticket without a day comes last.", g.OrderedBy)
	}
	if slices.ContainsFunc(w.keys(), func(key string) bool { return strings.Contains(w.Talks.Reasons[key], "wait") }) {
		return fmt.Sprintf("Ordered by %s; what others wait for comes before them.", g.OrderedBy)
	}
	return fmt.Sprintf("Ordered by %s.", g.OrderedBy)
}

// empty names the fields by which a session could be arranged and that no ticket has.
func (w *writer) empty() string {
	var names []string
	for _, f := range []struct {
		name string
		has  func(ticket.Issue) bool
	}{
		{"priority", func(i ticket.Issue) bool { return i.Priority != "" }},
		{"issue links", func(i ticket.Issue) bool { return len(i.Links) > 0 }},
		{"due date", func(i ticket.Issue) bool { return !i.Due.IsZero() }},
		{"release", func(i ticket.Issue) bool { return len(i.FixVersions) > 0 }},
	} {
		if !slices.ContainsFunc(w.keys(), func(key string) bool { return f.has(w.Brief.Ticket(key).Issue) }) {
			names = append(names, f.name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("Empty in %s: %s.", text.Agree(len(w.keys()), w.keys()[0], "all of them"), text.Enumerate(names))
}

func wanted(g Given) string {
	var missing []string
	if g.Objectives == 0 {
		missing = append(missing, "objectives")
	}
	missing = append(missing, "attendees")
	if !g.Presenters {
		missing = append(missing, "presenters")
	}
	return text.UpperFirst(strings.Join(missing, ", ")) + ": none were given."
}

// closed says which tickets are taken as open though they are done.
func (w *writer) closed() string {
	done := slices.DeleteFunc(slices.Clone(w.keys()), func(key string) bool {
		return w.Brief.Ticket(key).Issue.StatusCategory != "done"
	})
	if len(done) == 0 {
		return ""
	}
	return text.UpperFirst(fmt.Sprintf("%s %s done in Jira and taken as open.", w.those(done), text.Agree(len(done), "is", "are")))
}

// unread says what is known of issues outside of the session.
func (w *writer) unread() string {
	var titled, bare []string
	for _, key := range w.keys() {
		for _, l := range w.Brief.Ticket(key).Issue.Links {
			switch {
			case l.Summary != "" || l.Status != "":
				titled = append(titled, l.Key)
			case !slices.Contains(bare, l.Key) && w.Brief.Ticket(l.Key) == nil:
				bare = append(bare, l.Key)
			}
		}
	}
	switch {
	case len(bare) > 0:
		return fmt.Sprintf("Linked issues are known by title and status at most; of %s the key alone is known, and not whether %s open.", some(bare), text.Agree(len(bare), "it is", "they are"))
	case len(titled) > 0:
		return "Linked issues are known by title and status only."
	}
	return ""
}

// finished says that tickets are taken as open though last comments end the work. Which
// do is no matter of the session, and there may be more than are found.
func (w *writer) finished() string {
	if len(w.with(func(d brief.Doubt) bool { return d.Kind == brief.Finished })) == 0 {
		return ""
	}
	return "What comments tell of work that is done was not used: every ticket is taken as open."
}

// out names the releases of the tickets that are out already or past: no reason for
// now (L6).
func (w *writer) out() string {
	var names, late []string
	for _, key := range w.keys() {
		for _, v := range w.Brief.Ticket(key).Issue.FixVersions {
			switch {
			case v.Released:
				names = append(names, without([]string{v.Name}, names)...)
			case overdue(v, w.Brief.Session.Date()):
				late = append(late, without([]string{fmt.Sprintf("%s (%s)", v.Name, day(v.Release))}, late)...)
			}
		}
	}
	var parts []string
	if len(names) > 0 {
		parts = append(parts, fmt.Sprintf("Out already, of the versions that the tickets name: %s.", text.Enumerate(names)))
	}
	if len(late) > 0 {
		parts = append(parts, fmt.Sprintf("Past by its day, and not out: %s.", text.Enumerate(late)))
	}
	return strings.Join(parts, " ")
}
