// Package recur reads when a team meets: a cron expression, an iCalendar recurrence
// rule or a whole calendar comes in, a function to the next session goes out. It
// refuses whatever is more frequent than daily, since nobody refines every hour and
// each session is a page; what readers of such an expression do not agree about; and
// a time zone that it does not know. It reads no clock and no file.
package recur

import (
	"errors"
	"slices"
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

// mostSkipped is how many sessions in a row may be left out before it is taken that
// none is ever held: a century of weekly ones.
const mostSkipped = 5000

// Except leaves out the sessions for which skip is true.
func (n Next) Except(skip func(start time.Time) bool) Next {
	return func(t time.Time) time.Time {
		for range mostSkipped {
			start := n(t)
			if start.IsZero() || !skip(start) {
				return start
			}
			t = start.Add(time.Second)
		}
		return time.Time{}
	}
}

// Also adds sessions.
func (n Next) Also(starts ...time.Time) Next {
	return func(t time.Time) time.Time { return earliest(n(t), Starts(starts...)(t)) }
}

// Starts are sessions that no rule dates.
func Starts(starts ...time.Time) Next {
	starts = slices.SortedFunc(slices.Values(starts), time.Time.Compare)
	return func(t time.Time) time.Time {
		at, _ := slices.BinarySearchFunc(starts, t, time.Time.Compare)
		if at == len(starts) {
			return time.Time{}
		}
		return starts[at]
	}
}

// OneADay keeps the first session of each day in that zone, since a session is
// known by its day.
func (n Next) OneADay(loc *time.Location) Next {
	return n.Except(func(start time.Time) bool { return n(midnight(start, loc)).Before(start) })
}

func midnight(t time.Time, loc *time.Location) time.Time {
	year, month, day := t.In(loc).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, loc)
}

// earliest is the first of two sessions, of which either may not come.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Upcoming are the first sessions that start at or after now, at most so many.
func (n Next) Upcoming(now time.Time, most int) (starts []time.Time) {
	for t := n(now); len(starts) < most && !t.IsZero(); t = n(t.Add(time.Minute)) {
		starts = append(starts, t)
	}
	return starts
}
