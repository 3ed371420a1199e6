package worker_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// splits types stories that an item is split into.
func (w *world) splits(t *testing.T, page, key string, stories ...string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) { return w.person.Agrees(body, key, "Split into", stories...) })
}

// splitOf lists the issues that carry our mark, by their summary.
func (w *world) splitOf(t *testing.T, key string) map[string]jiratest.Issue {
	t.Helper()
	out := map[string]jiratest.Issue{}
	for _, other := range w.Sandbox.Jira.Keys() {
		i, _ := w.Sandbox.Jira.Issue(other)
		var m outcome.ActionMark
		if raw, ours := i.Properties["refine"]; ours {
			require.NoError(t, json.Unmarshal(raw, &m))
			require.Equal(t, key, m.Ticket)
			require.Empty(t, out[i.Summary].Key, "%s was made twice", i.Summary)
			out[i.Summary] = i
		}
	}
	return out
}

func TestSplitStoriesBecomeLinkedIssues(t *testing.T) { // S4 S3 S5 S9 O5
	both(t, func(t *testing.T, w *world) {
		j := w.Sandbox.Jira
		j.Allow(jiratest.DeleteIssues)
		require.NoError(t, j.Load(strings.NewReader(
			`{"key":"PAY-1","fields":{"summary":"Invoices","issuetype":{"name":"Epic"}}}`+"\n"+
				`{"key":"PAY-8","fields":{"summary":"Pay at once","description":"Customers wait.","issuetype":{"name":"Story"},"parent":{"key":"PAY-1"},"flagged":true}}`)))
		w.team.Split = outcome.SplitSettings{Create: true}
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.splits(t, page, "PAY-8", "Pay by card", "Pay by [SEPA]")
		w.boxes(t, page, "PAY-8", outcome.BoxSplit, true)

		dry, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		require.Empty(t, w.splitOf(t, "PAY-8"), "a dry run writes nothing")
		synced := w.sync(t, page)
		asPrinted(t, dry, synced)
		assert.Equal(t, "new Story: split story “Pay by card”", synced.Changes[0].Detail)
		made := w.splitOf(t, "PAY-8")
		require.Len(t, made, 2)
		card := made["Pay by card"]
		assert.Equal(t, "Story", card.Type.Name)
		assert.Equal(t, "PAY-1", card.Parent, "it stands under the same epic")
		assert.Contains(t, card.Description, "/browse/PAY-8")
		assert.Contains(t, j.Links(card.Key), "PAY-8 Relates "+card.Key)
		assert.Contains(t, w.commented(t)["PAY-8"][0], "*Split into*\n* Pay by card – "+card.Key+"\n* Pay by \\[SEPA\\] – ")
		p, _ := w.Confluence.Page(page)
		assert.Contains(t, p.Body, "Written as an issue of its own, "+card.Key)

		w.requests(t)
		require.Zero(t, applied(w.sync(t, page)), "a second sync changes nothing")
		_, writes := w.requests(t)
		assert.Zero(t, writes)

		require.NoError(t, j.Transition("Done", card.Key))
		w.replaces(t, page, "Pay by [SEPA]", "Pay by SEPA only")
		w.sync(t, page)
		made = w.splitOf(t, "PAY-8")
		require.Len(t, made, 2)
		require.Contains(t, made, "Pay by SEPA only", "the issue follows its line")

		require.NoError(t, j.Delete(made["Pay by SEPA only"].Key))
		assert.Zero(t, applied(w.sync(t, page)), "what people deleted is not made again")

		assert.Equal(t, outcome.SplitChange, w.undo(t, page).Changes[0].Kind)
		assert.Empty(t, w.splitOf(t, "PAY-8"))
		assert.Empty(t, j.Links("PAY-8"))
	})
}

// Where none can be made, or the team wants none, the comment says what was agreed.
func TestSplitStoriesAreToldAlone(t *testing.T) { // S3 S4
	both(t, func(t *testing.T, w *world) {
		w.team.Split.Create = true
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.team.Split.Create = false
		w.splits(t, page, "PAY-3", "Show fees")
		w.agrees(t, page, "PAY-6", "Split into: Remind by mail")
		w.sync(t, page)
		assert.Contains(t, w.commented(t)["PAY-3"][0], "*Split into*\n* Show fees\n")
		assert.Contains(t, w.commented(t)["PAY-6"][0], "*Split into*\n* Remind by mail\n")

		w.team.Split.Create = true
		w.Sandbox.Jira.Deny(jiratest.CreateIssues)
		synced := w.sync(t, page)
		assert.Contains(t, synced.Changes[0].Reason, "it stays in the comment alone: this account may not create issues in PAY")
		assert.Empty(t, w.splitOf(t, "PAY-3"))
	})
}
