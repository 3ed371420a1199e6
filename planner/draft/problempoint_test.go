package draft

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// L3: what a ticket says is wrong or wanted is a key point, of one with criteria first; a
// title alone, what points to another ticket, a story and a wish that names nobody are none.
func TestProblemPoint(t *testing.T) {
	t.Parallel()
	issues := []ticket.Issue{
		{Key: "LIB-3", Summary: "The desk should close at noon"},
		{Key: "LIB-4", Summary: "Mail", Description: "The mail should say what LIB-2 says of a return."},
		{Key: "LIB-5", Summary: "Fees", Description: "As a reader I want to see my fees so that I can pay them."},
		{Key: "LIB-6", Summary: "Index", Description: "The index of the vault should live in a file of its own."},
	}
	assert.Empty(t, writerOf(nil, issues...).problemPoint())
	issues = append(issues, ticket.Issue{Key: "LIB-1", Summary: "Renewals", Description: "Readers should be able to renew a loan from home."})
	points := writerOf(nil, issues...).problemPoint()
	require.Len(t, points, 1)
	assert.Equal(t, "LIB-1: “Readers should be able to renew a loan from home”. Ask whom that touches first, and how.", points[0].Text)
	issues = append(issues, ticket.Issue{Key: "LIB-2", Summary: "Returns", Description: "Readers must be able to return a book at night.\n\nAcceptance criteria:\n* The return is shown."})
	points = writerOf(nil, issues...).problemPoint()
	require.Len(t, points, 1)
	assert.Equal(t, "LIB-2: “Readers must be able to return a book at night”. Ask whom that touches first, and how.", points[0].Text)
}

// L3: what is most urgent and lacks something is set beside what is least urgent and does
// so, too; where one of them lacks nothing, priorities alone are told.
func TestPrioritiesBesideWhatIsLacking(t *testing.T) {
	t.Parallel()
	const wish, done = "Readers renew at the desk only, which takes them an hour each time.", "Readers wait.\n\nAcceptance criteria:\n* The end of the loan is shown."
	of := func(urgent, late string) string {
		w := writerOf(nil,
			ticket.Issue{Key: "LIB-1", Summary: "Renewals", Priority: "Critical", Description: urgent},
			ticket.Issue{Key: "LIB-2", Summary: "Returns", Priority: "High", Description: done},
			ticket.Issue{Key: "LIB-3", Summary: "Fees", Priority: "Low", Description: late},
		)
		w.Talks.By = "priority, then age"
		points := w.prioritiesPoint()
		require.Len(t, points, 1)
		return points[0].Text
	}
	assert.Equal(t, "LIB-1 is Critical and has no criteria yet; LIB-3 is Low and not ready. Ask whether that is the order in which they hurt.", of(wish, "TBD"))
	assert.Equal(t, "LIB-1 is Critical, LIB-2 is High and LIB-3 is Low. Ask whether that is the order in which they hurt.", of(done, "TBD"))
}

// L8: of a ticket without criteria its verdict says how many points its description lists.
func TestAListIsToldOf(t *testing.T) {
	t.Parallel()
	w := writerOf(nil, ticket.Issue{Key: "LIB-1", Summary: "Renewals", Type: "Story", Description: "Readers need a page for loans, with all that the desk can do today.\n\n* Renew a loan\n* Return a book\n* Pay a fee"})
	assert.Equal(t, "Its description lists 3 points, the first “Renew a loan”.", w.verdict("LIB-1").Text)
}
