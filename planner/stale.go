package planner

import (
	"fmt"
	"slices"
	"time"
)

// staleAfter is how long a ticket can lie before its text is doubted as a whole.
const staleAfter = 365 * 24 * time.Hour

// lastWord is when the issue was created or last commented on by a person. It
// does not go by Jira's time of the last update, which a sync of ours moves.
func lastWordOf(i Issue) time.Time {
	last := i.Created
	for _, c := range i.Comments {
		if c.Created.After(last) && !byProgram(c) {
			last = c.Created
		}
	}
	return last
}

// staleAt reports whether nobody has written in the issue for too long. Of one
// that has no dates nobody can tell.
func staleAtOf(i Issue, at time.Time) bool {
	last := lastWordOf(i)
	return !last.IsZero() && at.Sub(last) > staleAfter
}

// silence is the finding of a ticket that nobody has spoken of. It weighs least
// of all: in an old backlog it is true of every ticket.
func (r *reading) silence(at time.Time) []finding {
	if !staleAtOf(r.issue, at) {
		return nil
	}
	return []finding{{
		Finding: Finding{Rule: ruleStale, INVEST: "V", Evidence: []Evidence{},
			Message: fmt.Sprintf("nobody has written in it since %s", lastWordOf(r.issue).Format("January 2006"))},
		weight: 1, find: "who still waits for it", gets: "a word on whether it is still true", snag: "a text that nobody has touched for a year",
	}}
}

// sayOnce leaves silence to the assumptions where it is true of most items:
// said under each of them it tells them apart no more.
func (b *builder) sayOnce() {
	advice := func(f finding) bool { return f.Rule == ruleStale && !f.Blocks }
	silent := b.where(func(r *reading) bool { return slices.ContainsFunc(r.findings, advice) })
	if len(silent) < 2 || 2*len(silent) <= len(b.taken) {
		return
	}
	for _, r := range silent {
		r.findings = slices.DeleteFunc(r.findings, advice)
	}
}
