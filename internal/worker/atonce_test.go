package worker_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/internal/sandbox/sandboxtest"
	"refine/internal/worker"
	"refine/planner/ticket"
)

// crowd is how many runs are started at once.
var crowd = max(6, 200/sample)

// A race is what came of many runs of one command that were started at once.
type race struct {
	wrote, idle, held int // runs, by how they ended
	changes           int // that they say they have made
	written, refused  map[string]int
}

// note counts how a run has ended: having written, having found nothing to do,
// or told who holds the session and since when. There is no other way.
func (r *race) note(t *testing.T, synced worker.Synced, err error) {
	r.changes += applied(synced)
	held, isHeld := errors.AsType[*worker.HeldError](err)
	switch {
	case isHeld:
		r.held++
		assert.Equal(t, worker.ExitHeld, held.ExitCode())
		assert.Contains(t, held.Holder, ", process ")
		assert.WithinDuration(t, monday, held.Since, time.Minute) // the sandbox's hour
		assert.Zero(t, applied(synced))
	case err != nil:
		t.Errorf("neither done nor held: %v", err)
	case applied(synced) > 0:
		r.wrote++
	default:
		r.idle++
	}
}

// crowded lets a crowd sync the page at once, each run with clients of its own.
func (w *world) crowded(t *testing.T, page string, gather bool) (r race) {
	t.Helper()
	var (
		all, wg sync.WaitGroup
		runs    = make([]*worker.Worker, crowd)
		start   = make(chan struct{})
		ended   sync.Mutex
	)
	all.Add(crowd)
	for i := range runs {
		runs[i] = w.connect(t)
		if gather {
			runs[i].Pages = &gathering{Client: runs[i].Pages.(*confluence.Client), all: &all}
		}
	}
	w.requests(t)
	for _, run := range runs {
		wg.Go(func() {
			<-start
			synced, err := run.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
			if g, ok := run.Pages.(*gathering); ok {
				g.arrive() // also where it came to nothing
			}
			ended.Lock()
			defer ended.Unlock()
			r.note(t, synced, err)
		})
	}
	close(start)
	wg.Wait()
	seen, err := sandboxtest.Requests(w.journal)
	require.NoError(t, err)
	r.written, r.refused = sandboxtest.Written(seen), sandboxtest.Refused(seen)
	t.Logf("%d runs: %d wrote, %d had nothing to do, %d were told who holds the session; %d requests, refused of them %v",
		crowd, r.wrote, r.idle, r.held, len(seen), r.refused)
	return r
}

// A gathering is a client that waits, before its run takes the session, until
// all the others have come as far: each has decided on the same state.
type gathering struct {
	*confluence.Client
	once sync.Once
	all  *sync.WaitGroup
}

func (g *gathering) arrive() { g.once.Do(g.all.Done) }

func (g *gathering) UpdateProperty(ctx context.Context, page string, read confluence.Property, next confluence.State) error {
	g.arrive()
	g.all.Wait()
	return g.Client.UpdateProperty(ctx, page, read, next)
}

// TestTwoHundredRunsAtOnce: whether the runs come as they may, or all stand at
// the lock in the same moment, one of them writes, and what it writes is written
// once.
func TestTwoHundredRunsAtOnce(t *testing.T) { // S5 C5
	t.Parallel()
	once := map[string]int{
		"POST comment PAY-3": 1, "POST remotelink PAY-3": 1,
		"POST comment PAY-6": 1, "POST remotelink PAY-6": 1,
		"PUT page":     1, // the receipt
		"PUT property": 2, // the hold and its end
	}
	for how, gather := range map[string]bool{"as they come": false, "all at the lock": true} {
		for deployment, options := range on(how) {
			t.Run(how+"/"+deployment, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, append(slices.Clone(few), options...)...)
				page := w.publish(t, ticket.Selection{}).Page.ID
				w.decides(t, page, "PAY-3", "Refund within a day")
				w.acts(t, page, "PAY-6", "ask the bank", monday)
				r := w.crowded(t, page, gather)
				assert.Equal(t, once, r.written)
				assert.Equal(t, 1, r.wrote)
				assert.Equal(t, 4, r.changes)
				if gather {
					assert.Equal(t, map[string]int{"PUT property": crowd - 1}, r.refused)
				}
				w.hasOnce(t, page, "PAY-3", "PAY-6")
			})
		}
	}
}

// hasOnce holds that each of these tickets, and no other, has one comment and one
// link, and the page one receipt.
func (w *world) hasOnce(t *testing.T, page string, keys ...string) {
	t.Helper()
	comments := w.commented(t)
	assert.ElementsMatch(t, keys, slices.Collect(maps.Keys(comments)))
	for _, key := range w.Sandbox.Jira.Keys() {
		want := 0
		if slices.Contains(keys, key) {
			want = 1
		}
		assert.Len(t, comments[key], want, key)
		assert.Len(t, w.Sandbox.Jira.RemoteLinks(key), want, key)
	}
	assert.Len(t, w.receipts(t, page), 1)
	assert.Len(t, w.Confluence.Pages(), 1)
}
