package worker_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sandbox/sandboxtest"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

func both(t *testing.T, test func(*testing.T, *world)) {
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, slices.Concat(options, few)...))
		})
	}
}

func (w *world) undo(t *testing.T, page string) worker.Synced {
	t.Helper()
	s, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
	require.NoError(t, err)
	return s
}

func (w *world) snapshot(t *testing.T) string {
	t.Helper()
	s, err := sandboxtest.Snapshot(w.Sandbox)
	require.NoError(t, err)
	return s
}

// played is a session whose page people typed on.
func (w *world) played(t *testing.T) (page string) {
	t.Helper()
	page = w.publish(t, ticket.Selection{}).Page.ID
	w.decides(t, page, "PAY-3", "Refund within a day")
	w.decides(t, page, "PAY-6", "Fourteen days")
	w.acts(t, page, "PAY-6", "ask the bank", monday)
	return page
}

// What syncs wrote is gone after an undo, a second one finds nothing to do, and a
// sync after it leaves what a sync alone leaves.
func TestAnUndoTakesBackWhatSyncsWrote(t *testing.T) { // S9 O5
	both(t, func(t *testing.T, w *world) {
		page := w.played(t)
		w.sync(t, page)
		want := w.snapshot(t)

		w.requests(t)
		dry, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		_, writes := w.requests(t)
		assert.Zero(t, writes, "a dry run writes nothing")
		assert.Equal(t, worker.ReceiptPlanned, dry.Receipt)

		undone := w.undo(t, page)
		require.Len(t, undone.Changes, 4)
		for i, c := range undone.Changes {
			assert.Equal(t, outcome.Applied, c.Status, c.Reason)
			assert.Equal(t, outcome.Planned, dry.Changes[i].Status)
			assert.Equal(t, dry.Changes[i].Detail, c.Detail, "a dry run prints what a real run makes")
		}
		assert.Empty(t, w.commented(t))
		for _, key := range w.Sandbox.Jira.Keys() {
			assert.Empty(t, w.Sandbox.Jira.RemoteLinks(key))
		}
		p, _ := w.Confluence.Page(page)
		assert.Contains(t, p.Body, "Taken back on")
		assert.Contains(t, p.Body, "Refund within a day", "what people typed stays")

		w.requests(t)
		assert.Empty(t, w.undo(t, page).Changes)
		_, writes = w.requests(t)
		assert.Zero(t, writes, "there is nothing to take back any more")

		w.sync(t, page)
		assert.Equal(t, want, w.snapshot(t))
	})
}

// What a person has edited since is named and stays, on the ticket and in the
// page's account.
func TestAnUndoLeavesWhatPeopleEdited(t *testing.T) { // S9
	both(t, func(t *testing.T, w *world) {
		page := w.played(t)
		w.sync(t, page)
		j, mira := w.Sandbox.Jira, w.Sandbox.Jira.AddPerson(jiratest.Person{Name: "mira", DisplayName: "Mira"})
		c := ours(j.Comments("PAY-3"))[0]
		require.NoError(t, j.EditComment("PAY-3", c.ID, mira, c.Body+"\nand by card"))

		undone, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		var partly *worker.PartlyError
		require.ErrorAs(t, err, &partly)
		assert.ErrorContains(t, err, "PAY-3, comment: Mira changed the comment; it was left alone")
		assert.Equal(t, outcome.Conflict, undone.Changes[0].Status)
		assert.Len(t, w.commented(t), 1)
		assert.Contains(t, w.commented(t)["PAY-3"][0], "and by card")
		p, _ := w.Confluence.Page(page)
		assert.Contains(t, p.Body, "Not taken back: Mira changed the comment")

		w.requests(t)
		_, err = w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorAs(t, err, &partly)
		_, writes := w.requests(t)
		assert.Zero(t, writes)
	})
}

// A session that was taken back is written anew when somebody asks for it, not by
// the next run, nor because the service tells that the undo has saved the page.
func TestARunLeavesWhatWasTakenBack(t *testing.T) { // S9 O1 O3
	both(t, func(t *testing.T, w *world) {
		page := w.played(t)
		w.now = w.now.AddDate(0, 0, 2)
		w.sync(t, page)
		w.undo(t, page)
		jobs, err := w.Run(t.Context(), []worker.Team{w.team}, false)
		require.NoError(t, err)
		assert.Empty(t, jobs)
		hinted, note := w.SyncHinted(t.Context(), []worker.Team{w.team}, page)
		require.NoError(t, hinted.Err)
		assert.Equal(t, "what was written of its session was taken back: sync it by command", note)
		assert.Empty(t, w.commented(t))

		w.sync(t, page)
		jobs, err = w.Run(t.Context(), []worker.Team{w.team}, false)
		require.NoError(t, err)
		assert.Len(t, jobs, 1)
		assert.Len(t, w.commented(t), 2)
	})
}
