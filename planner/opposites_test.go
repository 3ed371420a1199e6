package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/guide"
)

// Two demands that one thing cannot meet are told, whether one ticket makes them
// or two.
func TestOpposed(t *testing.T) { // L14
	t.Parallel()
	for name, c := range map[string]struct {
		items []Issue
		point string
	}{
		"anonymous, with a field that identifies": {
			[]Issue{{Key: "PAY-1", Summary: "Count late payers", Description: "The counts must be anonymous at all times.\n\nEach has:\n* Day\n* Customer number\n"}},
			"PAY-1 says “The counts must be anonymous at all times” and “Customer number”. The second can lead to a person",
		},
		"no copies, and copies": {
			[]Issue{
				{Key: "PAY-1", Summary: "Tidy up the letters", Description: "Remove duplicate texts from what is sent out."},
				{Key: "PAY-2", Summary: "Letters per market", Description: "Copy the standard texts to every market's folder."},
			},
			"The first takes away what the second makes",
		},
		"kept and deleted": {
			[]Issue{
				{Key: "PAY-1", Summary: "Archive of invoices", Description: "Invoices must be kept for ten years."},
				{Key: "PAY-2", Summary: "Forget customers and their invoices", Description: "All of it should be deleted after two years."},
			},
			"One of the two comes too late for the other",
		},
		"of different things": {items: []Issue{
			{Key: "PAY-1", Summary: "Archive of invoices", Description: "Invoices must be kept for ten years."},
			{Key: "PAY-2", Summary: "Log files", Description: "All of it should be deleted after two years."},
		}},
		"a name, and nobody promised anything": {items: []Issue{
			{Key: "PAY-1", Summary: "Count late payers", Description: "The counts are shown on a board.\n* Customer number\n"},
		}},
		"anonymous, and no field": {items: []Issue{
			{Key: "PAY-1", Summary: "Count late payers", Description: "The counts must be anonymous at all times.\n* Day\n"},
			{Key: "PAY-2", Summary: "Show late payers", Description: "A clerk sees the customer number beside each of them."},
		}},
	} {
		found := opposed(nil, readings(c.items...))
		if c.point == "" {
			assert.Empty(t, found, name)
			continue
		}
		require.Len(t, found, 1, name)
		assert.Contains(t, found[0].point, c.point, name)
		assert.True(t, guide.BuiltIn(guide.Default).Has(found[0].guide))
	}
}
