package draft

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// L4 L14: of the same work on several things is asked what holds for all of it.
func TestSeriesIsAskedAbout(t *testing.T) {
	t.Parallel()
	w := writerOf(nil,
		ticket.Issue{Key: "LIB-1", Summary: "Print the card of a reader in the hall"}, ticket.Issue{Key: "LIB-2", Summary: "Print the card of a clerk in the hall"},
		ticket.Issue{Key: "LIB-3", Summary: "Print the card of a school in the hall"})
	line, ok := w.askSeries()
	require.True(t, ok)
	assert.Equal(t, "The titles of LIB-1, LIB-2 and LIB-3 say the same but for a name: “Print the card of a” … “in the hall”. Which of them is not like the others, and what do all of them need?", line.Text)
	_, ok = w.askSeries()
	assert.False(t, ok, "it is said")
}
