package draft

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L18: how links join the tickets of a talk is told as they do.
func TestHowTicketsAreJoined(t *testing.T) {
	t.Parallel()
	to := func(key string, others ...string) ticket.Issue {
		i := ticket.Issue{Key: key, Summary: "Renewals"}
		for _, o := range others {
			i.Links = append(i.Links, ticket.Link{Phrase: "relates to", Ref: ticket.Ref{Key: o}})
		}
		return i
	}
	w := writerOf(nil, to("LIB-1", "LIB-2"), to("LIB-2"), to("LIB-3", "LIB-2"), to("LIB-4", "LIB-3"))
	assert.Equal(t, "Linked to each other.", w.joined([]string{"LIB-1", "LIB-2"}))
	assert.Equal(t, "LIB-1 and LIB-3 are linked to LIB-2.", w.joined([]string{"LIB-1", "LIB-2", "LIB-3"}))
	assert.Equal(t, "Joined by links.", w.joined([]string{"LIB-1", "LIB-2", "LIB-3", "LIB-4"}))
}
