package serve

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"
)

// Whoever watches over the runs hears of each job that ended, and of none that was
// only put off.
func TestTheEndOfAJobIsReported(t *testing.T) { // S10 O6
	t.Parallel()
	b := newBench(t, weekly(t))
	var told []bool
	b.reports.call = func(_ context.Context, failed bool) { told = append(told, failed) }
	passes := func() (ends []bool) {
		b.passes(t)
		b.reports.calls.Wait()
		ends, told = told, nil
		return ends
	}
	b.fail = &worker.HeldError{Holder: "another"}
	assert.Empty(t, passes(), "left to another run, which is no end")
	b.fail = errors.New("refused")
	assert.Contains(t, passes(), true)
	b.fail = nil
	ends := passes()
	assert.NotEmpty(t, ends)
	assert.NotContains(t, ends, true)
	assert.Empty(t, passes(), "nothing was done")
}

// A slow address gets one call at a time, which tells of all that ended meanwhile,
// and keeps the daemon from ending for a few seconds at most.
func TestASlowWatcher(t *testing.T) { // O6
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var told []bool
		r := reporter{call: func(ctx context.Context, failed bool) {
			told = append(told, failed)
			select {
			case <-ctx.Done():
			case <-time.After(time.Minute):
			}
		}}
		ctx, signal := context.WithCancel(t.Context())
		r.ends(ctx, false)
		synctest.Wait()
		for _, failed := range []bool{false, true, false} {
			r.ends(ctx, failed)
		}
		signal()
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Equal(t, []bool{false, true}, told)
		begun := time.Now()
		r.stop()
		assert.Equal(t, lastCall, time.Since(begun))
		assert.Len(t, told, 2)
	})
}
