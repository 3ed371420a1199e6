package worker_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/internal/sandbox/sandboxtest"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner/ticket"
)

// told is connect where the deployment is configured, as a command does it that
// may or may not need the site's fields.
func (w *world) told(t *testing.T, learn jira.Learning) *worker.Worker {
	t.Helper()
	return w.remembering(t, learn, "")
}

// remembering is told with a memory of the fields.
func (w *world) remembering(t *testing.T, learn jira.Learning, memory string) *worker.Worker {
	t.Helper()
	by := w.connect(t)
	api, err := atlassian.New(atlassian.Options{Product: "Jira", BaseURL: w.Site.Jira,
		Auth: atlassian.Auth{User: w.Site.User, Token: atlassian.NewSecret(w.Site.Token)}})
	require.NoError(t, err)
	deployment := "datacenter"
	if w.person.Native {
		deployment = "cloud"
	}
	w.requests(t) // those of connecting are none of a command's
	j, err := jira.New(t.Context(), jira.Options{Atlassian: api, Deployment: deployment, Learn: learn, Memory: memory})
	require.NoError(t, err)
	by.Jira = j
	by.Remembered = func() worker.Guess {
		if last := j.Remembered(); last != nil {
			return last
		}
		return nil
	}
	return by
}

// asked lists the requests since the last call by method and path, in an order
// that does not depend on what was faster; ids and keys are N and KEY.
func (w *world) asked(t *testing.T) []string {
	t.Helper()
	seen, err := sandboxtest.Requests(w.journal)
	require.NoError(t, err)
	list := make([]string, len(seen))
	for i, r := range seen {
		list[i] = r.Method + " " + anyKey.ReplaceAllString(anyID.ReplaceAllString(r.Path, "/N$1"), "KEY")
	}
	slices.Sort(list)
	return list
}

var (
	anyID  = regexp.MustCompile(`/[0-9]{4,}(/|$)`)
	anyKey = regexp.MustCompile(`BIG-[0-9]+`)
)

// The requests of each command, of whatever number of tickets: nothing is asked
// that another answer tells, or that decides nothing.
func TestRequestsOfEachCommand(t *testing.T) { // P5, the figures
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var lines, keys []string
			for n := range 5 {
				keys = append(keys, fmt.Sprintf("BIG-%d", n+1))
				lines = append(lines, fmt.Sprintf(`{"key":"BIG-%d","fields":{"summary":"Show what group %d owes","description":"Clerks cannot see what group %d owes.","epic":{"key":"BIG-200"}}}`, n+1, n, n))
			}
			lines = append(lines, `{"key":"BIG-200","fields":{"summary":"Who owes what","issuetype":{"name":"Epic"},"created":"2026-10-01T09:00:00.000+0000","updated":"2026-10-01T09:00:00.000+0000"}}`)
			w := newWorld(t, append([]option{issues(lines...)}, options...)...)
			cloud := w.person.Native
			publish := func() []string {
				_, err := w.told(t, jira.LearnAhead).Publish(t.Context(), worker.Request{Team: w.team, Selection: ticket.Selection{Kind: ticket.Epic, Value: "BIG-200"}})
				require.NoError(t, err)
				return w.asked(t)
			}
			first := []string{"GET /rest/api/2/field", "GET /rest/api/content/search", "POST /rest/api/2/search", "POST /rest/api/content", "POST /rest/api/content/N/label", "POST /rest/api/content/N/property"}
			if cloud {
				first = []string{"GET /rest/api/2/field", "GET /wiki/api/v2/spaces", "GET /wiki/rest/api/content/search", "POST /rest/api/2/search/jql",
					"POST /wiki/api/v2/pages", "POST /wiki/api/v2/pages/N/properties", "POST /wiki/rest/api/content/N/label"}
			}
			assert.Equal(t, first, publish(), "first publish")
			unchanged := []string{"GET /rest/api/2/field", "GET /rest/api/content/N", "GET /rest/api/content/search", "POST /rest/api/2/search"}
			if cloud {
				unchanged = []string{"GET /rest/api/2/field", "GET /wiki/api/v2/pages/N", "GET /wiki/rest/api/content/search", "POST /rest/api/2/search/jql"}
			}
			assert.Equal(t, unchanged, publish(), "unchanged publish")

			page := w.Confluence.Pages()[0].ID
			for n, key := range keys {
				w.decides(t, page, key, fmt.Sprintf("Refund within %d days", n+3))
			}
			sync := func() int {
				_, err := w.told(t, jira.LearnLater).Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
				require.NoError(t, err)
				return len(w.asked(t))
			}
			k := len(keys)
			assert.Equal(t, 3+2*k+3, sync(), "sync: page, what is said beside it, tickets, hold, a comment and a link each, receipt, end")
			assert.Equal(t, 3, sync(), "second sync: page, what is said beside it, tickets; no mark is read again")
			w.edits(t, page, func(body string) (string, error) {
				return strings.ReplaceAll(body, "Refund within", "Refund fees within"), nil
			})
			assert.Equal(t, 2*k+6, sync(), "edited: read and written each; on Cloud all marks, on Data Center one")
			assert.Equal(t, 3, sync(), "nothing has changed since")
		})
	}
}

// Fields of the last time save waiting and no request; where the site has others by now, the
// tickets are read once more. Whatever the memory says, the plan is the same.
func TestFieldsOfTheLastTimeChangeNoPlan(t *testing.T) { // P4, the figures
	onBoth(t, func(t *testing.T, w *world) {
		memory := filepath.Join(t.TempDir(), "fields.json")
		plan := func(memory string) (worker.Planned, []string) {
			p, err := w.remembering(t, jira.LearnLater, memory).Plan(t.Context(), worker.Request{Team: w.team})
			require.NoError(t, err)
			return p, w.asked(t)
		}
		want, requests := plan("")
		first, _ := plan(memory)
		assert.Equal(t, want.Plan.Items, first.Plan.Items)
		next, again := plan(memory)
		assert.Equal(t, want.Plan.Items, next.Plan.Items)
		assert.Equal(t, requests, again)

		kept, err := os.ReadFile(memory)
		require.NoError(t, err)
		flagged := regexp.MustCompile(`customfield_\d+`).ReplaceAll(kept, []byte("customfield_99999"))
		require.NoError(t, os.WriteFile(memory, flagged, 0o600))
		stale, more := plan(memory)
		assert.Equal(t, want.Plan.Items, stale.Plan.Items)
		assert.Len(t, more, len(requests)+1)
	})
}
