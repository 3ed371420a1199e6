// Package recur reads when a team meets: a cron expression or an iCalendar
// recurrence rule comes in, a function to the next session goes out. It refuses
// whatever is more frequent than daily, since nobody refines every hour and each
// session is a page; and what readers of such an expression do not agree about.
// It reads no clock.
package recur

import (
	"errors"
	"time"
)

// Next returns the first session that starts at or after t, or the zero time when
// there is none.
type Next func(t time.Time) time.Time

// errOften is the fault of a rule that dates several sessions of one day.
var errOften = errors.New("more than one session a day")

// From leaves out what is before the first session; a zero one leaves all.
func (n Next) From(first time.Time) Next {
	return func(t time.Time) time.Time {
		if t.Before(first) {
			t = first
		}
		return n(t)
	}
}

// Upcoming are the first sessions that start at or after now, at most so many.
func (n Next) Upcoming(now time.Time, most int) (starts []time.Time) {
	for t := n(now); len(starts) < most && !t.IsZero(); t = n(t.Add(time.Minute)) {
		starts = append(starts, t)
	}
	return starts
}
