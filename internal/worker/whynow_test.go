package worker_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/ticket"
)

func TestThePageTellsWhatMovedAndWhatToLookAt(t *testing.T) { // P5 P8
	onBoth(t, func(t *testing.T, w *world) {
		dryRun := func() int {
			w.requests(t)
			_, err := w.Publish(t.Context(), worker.Request{Team: w.team, DryRun: true})
			require.NoError(t, err)
			all, _ := w.requests(t)
			return all
		}
		dryRun() // which learns the site
		before := dryRun()
		dana := w.Sandbox.Jira.AddPerson(jiratest.Person{DisplayName: "Dana Whitfield"})
		require.NoError(t, w.Sandbox.Jira.Edit("PAY-4", dana, map[string]any{"priority": map[string]any{"name": "Highest"}}))
		_, err := w.Sandbox.Jira.Comment("PAY-4", dana, "Drafts: [new mails|https://miro.com/app/board/x], not [this|javascript:alert(1)]")
		require.NoError(t, err)

		assert.Equal(t, before, dryRun(), "neither costs a request")
		published := w.publish(t, ticket.Selection{})
		p, _ := w.Confluence.Page(published.Page.ID)
		for _, want := range []string{
			"priority Highest, Medium until 23 November 2026",
			"To look at before talking:", `<a href="https://miro.com/app/board/x">Miro board: new mails</a>`,
		} {
			assert.Contains(t, p.Body, want)
		}
		assert.NotContains(t, p.Body, `href="javascript`)
	})
}
