package draft

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// Who wrote the epic is invited, however little else they have to do with its tickets.
func TestTheEpicsAuthorIsInvited(t *testing.T) {
	t.Parallel()
	epic := &ticket.Issue{Key: "LIB-0", Epic: true, Summary: "Fees", Description: "Readers pay at the desk only.", Reporter: ticket.Person{Name: "Zoe"}}
	var issues []ticket.Issue
	for n := range 9 {
		issues = append(issues, ticket.Issue{Key: fmt.Sprintf("LIB-%d", n+1), Summary: "Fees", Reporter: ticket.Person{Name: fmt.Sprintf("Reader %d", n)}})
	}
	assert.Contains(t, writerOf(epic, issues...).invite()[0].Text, "Zoe (wrote LIB-0)")
	epic.Restricted = true
	assert.NotContains(t, writerOf(epic, issues...).invite()[0].Text, "Zoe")
}
