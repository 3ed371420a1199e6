package serve

import (
	"context"
	"fmt"
	"slices"
	"time"

	"refine/internal/worker"
)

const (
	// refreshEvery is how often a session's page is brought up to date from its
	// publishing to its start.
	refreshEvery = time.Hour
	// readAgain is how often the dates of a calendar that is fetched are asked for.
	readAgain = 5 * time.Minute
)

// A key says which row a thing to do is.
type key struct{ what, team, occurrence string }

func byKey(rows []row) map[key]row {
	known := make(map[key]row, len(rows))
	for _, r := range rows {
		known[key{r.what, r.team, r.occurrence}] = r
	}
	return known
}

// dates are a team's sessions as far as they matter now, and when to look again:
// reading a rule takes longer than all else of a tick.
type dates struct {
	starts     []time.Time // that are not over, or were not when somebody last looked
	next       time.Time   // the first to come
	from, till time.Time   // they hold from one to the other
	err        error       // why they are not known
}

// datesOf gives the sessions of a team that matter from a time on.
func (s *server) datesOf(ctx context.Context, t worker.Team, from, now time.Time) *dates {
	s.mu.Lock()
	d := s.dated[t.Name]
	s.mu.Unlock()
	if d != nil && !from.Before(d.from) && now.Before(d.till) {
		return d
	}
	d = readDates(ctx, t, from, now)
	s.mu.Lock()
	s.dated[t.Name] = d
	s.mu.Unlock()
	return d
}

func readDates(ctx context.Context, t worker.Team, from, now time.Time) *dates {
	d := &dates{from: from, till: now.Add(24 * time.Hour)}
	if t.Schedule == nil {
		return d
	}
	if t.Schedule.Read != nil {
		d.till = now.Add(readAgain)
	}
	if t, d.err = t.Dated(ctx); d.err != nil {
		d.till = now
		return d
	}
	d.next, d.starts = t.Schedule.Next(now), t.Schedule.Due(from, now)
	if later := t.Schedule.Next(now.Add(t.Schedule.LeadTime() + time.Second)); !later.IsZero() {
		d.till = sooner(d.till, later.Add(-t.Schedule.LeadTime()))
	}
	for _, start := range d.starts {
		for _, turn := range []time.Time{start, start.Add(t.SessionDuration())} {
			if turn.After(now) {
				d.till = sooner(d.till, turn)
			}
		}
	}
	return d
}

func sooner(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// decide says what a team's rows lack now: rows that are new, and rows that are to
// be done again. It was last decided at last; the zero time is never, as far as the
// store knows.
func decide(t worker.Team, starts []time.Time, known map[key]row, now, last time.Time) (fresh, again []row) {
	since := last
	if last.IsZero() {
		since = now
	}
	for _, start := range starts {
		ends := start.Add(t.SessionDuration())
		r := row{what: publishing, team: t.Name, occurrence: start.In(t.Zone).Format(time.DateOnly), start: start.Unix(), ends: ends.Unix(), state: queued}
		r.due = max(start.Add(-t.Schedule.LeadTime()).Unix(), since.Unix())
		switch old, is := known[key{publishing, t.Name, r.occurrence}]; {
		case !is && now.Before(ends):
			fresh = append(fresh, r)
		case !is:
			r.state, r.finished = missed, now.Unix()
			r.says = fmt.Sprintf("nothing ran between %s and %s: no page was published before the session",
				since.In(t.Zone).Format("Mon 2 Jan 15:04"), now.In(t.Zone).Format("Mon 2 Jan 15:04"))
			fresh = append(fresh, r)
		case now.Before(start) && old.state == done && (old.due <= now.Unix() || old.start != r.start):
			old.due, old.start, old.ends = now.Unix(), r.start, r.ends
			again = append(again, old)
		}
		if !now.Before(ends) {
			r := row{what: syncing, team: t.Name, occurrence: r.occurrence, start: r.start, ends: r.ends, state: queued, due: r.ends}
			switch old, is := known[key{syncing, t.Name, r.occurrence}]; {
			case !is:
				fresh = append(fresh, r)
			case old.state == done && old.finished < old.ends: // it was held early, and perhaps typed on since
				old.due = r.due
				again = append(again, old)
			}
		}
	}
	sweep, is := known[key{sweeping, t.Name, ""}]
	switch {
	case !is:
		fresh = append(fresh, row{what: sweeping, team: t.Name, state: queued, due: now.Unix()})
	case sweep.over(now) && !slices.ContainsFunc(fresh, func(r row) bool { return r.what == syncing }): // which does the same
		again = append(again, sweep)
	}
	return fresh, again
}

// openPages are the sessions that are not over and whose page is published, unless
// somebody has said already that it was held: a team may meet before its hour.
func openPages(known map[key]row, now time.Time) (open []row) {
	for _, r := range known {
		_, ended := known[key{syncing, r.team, r.occurrence}]
		if r.what == publishing && r.page != "" && !ended && now.Unix() < r.ends {
			open = append(open, r)
		}
	}
	return open
}

// watch says whether pages are to be looked at.
func watch(known map[key]row, now time.Time) (fresh, again []row) {
	if len(openPages(known, now)) == 0 {
		return nil, nil
	}
	switch r, is := known[key{what: watching}]; {
	case !is:
		return []row{{what: watching, state: queued, due: now.Unix()}}, nil
	case r.state == done || r.state == failed:
		r.due = now.Unix()
		return nil, []row{r}
	}
	return nil, nil
}

// over reports whether a row was dealt with and is due once more.
func (r row) over(now time.Time) bool {
	return (r.state == done || r.state == failed) && r.due <= now.Unix()
}

// leftovers are rows of syncs that were done in part and are looked at again.
func leftovers(rows []row, now time.Time) (again []row) {
	for _, r := range rows {
		if r.what == syncing && r.state == failed && r.over(now) && now.Before(time.Unix(r.ends, 0).Add(worker.LookBack)) {
			again = append(again, r)
		}
	}
	return again
}
