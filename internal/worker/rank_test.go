package worker_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// ranking is a team that ranks what is ready first, what is parked last, and what lines say.
func (w *world) ranking() {
	w.team.SetRank, w.team.Effects = true, map[outcome.Box]outcome.Effect{
		outcome.BoxReady: {Rank: outcome.RankFirst}, outcome.BoxParked: {Rank: outcome.RankLast},
	}
}

func TestARankIsSetOnce(t *testing.T) { // S3 S5 S9 O5
	onBoth(t, func(t *testing.T, w *world) {
		w.ranking()
		before := w.Sandbox.Jira.Ranked()
		t.Log(before)
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.boxes(t, page, "PAY-6", outcome.BoxReady, true)
		w.boxes(t, page, "PAY-7", outcome.BoxReady, true)
		w.boxes(t, page, "PAY-3", outcome.BoxParked, true)

		dry, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		t.Log(told(dry))
		asPrinted(t, dry, w.sync(t, page))
		t.Log(w.Sandbox.Jira.Ranked())
		w.requests(t)
		assert.Zero(t, applied(w.sync(t, page)))
		_, writes := w.requests(t)
		assert.Zero(t, writes, "a second sync writes nothing")
		want := w.snapshot(t)

		undone := w.undo(t, page)
		t.Log(told(undone))
		assert.Equal(t, before, w.Sandbox.Jira.Ranked())
		w.requests(t)
		assert.Empty(t, w.undo(t, page).Changes)
		_, writes = w.requests(t)
		assert.Zero(t, writes)
		w.sync(t, page)
		assert.Equal(t, want, w.snapshot(t), "as if there had been one sync")
	})
}

var _ = jiratest.ScheduleIssues
