package worker_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

func TestHistoryTellsTheLastSessions(t *testing.T) { // L8, S10, refine history
	onBoth(t, func(t *testing.T, w *world) {
		var pages []string
		for range 4 {
			pages = append(pages, w.publish(t, ticket.Selection{}).Page.ID)
			w.now = w.now.AddDate(0, 0, 7)
		}
		_, err := w.Confluence.Copy(pages[0], "A copy of it")
		require.NoError(t, err)
		w.decides(t, pages[0], "PAY-3", "Fees are included")
		w.ticks(t, pages[0], "PAY-3", "Ready")
		w.acts(t, pages[0], "PAY-4", "get UX input", time.Time{})
		w.ticks(t, pages[0], "PAY-4", "Needs another session")
		require.NoError(t, w.Confluence.SetProperty(pages[1], "refine", json.RawMessage(`"nonsense"`)))
		w.now = w.now.AddDate(0, 0, -6) // the last one is still to come

		w.requests(t)
		past, err := w.History(t.Context(), w.team, 10)
		require.NoError(t, err)
		all, writes := w.requests(t)
		assert.LessOrEqual(t, all, 2, "a search, and all pages together")
		assert.Zero(t, writes)
		require.Len(t, past, 3)
		assert.Equal(t, pages[2], past[0].Page.ID)
		assert.False(t, past[0].Held)
		assert.ErrorContains(t, past[1].Err, "does not hold what refine writes there", "it is named, not dropped")
		assert.Equal(t, pages[1], past[1].Page.ID)
		u := past[2].Update
		assert.Equal(t, "3 of 8 ready → 3 of 8", u.Readiness())
		assert.Equal(t, "2 of 8 items refined, 3 ready (3 before); PAY-4 needs another session. 1 decision, 1 open action item", u.String())
		synced := w.sync(t, pages[0])
		assert.Equal(t, u, synced.Update, "a sync tells the same")

		few, err := w.History(t.Context(), w.team, 1)
		require.NoError(t, err)
		require.Len(t, few, 1)
		assert.Equal(t, pages[2], few[0].Page.ID)

		w.decides(t, pages[3], "PAY-3", "Fees are shown")
		w.sync(t, pages[3])
		few, err = w.History(t.Context(), w.team, 1)
		require.NoError(t, err)
		assert.Equal(t, pages[3], few[0].Page.ID, "what was synced before its time was held")
	})
}
