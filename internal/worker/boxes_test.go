package worker_test

import (
	"cmp"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/planner/outcome"
	"refine/planner/talks"
	"refine/planner/ticket"
)

// boxes ticks a box below an item, or takes its tick away.
func (w *world) boxes(t *testing.T, page, key string, box outcome.Box, done bool) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) { return w.person.Ticks(body, key, string(box), done) })
}

// agrees types lines among the criteria of an item.
func (w *world) agrees(t *testing.T, page, key string, lines ...string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) { return w.person.Agrees(body, key, "Acceptance criteria", lines...) })
}

// onReady is a team for which a ready item is done with refinement.
var onReady = map[outcome.Box]outcome.Effect{
	outcome.BoxReady:  {RemoveFlag: true, AddLabel: "refined", RemoveLabel: "to-refine", Transition: "In Progress"},
	outcome.BoxParked: {AddLabel: "parked"},
}

// told are the changes of fields and links, with what became of each.
func told(s worker.Synced) (lines []string) {
	for _, c := range s.Changes {
		if c.Set != nil {
			lines = append(lines, c.Issue+" "+string(c.Status)+" "+c.Detail)
		}
	}
	return lines
}

// asPrinted holds a run to what a dry run has printed, and to having made all of it.
func asPrinted(t *testing.T, dry, made worker.Synced) {
	t.Helper()
	require.Len(t, made.Changes, len(dry.Changes))
	for i, c := range made.Changes {
		assert.Equal(t, outcome.Applied, c.Status, c.Reason)
		assert.Equal(t, dry.Changes[i].Detail, c.Detail, "a dry run prints what a real run makes")
	}
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

		asPrinted(t, dry, w.sync(t, page))
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

// edit is a person changing fields of a ticket in Jira, by name or id.
func (w *world) edit(t *testing.T, key string, fields map[string]any) {
	t.Helper()
	byID := map[string]any{}
	for name, value := range fields {
		byID[cmp.Or(w.Sandbox.Jira.FieldID(name), name)] = value
	}
	require.NoError(t, w.Sandbox.Jira.Edit(key, w.Sandbox.Jira.Me(), byID))
}

// conflicted syncs where something has to be told.
func (w *world) conflicted(t *testing.T, page string) worker.Synced {
	t.Helper()
	s, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
	_, partly := errors.AsType[*worker.PartlyError](err)
	require.True(t, partly, "%v", err)
	return s
}

func TestWithoutConfigurationOnlyTheCommentTells(t *testing.T) { // S3
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		before, _ := w.Sandbox.Jira.Issue("PAY-3")
		w.boxes(t, page, "PAY-3", outcome.BoxSplit, true)
		w.agrees(t, page, "PAY-3", "The fee is shown", "Estimate: 5", "Blocked by PAY-6")
		w.sync(t, page)
		after, _ := w.Sandbox.Jira.Issue("PAY-3")
		before.Comments, before.Remote, before.Updated, after.Comments, after.Remote, after.Updated = nil, nil, time.Time{}, nil, nil, time.Time{}
		assert.Equal(t, before, after)
		assert.Contains(t, w.commented(t)["PAY-3"][0], "*Outcome*\n* Split\n\n*Acceptance criteria*\n* The fee is shown\n\n*Estimate*\n* 5\n\n*Blocked by*\n* PAY-6\n")
		assert.Empty(t, w.commented(t)["PAY-6"])
	})
}

func TestWhatPeopleChangeInJiraStays(t *testing.T) { // S3 S6
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Effects, w.team.SetEstimate = onReady, true
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.boxes(t, page, "PAY-3", outcome.BoxReady, true)
		w.agrees(t, page, "PAY-3", "Estimate: 5")
		w.sync(t, page)

		w.edit(t, "PAY-3", map[string]any{"labels": []string{"mine"}, "Story Points": 13})
		require.NoError(t, w.Sandbox.Jira.Flag("PAY-3"))
		w.requests(t)
		again := w.sync(t, page)
		assert.Zero(t, applied(again))
		for _, c := range again.Changes {
			if c.Set != nil && c.From != c.To {
				assert.Equal(t, "people changed it in Jira since it was set; it was left alone", c.Reason, c.Detail)
			}
		}
		w.sync(t, page) // the receipt is written
		w.requests(t)
		w.sync(t, page)
		_, writes := w.requests(t)
		assert.Zero(t, writes)

		w.replaces(t, page, "Estimate: 5", "Estimate: 8")
		told := w.conflicted(t, page)
		after, _ := w.Sandbox.Jira.Issue("PAY-3")
		assert.InDelta(t, 13, *after.StoryPoints, 0, "a conflict overwrites nothing")
		assert.Equal(t, []string{"mine"}, after.Labels)
		assert.True(t, after.Flagged)
		assert.Equal(t, 1, applied(told), "the comment says it")
		assert.Contains(t, w.receipts(t, page)[0], "it is “13”; it was left alone")
	})
}

func TestWhatChangedSinceThePlanIsAConflict(t *testing.T) { // S6
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Effects, w.team.SetEstimate = onReady, true
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.edit(t, "PAY-3", map[string]any{"Story Points": 13})
		require.NoError(t, w.Sandbox.Jira.Transition("Done", "PAY-3"))
		w.boxes(t, page, "PAY-3", outcome.BoxReady, true)
		w.agrees(t, page, "PAY-3", "Estimate: 5")
		var reasons []string
		for _, c := range w.conflicted(t, page).Changes {
			if c.Status == outcome.Conflict {
				reasons = append(reasons, c.Detail+": "+c.Reason)
			}
		}
		require.Len(t, reasons, 2)
		assert.Contains(t, reasons[0], "estimate: “13” → “5”: it is not what it was when the session was planned, “3”, but “13”")
		assert.Contains(t, reasons[1], "status: “Done” → “In Progress”: it is not what it was")
		after, _ := w.Sandbox.Jira.Issue("PAY-3")
		assert.InDelta(t, 13, *after.StoryPoints, 0)
		assert.Equal(t, "Done", after.Status.Name)
	})
}

func TestTwoBoxesAreToldAndDoNothing(t *testing.T) { // S3
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Effects = onReady
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.boxes(t, page, "PAY-3", outcome.BoxReady, true)
		w.boxes(t, page, "PAY-3", outcome.BoxParked, true)
		synced := w.sync(t, page)
		assert.Zero(t, applied(synced))
		require.Len(t, synced.Unattributed, 1)
		assert.Equal(t, "Ready, Parked", synced.Unattributed[0].Text)
		assert.Contains(t, w.receipts(t, page)[0], "2 outcomes are ticked")

		w.boxes(t, page, "PAY-3", outcome.BoxReady, false)
		w.sync(t, page)
		after, _ := w.Sandbox.Jira.Issue("PAY-3")
		assert.Equal(t, []string{"parked"}, after.Labels)

		w.boxes(t, page, "PAY-3", outcome.BoxReady, true) // later, beside the one that was told
		again := w.sync(t, page)
		assert.Contains(t, w.commented(t)["PAY-3"][0], "*Left the page*\n* Outcome: Parked – no longer the outcome\n")
		assert.Len(t, removed(again, "PAY-3"), 1)
		assert.Empty(t, removed(w.sync(t, page), "PAY-3"), "said once")
		w.boxes(t, page, "PAY-3", outcome.BoxParked, false)
		w.sync(t, page)
		assert.Contains(t, w.commented(t)["PAY-3"][0], "*Outcome*\n* Ready\n")
	})
}

func TestATickThatIsTakenAwayIsToldAndMayComeAgain(t *testing.T) { // S3 S8
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Effects = map[outcome.Box]outcome.Effect{outcome.BoxReady: {AddLabel: "refined"}}
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.boxes(t, page, "PAY-3", outcome.BoxReady, true)
		w.sync(t, page)
		w.boxes(t, page, "PAY-3", outcome.BoxReady, false)
		w.sync(t, page)
		issue, _ := w.Sandbox.Jira.Issue("PAY-3")
		assert.Equal(t, []string{"refined"}, issue.Labels, "nothing is taken back silently")
		assert.Contains(t, w.commented(t)["PAY-3"][0], "*Left the page*\n* Outcome: Ready – no longer the outcome\n")
		w.edit(t, "PAY-3", map[string]any{"labels": []string{}})
		assert.Zero(t, applied(w.sync(t, page)))
		w.boxes(t, page, "PAY-3", outcome.BoxReady, true)
		w.sync(t, page)
		issue, _ = w.Sandbox.Jira.Issue("PAY-3")
		assert.Equal(t, []string{"refined"}, issue.Labels)
	})
}

func TestWhatTheSiteDoesNotTakeIsSaid(t *testing.T) { // S3
	onBoth(t, func(t *testing.T, w *world) {
		j := w.Sandbox.Jira
		j.Unscreen("Story Points")
		j.Unscreen("Flagged")
		j.Ask("Done", "Acceptance Criteria")
		w.team.Effects = map[outcome.Box]outcome.Effect{
			outcome.BoxReady:   {RemoveFlag: true, Transition: "Ready to build"},
			outcome.BoxDropped: {Transition: "Done"},
		}
		w.team.SetEstimate, w.team.LinkBlockers = true, true
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.boxes(t, page, "PAY-3", outcome.BoxReady, true)
		w.boxes(t, page, "PAY-6", outcome.BoxDropped, true)
		w.agrees(t, page, "PAY-3", "Estimate: 5", "Blocked by PAY-99")
		w.agrees(t, page, "PAY-6", "Estimate: XXL")
		w.requests(t)
		told := w.conflicted(t, page)
		var reasons []string
		for _, c := range told.Changes {
			if c.Set != nil {
				assert.NotEqual(t, outcome.Applied, c.Status)
				reasons = append(reasons, c.Reason)
			}
		}
		require.Len(t, reasons, 5, "%v", reasons)
		assert.Contains(t, reasons[0], "is not on the edit screen")
		assert.Contains(t, reasons[1], "PAY-99 does not exist")
		assert.Contains(t, reasons[2], "is not on the edit screen")
		assert.Contains(t, reasons[3], "no transition from “To Do” is called or leads to “Ready to build”; there are “")
		assert.Contains(t, reasons[4], "asks for Acceptance Criteria")
		require.Len(t, told.Suggestions, 1)
		assert.Contains(t, told.Suggestions[0].Reason, "it is no estimate")
		assert.Len(t, w.commented(t), 2, "the comments say it all the same")
	})
}

func TestABlockedTicketIsLinkedOnce(t *testing.T) { // S4 S5
	onBoth(t, func(t *testing.T, w *world) {
		w.team.LinkBlockers = true
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.agrees(t, page, "PAY-3", "Blocked by PAY-6 and PAY-7: the notices come first")
		synced := w.sync(t, page)
		assert.Equal(t, []string{
			"PAY-3 applied blocked by: nothing → “PAY-6”",
			"PAY-3 applied blocked by: nothing → “PAY-7”",
		}, told(synced))
		assert.Equal(t, []string{"PAY-5 Relates PAY-3", "PAY-6 Blocks PAY-3", "PAY-7 Blocks PAY-3"}, w.Sandbox.Jira.Links("PAY-3"))
		assert.Empty(t, w.commented(t)["PAY-6"], "the line is about PAY-3")
		assert.Zero(t, applied(w.sync(t, page)))

		w.Sandbox.Jira.Unlink("PAY-6", "PAY-3")
		assert.Zero(t, applied(w.sync(t, page)))
		assert.Equal(t, []string{"PAY-5 Relates PAY-3", "PAY-7 Blocks PAY-3"}, w.Sandbox.Jira.Links("PAY-3"), "people took the other away")
	})
}

func TestAgreedCriteriaAndEstimateGoIntoTheirFields(t *testing.T) { // S3 S5 S6 L17
	onBoth(t, func(t *testing.T, w *world) {
		j := w.Sandbox.Jira
		w.team.Criteria, w.team.SetEstimate = outcome.DescriptionField, true
		w.team.Estimation = talks.Estimation{Sizes: []talks.Size{{Name: "M", Points: 5}, {Name: "L", Points: 8}}}
		before, _ := j.Issue("PAY-3")
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.agrees(t, page, "PAY-3", "The fee is [shown] *once*", "Size: m")

		assert.Equal(t, []string{
			"PAY-3 applied description: nothing → “The fee is [shown] *once*”",
			"PAY-3 applied estimate: “3” → “5”",
		}, told(w.sync(t, page)))
		after, _ := j.Issue("PAY-3")
		if !w.person.Native {
			assert.Equal(t, before.Description+"\n\nh3. Acceptance criteria agreed on 2026-11-24\n* The fee is \\[shown\\] \\*once\\*", after.Description, "all else to the byte")
		}
		assert.InDelta(t, 5, *after.StoryPoints, 0)
		assert.Zero(t, applied(w.sync(t, page)))

		w.replaces(t, page, "*once*", "*twice*")
		w.replaces(t, page, "Size: m", "Size: L")
		assert.Equal(t, []string{
			"PAY-3 applied description: “The fee is [shown] *once*” → “The fee is [shown] *twice*”",
			"PAY-3 applied estimate: “5” → “8”",
		}, told(w.sync(t, page)))

		w.edit(t, "PAY-3", map[string]any{"description": "Written anew by Dana"})
		w.replaces(t, page, "*twice*", "*always*")
		assert.Contains(t, told(w.conflicted(t, page))[0], "PAY-3 conflict description: nothing →")
		after, _ = j.Issue("PAY-3")
		assert.Equal(t, "Written anew by Dana", after.Description)
	})
}

func TestCriteriaGoBelowWhatTheirFieldHolds(t *testing.T) { // S3
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Criteria = outcome.CriteriaField
		w.edit(t, "PAY-3", map[string]any{"Acceptance Criteria": "* Sums are right"})
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.agrees(t, page, "PAY-3", "Fees are shown", "Dates are shown")
		w.sync(t, page)
		after, _ := w.Sandbox.Jira.Issue("PAY-3")
		assert.Equal(t, "* Sums are right\n\nh3. Agreed on 2026-11-24\n* Fees are shown\n* Dates are shown", strings.ReplaceAll(after.AcceptanceCriteria, "24\n\n*", "24\n*"))
		assert.Zero(t, applied(w.sync(t, page)))
	})
}
