package ready

import (
	"time"

	"refine/planner/ticket"
)

// staleAfter is how long a ticket can lie before its text is doubted as a whole.
const staleAfter = 365 * 24 * time.Hour

// lastSpoken is when the issue was created or last commented on by a person. It
// does not go by Jira's time of the last update, which a sync of ours moves.
func lastSpoken(i ticket.Issue) time.Time {
	last := i.Created
	for n := range i.Comments {
		if c := &i.Comments[n]; c.Created.After(last) && !byProgram(c) {
			last = c.Created
		}
	}
	return last
}

// silence is the finding of a ticket that nobody has spoken of. Of one that has no
// dates nobody can tell.
func (r *Reading) silence(at time.Time) []Finding {
	last := lastSpoken(r.issue)
	if last.IsZero() || at.Sub(last) <= staleAfter {
		return nil
	}
	return []Finding{{Rule: RuleStale, Evidence: []ticket.Evidence{}, Message: "nobody has written in it since " + last.Format("January 2006")}}
}

func (r *Reading) lastWritten() proof {
	last := lastSpoken(r.issue)
	if last.IsZero() {
		return exempt("nobody knows when it was written")
	}
	return unopposed("the last word in it is of " + last.Format("2 January 2006"))
}
