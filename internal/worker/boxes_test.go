package worker_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// boxes ticks a box below an item, or takes its tick away.
func (w *world) boxes(t *testing.T, page, key string, box outcome.Box, done bool) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) { return w.person.Ticks(body, key, string(box), done) })
}

// onReady is a team for which a ready item is done with refinement.
var onReady = map[outcome.Box]outcome.Effect{
	outcome.BoxReady:  {RemoveFlag: true, AddLabel: "refined", RemoveLabel: "to-refine", Transition: "In Progress"},
	outcome.BoxParked: {AddLabel: "parked"},
}

// told are the changes that say something, by kind and from → to.
func told(s worker.Synced) (lines []string) {
	for _, c := range s.Changes {
		if c.Set != nil {
			lines = append(lines, c.Issue+" "+string(c.Status)+" "+c.Detail)
		}
	}
	return lines
}

func TestATickedBoxIsToldAndDoesWhatTheTeamWants(t *testing.T) { // S3 S5
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Effects = onReady
		require.NoError(t, w.Sandbox.Jira.Edit("PAY-3", w.Sandbox.Jira.Me(), map[string]any{"labels": []string{"to-refine", "billing"}}))
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.boxes(t, page, "PAY-3", outcome.BoxReady, true)

		dry, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		assert.Equal(t, []string{
			"PAY-3 planned flag: “flagged” → nothing",
			"PAY-3 planned label: nothing → “refined”",
			"PAY-3 planned label: “to-refine” → nothing",
			"PAY-3 planned status: “To Do” → “In Progress”",
		}, told(dry))
		before, _ := w.Sandbox.Jira.Issue("PAY-3")
		assert.True(t, before.Flagged)

		synced := w.sync(t, page)
		require.Len(t, synced.Changes, len(dry.Changes))
		for i, c := range synced.Changes {
			assert.Equal(t, outcome.Applied, c.Status, c.Reason)
			assert.Equal(t, dry.Changes[i].Detail, c.Detail)
		}
		after, _ := w.Sandbox.Jira.Issue("PAY-3")
		assert.False(t, after.Flagged)
		assert.Equal(t, []string{"billing", "refined"}, after.Labels)
		assert.Equal(t, "In Progress", after.Status.Name)
		assert.Contains(t, w.commented(t)["PAY-3"][0], "*Outcome*\n* Ready\n")

		w.requests(t)
		assert.Zero(t, applied(w.sync(t, page)))
		_, writes := w.requests(t)
		assert.Zero(t, writes, "a second sync writes nothing")
	})
}
