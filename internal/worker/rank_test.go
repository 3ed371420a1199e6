package worker_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// ranking is a team that ranks what is ready first, what is parked last, and where
// lines say.
func (w *world) ranking() {
	w.team.SetRank, w.team.Effects = true, map[outcome.Box]outcome.Effect{
		outcome.BoxReady: {Rank: outcome.RankFirst}, outcome.BoxParked: {Rank: outcome.RankLast},
	}
}

// ranked are the first issues of the site by their ranks.
func (w *world) ranked() []string { return w.Sandbox.Jira.Ranked()[:9] }

// drags is a person ranking an issue right in front of another.
func (w *world) drags(t *testing.T, key, before string) {
	t.Helper()
	require.NoError(t, w.Sandbox.Jira.Rank(w.Sandbox.Jira.Me(), key, before))
}

func TestARankIsSetOnceAndTakenBack(t *testing.T) { // S3 S5 S9 O5
	onBoth(t, func(t *testing.T, w *world) {
		w.ranking()
		before := w.Sandbox.Jira.Ranked()
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.boxes(t, page, "PAY-7", outcome.BoxReady, true)
		w.boxes(t, page, "PAY-6", outcome.BoxReady, true)
		w.boxes(t, page, "PAY-3", outcome.BoxParked, true)

		dry, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		assert.Equal(t, []string{
			"PAY-3 planned rank: 5th of 14 → last, after PAY-14",
			"PAY-6 planned rank: 6th of 14 → first, before PAY-1",
			"PAY-7 planned rank: 7th of 14 → first, before PAY-1",
		}, told(dry), "counted as it will be when the turn comes")
		asPrinted(t, dry, w.sync(t, page))
		assert.Equal(t, []string{"PAY-6", "PAY-7", "PAY-1", "PAY-2", "PAY-4", "PAY-5", "PAY-8", "PAY-9", "PAY-10"}, w.ranked())
		assert.Contains(t, w.receipts(t, page)[0], "“rank” set to “first”")
		want := w.snapshot(t)
		w.requests(t)
		assert.Zero(t, applied(w.sync(t, page)))
		_, writes := w.requests(t)
		assert.Zero(t, writes, "a second sync writes nothing")

		dry, err = w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		asPrinted(t, dry, w.undo(t, page))
		assert.Equal(t, before, w.Sandbox.Jira.Ranked())
		w.requests(t)
		assert.Empty(t, w.undo(t, page).Changes)
		_, writes = w.requests(t)
		assert.Zero(t, writes)
		w.sync(t, page)
		assert.Equal(t, want, w.snapshot(t), "as if there had been one sync")
	})
}

// What people rank after a sync is theirs, and so is what they ranked after the session
// was planned; that a site balances its ranks is nobody's doing.
func TestARankThatPeopleMovedIsTheirs(t *testing.T) { // S6 S9
	onBoth(t, func(t *testing.T, w *world) {
		w.ranking()
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.agrees(t, page, "PAY-6", "Rank: before PAY-2")
		w.agrees(t, page, "PAY-7", "Rank: before PAY-3")
		w.drags(t, "PAY-7", "PAY-9")
		w.Sandbox.Jira.Balance()
		w.sync(t, page) // of another bucket nobody knows who moved it
		assert.Equal(t, []string{"PAY-1", "PAY-6", "PAY-2", "PAY-7", "PAY-3", "PAY-4", "PAY-5", "PAY-8", "PAY-9"}, w.ranked())
		w.Sandbox.Jira.Balance()
		for _, c := range w.sync(t, page).Changes {
			assert.Empty(t, c.Reason, c.Detail)
		}

		w.drags(t, "PAY-6", "PAY-4")
		left := w.sync(t, page)
		assert.Contains(t, told(left), "PAY-6 unchanged rank: before PAY-2")
		assert.Contains(t, w.receipts(t, page)[0], "Left alone: people moved it in the backlog since it was ranked")
		w.replaces(t, page, "Rank: before PAY-2", "Rank: before PAY-1")
		assert.Contains(t, told(w.conflicted(t, page)), "PAY-6 conflict rank: 5th of 14 → before PAY-1")
		undone, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "people moved it in the backlog since it was ranked; it was left alone")
		assert.Contains(t, told(undone), "PAY-7 applied taken back: rank: before PAY-8 → after PAY-8")
		assert.Equal(t, []string{"PAY-1", "PAY-2", "PAY-3", "PAY-6", "PAY-4", "PAY-5", "PAY-8", "PAY-7", "PAY-9"}, w.ranked())
	})
}

// Where a site has given all tickets new ranks, those that a ticket was put between tell
// whether people moved it.
func TestARankIsKnownByItsNeighbours(t *testing.T) { // S9
	onBoth(t, func(t *testing.T, w *world) {
		w.ranking()
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.agrees(t, page, "PAY-6", "Rank: before PAY-2")
		w.agrees(t, page, "PAY-7", "Rank: before PAY-3")
		w.sync(t, page)
		w.drags(t, "PAY-7", "PAY-1")
		w.Sandbox.Jira.Balance()
		undone, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "PAY-7")
		assert.Contains(t, told(undone), "PAY-6 applied taken back: rank: before PAY-5 → after PAY-5")
		assert.Contains(t, told(undone), "PAY-7 conflict taken back: rank: before PAY-5 → after PAY-5")
		assert.Equal(t, []string{"PAY-7", "PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-5", "PAY-6", "PAY-8", "PAY-9"}, w.ranked())
	})
}

func TestARankThatPeopleMovedSinceThePlanIsAConflict(t *testing.T) { // S6
	onBoth(t, func(t *testing.T, w *world) {
		w.ranking()
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.boxes(t, page, "PAY-6", outcome.BoxReady, true)
		w.boxes(t, page, "PAY-7", outcome.BoxReady, true)
		w.drags(t, "PAY-6", "PAY-5")
		w.drags(t, "PAY-7", "PAY-1")
		synced := w.conflicted(t, page)
		assert.Equal(t, []string{"PAY-6 conflict rank: 6th of 14 → first, before PAY-1", "PAY-7 unchanged rank: 1st of 14, first, before PAY-1"}, told(synced))
		assert.Equal(t, []string{"PAY-7", "PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-6", "PAY-5", "PAY-8", "PAY-9"}, w.ranked())
	})
}

// What cannot be ranked is said, and the comment tells it all the same.
func TestARankThatCannotBeSetIsSaid(t *testing.T) { // S3
	onBoth(t, func(t *testing.T, w *world) {
		w.ranking()
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.agrees(t, page, "PAY-3", "Rank: before PAY-6")
		w.agrees(t, page, "PAY-6", "Rank: before PAY-3")
		w.agrees(t, page, "PAY-7", "Rank: last")
		w.Sandbox.Jira.Unrankable("PAY-7")
		before := w.Sandbox.Jira.Ranked()
		reasons := func() (out []string) {
			for _, c := range w.conflicted(t, page).Changes {
				if c.Set != nil {
					assert.NotEqual(t, outcome.Applied, c.Status)
					out = append(out, c.Reason)
				}
			}
			return out
		}
		said := reasons()
		require.Len(t, said, 3)
		assert.Contains(t, said[0], "each to stand beside the other")
		assert.Contains(t, said[2], "JIRA Agile cannot execute the rank operation at this time")
		assert.Len(t, w.commented(t), 3)
		assert.Contains(t, w.commented(t)["PAY-7"][0], "*Rank*\n* last\n")

		w.Sandbox.Jira.Deny(jiratest.ScheduleIssues)
		w.replaces(t, page, "Rank: before PAY-6", "Rank: before PAY-77")
		said = reasons()
		assert.Contains(t, said[0], "PAY-77 does not exist")
		assert.Contains(t, said[1], "this account may not rank issues of PAY (Schedule Issues)")
		assert.Equal(t, before, w.Sandbox.Jira.Ranked())

		w.team.SetRank = false
		synced := w.sync(t, page)
		assert.True(t, slices.ContainsFunc(synced.Changes, func(c outcome.Change) bool {
			return c.Issue == "PAY-7" && c.Kind == outcome.RankChange && c.Status == outcome.Unchanged && c.Reason != ""
		}), "that it is not set is said")
	})
}
