package worker_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/ticket"
)

// Ticking the last box lets the next run sync that session, wherever its end is, and
// ticking does nothing more.
func TestTheLastBoxStartsTheSync(t *testing.T) { // O3
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Schedule, w.team.Zone = fortnightly(t)
		teams := []worker.Team{w.team}
		run := func() (synced []worker.Synced) {
			jobs, err := w.Run(t.Context(), teams, false)
			require.NoError(t, err)
			for _, j := range jobs {
				if j.Synced != nil {
					synced = append(synced, *j.Synced)
				}
			}
			return synced
		}
		w.now = time.Date(2026, time.November, 12, 9, 0, 0, 0, time.UTC) // twelve days before
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Fees are included")
		assert.Empty(t, run(), "nobody says that it was held")

		w.ticks(t, page, "", "Session held")
		jobs, err := w.Run(t.Context(), teams, true)
		require.NoError(t, err)
		require.Len(t, jobs, 1)
		assert.Empty(t, w.commented(t), "a dry run writes nothing")
		synced := run()
		require.Len(t, synced, 1)
		assert.Equal(t, 2, applied(synced[0]))

		w.requests(t)
		synced = run()
		require.Len(t, synced, 1)
		assert.Zero(t, applied(synced[0]))
		_, writes := w.requests(t)
		assert.Zero(t, writes)

		w.decides(t, page, "PAY-4", "Nicer means shorter")
		assert.Equal(t, 2, applied(run()[0]), "what people type later")

		before, _ := w.Confluence.Page(page)
		_, err = w.Sandbox.Jira.Comment("PAY-3", w.Sandbox.Jira.AddPerson(jiratest.Person{DisplayName: "Lea"}), "One more thing")
		require.NoError(t, err)
		require.Equal(t, worker.Updated, w.publish(t, ticket.Selection{}).Action)
		after, _ := w.Confluence.Page(page)
		assert.Contains(t, after.Body, "One more thing")
		assert.Equal(t, before.Body, withoutChanged(after.Body), "from then on a publish only adds")
	})
}

// A run asks for all open sessions together.
func TestOpenSessionsAreReadTogether(t *testing.T) { // O3, O1
	onBoth(t, func(t *testing.T, w *world) {
		schedule, zone := fortnightly(t)
		var teams []worker.Team
		var pages []string
		for i := range 4 {
			team := w.team
			team.Name, team.Schedule, team.Zone = fmt.Sprintf("team %d", i), schedule, zone
			teams = append(teams, team)
			w.team = team
			w.now = time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
			pages = append(pages, w.publish(t, ticket.Selection{}).Page.ID)
		}
		w.requests(t)
		jobs, err := w.Run(t.Context(), teams, false)
		require.NoError(t, err)
		assert.Empty(t, jobs)
		all, _ := w.requests(t)
		assert.Equal(t, 3, all, "one search, one for the sessions of ten days ago, which have no page, and one request for all pages")

		w.decides(t, pages[2], "PAY-3", "Fees are included")
		w.ticks(t, pages[2], "", "Session held")
		w.requests(t)
		jobs, err = w.Run(t.Context(), teams, false)
		require.NoError(t, err)
		require.Len(t, jobs, 1)
		assert.Equal(t, "team 2", jobs[0].Team)
		assert.Equal(t, 2, applied(*jobs[0].Synced))
	})
}

// Where nothing reads the box it is not on the page (C9).
func TestTheLastBoxStandsWhereSomethingReadsIt(t *testing.T) { // O3, C9
	t.Parallel()
	w := newWorld(t)
	const box = "Session held"
	body := func() string {
		page, ok := w.Confluence.Page(w.publish(t, ticket.Selection{}).Page.ID)
		require.True(t, ok)
		return page.Body
	}
	assert.NotContains(t, body(), box, "nobody but a person syncs it")
	w.team.Name = "scheduled"
	w.team.Schedule, w.team.Zone = fortnightly(t)
	assert.Equal(t, 1, strings.Count(body(), box))
}
