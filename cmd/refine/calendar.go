package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"refine/config"
	"refine/internal/feed"
	"refine/internal/recur"
	"refine/internal/worker"
)

// calendars reads the feeds that schedules name, over the same proxy and with the
// same authorities as everything else, each once while it is kept.
func calendars(c *config.Config, keep time.Duration) *feed.Reader {
	return &feed.Reader{
		Keep: keep, Agent: "refine/" + buildVersion().Version,
		Network: sync.OnceValues(func() (http.RoundTripper, error) { return network(c.HTTP) }),
	}
}

// schedule turns a configured schedule into the worker's; nil is none. A calendar
// feed is read when a run first needs its dates.
func schedule(t config.Team, feeds *feed.Reader) (*worker.Schedule, error) {
	s := t.Schedule
	switch {
	case !s.Recurs():
		return nil, nil
	case s.ICS.IsZero():
		next, err := s.Sessions()
		return &worker.Schedule{Next: next, Lead: s.Lead}, err
	}
	return &worker.Schedule{Lead: s.Lead, Read: func(ctx context.Context) (recur.Next, error) {
		data, err := feeds.Read(ctx, s.ICS.Reveal())
		if err != nil {
			return nil, &calendarError{t.Name, err}
		}
		next, err := s.SessionsOf(data)
		if err != nil {
			return nil, &calendarError{t.Name, err}
		}
		return next, nil
	}}, nil
}

// A calendarError says that a team's calendar does not tell when it meets. Nothing
// is guessed in its place.
type calendarError struct {
	team string
	err  error
}

func (e *calendarError) Error() string {
	return fmt.Sprintf("team %s: schedule.ics: %v", e.team, e.err)
}

func (e *calendarError) Unwrap() error { return e.err }

// Hint says what to try.
func (e *calendarError) Hint() string {
	return "look whether schedule.ics is still where the calendar is, and whether schedule.event is part of a title in it"
}
