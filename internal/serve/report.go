package serve

import (
	"context"
	"sync"
	"time"
)

// lastCall is how long a call that is under way when the daemon ends may take.
const lastCall = 5 * time.Second

// A reporter tells whoever watches over the runs how each job ended, one call at a
// time. Ends that come while a call is under way are told together by the next one,
// so that a slow address holds up no job, and none is told twice.
type reporter struct {
	call func(ctx context.Context, failed bool) // nil: nobody watches

	mu     sync.Mutex
	ctx    context.Context
	cancel context.CancelFunc
	calls  sync.WaitGroup
	busy   bool
	ended  bool // some job that is not told yet
	failed bool // and one of those failed
}

// ends tells of a job that ended, and does not wait.
func (r *reporter) ends(ctx context.Context, failed bool) {
	if r.call == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended, r.failed = true, r.failed || failed
	if r.busy {
		return
	}
	r.busy = true
	if r.ctx == nil {
		r.ctx, r.cancel = context.WithCancel(context.WithoutCancel(ctx)) // a signal ends the jobs first
	}
	r.calls.Go(r.tell)
}

func (r *reporter) tell() {
	for {
		r.mu.Lock()
		ended, failed := r.ended, r.failed
		r.ended, r.failed, r.busy = false, false, ended
		r.mu.Unlock()
		if !ended {
			return
		}
		r.call(r.ctx, failed)
	}
}

// stop waits for the last call, but not for long.
func (r *reporter) stop() {
	r.mu.Lock()
	cancel := r.cancel
	r.mu.Unlock()
	if cancel == nil {
		return
	}
	late := time.AfterFunc(lastCall, cancel)
	r.calls.Wait()
	late.Stop()
	cancel()
}
