package ticket_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

func TestNotRead(t *testing.T) { // R13
	t.Parallel()
	points := ticket.Unread{Field: "Story Points", Holds: "an object", Wanted: "a number"}
	criteria := ticket.Unread{Field: "Checks", Holds: "a list of objects", Wanted: "text"}
	assert.Equal(t, []string{
		"Not read: the field Story Points of PAY-1, PAY-2, which holds an object instead of a number.",
		"Not read: the field Checks of PAY-2, which holds a list of objects instead of text.",
	}, ticket.NotRead([]ticket.Issue{
		{Key: "PAY-1", Unread: []ticket.Unread{points, points}}, {Key: "PAY-2", Unread: []ticket.Unread{criteria, points}}, {Key: "PAY-3"},
		{Key: "PAY-4", Unread: []ticket.Unread{{Field: "Secret", Holds: "a list", Wanted: "text"}}, Restricted: true},
	}))
	var many []ticket.Issue
	for n := range 7 {
		many = append(many, ticket.Issue{Key: fmt.Sprintf("PAY-%d", n), Unread: []ticket.Unread{points}})
	}
	assert.Equal(t, []string{"Not read: the field Story Points of PAY-0, PAY-1, PAY-2, PAY-3, PAY-4 and others, which holds an object instead of a number."}, ticket.NotRead(many))
	assert.Empty(t, ticket.NotRead(nil))
}
