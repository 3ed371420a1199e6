package worker_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"refine/internal/sandbox"
	"refine/internal/sandbox/sandboxtest"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
)

// breakAt makes the nth request from now on fail, or none if n is 0.
func (w *world) breakAt(n int, kind sandbox.Kind) error {
	body := `{"faults":[]}`
	if n > 0 {
		body = fmt.Sprintf(`{"faults":["%d:%s"]}`, n, kind)
	}
	resp, err := http.Post(w.Site.Jira+"/_sandbox/faults", "application/json", strings.NewReader(body))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// few issues make the hundreds of runs cheap; what fails does not depend on them.
var few = []option{
	issues(`{"key":"PAY-3","fields":{"summary":"Show what is owed","description":"Clerks cannot see who owes what."}}`,
		`{"key":"PAY-6","fields":{"summary":"Remind late payers","description":"The second reminder leaves after 14 days."}}`,
		`{"key":"PAY-7","fields":{"summary":"Pay from the invoice","description":"Customers type the amount by hand."}}`),
	flag("PAY-3", "PAY-6", "PAY-7"),
}

// job is a run that a fault is put into: what happens before it, and itself.
type job struct {
	before, run func(t *testing.T, w *world, by *worker.Worker) error
}

func jobs() map[string]job {
	publish := func(t *testing.T, w *world, by *worker.Worker) error {
		_, err := by.Publish(t.Context(), worker.Request{Team: w.team})
		return err
	}
	sync := func(t *testing.T, w *world, by *worker.Worker) error {
		_, err := by.Sync(t.Context(), worker.SyncRequest{Team: w.team})
		return err
	}
	played := func(t *testing.T, w *world, by *worker.Worker) error {
		if err := publish(t, w, by); err != nil {
			return err
		}
		page := w.Confluence.Pages()[0].ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.decides(t, page, "PAY-6", "Fourteen days")
		w.acts(t, page, "PAY-6", "ask the bank", monday)
		w.team.Effects, w.team.Criteria = maps.Clone(onReady), outcome.DescriptionField // S3
		ready := onReady[outcome.BoxReady]
		ready.Rank = outcome.RankLast
		w.team.Effects[outcome.BoxReady] = ready
		w.team.SetEstimate, w.team.LinkBlockers, w.team.SetRank = true, true, true
		w.boxes(t, page, "PAY-3", outcome.BoxReady, true)
		w.agrees(t, page, "PAY-7", "Rank: before PAY-6")
		w.agrees(t, page, "PAY-3", "The sum is right", "Estimate: 5", "Blocked by PAY-7", "Split into: Show the fees")
		return nil
	}
	synced := func(t *testing.T, w *world, by *worker.Worker) error {
		return errors.Join(played(t, w, by), sync(t, w, by))
	}
	undo := func(t *testing.T, w *world, by *worker.Worker) error {
		_, err := by.Undo(t.Context(), worker.SyncRequest{Team: w.team})
		return err
	}
	return map[string]job{
		"undo": {synced, undo}, // S9
		"actions": {func(t *testing.T, w *world, by *worker.Worker) error { // S2
			w.team.Actions.As, w.team.Split.Create = outcome.ActionsAsSubtask, true // S4
			return played(t, w, by)
		}, sync},
		"actions again": {func(t *testing.T, w *world, by *worker.Worker) error { // S2 S8
			w.team.Actions.As = outcome.ActionsAsTask
			err := synced(t, w, by)
			page := w.Confluence.Pages()[0].ID
			w.acts(t, page, "PAY-3", "call the bank", monday)
			err = errors.Join(err, sync(t, w, by))
			w.tick(t, page, "ask the bank", true)
			w.replaces(t, page, "call the bank", "call the bank twice")
			return errors.Join(err, w.Sandbox.Jira.Transition("Done", w.madeOf(t)["PAY-3"].Key))
		}, sync},
		"undo actions": {func(t *testing.T, w *world, by *worker.Worker) error { // S9
			w.team.Actions.As, w.team.Split.Create = outcome.ActionsAsSubtask, true
			w.Sandbox.Jira.Allow(jiratest.DeleteIssues)
			return synced(t, w, by)
		}, undo},
		"publish": {func(*testing.T, *world, *worker.Worker) error { return nil }, publish},
		"refresh": {func(t *testing.T, w *world, by *worker.Worker) error {
			if err := played(t, w, by); err != nil {
				return err
			}
			return w.Sandbox.Jira.Edit("PAY-7", w.Sandbox.Jira.Me(), map[string]any{"summary": "Pay from the invoice by card"})
		}, publish},
		"next": {func(t *testing.T, w *world, by *worker.Worker) error { // P6
			err := played(t, w, by)
			w.follow()
			return err
		}, publish},
		"sync": {played, sync}, // C5
		"sync again": {func(t *testing.T, w *world, by *worker.Worker) error { // S8
			if !w.person.Native {
				w.Sandbox.Jira.TextAlone() // the others play a site that takes the mark with it
			}
			if err := synced(t, w, by); err != nil {
				return err
			}
			page := w.Confluence.Pages()[0].ID
			w.replaces(t, page, "Fourteen days", "Ten days")
			w.replaces(t, page, "The sum is right", "The sum is right to the cent")
			w.replaces(t, page, "Estimate: 5", "Estimate: 8")
			w.decides(t, page, "PAY-7", "By card only")
			return nil
		}, sync},
	}
}

// TestAnyRequestMayFail puts each fault at each request of each job, once, runs
// the job again without, and finds what an undisturbed run leaves.
func TestAnyRequestMayFail(t *testing.T) { // C2 S5 F2 F3 F6
	t.Parallel()
	kinds := []sandbox.Kind{sandbox.Lost, sandbox.Reset, sandbox.TooMany, sandbox.ServerError, sandbox.HTML, sandbox.Truncate}
	for jobName, j := range jobs() {
		for name, deployment := range on(jobName) {
			t.Run(name+"/"+jobName, func(t *testing.T) {
				t.Parallel()
				same := func(snapshot string) string { return snapshot }
				if jobName == "actions" { // which makes issues of two tickets side by side: either may have the first key
					same = func(snapshot string) string { return hashed.ReplaceAllString(snapshot, "") }
				}
				want, saves, requests := undisturbed(t, deployment, j)
				group := errgroup.Group{}
				group.SetLimit(8) // they mostly wait
				cases, played := 0, picks(jobName)
				for _, kind := range kinds {
					for n := 1; n <= requests; n++ {
						if !played() {
							continue
						}
						cases++
						group.Go(apart(t, fmt.Sprintf("%s at request %d", kind, n), func(t *testing.T) {
							got, saved, err := disturbed(t, deployment, j, n, kind)
							require.NoError(t, err)
							assert.Equal(t, same(want), same(got))
							// once more where the first run had a failure to tell
							assert.LessOrEqual(t, saved, saves+1)
						}))
					}
				}
				require.NoError(t, group.Wait())
				require.Positive(t, cases)
				t.Logf("%d cases", cases)
			})
		}
	}
}

func undisturbed(t *testing.T, deployment []option, j job) (snapshot string, saves, requests int) {
	t.Helper()
	w := newWorld(t, slices.Concat(deployment, few)...)
	require.NoError(t, j.before(t, w, w.Worker))
	w.requests(t)
	require.NoError(t, j.run(t, w, w.Worker))
	requests, _ = w.requests(t)
	snapshot, err := sandboxtest.Snapshot(w.Sandbox)
	require.NoError(t, err)
	return snapshot, w.saves(), requests
}

// saves counts how often all pages were saved.
func (w *world) saves() (n int) {
	for _, p := range w.Confluence.Pages() {
		n += p.Version
	}
	return n
}

func disturbed(t *testing.T, deployment []option, j job, n int, kind sandbox.Kind) (snapshot string, saves int, err error) {
	w := newWorld(t, slices.Concat(deployment, few)...)
	if err := j.before(t, w, w.Worker); err != nil {
		return "", 0, err
	}
	if err := w.breakAt(n, kind); err != nil {
		return "", 0, err
	}
	first := j.run(t, w, w.Worker)
	if err := w.breakAt(0, kind); err != nil {
		return "", 0, err
	}
	if err := j.run(t, w, w.connect(t)); err != nil {
		return "", 0, fmt.Errorf("the second run: %w (the first: %v)", err, first)
	}
	snapshot, err = sandboxtest.Snapshot(w.Sandbox)
	return snapshot, w.saves(), err
}
