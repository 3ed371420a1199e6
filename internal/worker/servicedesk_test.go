package worker_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// serves makes the demo's project a service project and takes the comments off
// PAY-3, so that whatever customers see there is ours.
func (w *world) serves(t *testing.T) {
	t.Helper()
	require.NoError(t, w.Sandbox.Jira.Serve("PAY"))
	for _, c := range w.Sandbox.Jira.Comments("PAY-3") {
		require.NoError(t, w.Sandbox.Jira.DeleteComment("PAY-3", c.ID))
	}
}

func TestCustomersReadWhatTheTeamWantsThemTo(t *testing.T) { // R1, S12
	tests := map[outcome.ServiceComments]struct{ written, shown int }{
		"":                      {1, 0},
		outcome.ServiceInternal: {1, 0},
		outcome.ServicePublic:   {1, 1},
		outcome.ServiceNone:     {0, 0},
	}
	onBoth(t, func(t *testing.T, w *world) {
		for setting, want := range tests {
			w.team.Name, w.team.ServiceComments = "team "+string(setting), setting
			w.serves(t)
			page := w.publish(t, ticket.Selection{}).Page.ID
			w.decides(t, page, "PAY-3", "PAY-3 is not fixed, few readers pay for it")
			synced := w.sync(t, page)
			assert.Len(t, w.Sandbox.Jira.Comments("PAY-3"), want.written, setting)
			assert.Len(t, w.Sandbox.Jira.CustomerView("PAY-3"), want.shown, setting)
			if setting == outcome.ServiceNone {
				require.Len(t, synced.Unattributed, 1)
				assert.Contains(t, synced.Unattributed[0].Reason, "service project")
				assert.Contains(t, w.receipts(t, page)[0], "service project")
			}
			w.decides(t, page, "PAY-3", "Tell them so") // an update
			w.sync(t, page)
			assert.Len(t, w.Sandbox.Jira.Comments("PAY-3"), want.written, setting)
			assert.Len(t, w.Sandbox.Jira.CustomerView("PAY-3"), want.shown, setting)
			w.requests(t)
			w.sync(t, page)
			_, writes := w.requests(t)
			assert.Zero(t, writes, setting)
		}
	})
}

// Data Center does not tell who can read a comment.
func TestAnInternalCommentThatCameBackPublicIsTakenBack(t *testing.T) { // R1, S12
	t.Parallel()
	for name, lost := range map[string]bool{"told": false, "its answer is lost": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := new(understudy)
			w := newWorld(t, u.option)
			w.serves(t)
			page := w.publish(t, ticket.Selection{}).Page.ID
			w.decides(t, page, "PAY-3", "few readers pay for it")
			w.Sandbox.Jira.PublishAll()
			u.play(func(_ http.ResponseWriter, r *http.Request) bool {
				if lost && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/issue/PAY-3/comment") {
					w.Sandbox.Jira.ServeHTTP(httptest.NewRecorder(), r)
					panic(http.ErrAbortHandler)
				}
				return false
			})
			synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
			require.ErrorContains(t, err, "customers")
			assert.Empty(t, w.Sandbox.Jira.CustomerView("PAY-3"))
			assert.Empty(t, w.Sandbox.Jira.Comments("PAY-3"))
			assert.Contains(t, synced.Changes[0].Reason, "sync.service_comments")
			assert.NotEqual(t, outcome.Applied, synced.Changes[0].Status)
		})
	}
}

func TestWhatCustomersReadAlreadyIsLeftAlone(t *testing.T) { // S12
	t.Parallel()
	w := newWorld(t)
	w.serves(t)
	w.team.ServiceComments = outcome.ServicePublic
	page := w.publish(t, ticket.Selection{}).Page.ID
	w.decides(t, page, "PAY-3", "By card")
	w.sync(t, page)
	w.team.ServiceComments = outcome.ServiceInternal
	w.sync(t, page) // it stands as wanted
	w.decides(t, page, "PAY-3", "few readers pay for it")
	synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
	require.Error(t, err)
	assert.Equal(t, outcome.Conflict, synced.Changes[0].Status)
	require.Len(t, w.Sandbox.Jira.CustomerView("PAY-3"), 1)
	assert.NotContains(t, w.Sandbox.Jira.CustomerView("PAY-3")[0].Body, "few readers")
}
