package worker_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// A field whose shape is not known is named in the plan and on the page; what it
// holds is not.
func TestAPlanNamesTheFieldsItCannotRead(t *testing.T) { // R13
	onBoth(t, func(t *testing.T, w *world) {
		field := w.Sandbox.Jira.AddField("Acceptance Criteria", "checklist")
		set := func(key, value string) {
			require.NoError(t, w.Sandbox.Jira.Edit(key, w.Sandbox.Jira.Me(), map[string]any{field: json.RawMessage(value)}))
		}
		set("PAY-3", `[{"name":"The refund is there within a day"},{"name":"The payer is told by mail"}]`)
		set("PAY-6", `{"hidden":"A secret"}`)
		now := w.Now
		w.Worker = w.connect(t)
		w.Now = now
		published := w.publish(t, ticket.Selection{})
		told := strings.Join(published.Plan.Assumptions, "\n")
		assert.Contains(t, told, "Not read: the field Acceptance Criteria of PAY-6, which holds an object instead of text.")
		assert.NotContains(t, told, "PAY-3, which")
		page, _ := w.Confluence.Page(published.Page.ID)
		assert.Contains(t, page.Body, "which holds an object instead of text")
		assert.NotContains(t, page.Body, "A secret")
		for _, i := range published.Plan.Items {
			if i.Issue.Key == "PAY-3" {
				assert.Contains(t, i.Issue.AcceptanceCriteria, "* The payer is told by mail")
			}
		}
	})
}
