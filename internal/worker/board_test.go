package worker_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/planner/ticket"
)

func TestPublishFromABoard(t *testing.T) { // P1
	t.Parallel()
	for name, options := range map[string][]option{"Cloud": nil, "Data Center": {dataCenter}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, options...)
			w.Sandbox.Jira.AddBoard("Payments", "project = PAY AND issuetype = Story")
			w.team.Backlog = ticket.BacklogQuery{Board: "Payments"}
			published := w.publish(t, ticket.Selection{})
			assert.Equal(t, worker.Created, published.Action)
			assert.Contains(t, published.Page.Title, "Backlog of Payments")
			require.NotEmpty(t, published.Plan.Items)
			for _, item := range published.Plan.Items {
				assert.Equal(t, "Story", item.Issue.Type)
			}
			assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)

			w.Sandbox.Jira.AddBoard("Empty", "labels = nothing-has-this")
			w.team.Backlog.Board = "Empty"
			none := w.publish(t, ticket.Selection{})
			assert.Equal(t, worker.None, none.Action)
			assert.Contains(t, none.Note, "no items match statusCategory != Done in the backlog of board Empty")
		})
	}
}

// A team's board says in which field it estimates, where a site has several.
func TestTheBoardsOwnEstimationFieldIsSet(t *testing.T) { // S3 S5 S6 S9
	onBoth(t, func(t *testing.T, w *world) {
		j := w.Sandbox.Jira
		own := j.AddField("Story point estimate", "float")
		board := j.AddBoard("Payments", "project = PAY")
		j.Estimate(board, "Story point estimate")
		require.NoError(t, j.Edit("PAY-3", j.Me(), map[string]any{own: 2}))
		w.team.Backlog, w.team.SetEstimate = ticket.BacklogQuery{Board: "Payments"}, true
		page := w.publish(t, ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-3", "PAY-6", "PAY-7"}}).Page.ID
		w.agrees(t, page, "PAY-6", "Estimate: 5")
		w.agrees(t, page, "PAY-3", "Estimate: 8")
		holds := func(key string) string { i, _ := j.Issue(key); return string(i.Custom[own]) }

		assert.Equal(t, []string{"PAY-3 conflict estimate: “2” → “8”", "PAY-6 applied estimate: nothing → “5”"}, told(w.conflicted(t, page)))
		assert.Equal(t, "5", holds("PAY-6"))
		assert.Equal(t, "2", holds("PAY-3"), "nobody knows what was planned with")
		three, _ := j.Issue("PAY-3")
		assert.InDelta(t, 3, *three.StoryPoints, 0, "the other field stays")

		w.replaces(t, page, "Estimate: 8", "Nothing agreed")
		w.replaces(t, page, "Estimate: 5", "Estimate: 13")
		w.sync(t, page)
		assert.Equal(t, "13", holds("PAY-6"))
		w.requests(t)
		assert.Zero(t, applied(w.sync(t, page)))
		_, writes := w.requests(t)
		assert.Zero(t, writes)
		assert.Contains(t, told(w.undo(t, page)), "PAY-6 applied taken back: estimate: “13” → nothing")
		assert.Contains(t, []string{"", "null"}, holds("PAY-6"))

		j.Estimate(board, "issueCount")
		var reasons []string
		for _, c := range w.conflicted(t, page).Changes {
			reasons = append(reasons, c.Reason)
		}
		assert.Contains(t, reasons, "the board Payments has no field for estimates; name one as field story_points; the comment says it")
	})
}
