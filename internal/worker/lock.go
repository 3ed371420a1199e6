package worker

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"time"

	"refine/confluence"
	"refine/internal/atlassian"
)

// leaseTime is how long a hold lasts unless it is renewed. A run that dies on
// another machine blocks the session for this long at most.
const leaseTime = 2 * time.Minute

// clockSkew is how far the clocks of two machines may be apart where the service
// does not tell its time.
const clockSkew = 5 * time.Minute

// slack is how far two machines may be apart that go by the service's time: its
// answers tell it to the second, and take a while to arrive.
const slack = 5 * time.Second

// errOvertaken says that the state has moved on since it was read: whoever
// decided on it has to read and decide again.
var errOvertaken = errors.New("another run was faster")

// A lease is the hold of this run on one session. The state's version number is
// the lock: only one of two runs can write the next one (S5).
type lease struct {
	w    *Worker
	page string
	prop confluence.Property // as last written by this run
}

// acquire takes the session by writing change and the lock as the next version
// of exactly the state that was read.
func (w *Worker) acquire(ctx context.Context, pageID string, read confluence.Property, change func(*confluence.State)) (*lease, error) {
	if err := w.held(read.State.Lock); err != nil {
		return nil, err
	}
	l := &lease{w, pageID, read}
	now := w.serviceTime()
	lock := thisProcess()
	lock.Run, lock.Since, lock.Until = rand.Text(), now, now.Add(leaseTime)
	err := l.write(ctx, func(s *confluence.State) {
		s.Lock = &lock
		change(s)
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// serviceTime is the time that holds are measured in: that of the service, which
// all machines share, else that of this one.
func (w *Worker) serviceTime() time.Time {
	if now, told := w.Pages.Time(); told {
		return now
	}
	return w.Now()
}

// held returns an error while another run that may be alive has the session. A
// hold that reaches further than any lease, by more than clocks differ, is none
// of ours: whoever can edit the page can write one.
func (w *Worker) held(lock *confluence.Lock) error {
	now := w.serviceTime()
	if lock == nil || !now.Before(lock.Until.Add(slack)) || lock.Until.After(now.Add(leaseTime+clockSkew)) || dead(*lock) {
		return nil
	}
	return &HeldError{Holder: lock.Holder, Since: lock.Since, Until: lock.Until}
}

// write makes change the state's next version. When the answer is lost, or the
// version was taken, the state is read to settle whose it is; a write that is
// thereby known not to have happened is made again.
func (l *lease) write(ctx context.Context, change func(*confluence.State)) error {
	next := l.prop.State
	change(&next)
	var err error
	for range attempts {
		err = write(ctx, leaseTime, func(ctx context.Context) error { return l.w.Pages.UpdateProperty(ctx, l.page, l.prop, next) })
		if atlassian.StatusOf(err) == http.StatusConflict || atlassian.Ambiguous(err) {
			done, failed := l.settle(ctx, next, err)
			if !done && failed == nil {
				continue
			}
			err = failed
		}
		if err == nil {
			l.prop.Version++
			l.prop.State = next
		}
		return err
	}
	return err
}

// settle reads whose version of the state stands. It returns true if it is the
// one this run has written, false if it is still the one before.
func (l *lease) settle(ctx context.Context, next confluence.State, cause error) (done bool, err error) {
	now, err := l.w.Pages.Property(context.WithoutCancel(ctx), l.page)
	switch {
	case err != nil:
		return false, unsettled(cause, err)
	case now == nil:
		return false, cause
	case now.Version == l.prop.Version+1 && sameRun(now.State.Lock, next.Lock):
		return true, nil
	case now.Version == l.prop.Version && atlassian.Ambiguous(cause):
		return false, nil
	}
	if err := l.w.held(now.State.Lock); err != nil {
		return false, err
	}
	return false, errOvertaken
}

// sameRun compares the locks of two states. Without locks (both released) the
// version number must do.
func sameRun(a, b *confluence.Lock) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Run == b.Run
}

// renew extends the hold when half of it is gone.
func (l *lease) renew(ctx context.Context) error {
	lock := *l.prop.State.Lock
	if l.w.serviceTime().Before(lock.Until.Add(-leaseTime / 2)) {
		return nil
	}
	lock.Until = l.w.serviceTime().Add(leaseTime)
	return l.write(ctx, func(s *confluence.State) { s.Lock = &lock })
}

// release ends the hold and records what was done. It happens even when the run
// was cancelled: it starts nothing new and says where the run stopped.
func (l *lease) release(ctx context.Context, change func(*confluence.State)) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	return l.write(ctx, func(s *confluence.State) {
		s.Lock = nil
		change(s)
	})
}
