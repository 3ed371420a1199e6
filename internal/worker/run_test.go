package worker_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/recur"
	"refine/internal/worker"
	"refine/planner/ticket"
)

// fortnightly is every second Tuesday at ten in Berlin, the 24th of November
// 2026 among them.
func fortnightly(t *testing.T) (*worker.Schedule, *time.Location) {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	next, err := recur.RRule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", time.Date(2026, time.November, 10, 10, 0, 0, 0, berlin))
	require.NoError(t, err)
	return &worker.Schedule{Next: next}, berlin
}

func TestRunDoesWhatIsDueAndNothingTwice(t *testing.T) { // O1
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Schedule, w.team.Zone = fortnightly(t)
		teams := []worker.Team{w.team}

		w.now = time.Date(2026, time.November, 23, 8, 59, 0, 0, time.UTC) // 09:59 in Berlin, a minute early
		jobs, err := w.Run(t.Context(), teams, false)
		require.NoError(t, err)
		assert.Empty(t, jobs)

		w.now = w.now.Add(time.Minute)
		jobs, err = w.Run(t.Context(), teams, true)
		require.NoError(t, err)
		require.Len(t, jobs, 1)
		assert.Equal(t, worker.Created, jobs[0].Published.Action)
		assert.Empty(t, w.Confluence.Pages(), "a dry run writes nothing")

		jobs, err = w.Run(t.Context(), teams, false)
		require.NoError(t, err)
		require.Len(t, jobs, 1)
		plan := jobs[0].Published.Plan
		assert.Equal(t, "2026-11-24 10:00:00 +0100 CET", plan.Session.Start.String())
		page := jobs[0].Published.Page.ID
		jobs, err = w.Run(t.Context(), teams, false)
		require.NoError(t, err)
		assert.Equal(t, worker.Unchanged, jobs[0].Published.Action)

		w.decides(t, page, plan.Items[0].Issue.Key, "Refund within a day")
		w.now = time.Date(2026, time.November, 24, 9, 30, 0, 0, time.UTC)
		jobs, err = w.Run(t.Context(), teams, false)
		require.NoError(t, err)
		assert.Empty(t, jobs, "the session is under way")

		w.now = time.Date(2026, time.November, 24, 10, 30, 0, 0, time.UTC)
		jobs, err = w.Run(t.Context(), teams, false)
		require.NoError(t, err)
		require.Len(t, jobs, 1)
		assert.Equal(t, 2, applied(*jobs[0].Synced))
		jobs, err = w.Run(t.Context(), teams, false)
		require.NoError(t, err)
		assert.Zero(t, applied(*jobs[0].Synced))

		w.now = w.now.AddDate(0, 0, 15)
		w.team.Schedule = nil
		jobs, err = w.Run(t.Context(), []worker.Team{w.team}, false)
		require.NoError(t, err)
		assert.Empty(t, jobs, "an old session is left alone")
	})
}

func TestOneTeamsFailureDoesNotStopTheOthers(t *testing.T) { // O1
	t.Parallel()
	w := newWorld(t)
	w.team.Schedule, w.team.Zone = fortnightly(t)
	lost := w.team
	lost.Name, lost.Space = "lost", "NOPE"
	jobs, err := w.Run(t.Context(), []worker.Team{lost, w.team}, false)
	require.ErrorContains(t, err, `the Confluence space "NOPE" does not exist`)
	var actions []worker.Action
	for _, j := range jobs {
		if j.Err == nil {
			actions = append(actions, j.Published.Action)
		}
	}
	assert.Equal(t, []worker.Action{worker.Created}, actions)
}

// Teams are worked on side by side, told in their order, and ask once for what they
// share. Who stops listening ends it.
func TestTeamsSideBySide(t *testing.T) { // O1
	t.Parallel()
	w := newWorld(t)
	w.team.Schedule, w.team.Zone = fortnightly(t)
	var teams []worker.Team
	var want, told []string
	for n := range 12 {
		team := w.team
		team.Name = fmt.Sprintf("team %d", n)
		teams, want = append(teams, team), append(want, team.Name)
	}
	for range w.Worker.Run(t.Context(), teams, true) {
		break
	}
	jobs, err := w.Run(t.Context(), teams, false)
	require.NoError(t, err)
	spaces := 0
	for _, r := range w.asked(t) {
		if strings.Contains(r, "/spaces") {
			spaces++
		}
	}
	for _, j := range jobs {
		told = append(told, j.Team)
	}
	assert.Equal(t, want, told)
	assert.Len(t, w.Confluence.Pages(), len(teams))
	assert.Equal(t, 1, spaces)
}

// S7: an epic that nobody knows is no other session.
func TestSyncOfAnUnknownEpicWritesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Fees are included")
		_, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Epic: "NONE-1"})
		assert.ErrorContains(t, err, "NONE-1")
		assert.Empty(t, w.said(t, "PAY-3"))
	})
}

func TestSyncWithoutAPageTakesTheLatestSessionThatHasBegun(t *testing.T) { // S5
	onBoth(t, func(t *testing.T, w *world) {
		find := func(req worker.SyncRequest) string {
			req.Team, req.DryRun = w.team, true
			s, err := w.Sync(t.Context(), req)
			require.NoError(t, err)
			return s.Page.ID
		}
		older := w.publish(t, ticket.Selection{})
		assert.Equal(t, older.Page.ID, find(worker.SyncRequest{}), "none has begun: the next one")
		w.now = w.now.AddDate(0, 0, 7)
		newer := w.publish(t, ticket.Selection{})
		epic := w.publish(t, ticket.Selection{Kind: ticket.Epic, Value: "PAY-1"})
		require.NotEqual(t, older.Page.ID, newer.Page.ID)
		assert.Equal(t, older.Page.ID, find(worker.SyncRequest{}), "the newer is still to come")
		assert.Equal(t, epic.Page.ID, find(worker.SyncRequest{Epic: "PAY-1"}))
		assert.Equal(t, older.Page.ID, find(worker.SyncRequest{Date: ticket.Date{Year: 2026, Month: time.November, Day: 24}}))
		assert.Equal(t, older.Page.ID, find(worker.SyncRequest{Page: older.Page.URL}))

		w.now = w.now.AddDate(0, 0, 5) // by now only the index knows
		require.NoError(t, w.Confluence.Rename(newer.Page.ID, "Our meeting"))
		require.NoError(t, w.Confluence.Trash(epic.Page.ID))
		assert.Equal(t, newer.Page.ID, find(worker.SyncRequest{}))

		w.Confluence.LagSearch(true)
		young, err := w.Publish(t.Context(), worker.Request{Team: w.team, Date: ticket.DateOf(w.now)})
		require.NoError(t, err)
		w.now = w.now.Add(2 * time.Hour)
		assert.Equal(t, young.Page.ID, find(worker.SyncRequest{}), "a page of a moment ago, which the index does not know")
	})
}

// Of several sessions on one day a sync takes the one that people typed on last,
// and names those that it did not take.
func TestSyncTakesTheSessionThatWasTypedOn(t *testing.T) { // S7, newcomer 6
	onBoth(t, func(t *testing.T, w *world) {
		epic := ticket.Selection{Kind: ticket.Epic, Value: "PAY-1"}
		keys := ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-3"}}
		pages := map[string]string{}
		for name, sel := range map[string]ticket.Selection{"flagged": {}, "epic": epic, "keys": keys} {
			pages[name] = w.publish(t, sel).Page.ID
			w.now = w.now.Add(time.Minute)
		}
		syncs := func(want string) {
			t.Helper()
			s, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team})
			require.NoError(t, err)
			assert.Equal(t, pages[want], s.Page.ID)
			var left []string
			for _, p := range s.Left {
				left = append(left, p.ID)
			}
			for name, id := range pages {
				assert.Equal(t, name != want, slices.Contains(left, id), name)
			}
			w.now = w.now.Add(time.Minute)
		}
		for _, name := range []string{"flagged", "epic", "keys", "flagged"} {
			w.decides(t, pages[name], "PAY-3", "Fees are included, says "+name)
			w.now = w.now.Add(time.Minute)
			syncs(name)
			syncs(name) // our own receipt is no typing, and nobody typed elsewhere
		}

		// one that is named is the only one meant
		s, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: pages["epic"]})
		require.NoError(t, err)
		assert.Empty(t, s.Left)
		s, err = w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Epic: "PAY-1"})
		require.NoError(t, err)
		assert.Empty(t, s.Left)

		// a session to come is named beside the one that has begun
		w.now = w.now.AddDate(0, 0, 2)
		coming := w.publish(t, ticket.Selection{})
		s, err = w.Sync(t.Context(), worker.SyncRequest{Team: w.team})
		require.NoError(t, err)
		assert.Equal(t, pages["flagged"], s.Page.ID)
		require.Len(t, s.Left, 3)
		assert.Equal(t, coming.Page.ID, s.Left[2].ID)
		_, err = w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Date: ticket.DateOf(w.now)})
		assert.ErrorContains(t, err, "no session page found")
	})
}

// An id means another page on every site, so an address is held against ours.
func TestSyncRefusesAnAddressElsewhere(t *testing.T) { // A18
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page
		w.decides(t, page.ID, "PAY-3", "Fees are included")
		for _, address := range []string{
			"https://wiki.other.example/pages/viewpage.action?pageId=" + page.ID,
			"https://other.atlassian.net/wiki/spaces/PAY/pages/" + page.ID + "/Plan",
			"other.atlassian.net/wiki/spaces/PAY/pages/" + page.ID,
			"https://other.atlassian.net/wiki/spaces/PAY/pages/99999999",
		} {
			for _, dry := range []bool{true, false} {
				_, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: address, DryRun: dry})
				assert.ErrorContains(t, err, "the address "+address+" is not one of the Confluence that is configured, http://127.0.0.1")
			}
		}
		assert.Empty(t, w.commented(t))
		assert.Equal(t, 2, applied(w.sync(t, page.URL)))
		assert.Zero(t, applied(w.sync(t, page.ID)))
	})
}

// A day that is past is planned for, and said: it may be a slip.
func TestADayThatIsPastIsTold(t *testing.T) { // newcomer 7
	t.Parallel()
	w := newWorld(t)
	var log bytes.Buffer
	w.Log = slog.New(slog.NewTextHandler(&log, nil))
	told := func(date ticket.Date, do func(worker.Request) error) bool {
		t.Helper()
		log.Reset()
		require.NoError(t, do(worker.Request{Team: w.team, Date: date}))
		return strings.Contains(log.String(), "the session's day is past")
	}
	plan := func(r worker.Request) error { _, err := w.Plan(t.Context(), r); return err }
	publish := func(r worker.Request) error { _, err := w.Publish(t.Context(), r); return err }
	dry := func(r worker.Request) error { r.DryRun = true; return publish(r) }
	today := ticket.DateOf(w.now)
	yesterday := ticket.DateOf(w.now.AddDate(0, 0, -1))
	long := ticket.Date{Year: 2020, Month: time.January, Day: 1}
	for _, do := range []func(worker.Request) error{plan, dry, publish} {
		assert.True(t, told(long, do))
		assert.True(t, told(yesterday, do))
		assert.False(t, told(today, do), "it may be under way")
		assert.False(t, told(ticket.Date{}, do))
	}
	assert.False(t, told(long, publish), "a page is there")
	w.now = today.At(23, 0, w.now.Location())
	other := w.team
	other.Name = "Evening"
	for _, do := range []func(worker.Request) error{plan, dry} {
		require.NoError(t, do(worker.Request{Team: other, Date: today}))
		assert.Contains(t, log.String(), "the session's hour is past: was another day meant?")
		log.Reset()
	}

	// the team's day counts
	w.now = time.Date(2026, time.November, 24, 23, 30, 0, 0, time.UTC)
	w.team.Zone = time.FixedZone("ahead", 2*60*60)
	assert.True(t, told(ticket.Date{Year: 2026, Month: time.November, Day: 24}, plan))
}

func TestAPublishDuringTheMeetingIsAboutIt(t *testing.T) { // O1
	t.Parallel()
	w := newWorld(t)
	w.team.Schedule, w.team.Zone = fortnightly(t)
	first := w.publish(t, ticket.Selection{})
	w.now = time.Date(2026, time.November, 24, 9, 5, 0, 0, time.UTC) // five minutes into it
	again := w.publish(t, ticket.Selection{})
	assert.Equal(t, first.Page.ID, again.Page.ID)
}

// Run is all that a run did, and whether it failed.
func (w *world) Run(ctx context.Context, teams []worker.Team, dryRun bool) (jobs []worker.Job, err error) {
	for job := range w.Worker.Run(ctx, teams, dryRun) {
		jobs, err = append(jobs, job), errors.Join(err, job.Err)
	}
	return jobs, errors.Join(err, context.Cause(ctx))
}
