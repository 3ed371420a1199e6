package worker_test

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/atlassian"
	"refine/internal/sandbox"
	"refine/internal/sandbox/sandboxtest"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// monday is the clock of these tests unless they turn it.
var monday = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

// A world is a sandbox and a worker on it, with hands to do what people do.
type world struct {
	*sandbox.Sandbox
	*worker.Worker
	person  sandbox.Person
	team    worker.Team
	journal *bytes.Buffer
	now     time.Time
}

type option func(*sandbox.Options)

func dataCenter(o *sandbox.Options) { o.Deployment = "datacenter" }

// backlog loads real issues, and skips the test where they are not.
func backlog(t *testing.T, project string) option {
	t.Helper()
	data, err := os.ReadFile("../../../shared/data/jira/" + project + ".jsonl")
	if err != nil {
		t.Skip("the real issues are not here")
	}
	return func(o *sandbox.Options) {
		o.Open = true
		o.Backlog = append(o.Backlog, bytes.NewReader(data))
	}
}

func issues(lines ...string) option {
	return func(o *sandbox.Options) {
		o.Backlog = append(o.Backlog, strings.NewReader(strings.Join(lines, "\n")))
	}
}

func flag(keys ...string) option {
	return func(o *sandbox.Options) { o.Flag = append(o.Flag, keys...) }
}

func newWorld(t *testing.T, options ...option) *world {
	t.Helper()
	w := &world{journal: new(bytes.Buffer), now: monday}
	clock := func() time.Time { return w.now }
	o := sandbox.Options{Journal: w.journal, Now: clock}
	for _, set := range options {
		set(&o)
	}
	var err error
	w.Sandbox, err = sandbox.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	w.Worker = w.connect(t)
	w.Now = clock
	w.person = sandbox.Person{Native: o.Deployment != "datacenter"}
	w.team = worker.Team{Name: "payments", Backlog: ticket.BacklogQuery{Flagged: true}, Hour: 10, Zone: time.UTC, Space: w.Site.Space}
	return w
}

// connect makes a worker with clients of its own, as another process has.
func (w *world) connect(t *testing.T) *worker.Worker {
	t.Helper()
	api := func(product, base string) *atlassian.Client {
		c, err := atlassian.New(atlassian.Options{
			Product: product, BaseURL: base,
			Auth: atlassian.Auth{User: w.Site.User, Token: atlassian.NewSecret(w.Site.Token)},
		})
		require.NoError(t, err)
		return c
	}
	j, err := jira.New(t.Context(), jira.Options{Atlassian: api("Jira", w.Site.Jira)})
	require.NoError(t, err)
	pages := confluence.New(api("Confluence", strings.TrimSuffix(w.Site.Confluence, "/wiki")), j.Cloud())
	return &worker.Worker{
		Jira: j, Pages: pages, Owner: "acme", Now: func() time.Time { return w.now },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
}

func (w *world) publish(t *testing.T, sel ticket.Selection) worker.Published {
	t.Helper()
	p, err := w.Publish(t.Context(), worker.Request{Team: w.team, Selection: sel})
	require.NoError(t, err)
	return p
}

func (w *world) sync(t *testing.T, page string) worker.Synced {
	t.Helper()
	s, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
	require.NoError(t, err)
	return s
}

// decides types a decision on the page.
func (w *world) decides(t *testing.T, page, key, text string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) { return w.person.Decides(body, key, text) })
}

func (w *world) acts(t *testing.T, page, key, text string, due time.Time) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		return w.person.Acts(body, key, text, storage.User{}, due)
	})
}

func (w *world) edits(t *testing.T, page string, edit func(string) (string, error)) {
	t.Helper()
	require.NoError(t, w.Confluence.Edit(page, "Dana", func(body string) string {
		edited, err := edit(body)
		require.NoError(t, err)
		return edited
	}))
}

// requests counts what the journal has seen since the last call, writes apart.
func (w *world) requests(t *testing.T) (all, writes int) {
	t.Helper()
	seen, err := sandboxtest.Requests(w.journal)
	require.NoError(t, err)
	for _, r := range seen {
		if r.Writes() {
			writes++
		}
	}
	return len(seen), writes
}

func applied(s worker.Synced) (n int) {
	for _, c := range s.Changes {
		if c.Status == outcome.Applied {
			n++
		}
	}
	return n
}

// commented lists, for every ticket that has any, how many comments were made
// on it that carry our mark.
func (w *world) commented(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, key := range w.Sandbox.Jira.Keys() {
		for _, c := range w.Sandbox.Jira.Comments(key) {
			if _, ok := c.Properties["refine"]; ok {
				out[key] = append(out[key], c.Body)
			}
		}
	}
	return out
}

// loops are the sessions that the whole loop is played on.
func loops(t *testing.T) map[string]struct {
	options []option
	sel     ticket.Selection
} {
	epic := func(key string) ticket.Selection { return ticket.Selection{Kind: ticket.Epic, Value: key} }
	type loop = struct {
		options []option
		sel     ticket.Selection
	}
	return map[string]loop{
		"flagged items of the demo, Cloud":       {nil, ticket.Selection{}},
		"flagged items of the demo, Data Center": {[]option{dataCenter}, ticket.Selection{}},
		"an epic of the demo, Cloud":             {nil, epic("PAY-1")},
		"an epic of the demo, Data Center":       {[]option{dataCenter}, epic("PAY-1")},
		"keys":                                   {nil, ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-3", "PAY-4", "PAY-7"}}},
		"JQL":                                    {nil, ticket.Selection{Kind: ticket.JQL, Value: "project = PAY AND issuetype = Story ORDER BY key"}},
	}
}

func TestTheWholeLoop(t *testing.T) { // P1 P2 C2 C3 S1 S2 S4 S5 S7 S8 O5
	t.Parallel()
	for name, loop := range loops(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newWorld(t, loop.options...).playLoop(t, loop.sel)
		})
	}
}

func TestTheLoopOnRealEpics(t *testing.T) { // P2 C2 C3 S1 S2 S4 S5 S7 S8 O5
	t.Parallel()
	for name, test := range map[string]struct {
		project, epic string
		deployment    option
	}{
		"Cloud":       {"timob", "TIMOB-19816", func(*sandbox.Options) {}},
		"Data Center": {"daemon", "DAEMON-48", dataCenter},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newWorld(t, backlog(t, test.project), test.deployment).playLoop(t, ticket.Selection{Kind: ticket.Epic, Value: test.epic})
		})
	}
}

// playLoop publishes, types, syncs and edits, and holds at each step that what
// was asked for has happened once and nothing else has.
func (w *world) playLoop(t *testing.T, sel ticket.Selection) {
	w.requests(t)
	published := w.publish(t, sel)
	require.Equal(t, worker.Created, published.Action)
	first, _ := w.requests(t)
	assert.LessOrEqual(t, first+2, 10, "a first publish, the two of connecting included")

	again := w.publish(t, sel)
	assert.Equal(t, worker.Unchanged, again.Action)
	assert.Equal(t, published.Page.ID, again.Page.ID)
	all, writes := w.requests(t)
	assert.LessOrEqual(t, all+2, 8)
	assert.Zero(t, writes)

	page, items := published.Page.ID, published.Plan.Items
	require.GreaterOrEqual(t, len(items), 2)
	one, two := items[0].Issue.Key, items[1].Issue.Key
	w.decides(t, page, one, "Refund within a day, whatever the bank says")
	w.acts(t, page, two, "ask the bank for its cut-off times", monday.AddDate(0, 0, 9))
	w.requests(t)

	dry, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
	require.NoError(t, err)
	_, writes = w.requests(t)
	assert.Zero(t, writes, "a dry run writes nothing")
	assert.Empty(t, w.commented(t))

	synced := w.sync(t, page)
	assert.Len(t, synced.Changes, len(dry.Changes))
	for i, c := range synced.Changes {
		assert.Equal(t, outcome.Applied, c.Status, c.Reason)
		assert.Equal(t, dry.Changes[i].Detail, c.Detail, "a dry run prints what a real run makes")
	}
	comments := w.commented(t)
	require.Len(t, comments, 2)
	require.Len(t, comments[one], 1)
	require.Len(t, comments[two], 1)
	assert.Contains(t, comments[one][0], "Refund within a day, whatever the bank says")
	assert.Contains(t, comments[two][0], "ask the bank for its cut")
	assert.Contains(t, comments[two][0], "2026-12-02")
	for _, key := range w.Sandbox.Jira.Keys() {
		want := 0
		if key == one || key == two {
			want = 1
		}
		assert.Len(t, w.Sandbox.Jira.RemoteLinks(key), want, key)
	}

	w.requests(t)
	require.Zero(t, applied(w.sync(t, page)), "a second sync changes nothing")
	_, writes = w.requests(t)
	assert.Zero(t, writes)

	w.edits(t, page, func(body string) (string, error) {
		return strings.ReplaceAll(body, "Refund within a day", "Refund within two days"), nil
	})
	assert.Equal(t, 1, applied(w.sync(t, page)))
	comments = w.commented(t)
	require.Len(t, comments[one], 1, "the same comment is edited")
	assert.Contains(t, comments[one][0], "Refund within two days")

	w.publish(t, sel)
	p, ok := w.Confluence.Page(page)
	require.True(t, ok)
	assert.Contains(t, p.Body, "Refund within two days, whatever the bank says")
	assert.Contains(t, p.Body, "ask the bank for its cut-off times")
	assert.Len(t, w.Confluence.Pages(), 1)
}
