package worker_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/recur"
	"refine/internal/worker"
	"refine/planner/ticket"
)

func TestAHintIsOnlyAHint(t *testing.T) { // O3
	onBoth(t, func(t *testing.T, w *world) {
		teams := []worker.Team{w.team}
		hint := func(page string) (worker.Job, string) {
			t.Helper()
			job, note := w.SyncHinted(t.Context(), teams, page)
			require.NoError(t, job.Err)
			return job, note
		}
		published := w.publish(t, ticket.Selection{})
		page := published.Page.ID
		w.decides(t, page, published.Plan.Items[0].Issue.Key, "Refund within a day")
		_, note := hint(page)
		assert.Equal(t, "its session is not over yet", note)

		w.now = published.Plan.Session.Start.Add(3 * time.Hour)
		job, note := hint(page)
		assert.Empty(t, note)
		assert.Equal(t, 2, applied(*job.Synced))
		job, _ = hint(page)
		assert.Zero(t, applied(*job.Synced))

		foreign, err := w.Confluence.Create("Dana", "", "Lunch", "<p>Decision: pizza</p>")
		require.NoError(t, err)
		_, note = hint(foreign)
		assert.Equal(t, "the page is no session's of this deployment", note)
		_, note = hint("999999999")
		assert.Equal(t, "the page is no session's of this deployment", note)
		teams[0].Name = "another"
		_, note = hint(page)
		assert.Contains(t, note, "is not configured here")
		teams[0].Name = w.team.Name
		w.now = w.now.AddDate(0, 0, 15)
		_, note = hint(page)
		assert.Contains(t, note, "more than 14 days past")
	})
}

// A team whose calendar cannot be read publishes nothing, and what is over is synced
// all the same.
func TestACalendarThatCannotBeRead(t *testing.T) { // O1
	t.Parallel()
	w := newWorld(t)
	published := w.publish(t, ticket.Selection{})
	w.decides(t, published.Page.ID, published.Plan.Items[0].Issue.Key, "Refund within a day")
	w.now = published.Plan.Session.Start.Add(3 * time.Hour)
	gone := errors.New("gone")
	w.team.Schedule = &worker.Schedule{Read: func(context.Context) (recur.Next, error) { return nil, gone }}
	jobs, err := w.Run(t.Context(), []worker.Team{w.team}, false)
	require.ErrorIs(t, err, gone)
	require.Len(t, jobs, 2)
	assert.Equal(t, 2, applied(*jobs[1].Synced))
	_, err = w.Publish(t.Context(), worker.Request{Team: w.team, Selection: ticket.Selection{Kind: ticket.Backlog}})
	require.ErrorIs(t, err, gone)
	_, err = w.Sync(t.Context(), worker.SyncRequest{Team: w.team})
	require.ErrorIs(t, err, gone)
	_, err = w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: published.Page.ID})
	require.NoError(t, err, "a page that is named says itself when its session was")
}
