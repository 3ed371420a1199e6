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

// L4: what was planned for a release that is out is asked about at once.
func TestWhatAReleaseLeftIsAskedOnce(t *testing.T) {
	t.Parallel()
	out := []ticket.Version{{Name: "2.0", Released: true}}
	w := writerOf(nil,
		ticket.Issue{Key: "LIB-1", Summary: "Renewals", FixVersions: out}, ticket.Issue{Key: "LIB-2", Summary: "Returns", FixVersions: out},
		ticket.Issue{Key: "LIB-3", Summary: "Fees", FixVersions: []ticket.Version{{Name: "3.0"}}})
	lines := w.askKinds(3)
	require.Len(t, lines, 1)
	assert.Equal(t, "LIB-1 and LIB-2 were planned for 2.0, which is out. What is left to do?", lines[0].Text)
}
