package confluence_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner"
	"refine/planner/ticket"
)

// stateOf is a state of so many items that have all that a state can have.
func stateOf(items int) confluence.State {
	s := confluence.State{Said: map[string]string{"*": strings.Repeat("0", 600)}, Regions: map[string]string{}, Links: map[string]string{}, Items: map[string]planner.Facts{}}
	for n := range items {
		key := fmt.Sprintf("PAYMENTS-%d", 1000+n)
		s.Regions["item/"+key] = "12:0123456789abcdef"
		s.Links[key] = "0123456789abcdef"
		s.Said["item/"+key] = strings.Repeat("0", 100)
		s.Items[key] = planner.Facts{
			Summary: strings.Repeat("ü", 80), SummaryHash: "01234567", Status: "In Progress", Priority: "Highest",
			Description: "01234567", Criteria: "01234567", Comments: 12, Rank: "0|i0005k:zzz", Ready: true, Said: "01234567", Day: ticket.Date{Year: 2026, Month: 11, Day: 24},
		}
	}
	return s
}

func TestAStateFitsItsProperty(t *testing.T) { // C4
	t.Parallel()
	for items, steps := range map[int]int{10: 0, 35: 0, 55: 1, 75: 2, 90: 3} {
		s := stateOf(items)
		assert.Equal(t, steps, s.Fit(), "%d items", items)
		s.Pending = s.Regions // an update under way
		s.Lock = &confluence.Lock{Holder: strings.Repeat("h", 80), Run: strings.Repeat("r", 26), Machine: "0123456789abcdef", PID: 1 << 20, Begun: "15:04:05.000000"}
		b, err := json.Marshal(s)
		require.NoError(t, err)
		assert.Less(t, len(b), 32_768, "%d items", items)
		assert.Len(t, s.Items, items, "none is forgotten altogether")
	}
}

func TestAStateForgetsLastWhatTicketsWereTold(t *testing.T) { // A15
	t.Parallel()
	for items, remembers := range map[int]bool{40: true, 150: false} {
		s := stateOf(items)
		s.Told = map[string][]string{}
		for key := range s.Items {
			s.Told[key] = []string{"01234567", "89abcdef", "02468ace", "13579bdf", "76543210"}
		}
		s.Fit()
		assert.Equal(t, remembers, len(s.Told) == items, "%d items", items)
		b, err := json.Marshal(s)
		require.NoError(t, err)
		assert.Less(t, len(b), 32_768, "%d items", items)
	}
}
