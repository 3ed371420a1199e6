package worker_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/planner/ticket"
)

func (w *world) refuses(t *testing.T, words ...string) error {
	t.Helper()
	before := len(w.Confluence.Pages())
	_, err := w.Publish(t.Context(), worker.Request{Team: w.team})
	require.Error(t, err)
	for _, word := range words {
		assert.ErrorContains(t, err, word)
	}
	assert.Len(t, w.Confluence.Pages(), before, "no page is made")
	return err
}

func (w *world) deployment() string {
	if w.person.Native {
		return "cloud"
	}
	return "datacenter"
}

// Data Center archives whole spaces, not pages.
func TestAnArchivedPageIsNamedWhateverItIsCalled(t *testing.T) { // C2
	t.Parallel()
	w := newWorld(t)
	first := w.publish(t, ticket.Selection{}).Page
	require.NoError(t, w.Confluence.Rename(first.ID, "Our Tuesday meeting"))
	require.NoError(t, w.Confluence.Archive(first.ID))
	w.refuses(t, "Our Tuesday meeting", "archived", first.ID)
	_, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Date: ticket.DateOf(monday.AddDate(0, 0, 1))})
	require.ErrorContains(t, err, "archived")

	require.NoError(t, w.Confluence.Restore(first.ID, "Our Tuesday meeting"))
	assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)
}

func TestAnArchivedPageIsNeitherSyncedNorCarriedOver(t *testing.T) { // C2 P6 O1
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, first, "PAY-3", "Refund within a day")
		w.follow()
		require.NoError(t, w.Confluence.Archive(first))
		jobs, err := w.Run(t.Context(), []worker.Team{w.team}, false)
		require.NoError(t, err)
		assert.Empty(t, jobs)
		assert.Nil(t, w.publish(t, ticket.Selection{}).Plan.CarryOver)
		assert.Empty(t, w.commented(t))
	})
}

func TestAPageThatIsGoneForGoodIsReplaced(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, first, "PAY-3", "Refund within a day")
		w.sync(t, first)
		require.NoError(t, w.Confluence.Trash(first))
		require.NoError(t, w.Confluence.Purge(first))
		second := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Created, second.Action)
		w.decides(t, second.Page.ID, "PAY-3", "Refund within a day")
		w.sync(t, second.Page.ID)
		assert.Len(t, w.commented(t)["PAY-3"], 1)
		assert.Len(t, w.Sandbox.Jira.RemoteLinks("PAY-3"), 1)
	})
}

func TestATrashedPageIsGoneAlsoToAnIndexThatLags(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{}).Page.ID
		require.NoError(t, w.Confluence.Rename(first, "Our Tuesday meeting"))
		w.Confluence.LagSearch(true)
		require.NoError(t, w.Confluence.Trash(first))
		assert.Equal(t, worker.Created, w.publish(t, ticket.Selection{}).Action)
	})
}

// Of two pages of one session every run means the same, and names the other.
func TestARestoredPageIsReportedAndLeftAlone(t *testing.T) { // C2 S5
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{}).Page
		w.decides(t, first.ID, "PAY-3", "Refund within a day")
		require.NoError(t, w.Confluence.Trash(first.ID))
		w.now = w.now.Add(time.Hour)
		second := w.publish(t, ticket.Selection{}).Page
		require.NoError(t, w.Confluence.Restore(first.ID, first.Title+" (restored)"))
		w.acts(t, second.ID, "PAY-6", "ask the bank", monday)
		before := w.body(t, first.ID)

		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, second.ID, again.Page.ID)
		require.Len(t, again.Others, 1)
		assert.Equal(t, first.ID, again.Others[0].ID)

		synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team})
		require.NoError(t, err)
		assert.Equal(t, second.ID, synced.Page.ID)
		require.Len(t, synced.Others, 1)
		assert.Equal(t, first.ID, synced.Others[0].ID)

		w.now = monday.AddDate(0, 0, 2)
		jobs, err := w.Run(t.Context(), []worker.Team{w.team}, false)
		require.NoError(t, err)
		require.Len(t, jobs, 1, "one session, one sync")
		assert.Equal(t, second.ID, jobs[0].Synced.Page.ID)
		assert.Len(t, jobs[0].Synced.Others, 1)
		assert.Equal(t, before, w.body(t, first.ID))
		assert.Empty(t, w.commented(t)["PAY-3"], "what stands on the other page is not written")
	})
}

func TestACopyOfAnUnfinishedPageIsItsAuthors(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		undisturbed := newWorld(t, deployments[w.deployment()]...)
		undisturbed.requests(t)
		undisturbed.publish(t, ticket.Selection{})
		n, _ := undisturbed.requests(t)
		require.NoError(t, w.breakAt(n, sandbox.ServerError)) // the property, which comes last
		_, err := w.Publish(t.Context(), worker.Request{Team: w.team})
		require.Error(t, err)
		require.NoError(t, w.breakAt(0, ""))
		pages := w.Confluence.Pages()
		require.Len(t, pages, 1)
		copied, err := w.Confluence.Copy(pages[0].ID, "A copy")
		require.NoError(t, err)
		before := w.body(t, copied)
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, pages[0].ID, again.Page.ID)
		assert.Equal(t, before, w.body(t, copied))
		assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)
	})
}

func TestTheSameTitleInAnotherSpaceIsNobodysBusiness(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		id, err := w.Confluence.Create("Dana", "", "2026-11-24 Refinement – payments – Flagged items", "<p>Mine.</p>")
		require.NoError(t, err)
		require.NoError(t, w.Confluence.AddSpace("OPS", "Operations"))
		require.NoError(t, w.Confluence.MoveToSpace(id, "OPS"))
		assert.Equal(t, worker.Created, w.publish(t, ticket.Selection{}).Action)
		assert.Contains(t, w.body(t, id), "Mine.")
	})
}

// Without the list of young pages, which Data Center has none of, an epic that is
// renamed before the index knows its page gets a second page; see docs/marks.md.
func TestAnEpicRenamedWithinTheIndexesLagKeepsItsPage(t *testing.T) { // C2
	onBoth(t, func(t *testing.T, w *world) {
		sel := ticket.Selection{Kind: ticket.Epic, Value: "PAY-1"}
		w.Confluence.LagSearch(true)
		first := w.publish(t, sel).Page.ID
		w.renames(t, "PAY-1", "Get paid in time")
		again := w.publish(t, sel)
		if !w.person.Native {
			require.Equal(t, worker.Created, again.Action)
			w.Confluence.LagSearch(false)
			again = w.publish(t, sel)
			require.Len(t, again.Others, 1, "reported as soon as the index knows")
			return
		}
		assert.Equal(t, worker.Updated, again.Action)
		assert.Equal(t, first, again.Page.ID)
		assert.Contains(t, w.body(t, first), "Get paid in time")
	})
}

func TestAPageRenamedWithinTheIndexesLagIsFound(t *testing.T) { // C2
	t.Parallel()
	w := newWorld(t)
	w.Confluence.LagSearch(true)
	first := w.publish(t, ticket.Selection{}).Page.ID
	require.NoError(t, w.Confluence.Rename(first, "Our Tuesday meeting"))
	again := w.publish(t, ticket.Selection{})
	assert.Equal(t, worker.Unchanged, again.Action)
	assert.Equal(t, first, again.Page.ID)
}

func TestASpaceThatForbidsUsIsAClearError(t *testing.T) { // C2 F3
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page
		w.renames(t, "PAY-3", "Show what is owed")
		require.NoError(t, w.Confluence.RestrictEditing(page.ID))
		w.refuses(t, page.ID, "403")
		w.Confluence.ReadOnly(true)
		w.team.Name = "others"
		err := w.refuses(t, "creating the page", " in PAY: ")
		assert.NotEmpty(t, atlassian.HintOf(err), "Cloud says 404, Data Center 403")
		w.team.Space = "NOWHERE"
		w.refuses(t, `the Confluence space "NOWHERE" does not exist, or this account cannot see it`)
	})
}

func TestAHiddenPageHoldsItsTitle(t *testing.T) { // C2 F6
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page
		require.NoError(t, w.Confluence.Hide(page.ID))
		w.refuses(t, "is taken in PAY by a page that is archived or hidden from this account")
	})
}
