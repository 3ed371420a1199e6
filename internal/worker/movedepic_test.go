package worker_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"

	"refine/planner/ticket"
)

// asBefore makes the page one that an earlier version published, which named the
// session by the epic's key.
func (w *world) asBefore(t *testing.T, page, key string) {
	t.Helper()
	p, err := w.Pages.Page(t.Context(), page)
	require.NoError(t, err)
	state := p.Property.State
	byKey := ticket.SessionID("acme", w.team.Name, ticket.Selection{Kind: ticket.Epic, Value: key}, ticket.DateOf(state.Start))
	require.NotEqual(t, byKey, state.Session)
	w.edits(t, page, func(body string) (string, error) {
		require.Contains(t, body, state.Session)
		return strings.ReplaceAll(body, state.Session, byKey), nil
	})
	state.Session, state.Selection.ID = byKey, ""
	require.NoError(t, w.Pages.UpdateProperty(t.Context(), page, *p.Property, state))
	require.NoError(t, w.Pages.AddLabels(t.Context(), page, byKey))
}

// An epic keeps its session whatever its key becomes, and whichever of its keys
// it is asked for by.
func TestAMovedEpicKeepsItsSession(t *testing.T) { // A6, S5, P2
	tests := map[string]func(t *testing.T, w *world) (keys []string){
		"moved to another project": func(t *testing.T, w *world) []string {
			require.NoError(t, w.Sandbox.Jira.Move("PAY-1", "NEW-1"))
			return []string{"PAY-1", "NEW-1"}
		},
		"moved twice": func(t *testing.T, w *world) []string {
			require.NoError(t, w.Sandbox.Jira.Move("PAY-1", "NEW-1"))
			require.NoError(t, w.Sandbox.Jira.Move("NEW-1", "NEXT-9"))
			return []string{"PAY-1", "NEW-1", "NEXT-9"}
		},
		"an earlier version's": func(*testing.T, *world) []string {
			return []string{"PAY-1"}
		},
		"an earlier version's, moved since": func(t *testing.T, w *world) []string {
			require.NoError(t, w.Sandbox.Jira.Move("PAY-1", "NEW-1"))
			return []string{"NEW-1", "PAY-1"}
		},
		"moved and renamed": func(t *testing.T, w *world) []string {
			require.NoError(t, w.Sandbox.Jira.Move("PAY-1", "NEW-1"))
			w.renames(t, "NEW-1", "Another title")
			return []string{"NEW-1", "PAY-1"}
		},
	}
	for name, move := range tests {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, w *world) {
				epic := func(key string) ticket.Selection { return ticket.Selection{Kind: ticket.Epic, Value: key} }
				first := w.publish(t, epic("PAY-1")).Page
				if strings.HasPrefix(name, "an earlier version's") {
					w.asBefore(t, first.ID, "PAY-1")
				}
				w.decides(t, first.ID, "PAY-3", "Refund within a day")
				w.sync(t, first.ID)
				for _, key := range move(t, w) {
					w.now = w.now.Add(time.Minute)
					assert.Equal(t, first.ID, w.publish(t, epic(key)).Page.ID, "publish --epic %s", key)
					synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Epic: key})
					require.NoError(t, err)
					assert.Equal(t, first.ID, synced.Page.ID, "sync --epic %s", key)
				}
				w.decides(t, first.ID, "PAY-3", "By card")
				w.sync(t, first.ID)
				assert.Len(t, w.commented(t)["PAY-3"], 1)
				assert.Len(t, w.Sandbox.Jira.RemoteLinks("PAY-3"), 1)
			})
		})
	}
}
