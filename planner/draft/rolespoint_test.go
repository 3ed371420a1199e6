package draft

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L3: for whom stories are told is a key point in their own words.
func TestRolesPoint(t *testing.T) {
	t.Parallel()
	story := func(key, role string) ticket.Issue {
		return ticket.Issue{Key: key, Summary: "As a " + role + ", I want to see the fees so that I can pay them"}
	}
	of := func(issues ...ticket.Issue) string {
		points := writerOf(nil, issues...).rolesPoint()
		if len(points) == 0 {
			return ""
		}
		return points[0].Text
	}
	bare := ticket.Issue{Key: "LIB-9", Summary: "Fees"}
	assert.Empty(t, of(story("LIB-1", "reader"), bare), "one story says nothing of a session")
	assert.Equal(t, "Stories are told for “reader” (LIB-1) and “clerk at the desk” (LIB-2). Ask who in the room can answer for each.",
		of(story("LIB-1", "reader"), bare, story("LIB-2", "clerk at the desk")))
	assert.Equal(t, "Stories are told for “reader” (LIB-1 and LIB-2). Ask who else is touched, and how.", of(story("LIB-1", "reader"), story("LIB-2", "Reader")))
}
