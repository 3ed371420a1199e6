package draft

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L6: that fields are empty is said of those that are so in all tickets.
func TestWhatIsEmptyInAllTickets(t *testing.T) {
	t.Parallel()
	one := ticket.Issue{Key: "LIB-1", Summary: "Renewals"}
	assert.Equal(t, "Empty in LIB-1: priority, issue links, due date and release.", writerOf(nil, one).empty())
	two := ticket.Issue{Key: "LIB-2", Summary: "Returns", Priority: "High", Due: ticket.Date{Year: 2027, Month: 1, Day: 3}}
	assert.Equal(t, "Empty in all of them: issue links and release.", writerOf(nil, one, two).empty())
	two.Links, two.FixVersions = []ticket.Link{{Ref: ticket.Ref{Key: "LIB-1"}}}, []ticket.Version{{Name: "Spring"}}
	assert.Empty(t, writerOf(nil, one, two).empty())
}
