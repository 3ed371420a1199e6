package worker_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/internal/worker"
	"refine/planner/ticket"
)

// holder stops within the hold, before the page is written, and lets others run.
type holder struct {
	*confluence.Client
	meanwhile func()
}

func (h *holder) UpdatePage(ctx context.Context, p confluence.Page, body, message string) error {
	h.meanwhile()
	return h.Client.UpdatePage(ctx, p, body, message)
}

// elsewhere makes the lock that stands on the page one of another machine: of a
// process here it would be seen whether it lives.
func (w *world) elsewhere(t *testing.T, page string) {
	t.Helper()
	prop, err := w.connect(t).Pages.Property(t.Context(), page)
	require.NoError(t, err)
	require.NotNil(t, prop.State.Lock)
	prop.State.Lock.Machine = "another"
	require.NoError(t, w.connect(t).Pages.UpdateProperty(t.Context(), page, *prop, prop.State))
}

// Two machines whose clocks are an hour wrong, to either side, neither run over
// each other nor lock each other out: holds are measured in the service's time.
func TestWrongClocksNeitherOverlapNorLockOut(t *testing.T) { // S5
	t.Parallel()
	for name, off := range map[string][2]time.Duration{
		"the holder is ahead": {time.Hour, 0}, "the holder is behind": {-time.Hour, 0},
		"the other is ahead": {0, time.Hour}, "the other is behind": {0, -time.Hour},
		"apart by two hours": {time.Hour, -time.Hour}, "apart the other way": {-time.Hour, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for deployment, options := range on(name) {
				w := newWorld(t, options...)
				page := w.publish(t, ticket.Selection{}).Page.ID
				w.decides(t, page, "PAY-3", "Refund within a day")
				w.Now = func() time.Time { return w.now.Add(off[0]) }
				other := w.connect(t)
				other.Now = func() time.Time { return w.now.Add(off[1]) }
				sync := func() error {
					_, err := other.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
					return err
				}
				held := func() {
					err := sync()
					e, ok := errors.AsType[*worker.HeldError](err)
					require.True(t, ok, "%s: %v", deployment, err)
					assert.WithinDuration(t, monday, e.Since, time.Minute, "since when, in the service's time")
				}
				w.Pages = &holder{w.Pages.(*confluence.Client), func() {
					w.elsewhere(t, page)
					held()
					w.now = w.now.Add(119 * time.Second)
					held()
					w.now = w.now.Add(10 * time.Second) // the holder is taken for dead
					require.NoError(t, sync(), deployment)
				}}
				_, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
				assert.NoError(t, err, "it finds all of it done")
				assert.Len(t, w.commented(t)["PAY-3"], 1)
				require.Len(t, w.receipts(t, page), 1)
			}
		})
	}
}
