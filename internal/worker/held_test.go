package worker_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// What is carried over comes from the last session that was held: one that is over
// and left a trace.
func TestASessionThatWasNotHeldIsPassedOver(t *testing.T) { // newcomer 8, P6
	for name, test := range map[string]struct {
		do   func(t *testing.T, w *world, page string)
		want []string // what is parked in the next plan, "Currencies" being the week before's
	}{
		"nobody came":                {func(*testing.T, *world, string) {}, []string{"“Currencies”"}},
		"it was published once more": {func(t *testing.T, w *world, _ string) { w.publish(t, ticket.Selection{}) }, []string{"“Currencies”"}},
		"a sync found nothing":       {func(t *testing.T, w *world, page string) { w.sync(t, page) }, []string{"“Currencies”"}},
		"a topic was parked":         {func(t *testing.T, w *world, page string) { w.notes(t, page, "Parking lot", "Fees") }, []string{"“Fees”"}},
		"a decision was synced": {func(t *testing.T, w *world, page string) {
			w.decides(t, page, "PAY-3", "within a day")
			w.sync(t, page)
		}, nil},
		"the last box was ticked": {func(t *testing.T, w *world, page string) {
			w.edits(t, page, func(body string) (string, error) { // which a team without a schedule has from an earlier version
				return body + "<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Session held: write back to Jira</ac:task-body></ac:task></ac:task-list>", nil
			})
		}, nil},
		"what was left was ticked": {func(t *testing.T, w *world, page string) { w.ticks(t, page, "", "call the bank") }, nil},
		"somebody wrote a plain line": {func(t *testing.T, w *world, page string) {
			w.edits(t, page, func(body string) (string, error) { return body + "<p>We talked for an hour.</p>", nil })
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, w *world) {
				first := w.publish(t, ticket.Selection{}).Page.ID
				w.notes(t, first, "Parking lot", "Currencies")
				w.acts(t, first, "PAY-3", "call the bank", time.Time{})
				w.follow()
				second := w.publish(t, ticket.Selection{})
				require.Equal(t, []string{"“Currencies”"}, lines(second.Plan)[outcome.Parked])
				test.do(t, w, second.Page.ID)
				w.follow()
				third := w.publish(t, ticket.Selection{})
				assert.Equal(t, test.want, lines(third.Plan)[outcome.Parked])
				again := w.publish(t, ticket.Selection{})
				assert.Equal(t, worker.Unchanged, again.Action)
			})
		})
	}
}

// A session that is still to come, or under way, has left nothing yet.
func TestASessionThatIsNotOverIsPassedOver(t *testing.T) { // newcomer 8, P6
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{}) // on Tuesday
		w.notes(t, first.Page.ID, "Parking lot", "Currencies")
		parked := func() []string {
			planned, err := w.Plan(t.Context(), worker.Request{Team: w.team, Date: ticket.Date{Year: 2026, Month: 12, Day: 1}})
			require.NoError(t, err)
			return lines(planned.Plan)[outcome.Parked]
		}
		assert.Empty(t, parked())
		w.now = first.Plan.Session.Start.Add(first.Plan.Session.Duration - time.Minute)
		assert.Empty(t, parked())
		w.now = first.Plan.Session.Start.Add(first.Plan.Session.Duration)
		assert.Equal(t, []string{"“Currencies”"}, parked())
	})
}

// An epic's session has no time for other tickets; what names none concerns all.
func TestAnEpicsSessionCarriesItsOwn(t *testing.T) { // newcomer 8, P2, P6
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{})
		planned, err := w.Plan(t.Context(), worker.Request{Team: w.team, Selection: ticket.Selection{Kind: ticket.Epic, Value: "PAY-1"}})
		require.NoError(t, err)
		child := map[string]bool{}
		for _, i := range planned.Plan.Items {
			child[i.Issue.Key] = true
		}
		var inside, outside string
		for _, i := range first.Plan.Items {
			if child[i.Issue.Key] {
				inside = i.Issue.Key
			} else {
				outside = i.Issue.Key
			}
		}
		require.NotEmpty(t, inside)
		require.NotEmpty(t, outside)
		w.acts(t, first.Page.ID, inside, "call the bank", time.Time{})
		w.acts(t, first.Page.ID, outside, "ask legal", time.Time{})
		w.ticks(t, first.Page.ID, outside, "Needs another session")
		w.notes(t, first.Page.ID, "Parking lot", "Currencies, in UTF-8", "What of "+outside+"?", "What of "+strings.ToLower(outside)+" and "+inside+"?", "Is "+strings.ToLower(outside)+" worth it?")
		w.follow()
		next := w.publish(t, ticket.Selection{Kind: ticket.Epic, Value: "PAY-1"})
		assert.Equal(t, map[outcome.CarriedKind][]string{
			outcome.Unfinished: {inside + ": call the bank"},
			outcome.Parked:     {"“Currencies, in UTF-8”", "“What of " + strings.ToLower(outside) + " and " + inside + "?”"},
		}, lines(next.Plan))
		page, _ := w.Confluence.Page(next.Page.ID)
		assert.NotContains(t, page.Body, "ask legal")

		all := w.publish(t, ticket.Selection{})
		assert.Len(t, lines(all.Plan)[outcome.Unfinished], 2, "any other session has all of it")
	})
}
