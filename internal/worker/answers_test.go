package worker_test

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/atlassian"
	"refine/internal/worker"
	"refine/planner/ticket"
)

// The tests of this file hold what docs/page.md promises for a sync, and for
// what no other test does to a page.

// refusesSync holds a sync to an error that says all of the words, with nothing
// written to a ticket.
func (w *world) refusesSync(t *testing.T, req worker.SyncRequest, words ...string) error {
	t.Helper()
	req.Team = w.team
	_, err := w.Sync(t.Context(), req)
	require.Error(t, err)
	for _, word := range words {
		assert.ErrorContains(t, err, word)
	}
	assert.Empty(t, w.commented(t), "no ticket is written")
	return err
}

func TestASyncFindsAPageThatPeopleRenamedAndMoved(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		parent, err := w.Confluence.Create("Dana", "", "Archive of sessions", "<p>Here.</p>")
		require.NoError(t, err)
		require.NoError(t, w.Confluence.Rename(page, "Our Tuesday meeting"))
		require.NoError(t, w.Confluence.Move(page, parent))
		synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Date: ticket.DateOf(monday.AddDate(0, 0, 1))})
		require.NoError(t, err)
		assert.Equal(t, page, synced.Page.ID)
		require.NoError(t, w.Confluence.AddSpace("OPS", "Operations"))
		require.NoError(t, w.Confluence.MoveToSpace(page, "OPS"))
		w.decides(t, page, "PAY-6", "Fourteen days")
		synced = w.sync(t, page)
		assert.Equal(t, 2, applied(synced), "of another space, by its id")
		assert.Len(t, w.commented(t)["PAY-6"], 1)
		p, _ := w.Confluence.Page(page)
		assert.Equal(t, "Our Tuesday meeting", p.Title)
	})
}

func TestASyncOfAPageThatIsAwayWritesNothing(t *testing.T) { // C2 F6
	tuesday := ticket.DateOf(monday.AddDate(0, 0, 1))
	const gone, none = "there is no page", "no session page found"
	for name, test := range map[string]struct {
		away         func(*world, string) error
		byID, byDate string // what Cloud tells; Data Center does not show such pages
	}{
		"archived": {func(w *world, id string) error { return w.Confluence.Archive(id) }, "archived", "archived"},
		"trashed":  {func(w *world, id string) error { return w.Confluence.Trash(id) }, "trash", none},
		"deleted": {func(w *world, id string) error {
			if err := w.Confluence.Trash(id); err != nil {
				return err
			}
			return w.Confluence.Purge(id)
		}, gone, none},
		"hidden": {func(w *world, id string) error { return w.Confluence.Hide(id) }, gone, none},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, w *world) {
				page := w.publish(t, ticket.Selection{}).Page.ID
				w.decides(t, page, "PAY-3", "Refund within a day")
				require.NoError(t, test.away(w, page))
				byID, byDate := test.byID, test.byDate
				if !w.person.Native {
					byID, byDate = gone, none
				}
				w.refusesSync(t, worker.SyncRequest{Page: page}, byID)
				w.refusesSync(t, worker.SyncRequest{Date: tuesday}, byDate)
			})
		})
	}
}

func TestAPageThatComesBackIsTheSessions(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page
		w.decides(t, page.ID, "PAY-3", "Refund within a day")
		require.NoError(t, w.Confluence.Trash(page.ID))
		require.NoError(t, w.Confluence.Restore(page.ID, page.Title))
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Unchanged, again.Action)
		assert.Equal(t, page.ID, again.Page.ID)
		assert.Equal(t, 2, applied(w.sync(t, page.ID)))
	})
}

// Of two pages neither of which has the session's title, the youngest counts.
func TestOfTwoRenamedPagesTheYoungestIsTheSessions(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{}).Page
		require.NoError(t, w.Confluence.Trash(first.ID))
		w.now = w.now.Add(time.Hour)
		second := w.publish(t, ticket.Selection{}).Page
		require.NoError(t, w.Confluence.Restore(first.ID, "A first try"))
		require.NoError(t, w.Confluence.Rename(second.ID, "Our Tuesday meeting"))
		before := w.body(t, first.ID)
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, second.ID, again.Page.ID)
		require.Len(t, again.Others, 1)
		assert.Equal(t, first.ID, again.Others[0].ID)
		assert.Equal(t, before, w.body(t, first.ID))
	})
}

func TestASyncThatMayNotEditThePageWritesNothing(t *testing.T) { // C2 F3
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		require.NoError(t, w.Confluence.RestrictEditing(page))
		err := w.refusesSync(t, worker.SyncRequest{Page: page}, "403")
		assert.NotEmpty(t, atlassian.HintOf(err))
	})
}

// An update carries a body and the title just read, and so nothing by which it
// could take away what people have set.
func TestAnUpdateCarriesABodyAndATitle(t *testing.T) { // C3
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u, updates := new(understudy), atomic.Int32{}
			w := newWorld(t, append([]option{u.option}, options...)...)
			page := w.publish(t, ticket.Selection{}).Page.ID
			require.NoError(t, w.Confluence.Rename(page, "Our Tuesday meeting"))
			w.renames(t, "PAY-3", "Show what is owed")
			u.play(func(_ http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/"+page) {
					sent, err := io.ReadAll(r.Body)
					assert.NoError(t, err)
					r.Body = io.NopCloser(strings.NewReader(string(sent)))
					var fields map[string]json.RawMessage
					assert.NoError(t, json.Unmarshal(sent, &fields))
					assert.Subset(t, []string{"id", "type", "status", "title", "body", "version"}, slices.Collect(maps.Keys(fields)))
					assert.Equal(t, `"Our Tuesday meeting"`, string(fields["title"]))
					updates.Add(1)
				}
				return false
			})
			require.Equal(t, worker.Updated, w.publish(t, ticket.Selection{}).Action)
			w.decides(t, page, "PAY-3", "Refund within a day")
			w.sync(t, page)
			assert.EqualValues(t, 2, updates.Load(), "one by the publish, one by the sync")
		})
	}
}

// restless saves the page before each of the worker's updates.
type restless struct {
	*confluence.Client
	types func()
}

func (r *restless) UpdatePage(ctx context.Context, p confluence.Page, body, message string) error {
	r.types()
	return r.Client.UpdatePage(ctx, p, body, message)
}

func TestPeopleWhoNeverStopTypingAreLeftAlone(t *testing.T) { // C3
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.renames(t, "PAY-7", "Pay by card")
		client := w.Pages.(*confluence.Client)
		typed := 0
		w.Pages = &restless{client, func() {
			typed++
			w.decides(t, page, "PAY-3", "Typed just now")
		}}
		_, err := w.Publish(t.Context(), worker.Request{Team: w.team})
		require.ErrorContains(t, err, "people saved it 4 times meanwhile")
		assert.Equal(t, 4, typed)
		what := "Typed just now</p>"
		if w.person.Native {
			what = "Typed just now</ac:adf-content>"
		}
		assert.Equal(t, 4, strings.Count(w.body(t, page), what))
		w.Pages = client
		assert.Equal(t, worker.Updated, w.publish(t, ticket.Selection{}).Action, "the session is free again")
		assert.Equal(t, 4, strings.Count(w.body(t, page), what))
		assert.Contains(t, w.body(t, page), "Pay by card")
	})
}

// What people make of "Changed since you read it" holds from the session's start
// as before it.
func TestABlockThatPeopleTouchDuringTheSessionIsTheirs(t *testing.T) { // C3 C4
	onBoth(t, func(t *testing.T, w *world) {
		tuesday := ticket.Date{Year: 2026, Month: time.November, Day: 24}
		publish := func() worker.Action {
			p, err := w.Publish(t.Context(), worker.Request{Team: w.team, Date: tuesday})
			require.NoError(t, err)
			return p.Action
		}
		publish()
		page := w.Confluence.Pages()[0].ID
		w.now = tuesday.At(10, 5, time.UTC)
		w.renames(t, "PAY-3", "Show what is owed")
		publish()
		w.replaces(t, page, "Show what is owed: summary", "Show what is owed: we know; summary")
		publish()
		assert.Equal(t, worker.Unchanged, publish())
		require.Len(t, w.changed(t, page), 1, "edited, and not told again")
		w.renames(t, "PAY-6", "Remind people who pay late")
		assert.Equal(t, worker.Updated, publish())
		told := w.changed(t, page)
		require.Len(t, told, 2)
		assert.Equal(t, 1, strings.Count(told[0]+told[1], "we know"))
		assert.Equal(t, 1, strings.Count(told[0]+told[1], "PAY-6 Remind people who pay late"))

		w.edits(t, page, func(body string) (string, error) { return withoutChanged(body), nil })
		publish()
		assert.Empty(t, w.changed(t, page), "deleted, and not brought back")
		assert.Equal(t, worker.Unchanged, publish())
		w.renames(t, "PAY-6", "Remind people who pay late twice")
		assert.Equal(t, worker.Updated, publish())
		require.Len(t, w.changed(t, page), 1)
		assert.NotContains(t, w.changed(t, page)[0], "PAY-3")
	})
}

// withoutChanged is the page after a person has deleted each block of changes.
func withoutChanged(body string) string {
	for strings.Contains(body, "Changed since you read it") {
		i := strings.Index(body, "Changed since you read it")
		from := strings.LastIndex(body[:i], "<h2")
		body = body[:from] + body[i+strings.Index(body[i:], "<h2"):]
	}
	return body
}

// What differed and is as it was is told no more, and the block goes.
func TestABlockWithNothingLeftToTellGoes(t *testing.T) { // C4
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		before, summary := w.says(t, page), w.summary(t, "PAY-3")
		w.renames(t, "PAY-3", "Show what is owed")
		w.publish(t, ticket.Selection{})
		require.Len(t, w.changed(t, page), 1)
		w.renames(t, "PAY-3", summary)
		w.publish(t, ticket.Selection{})
		assert.Empty(t, w.changed(t, page))
		assert.Equal(t, before, w.says(t, page))
	})
}

// says is what the page says, ids aside.
func (w *world) says(t *testing.T, page string) string {
	t.Helper()
	doc, err := storage.Parse(w.body(t, page))
	require.NoError(t, err)
	return storage.Canonical(doc.Root.Children...)
}

func (w *world) summary(t *testing.T, key string) string {
	t.Helper()
	issue, ok := w.Sandbox.Jira.Issue(key)
	require.True(t, ok)
	return issue.Summary
}
