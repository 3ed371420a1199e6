package ticket_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L10 L14: each wait is told once, whichever end says it.
func TestWaiting(t *testing.T) {
	t.Parallel()
	link := func(phrase, key, status string) ticket.Link {
		return ticket.Link{Phrase: phrase, Ref: ticket.Ref{Key: key, Status: status, Done: status == "Done"}}
	}
	assert.Equal(t, []ticket.Wait{
		{Issue: "LIB-1", For: "LIB-2", Status: "Open"}, {Issue: "OUT-1", For: "LIB-1", Status: ""}, {Issue: "LIB-0", For: "LIB-1", Status: "Open"},
	}, ticket.Waiting([]*ticket.Issue{
		{Key: "LIB-1", Parent: &ticket.Ref{Key: "LIB-0"}, Links: []ticket.Link{
			link("is blocked by", "LIB-2", "Open"), link("blocks", "OUT-1", ""), link("depends on", "OUT-2", "Done"), link("relates to", "OUT-3", "Open"),
			link("depends on", "LIB-0", "Open"), link("blocks", "LIB-1", "Open"),
		}},
		{Key: "LIB-2", Links: []ticket.Link{link("blocks", "LIB-1", "Open")}},
		{Key: "LIB-0", Links: []ticket.Link{link("depends on", "LIB-1", "Open"), link("blocks", "LIB-1", "Open")}},
	}))
}
