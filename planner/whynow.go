package planner

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	// recentChange is how long a raised priority is a reason for now.
	recentChange = 90 * 24 * time.Hour
	// oldFlag is from when on it is worth saying that an issue is flagged.
	oldFlag = 7 * 24 * time.Hour
	// manySprints is from when on it is worth saying that an issue moves on.
	manySprints = 3
)

// raised says how the priority was raised lately, empty if it was not. A
// priority of a name whose place is not known is only said to have changed.
func raisedOf(i Issue, start time.Time) string {
	c, ok := i.Last(PriorityChanged)
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
func movedOf(i Issue) int {
	if i.History == nil || i.History.Sprints < manySprints {
		return 0
	}
	return i.History.Sprints
}

// sprints says through how many sprints the issue was moved, empty if through
// none.
func sprintsOf(i Issue) string {
	switch {
	case movedOf(i) == 0:
		return ""
	case i.History.Cut:
		return fmt.Sprintf("moved through at least %d sprints", i.History.Sprints)
	default:
		return fmt.Sprintf("moved through %d sprints", i.History.Sprints)
	}
}

// flaggedSince is when the flag was raised, if that is some time ago.
func flaggedSinceOf(i Issue, start time.Time) (time.Time, bool) {
	c, ok := i.Last(FlagChanged)
	return c.At, ok && i.Flagged && c.To != "" && start.Sub(c.At) >= oldFlag
}

// dueMoved says that the due date was another one before.
func dueMovedOf(i Issue, start time.Time) string {
	c, ok := i.Last(DueChanged)
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
func movesOf(i Issue, start time.Time) (out []string) {
	if s := raisedOf(i, start); s != "" {
		out = append(out, "priority "+s)
	}
	if since, ok := flaggedSinceOf(i, start); ok {
		out = append(out, "flagged since "+dayAt(since, start))
	}
	return out
}

// movesOf are the same for the whole session: what was raised, and of the items
// that wait the one that has done so longest.
func (b *builder) movesOf() (facts []string) {
	start := b.in.Session.Start
	for _, r := range b.concerned() {
		if s := raisedOf(r.issue, start); s != "" && len(facts) < mostNamed {
			facts = append(facts, fmt.Sprintf("priority of %s %s", r.issue.Key, s))
		}
	}
	waiting := func(i Issue) int {
		since, _ := flaggedSinceOf(i, start)
		return int(start.Sub(since) / time.Second)
	}
	flagged := slices.DeleteFunc(slices.Clone(b.concerned()), func(r *reading) bool {
		_, ok := flaggedSinceOf(r.issue, start)
		return !ok
	})
	if i := most(flagged, waiting); i != nil {
		since, _ := flaggedSinceOf(*i, start)
		facts = append(facts, fmt.Sprintf("%s flagged since %s", i.Key, dayAt(since, start)))
	}
	return facts
}

// movedOn asks about the item that was moved through the most sprints. That is no
// reason for now; what it lacked each time may be what it lacks today.
func (b *builder) movedOn() string {
	i := most(b.concerned(), movedOf)
	if i == nil {
		return ""
	}
	return fmt.Sprintf(" %s was %s: what did it lack each time?", i.Key, sprintsOf(*i))
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
		has["sprint goal"] = has["sprint goal"] || sprintGoalOf(i) != ""
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
