package recur

import (
	"errors"
	"time"
)

// A replacement stands in the place of one occurrence of a series.
type replacement struct {
	*event
	of *event // nil: the series is not in the calendar
}

// overlay tells the events that stand for themselves from those that replace an
// occurrence, and takes what is replaced out of its series. Of several versions of
// one the newest counts.
func overlay(events []*event) (masters []*event, moved []replacement) {
	type id struct {
		uid string
		at  int64
	}
	newest := map[id]*event{}
	var order []id
	for _, e := range events {
		at := id{e.uid, e.replaces.Unix()}
		if e.uid == "" {
			masters = append(masters, e) // nothing can replace any of it
			continue
		}
		old, seen := newest[at]
		if !seen {
			order = append(order, at)
		}
		if !seen || newer(e, old) >= 0 {
			newest[at] = e
		}
	}
	series := map[string]*event{}
	for _, at := range order {
		if e := newest[at]; e.replaces.IsZero() {
			series[e.uid], masters = e, append(masters, e)
		}
	}
	for _, at := range order {
		e := newest[at]
		if e.replaces.IsZero() {
			continue
		}
		of := series[e.uid]
		if of != nil {
			of.leavesOut(e.replaces, e.replacesDay)
			of.splits = of.splits || e.andAllLater
		}
		moved = append(moved, replacement{e, of})
	}
	return masters, moved
}

// sessions are what an event comes to: a series, if it recurs, and single dates.
func (e *event) sessions(loc *time.Location) (series Next, starts []time.Time, err error) {
	if e.wholeDay {
		return nil, nil, nil
	}
	if e.splits {
		return nil, nil, errors.New("one occurrence changes it and all later ones (RANGE=THISANDFUTURE), which is not read: end the series and begin another")
	}
	for _, t := range e.added {
		if !e.except.has(t, loc) {
			starts = append(starts, t)
		}
	}
	if e.rule == "" {
		if !e.except.has(e.start, loc) {
			starts = append(starts, e.start)
		}
		return nil, starts, nil
	}
	next, err := RRule(e.rule, e.start)
	if err != nil {
		return nil, nil, err
	}
	return next.Except(func(t time.Time) bool { return e.except.has(t, loc) }), starts, nil
}
