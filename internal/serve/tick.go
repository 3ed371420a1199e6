package serve

import (
	"context"
	"slices"
	"time"

	"refine/internal/worker"
)

// tick looks what is due, and has the engine do it. A minute that was missed costs
// nothing: it looks back to the last one that was not.
func (s *server) tick(ctx context.Context) error {
	begun, now := time.Now(), s.Now()
	rows, last, err := s.look(ctx)
	if err == nil {
		fresh, again := s.decideAll(ctx, rows, now, last)
		s.foretold.Do(func() { s.foretell(now) })
		for _, r := range fresh {
			if r.state == missed {
				s.Log.Warn("a session was missed", "team", r.team, "session", r.occurrence, "why", r.says)
			}
		}
		err = s.store.keep(ctx, now.Unix(), fresh, again)
	}
	s.tell(err)
	if err != nil {
		return err
	}
	s.ticked.Store(now.Unix())
	s.metrics.ticks.Observe(time.Since(begun).Seconds())
	return nil
}

// foretell says what is waited for, so that nobody wonders at a log that is silent for
// days: the page that is published next.
func (s *server) foretell(now time.Time) {
	var (
		first     worker.Team
		publishes time.Time
	)
	for _, t := range s.Teams {
		s.mu.Lock()
		d := s.dated[t.Name]
		s.mu.Unlock()
		if d == nil || d.next.IsZero() {
			continue
		}
		if at := d.next.Add(-t.Schedule.LeadTime()); publishes.IsZero() || at.Before(publishes) {
			first, publishes = t, at
		}
	}
	switch {
	case publishes.IsZero():
		s.Log.Warn("no team has a session to come: pages are published by hand, and synced when their session is over")
	case publishes.After(now):
		s.Log.Info("waiting for the next session", "team", first.Name, "publishes", publishes.In(first.Zone).Format("Mon 2006-01-02 15:04 MST"),
			"meets", publishes.Add(first.Schedule.LeadTime()).In(first.Zone).Format("Mon 2006-01-02 15:04 MST"))
	}
}

func (s *server) look(ctx context.Context) (rows []row, last time.Time, err error) {
	if rows, err = s.store.rows(ctx); err != nil {
		return nil, last, err
	}
	at, err := s.store.lastTick(ctx)
	if at != 0 {
		last = time.Unix(at, 0)
	}
	return rows, last, err
}

// decideAll goes over the teams. A calendar that cannot be read keeps its own team
// from being dated, and nobody else.
func (s *server) decideAll(ctx context.Context, rows []row, now, last time.Time) (fresh, again []row) {
	known := byKey(rows)
	for _, t := range s.Teams {
		since := now
		if !last.IsZero() {
			since = last
		}
		if earliest := now.Add(-worker.LookBack); since.Before(earliest) {
			since = earliest
		}
		d := s.datesOf(ctx, t, since.Add(-t.SessionDuration()), now)
		s.tellDates(t.Name, d.err)
		f, a := decide(t, d.starts, known, now, last)
		fresh, again = append(fresh, f...), append(again, a...)
	}
	f, a := watch(known, now)
	return append(fresh, f...), slices.Concat(again, a, leftovers(rows, now))
}

// tellDates says once that a team's dates are not known, and once that they are.
func (s *server) tellDates(team string, err error) {
	s.mu.Lock()
	before := s.undated[team]
	s.undated[team] = err
	s.mu.Unlock()
	switch {
	case err != nil && (before == nil || before.Error() != err.Error()):
		s.Log.Error("it is not known when the team meets", "team", team, "error", err, "try", s.HintOf(err))
	case err == nil && before != nil:
		s.Log.Info("it is known again when the team meets", "team", team)
	}
}
