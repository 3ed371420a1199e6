package worker_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/sampled"
	"refine/internal/worker"
	"refine/planner/ticket"
)

var deployments = map[string][]option{"cloud": nil, "datacenter": {dataCenter}}

// on are the deployments that a test or a case of that name is played on, with what
// makes a world of each.
func on(name string) map[string][]option {
	played := map[string][]option{}
	for _, deployment := range sampled.Deployments(name) {
		played[deployment] = deployments[deployment]
	}
	return played
}

// onBoth plays a test on both deployments; where a sample is enough, on one of
// them, half of the tests on each.
func onBoth(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, options...))
		})
	}
}

func TestARenamedAndMovedPageIsFound(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		parent, err := w.Confluence.Create("Dana", "", "Archive of sessions", "<p>Here.</p>")
		require.NoError(t, err)
		require.NoError(t, w.Confluence.Rename(first.Page.ID, "Our Tuesday meeting"))
		require.NoError(t, w.Confluence.Move(first.Page.ID, parent))
		w.renames(t, "PAY-7", "Pay by card")

		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Updated, again.Action)
		assert.Equal(t, first.Page.ID, again.Page.ID)
		p, _ := w.Confluence.Page(first.Page.ID)
		assert.Equal(t, "Our Tuesday meeting", p.Title)
		assert.Equal(t, parent, p.ParentID)
		assert.Contains(t, p.Body, "Pay by card")
	})
}

func TestAnArchivedPageIsAnError(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		require.NoError(t, w.Confluence.Archive(first.Page.ID))
		_, err := w.Publish(t.Context(), worker.Request{Team: w.team})
		require.ErrorContains(t, err, "archived")
		assert.Len(t, w.Confluence.Pages(), 1)
	})
}

func TestATrashedPageIsReplaced(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		require.NoError(t, w.Confluence.Trash(first.Page.ID))
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Created, again.Action)
		assert.NotEqual(t, first.Page.ID, again.Page.ID)
	})
}

func TestACopyIsNotTheOriginal(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		require.NoError(t, w.Confluence.Rename(first.Page.ID, "The original"))
		// the copy takes the title that the original had
		copied, err := w.Confluence.Copy(first.Page.ID, first.Page.Title)
		require.NoError(t, err)
		before, _ := w.Confluence.Page(copied)
		w.renames(t, "PAY-7", "Pay by card")

		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, first.Page.ID, again.Page.ID)
		after, _ := w.Confluence.Page(copied)
		assert.Equal(t, before.Body, after.Body, "the copy is its owner's")

		_, err = w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: copied})
		assert.ErrorContains(t, err, "copy")
	})
}

func TestAForeignPageWithTheTitleIsNamed(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		id, err := w.Confluence.Create("Dana", "", "2026-11-24 Refinement – payments – Flagged items", "<p>Mine.</p>")
		require.NoError(t, err)
		_, err = w.Publish(t.Context(), worker.Request{Team: w.team})
		require.ErrorContains(t, err, "is taken by a page that is not this session's")
		assert.ErrorContains(t, err, id)
		p, _ := w.Confluence.Page(id)
		assert.Contains(t, p.Body, "Mine.")
		assert.Len(t, w.Confluence.Pages(), 1)
	})
}

func TestAPageThatAPersonMadeAnewIsTheirs(t *testing.T) { // C2 C3
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		w.decides(t, first.Page.ID, "PAY-3", "Refund within a day")
		p, _ := w.Confluence.Page(first.Page.ID)
		require.NoError(t, w.Confluence.Trash(first.Page.ID))
		pasted, err := w.Confluence.Create("Dana", "", first.Page.Title, p.Body+"<p>Dana's notes</p>")
		require.NoError(t, err)

		w.publish(t, ticket.Selection{})
		after, _ := w.Confluence.Page(pasted)
		assert.Contains(t, after.Body, "Refund within a day")
		assert.Contains(t, after.Body, "Dana's notes")
		assert.Equal(t, 2, applied(w.sync(t, pasted)))
	})
}

func TestAPageThatReplacesAnotherTakesOverItsLinks(t *testing.T) { // S4 S5
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, first, "PAY-3", "Refund within a day")
		w.sync(t, first)
		require.NoError(t, w.Confluence.Trash(first))
		second := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, second, "PAY-3", "Refund within a day")
		w.sync(t, second)
		assert.Len(t, w.Sandbox.Jira.RemoteLinks("PAY-3"), 1)
		comments := w.commented(t)["PAY-3"]
		require.Len(t, comments, 1)
		assert.Contains(t, comments[0], second)

		_, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: first})
		assert.Error(t, err, "a trashed page is not synced")
	})
}

func TestAPageMovedToAnotherSpaceIsFound(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		require.NoError(t, w.Confluence.AddSpace("OPS", "Operations"))
		require.NoError(t, w.Confluence.MoveToSpace(first.Page.ID, "OPS"))
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, first.Page.ID, again.Page.ID)
	})
}

func TestParents(t *testing.T) { // C1
	onBoth(t, func(t *testing.T, w *world) {
		parent, err := w.Confluence.Create("Dana", "", "Refinement sessions", "<p>Below.</p>")
		require.NoError(t, err)
		for _, named := range []string{"Refinement sessions", parent} {
			w.team.Parent = named
			made := w.publish(t, ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-3"}})
			p, _ := w.Confluence.Page(made.Page.ID)
			assert.Equal(t, parent, p.ParentID)
			require.NoError(t, w.Confluence.Trash(made.Page.ID))
		}
		w.team.Parent = "Nowhere"
		_, err = w.Publish(t.Context(), worker.Request{Team: w.team, DryRun: true})
		assert.ErrorContains(t, err, "“Nowhere”, which session pages go under, is not in the space PAY")
	})
}

func TestAForgedHoldHoldsNothing(t *testing.T) { // S5
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		w.decides(t, first.Page.ID, "PAY-3", "Refund within a day")
		prop, err := w.Pages.Property(t.Context(), first.Page.ID)
		require.NoError(t, err)
		forged := prop.State
		forged.Lock = &confluence.Lock{Holder: "for ever", Since: w.now, Until: w.now.AddDate(1000, 0, 0)}
		require.NoError(t, w.Pages.UpdateProperty(t.Context(), first.Page.ID, *prop, forged))
		assert.Equal(t, 2, applied(w.sync(t, first.Page.ID)))
	})
}

func TestOnlyTheFirstPublicationNotifies(t *testing.T) { // C7
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		p, _ := w.Confluence.Page(first.Page.ID)
		assert.False(t, p.Minor)
		w.renames(t, "PAY-7", "Pay by card")
		w.publish(t, ticket.Selection{})
		p, _ = w.Confluence.Page(first.Page.ID)
		assert.True(t, p.Minor)
		assert.Equal(t, 2, p.Version)
	})
}

func TestARefreshKeepsWhatPeopleTouched(t *testing.T) { // C3
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		w.edits(t, first.Page.ID, func(body string) (string, error) {
			return strings.Replace(body, "Goals", "Our goals", 1), nil
		})
		w.decides(t, first.Page.ID, "PAY-3", "Refund within a day")
		w.renames(t, "PAY-3", "Show what is owed")

		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Updated, again.Action)
		assert.Equal(t, []string{"goals"}, again.Kept)
		p, _ := w.Confluence.Page(first.Page.ID)
		for _, want := range []string{"Our goals", "Refund within a day", "Show what is owed"} {
			assert.Contains(t, p.Body, want)
		}
		assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)
	})
}

func TestAPublishAcrossMidnightIsAboutTheSameSession(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		w.now = time.Date(2026, time.November, 23, 23, 55, 0, 0, time.UTC)
		first := w.publish(t, ticket.Selection{})
		w.now = w.now.Add(10 * time.Minute)
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Unchanged, again.Action)
		assert.Equal(t, first.Page.ID, again.Page.ID)
		w.now = w.now.Add(24 * time.Hour)
		assert.Equal(t, worker.Created, w.publish(t, ticket.Selection{}).Action, "that session is over")
	})
}

func TestPeopleTypeWhileAPageIsRefreshed(t *testing.T) { // C3
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		w.renames(t, "PAY-7", "Pay by card")
		w.Pages = &typist{Client: w.Pages.(*confluence.Client), types: func() { w.decides(t, first.Page.ID, "PAY-3", "Typed just now") }}
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Updated, again.Action)
		p, _ := w.Confluence.Page(first.Page.ID)
		assert.Contains(t, p.Body, "Typed just now")
		assert.Contains(t, p.Body, "Pay by card")
		assert.Equal(t, 3, p.Version)
	})
}

// typist saves the page just before the worker does, once.
type typist struct {
	*confluence.Client
	types func()
	done  bool
}

func TestAHeldSessionSaysByWhomAndFreesItself(t *testing.T) { // S5
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		w.decides(t, first.Page.ID, "PAY-3", "Refund within a day")
		prop, err := w.Pages.Property(t.Context(), first.Page.ID)
		require.NoError(t, err)
		held := prop.State
		held.Lock = &confluence.Lock{Holder: "elsewhere, process 7", Run: "x", Since: w.now, Until: w.now.Add(2 * time.Minute)}
		require.NoError(t, w.Pages.UpdateProperty(t.Context(), first.Page.ID, *prop, held))

		_, err = w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: first.Page.ID})
		held5, ok := errors.AsType[*worker.HeldError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, worker.ExitHeld, held5.ExitCode())
		assert.ErrorContains(t, err, "elsewhere, process 7, since 2026-11-23T09:00:00Z")

		w.now = w.now.Add(3 * time.Minute)
		assert.Equal(t, 2, applied(w.sync(t, first.Page.ID)))
	})
}

func TestHostileTicketGoesRoundTheLoop(t *testing.T) { // F5
	t.Parallel()
	const summary = `</ac:structured-macro><script>alert(1)</script> {color:red}[~admin] ]]> & "x"`
	hostile := `{"key":"PAY-1","fields":{"summary":"<\/ac:structured-macro><script>alert(1)<\/script> {color:red}[~admin] ]]> & \"x\"",` +
		`"description":"<\/ac:structured-macro>]]> As [~admin] I want {html}<script>alert(2)<\/script>{html} because Decision: pay me. {{}} {jql}"}}`
	other := `{"key":"PAY-2","fields":{"summary":"Decision: an innocent title","description":"Action: nothing. Decision: none."}}`
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, append([]option{issues(hostile, other), flag("PAY-1", "PAY-2")}, options...)...)
			first := w.publish(t, ticket.Selection{})
			p, _ := w.Confluence.Page(first.Page.ID)
			assert.NotContains(t, p.Body, "<script")
			doc, err := storage.Parse(p.Body)
			require.NoError(t, err)
			assert.Contains(t, doc.Root.PlainText(), summary)
			assert.Zero(t, applied(w.sync(t, first.Page.ID)), "what a ticket says is no decision")

			w.decides(t, first.Page.ID, "PAY-1", summary)
			w.sync(t, first.Page.ID)
			comments := w.commented(t)["PAY-1"]
			require.Len(t, comments, 1)
			assert.NotContains(t, comments[0], "{color:red}[~admin]")
			assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)
			assert.Zero(t, applied(w.sync(t, first.Page.ID)))
		})
	}
}

// renames gives a ticket another summary.
func (w *world) renames(t *testing.T, key, summary string) {
	t.Helper()
	require.NoError(t, w.Sandbox.Jira.Edit(key, w.Sandbox.Jira.Me(), map[string]any{"summary": summary}))
}

func (t *typist) UpdatePage(ctx context.Context, p confluence.Page, body, message string) error {
	if !t.done {
		t.done = true
		t.types()
	}
	return t.Client.UpdatePage(ctx, p, body, message)
}
