package worker_test

import (
	"encoding/json"
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

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/sandbox"
	"refine/internal/worker"
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

// snapshot is all that refine has written, ids aside: pages with their labels
// and properties, comments with their marks, links, issues. Of the
// property only what says who wrote when is left out.
func (w *world) snapshot() (string, error) {
	var b strings.Builder
	for _, p := range w.Confluence.Pages() {
		doc, err := storage.Parse(p.Body)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "page %s [%s] %v\n%s\n", p.Title, p.Status, slices.Sorted(slices.Values(p.Labels)),
			storage.Canonical(doc.Root.Children...))
		var state confluence.State
		if raw, ok := p.Properties[confluence.PropertyKey]; ok {
			if err := json.Unmarshal(raw, &state); err != nil {
				return "", err
			}
		}
		// what an empty plan would take off the page is what the state recognises
		current, err := confluence.Merge(p.Body, state.Known(), nil)
		if err != nil {
			return "", err
		}
		left, err := storage.Parse(current.Body)
		if err != nil {
			return "", err
		}
		recognised := len(storage.Canonical(doc.Root.Children...)) - len(storage.Canonical(left.Root.Children...))
		fmt.Fprintf(&b, "properties %v, state %s %s locked=%v pending=%v announced=%v receipt=%s %v %v recognised=%d\n",
			slices.Sorted(maps.Keys(p.Properties)), state.Session, state.Start, state.Lock != nil, state.Pending != nil,
			state.ReceiptAnnounced(), state.ReceiptDay,
			slices.Sorted(maps.Keys(state.Regions)), slices.Sorted(maps.Keys(state.Links)), recognised)
	}
	for _, key := range w.Sandbox.Jira.Keys() {
		fmt.Fprintf(&b, "issue %s\n", key)
		for _, c := range w.Sandbox.Jira.Comments(key) {
			if _, ours := c.Properties["refine"]; ours {
				_, text, _ := strings.Cut(c.Body, "\n") // the heading holds the sandbox's address
				fmt.Fprintf(&b, "comment %s %s\nmarks %v %s\n", key, text, slices.Sorted(maps.Keys(c.Properties)), c.Properties["refine"])
			}
		}
		for _, l := range w.Sandbox.Jira.RemoteLinks(key) {
			fmt.Fprintf(&b, "link %s %s %s %s %s\n", key, l.GlobalID, l.URL, l.Title, l.Summary)
		}
	}
	if p := w.Confluence.Pages(); len(p) > 0 && p[len(p)-1].Version > 1 && !p[len(p)-1].Minor {
		fmt.Fprintln(&b, "people were notified of an update") // C7
	}
	return strings.NewReplacer(w.Site.Jira, "JIRA", w.Site.Confluence, "CONFLUENCE").Replace(b.String()), nil
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
		return nil
	}
	return map[string]job{
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
			if err := errors.Join(played(t, w, by), sync(t, w, by)); err != nil {
				return err
			}
			page := w.Confluence.Pages()[0].ID
			w.replaces(t, page, "Fourteen days", "Ten days")
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
	for name, deployment := range map[string]option{"cloud": func(*sandbox.Options) {}, "datacenter": dataCenter} {
		for jobName, j := range jobs() {
			t.Run(name+"/"+jobName, func(t *testing.T) {
				t.Parallel()
				want, saves, requests := undisturbed(t, deployment, j)
				group := errgroup.Group{}
				group.SetLimit(8) // they mostly wait
				cases := 0
				for _, kind := range kinds {
					for n := 1; n <= requests; n++ {
						if (n+len(kind))%sample != 0 {
							continue
						}
						cases++
						group.Go(func() error {
							got, saved, err := disturbed(t, deployment, j, n, kind)
							if err != nil {
								return fmt.Errorf("%s at request %d: %w", kind, n, err)
							}
							assert.Equal(t, want, got, "%s at request %d", kind, n)
							// once more where the first run had a failure to tell
							assert.LessOrEqual(t, saved, saves+1, "%s at request %d", kind, n)
							return nil
						})
					}
				}
				require.NoError(t, group.Wait())
				t.Logf("%d cases", cases)
			})
		}
	}
}

func undisturbed(t *testing.T, deployment option, j job) (snapshot string, saves, requests int) {
	t.Helper()
	w := newWorld(t, append([]option{deployment}, few...)...)
	require.NoError(t, j.before(t, w, w.Worker))
	w.requests(t)
	require.NoError(t, j.run(t, w, w.Worker))
	requests, _ = w.requests(t)
	snapshot, err := w.snapshot()
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

func disturbed(t *testing.T, deployment option, j job, n int, kind sandbox.Kind) (snapshot string, saves int, err error) {
	w := newWorld(t, append([]option{deployment}, few...)...)
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
	snapshot, err = w.snapshot()
	return snapshot, w.saves(), err
}
