package worker_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/planner/ticket"
)

// cutShort keeps publishes from making any write whose path holds a word, as if they
// had been killed before it.
func cutShort(before *atomic.Pointer[string]) option {
	return func(o *sandbox.Options) {
		o.Instead = func(w http.ResponseWriter, r *http.Request) bool {
			word := before.Load()
			if word == nil || r.Method == http.MethodGet || !strings.Contains(r.URL.Path, *word) {
				return false
			}
			w.WriteHeader(http.StatusForbidden)
			return true
		}
	}
}

// A page that a publish began and could not mark is finished once its session is
// over, by what looks for finished sessions, and synced as any other; what stands on
// it stays as it is. Nobody is told of it then, and no page is made so late.
func TestAPageThatWasBegunIsFoundWhenItsSessionIsOver(t *testing.T) { // S5 O1
	t.Parallel()
	for name, without := range map[string]string{"cloud/labels": "/label", "cloud/state": "propert", "datacenter/labels": "/label", "datacenter/state": "propert"} {
		deployment, _, _ := strings.Cut(name, "/")
		if sample > 1 && (without == "/label") == (deployment == "cloud") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var cut atomic.Pointer[string]
			w := newWorld(t, append(append([]option{cutShort(&cut)}, deployments[deployment]...), few...)...)
			w.team.Schedule, w.team.Zone = fortnightly(t)
			other := w.team
			other.Name = "billing" // whose session has no page at all
			teams := []worker.Team{w.team, other}
			run := func(dry bool) []worker.Job {
				jobs, err := w.Run(t.Context(), teams, dry)
				require.NoError(t, err)
				return jobs
			}

			cut.Store(&without)
			_, err := w.Publish(t.Context(), worker.Request{Team: w.team, Selection: ticket.Selection{Kind: ticket.Backlog}})
			require.Error(t, err)
			cut.Store(nil)
			page := w.Confluence.Pages()[0]
			require.Nil(t, page.Properties["refine"])
			w.decides(t, page.ID, "PAY-3", "Refund within a day")
			require.NoError(t, w.Sandbox.Jira.Transition("Done", "PAY-6")) // it leaves the backlog
			typed, _ := w.Confluence.Page(page.ID)

			w.now = time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)
			assert.Empty(t, run(false), "people are at it")
			w.now = w.now.Add(24 * time.Hour)
			w.requests(t)
			dry := run(true)
			require.Len(t, dry, 1)
			assert.Equal(t, worker.Updated, dry[0].Published.Action)
			_, writes := w.requests(t)
			assert.Zero(t, writes)

			jobs := run(false)
			require.Len(t, jobs, 2)
			assert.Equal(t, page.ID, jobs[0].Published.Page.ID)
			assert.Equal(t, typed.Body, jobs[0].Published.Page.Body)
			assert.Empty(t, jobs[0].Published.Notices)
			assert.Equal(t, 2, applied(*jobs[1].Synced), "a comment and a link")
			assert.Contains(t, w.commented(t)["PAY-3"][0], "Refund within a day")
			require.Len(t, w.Confluence.Pages(), 1)

			w.requests(t)
			again := run(false)
			require.Len(t, again, 1)
			assert.Zero(t, applied(*again[0].Synced))
			all, _ := w.requests(t)
			assert.LessOrEqual(t, all, 8)
		})
	}
}
