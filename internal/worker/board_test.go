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
