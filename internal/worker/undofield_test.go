package worker_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// withFields is a session whose outcomes set all that a sync may set.
func (w *world) withFields(t *testing.T) (page string) {
	t.Helper()
	w.team.Effects, w.team.Criteria, w.team.SetEstimate, w.team.LinkBlockers = onReady, outcome.DescriptionField, true, true
	w.edit(t, "PAY-3", map[string]any{"labels": []string{"to-refine", "billing"}, "Story Points": 3})
	page = w.publish(t, ticket.Selection{}).Page.ID
	w.boxes(t, page, "PAY-3", outcome.BoxReady, true)
	w.agrees(t, page, "PAY-3", "The fee is shown", "Estimate: 5", "Blocked by PAY-6")
	return page
}

// held is what a ticket holds, but for what an undo cannot take back.
func (w *world) held(key string) (jiratest.Issue, []string) {
	i, _ := w.Sandbox.Jira.Issue(key)
	i.Comments, i.Remote, i.Updated, i.History, i.Documents = nil, nil, time.Time{}, nil, nil
	return i, w.Sandbox.Jira.Links(key)
}

func TestAnUndoRestoresWhatWasSet(t *testing.T) { // S9 S3 S5 O5
	both(t, func(t *testing.T, w *world) {
		page := w.withFields(t)
		before, links := w.held("PAY-3")
		w.sync(t, page)
		want := w.snapshot(t)

		dry, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		undone := w.undo(t, page)
		asPrinted(t, dry, undone)
		assert.Equal(t, []string{
			"PAY-3 applied taken back: status: “In Progress” → “Open”",
			"PAY-3 applied taken back: blocked by: “PAY-6” → nothing",
			"PAY-3 applied taken back: description: “The fee is shown” → nothing",
			"PAY-3 applied taken back: estimate: “5” → “3”",
			"PAY-3 applied taken back: flag: nothing → “flagged”",
			"PAY-3 applied taken back: label: “refined” → nothing",
			"PAY-3 applied taken back: label: nothing → “to-refine”",
		}, told(undone))
		after, linksAfter := w.held("PAY-3")
		assert.Equal(t, before, after)
		assert.Equal(t, links, linksAfter)

		w.requests(t)
		assert.Empty(t, w.undo(t, page).Changes)
		_, writes := w.requests(t)
		assert.Zero(t, writes, "there is nothing to take back any more")

		w.sync(t, page)
		assert.Equal(t, want, w.snapshot(t), "as if there had been one sync")
	})
}

func TestAnUndoLeavesFieldsThatPeopleChanged(t *testing.T) { // S9 S6
	both(t, func(t *testing.T, w *world) {
		page := w.withFields(t)
		w.sync(t, page)
		w.edit(t, "PAY-3", map[string]any{"Story Points": 13, "labels": []string{"mine"}})
		w.Sandbox.Jira.Unlink("PAY-6", "PAY-3")
		require.NoError(t, w.Sandbox.Jira.Transition("Done", "PAY-3"))

		undone, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "people changed it in Jira since it was set: it is “13”; it was left alone")
		assert.Equal(t, []string{
			"PAY-3 conflict taken back: status: “Done” → “Open”",
			"PAY-3 applied taken back: description: “The fee is shown” → nothing",
			"PAY-3 conflict taken back: estimate: “13” → “3”",
			"PAY-3 applied taken back: flag: nothing → “flagged”",
			"PAY-3 applied taken back: label: nothing → “to-refine”",
		}, told(undone), "what people took away themselves is not mentioned")
		after, _ := w.Sandbox.Jira.Issue("PAY-3")
		assert.InDelta(t, 13, *after.StoryPoints, 0)
		assert.Equal(t, "Done", after.Status.Name)
		p, _ := w.Confluence.Page(page)
		assert.Contains(t, p.Body, "Not taken back: people changed it in Jira since it was set")

		w.sync(t, page)
		after, _ = w.Sandbox.Jira.Issue("PAY-3")
		assert.InDelta(t, 13, *after.StoryPoints, 0, "what people changed since it was set stays theirs")
		assert.Equal(t, "Done", after.Status.Name)
		assert.False(t, after.Flagged)
	})
}

// What cannot be restored is said, and hinders nothing else.
func TestAnUndoSaysWhatJiraDoesNotTakeBack(t *testing.T) { // S9
	both(t, func(t *testing.T, w *world) {
		page := w.withFields(t)
		w.sync(t, page)
		w.Sandbox.Jira.Unscreen("Story Points")
		w.Sandbox.Jira.Ask("Open", "Acceptance Criteria")
		undone, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "is not on the edit screen of this issue, or this account may not edit it; take it back by hand")
		require.ErrorContains(t, err, "asks for Acceptance Criteria")
		failed := 0
		for _, c := range undone.Changes {
			if c.Status != outcome.Applied {
				failed++
			}
		}
		assert.Equal(t, 3, failed, "both, and the link by which the next undo knows the ticket")
		assert.Empty(t, w.commented(t))
	})
}

// What Jira does not take back now is taken back by the next undo, which knows the
// ticket by the link that stays until then.
func TestAnUndoIsFinishedOnceJiraTakesIt(t *testing.T) { // S9
	both(t, func(t *testing.T, w *world) {
		page := w.withFields(t)
		before, links := w.held("PAY-3")
		w.sync(t, page)
		w.Sandbox.Jira.Deny(jiratest.EditIssues)
		undone, err := w.Undo(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "take it back by hand")
		assert.Empty(t, w.commented(t))
		assert.Len(t, w.Sandbox.Jira.RemoteLinks("PAY-3"), 1)
		last := undone.Changes[len(undone.Changes)-1]
		assert.Equal(t, outcome.LinkChange, last.Kind)
		assert.Equal(t, outcome.Failed, last.Status)

		w.Sandbox.Jira.Allow(jiratest.EditIssues)
		w.undo(t, page)
		after, linksAfter := w.held("PAY-3")
		assert.Equal(t, before, after)
		assert.Equal(t, links, linksAfter)
		assert.Empty(t, w.Sandbox.Jira.RemoteLinks("PAY-3"))
	})
}
