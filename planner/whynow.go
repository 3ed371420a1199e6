package planner

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A History is what changed of the fields that show an issue's urgency.
type History struct {
	Changes []FieldChange // oldest first
	// Sprints is how many sprints the issue has been in.
	Sprints int
	// Cut says that there may be older changes, which the service did not tell.
	Cut bool
}

// A FieldChange is one change of a field, as people call its values; empty is
// none.
type FieldChange struct {
	Field    ChangedField
	At       time.Time
	From, To string // days as 2006-01-02
}

// ChangedField is a field whose changes are read.
type ChangedField string

const (
	PriorityChanged ChangedField = "priority"
	DueChanged      ChangedField = "due date"
	SprintChanged   ChangedField = "sprint"
	FlagChanged     ChangedField = "flag"
)

const (
	// recentChange is how long a raised priority is a reason for now.
	recentChange = 90 * 24 * time.Hour
	// oldFlag is from when on it is worth saying that an issue is flagged.
	oldFlag = 7 * 24 * time.Hour
	// manySprints is from when on it is worth saying that an issue moves on.
	manySprints = 3
)

// last is the newest change of a field, if there is any.
func (i Issue) last(field ChangedField) (FieldChange, bool) {
	if i.History == nil {
		return FieldChange{}, false
	}
	for _, c := range slices.Backward(i.History.Changes) {
		if c.Field == field {
			return c, true
		}
	}
	return FieldChange{}, false
}

// raised says how the priority was raised lately, empty if it was not. A
// priority of a name whose place is not known is only said to have changed.
func (i Issue) raised(start time.Time) string {
	c, ok := i.last(PriorityChanged)
	if !ok || !strings.EqualFold(c.To, i.Priority) || noPriority.MatchString(c.From) || start.Sub(c.At) > recentChange || c.At.After(start) {
		return ""
	}
	from, known := priorities[strings.ToLower(c.From)]
	to, both := priorities[strings.ToLower(c.To)]
	switch {
	case known && both && to < from:
		return fmt.Sprintf("raised from %s to %s on %s", c.From, c.To, dayAt(c.At, start))
	case known && both:
		return ""
	default:
		return fmt.Sprintf("changed from %s to %s on %s", c.From, c.To, dayAt(c.At, start))
	}
}

// moved is how many sprints the issue was moved through, 0 if through none.
func (i Issue) moved() int {
	if i.History == nil || i.History.Sprints < manySprints {
		return 0
	}
	return i.History.Sprints
}

// sprints says through how many sprints the issue was moved, empty if through
// none.
func (i Issue) sprints() string {
	switch {
	case i.moved() == 0:
		return ""
	case i.History.Cut:
		return fmt.Sprintf("moved through at least %d sprints", i.History.Sprints)
	default:
		return fmt.Sprintf("moved through %d sprints", i.History.Sprints)
	}
}

// flaggedSince is when the flag was raised, if that is some time ago.
func (i Issue) flaggedSince(start time.Time) (time.Time, bool) {
	c, ok := i.last(FlagChanged)
	return c.At, ok && i.Flagged && c.To != "" && start.Sub(c.At) >= oldFlag
}

// dueMoved says that the due date was another one before.
func (i Issue) dueMoved(start time.Time) string {
	c, ok := i.last(DueChanged)
	if !ok || c.From == "" || c.To != i.Due.String() || c.At.After(start) {
		return ""
	}
	return fmt.Sprintf(", moved from %s on %s", c.From, dayAt(c.At, start))
}

// dayAt is a day in the session's zone, with its year where that is another.
func dayAt(t, start time.Time) string {
	t = t.In(start.Location())
	if t.Year() != start.Year() {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan")
}

// moves are what the history tells of the issue's urgency.
func (i Issue) moves(start time.Time) (out []string) {
	if s := i.raised(start); s != "" {
		out = append(out, "priority "+s)
	}
	if since, ok := i.flaggedSince(start); ok {
		out = append(out, "flagged since "+dayAt(since, start))
	}
	return out
}

// movesOf are the same for the whole session: what was raised, and of the items
// that wait the one that has done so longest.
func (b *builder) movesOf() (facts []string) {
	start := b.in.Session.Start
	for _, r := range b.concerned() {
		if s := r.issue.raised(start); s != "" && len(facts) < mostNamed {
			facts = append(facts, fmt.Sprintf("priority of %s %s", r.issue.Key, s))
		}
	}
	waiting := func(i Issue) int {
		since, _ := i.flaggedSince(start)
		return int(start.Sub(since) / time.Second)
	}
	flagged := slices.DeleteFunc(slices.Clone(b.concerned()), func(r *reading) bool {
		_, ok := r.issue.flaggedSince(start)
		return !ok
	})
	if i := most(flagged, waiting); i != nil {
		since, _ := i.flaggedSince(start)
		facts = append(facts, fmt.Sprintf("%s flagged since %s", i.Key, dayAt(since, start)))
	}
	return facts
}

// movedOn asks about the item that was moved through the most sprints. That is no
// reason for now; what it lacked each time may be what it lacks today.
func (b *builder) movedOn() string {
	i := most(b.concerned(), Issue.moved)
	if i == nil {
		return ""
	}
	return fmt.Sprintf(" %s was %s: what did it lack each time?", i.Key, i.sprints())
}

// most is the first issue of which there is most, nil if there is none of any.
func most(items []*reading, of func(Issue) int) (best *Issue) {
	highest := 0
	for _, r := range items {
		if n := of(r.issue); n > highest {
			best, highest = &r.issue, n
		}
	}
	return best
}

// gaps names what would tell why now and stands on no ticket of the session.
func (b *builder) gaps() (missing []string) {
	has := map[string]bool{}
	for _, r := range b.concerned() {
		i := r.issue
		_, limited := r.wantedBy()
		has["due date"] = has["due date"] || limited || !i.Due.IsZero()
		has["release"] = has["release"] || slices.ContainsFunc(i.FixVersions, func(v Version) bool { return !v.Released })
		has["sprint goal"] = has["sprint goal"] || i.sprintGoal() != ""
	}
	for _, name := range []string{"due date", "release", "sprint goal"} {
		if !has[name] {
			missing = append(missing, name)
		}
	}
	return missing
}

// historyTold says whose changes are not known: all, or the oldest ones, where
// the service does not tell them to this account.
func (b *builder) historyTold() string {
	if untold := b.where(func(r *reading) bool { return r.issue.History == nil }); len(untold) > 0 {
		return fmt.Sprintf("History: what changed on %s was not told, so raised priorities, moved dates and sprints are not known.", b.those(keysOf(untold)))
	}
	if cut := b.where(func(r *reading) bool { return r.issue.History.Cut }); len(cut) > 0 {
		return fmt.Sprintf("History: of %s only the latest changes were told.", b.those(keysOf(cut)))
	}
	return ""
}
