package draft

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/talks"
	"refine/planner/text"
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
	Points     []string // the key points, which may tell one
	Boxes      string   // how the minutes of the boxes came about
	More       []string // about what could not be asked for, and what reading left out
}

// Assumptions list every default that stands for a missing input, a line each (L6).
func Assumptions(in Input, given Given) (out []string) {
	w := &writer{Input: in}
	for _, line := range []string{w.scope(given), given.Boxes, readyBy(given.Ready), orderedBy(given), wanted(given), w.closed(), w.finished(), w.stale(given), w.out(), w.unread()} {
		if line != "" {
			out = append(out, line)
		}
	}
	return append(out, given.More...)
}

func (w *writer) scope(g Given) string {
	s := fmt.Sprintf("Scope: %d of %d tickets found", len(w.keys()), g.Found)
	if w.Brief.Epic != nil {
		s += " under " + w.Brief.Epic.Issue.Key
	}
	if g.Capped {
		s += fmt.Sprintf("; a limit cut the list after the first %d", g.Read)
	}
	if aside := len(w.Brief.Aside); aside > 0 {
		s += fmt.Sprintf("; %s %s", numeral(aside), text.Agree(aside, "is an epic", "are epics"))
	}
	if held := w.Brief.Withheld; len(held) > 0 {
		s += fmt.Sprintf("; %s %s a security level and %s shown by key only", text.Enumerate(held), text.Agree(len(held), "has", "have"), text.Agree(len(held), "is", "are"))
	}
	return s + "."
}

func readyBy(d ready.Definition) string {
	if len(d.Rules) == 0 && d.MaxPoints == 0 {
		return "No Definition of Ready was given. Ready means here: the tickets say what is wrong or wanted and when it is done, nothing is open or blocked, and none is more than one ticket."
	}
	return "Ready means: " + d.String() + "."
}

func orderedBy(g Given) string {
	if g.OrderedBy == talks.AsFound {
		return "The tickets stand in the order in which they were found. Minutes follow what there is to find out."
	}
	return fmt.Sprintf("Ordered by %s. Minutes follow what there is to find out.", g.OrderedBy)
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
	for _, key := range w.keys() {
		i := w.Brief.Ticket(key).Issue
		for _, l := range i.Links {
			if l.Summary != "" {
				return "Linked issues are known by title and status only."
			}
		}
	}
	return ""
}

// finished says which tickets are taken as open though their last comments say that
// they are done.
func (w *writer) finished() string {
	keys := w.with(of(brief.Finished))
	switch len(keys) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("The last comment of %s closes it; it is taken as open.", keys[0])
	}
	return fmt.Sprintf("The last comments of %s close them; they are taken as open.", w.those(keys))
}

// old are tickets in which nobody has written for more than a year, and when somebody
// last wrote in one of them. There are none where that is not known.
func (w *writer) old() (keys []string, newest time.Time) {
	for _, key := range w.keys() {
		i := w.Brief.Ticket(key).Issue
		last := i.Created
		for _, c := range i.Comments {
			if c.Created.IsZero() {
				return nil, newest // nobody knows
			}
			if c.Created.After(last) {
				last = c.Created
			}
		}
		if w.longAgo(last) {
			keys = append(keys, key)
			if last.After(newest) {
				newest = last
			}
		}
	}
	return keys, newest
}

// longAgo reports whether a moment that is known lies more than a year back.
func (w *writer) longAgo(at time.Time) bool {
	return !at.IsZero() && w.Brief.Session.Start.Sub(at) > 365*24*time.Hour
}

// since names those tickets with the month.
func (w *writer) since(keys []string, newest time.Time) string {
	return fmt.Sprintf("%s since %s", w.anyOf(keys), newest.Format("January 2006"))
}

// stale takes old tickets as they stand, unless a key point asks about them.
func (w *writer) stale(given Given) string {
	keys, newest := w.old()
	asked := slices.ContainsFunc(given.Points, func(p string) bool { return strings.HasPrefix(p, unwritten) })
	if len(keys) == 0 || asked {
		return ""
	}
	return fmt.Sprintf("%s %s; the text is taken as still true.", unwritten, w.since(keys, newest))
}

// out names the releases of the tickets that are out already: no reason for now (L6).
func (w *writer) out() string {
	var names []string
	for _, key := range w.keys() {
		for _, name := range releasedIn(w.Brief.Ticket(key).Issue) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("Out already, of the releases that the tickets name: %s.", text.Enumerate(names))
}

// anyOf names some tickets where none of them is meant.
func (w *writer) anyOf(keys []string) string {
	if len(keys) == len(w.keys()) && len(keys) > 2 {
		return "any of the " + tickets(len(keys))
	}
	return some(keys)
}
