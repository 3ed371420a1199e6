package worker_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

func TestACommentThatCannotHoldEverythingSaysSo(t *testing.T) { // S1 F3
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", strings.Repeat("a very long decision ", 2000))
		w.acts(t, page, "PAY-3", "ask the bank", monday)
		synced := w.sync(t, page)
		assert.Equal(t, outcome.Applied, synced.Changes[0].Status)
		assert.Contains(t, synced.Changes[0].Reason, "no room for 1 of its 2 lines")
		comments := w.commented(t)["PAY-3"]
		require.Len(t, comments, 1)
		assert.Contains(t, comments[0], "ask the bank", "what fits is there")
		assert.Contains(t, comments[0], "see the page")
		assert.Zero(t, applied(w.sync(t, page)))
	})
}

// A first publish in a space that the team has no page in yet asks Cloud for the space's
// id, and one of a backlog for the youngest pages, whatever people called them since.
func TestAHundredItemsTakeSoManyRequests(t *testing.T) { // P3, F2
	t.Parallel()
	var lines, keys []string
	for n := range 100 {
		key := fmt.Sprintf("BIG-%d", n+1)
		keys = append(keys, key)
		lines = append(lines, fmt.Sprintf(`{"key":%q,"fields":{"summary":"Show what group %d owes","description":"Clerks cannot see what group %d owes.","epic":{"key":"BIG-200"}}}`, key, n, n))
	}
	lines = append(lines, `{"key":"BIG-200","fields":{"summary":"Who owes what","issuetype":{"name":"Epic"},"created":"2026-10-01T09:00:00.000+0000","updated":"2026-10-01T09:00:00.000+0000"}}`)
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, append([]option{issues(lines...), flag(keys...)}, options...)...)
			first, unchanged := []int{5, 6}, []int{3, 4} // with its epic a hundred items are two pages of results
			if w.person.Native {
				first[0] = 7
			}
			for n, sel := range []ticket.Selection{{}, {Kind: ticket.Epic, Value: "BIG-200"}} {
				w.requests(t)
				published := w.publish(t, sel)
				all, _ := w.requests(t)
				assert.Equal(t, first[n], all, "without the fields, which connecting asks for")
				assert.Len(t, published.Plan.Deferred, 100-len(published.Plan.Items), "none disappears")
				assert.Equal(t, worker.Unchanged, w.publish(t, sel).Action)
				all, writes := w.requests(t)
				assert.Equal(t, unchanged[n], all)
				assert.Zero(t, writes)
			}
		})
	}
}

func TestASyncOfManyTicketsReadsThemTogether(t *testing.T) { // S5
	t.Parallel()
	w := newWorld(t)
	page := w.publish(t, ticket.Selection{}).Page.ID
	for n := range 15 {
		w.acts(t, page, "PAY-3", fmt.Sprintf("PAY-%d: look at it", n+1), monday)
	}
	w.requests(t)
	_, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
	require.NoError(t, err)
	all, _ := w.requests(t)
	assert.Equal(t, 5, all, "the page with its property, the comments on it, the tickets of the session, those that lines name, the marks of their comments")
}

// A property that is nearly full has room for what an undo notes before it begins.
func TestAnUndoOfAPageThatRemembersAllItCan(t *testing.T) { // S9
	both(t, func(t *testing.T, w *world) {
		page := w.played(t)
		w.sync(t, page)
		prop, err := w.Pages.Property(t.Context(), page)
		require.NoError(t, err)
		full := prop.State
		for n := 0; ; n++ {
			b, err := json.Marshal(full)
			require.NoError(t, err)
			if len(b) > 32_500 {
				break
			}
			full.Items[fmt.Sprintf("OLD-%d", n)] = planner.Facts{Summary: strings.Repeat("s", 80), SummaryHash: "01234567", Gone: true}
		}
		require.NoError(t, w.Pages.UpdateProperty(t.Context(), page, *prop, full))
		w.undo(t, page)
		assert.Empty(t, w.commented(t))
	})
}
