package outcome_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// S3: what is an estimate tells its words alone, with the team's sizes; all else is
// listed.
func TestWhatIsAnEstimate(t *testing.T) {
	t.Parallel()
	for typed, is := range map[string]bool{
		"5": true, "0,5": true, "5 points": true, "8 Punkte": true, "3 SP": true, "13 pts.": true, "Tiny": true, "tiny": true,
		"M": false, "xl": false,
		"none": false, "5?": false, "about 5": false, "3-5": false, "5 or 8": false, "5 days": false, "Ivo 5, Noor 8": false, "L (ca. 13)": false, "huge": false, "5 points, no tests": false,
	} {
		in := outcome.WritebackInput{
			Session: session(ticket.Backlog, ""), Tickets: []outcome.Ticket{onTicket("PAY-7")}, Sizes: []outcome.Size{{Name: "Tiny", Points: 1}},
			Outcomes: outcome.Outcomes{Keys: []string{"PAY-7"}, Entries: []outcome.Entry{{Kind: outcome.Estimate, Text: outcome.Text{{Text: typed}}, Section: "PAY-7", Where: "PAY-7, Estimate"}}},
		}
		plan := outcome.Writeback(in)
		if is {
			assert.Equal(t, map[string][]string{"PAY-7": {typed}}, comments(plan), typed)
			assert.Empty(t, plan.Suggestions, typed)
			continue
		}
		assert.Empty(t, comments(plan), typed)
		assert.Equal(t, []outcome.Suggestion{{Text: typed, Issue: "PAY-7", Where: "PAY-7, Estimate", Reason: "it is no estimate: type a number or a size of the team alone: Tiny"}}, plan.Suggestions)
	}
}

// S3 S11: a name that no size of the team has is listed, below the ticket of its row.
func TestASizeThatTheTeamHasNot(t *testing.T) {
	t.Parallel()
	in := outcome.WritebackInput{
		Session: session(ticket.Backlog, ""), Tickets: []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-9")}, SetEstimate: true, Sizes: []outcome.Size{{Name: "5", Points: 5}},
		Outcomes: outcome.Outcomes{Keys: []string{"PAY-7"}, Entries: []outcome.Entry{
			{Kind: outcome.Estimate, Text: outcome.Text{{Text: "XL"}}, Section: "PAY-7", Row: "PAY-9"},
			{Kind: outcome.Estimate, Text: outcome.Text{{Text: "8"}}, Section: "PAY-7"}, {Kind: outcome.Estimate, Text: outcome.Text{{Text: "8 points"}}, Section: "PAY-7"},
		}},
	}
	plan := outcome.Writeback(in)
	assert.Equal(t, map[string][]string{"PAY-7": {"8", "8 points"}}, comments(plan))
	assert.Equal(t, []outcome.Suggestion{{Text: "XL", Issue: "PAY-9", Reason: "it is no estimate: type a number alone; sizes by name are settled in session.estimation.sizes"}}, plan.Suggestions)
	assert.Equal(t, "8", plan.Changes[len(plan.Changes)-1].To, "8 and 8 points are one")

	in.Sizes = []outcome.Size{{Name: "XL"}}
	assert.Equal(t, map[string][]string{"PAY-7": {"8", "8 points"}, "PAY-9": {"XL"}}, comments(outcome.Writeback(in)))
}
