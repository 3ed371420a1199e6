package outcome_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// What syncs set on a ticket stays, and each piece is named once: by whatever box, or
// by a line.
func TestAnUndoNamesWhatWasSet(t *testing.T) { // S9
	t.Parallel()
	done := outcome.Done{"PAY-7": {
		"Ready/status": "1", "status": "1", "Ready/flag": "2", "Ready/label refined/ok": "3",
		"estimate": "4", "acceptance criteria": "5", "blocked by PAY-8": "6",
	}}
	changes := outcome.Undo(outcome.UndoInput{
		Session: session(ticket.Backlog, ""), Tickets: []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-9")}, Done: done,
	})
	var told []string
	for _, c := range changes {
		assert.Equal(t, outcome.Unchanged, c.Status)
		assert.False(t, c.Writes())
		told = append(told, c.Issue+": "+c.Detail)
	}
	assert.Equal(t, []string{
		"PAY-7: “acceptance criteria” stays as it is", "PAY-7: “blocked by PAY-8” stays as it is", "PAY-7: “estimate” stays as it is",
		"PAY-7: “flag” stays as it is", "PAY-7: “label refined/ok” stays as it is", "PAY-7: “status” stays as it is",
	}, told)
}
