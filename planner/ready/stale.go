package ready

import (
	"time"

	"refine/planner/ticket"
)

// staleAfter is how long a ticket can lie before its text is doubted as a whole.
const staleAfter = 365 * 24 * time.Hour

// lastSpoken is when the issue was created or last commented on by a person. It
// does not go by Jira's time of the last update, which a sync of ours moves.
func (r *Reading) lastSpoken() time.Time {
	last := r.issue.Created
	for _, c := range r.Comments() {
		if at := c.Comment.Created; at.After(last) && !c.Program {
			last = at
		}
	}
	return last
}

// silence is the finding of a ticket that nobody has spoken of. Of one that has no
// dates nobody can tell.
func (r *Reading) silence(at time.Time) []Finding {
	last := r.lastSpoken()
	if last.IsZero() || at.Sub(last) <= staleAfter {
		return nil
	}
	return []Finding{{Rule: RuleStale, Evidence: []ticket.Evidence{}, Message: "nobody has written in it since " + last.Format("January 2006")}}
}

func (r *Reading) lastWritten() proof {
	last := r.lastSpoken()
	if last.IsZero() {
		return exempt("nobody knows when it was written")
	}
	return unopposed("the last word in it is of " + last.Format("2 January 2006"))
}
