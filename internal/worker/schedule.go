package worker

import (
	"context"
	"time"

	"refine/internal/recur"
	"refine/planner/ticket"
)

// A Schedule says when a team meets and how long before that its page is
// published. Next or Read is set.
type Schedule struct {
	Next recur.Next
	Lead time.Duration // absolute time before the start; 0 means 24 hours
	// Read gives the sessions of a calendar that has to be fetched. Whoever needs
	// them fails where it does.
	Read func(context.Context) (recur.Next, error)
}

// Dates are the schedule's sessions.
func (s *Schedule) Dates(ctx context.Context) (recur.Next, error) {
	if s.Read == nil {
		return s.Next, nil
	}
	return s.Read(ctx)
}

// Dated is the team with the sessions of its calendar, if it has one to read.
func (t Team) Dated(ctx context.Context) (Team, error) {
	if t.Schedule == nil || t.Schedule.Read == nil {
		return t, nil
	}
	next, err := t.Schedule.Dates(ctx)
	t.Schedule = &Schedule{Next: next, Lead: t.Schedule.Lead}
	return t, err
}

// every is how long after a session the next one is, 0 if that is not known.
func (s *Schedule) every(session time.Time) time.Duration {
	if s == nil {
		return 0
	}
	next := s.Next(session.Add(time.Minute))
	return max(next.Sub(session), 0)
}

// LeadTime is how long before a session its page is published.
func (s Schedule) LeadTime() time.Duration {
	if s.Lead == 0 {
		return 24 * time.Hour
	}
	return s.Lead
}

// Due lists the sessions that matter at a moment: those that start at from or later
// and whose page is due by now. The team has to be [Team.Dated].
func (s Schedule) Due(from, now time.Time) []time.Time {
	return s.between(from, now.Add(s.LeadTime()))
}

// between lists the sessions that start in [from, to].
func (s Schedule) between(from, to time.Time) (starts []time.Time) {
	for t := s.Next(from); !t.IsZero() && !t.After(to); t = s.Next(t.Add(time.Second)) {
		starts = append(starts, t)
	}
	return starts
}

// startOn is when a session on that day begins: as the schedule has it, else at
// the team's usual time.
func (t Team) startOn(day ticket.Date) time.Time {
	midnight := day.At(0, 0, t.Zone)
	if t.Schedule != nil {
		if starts := t.Schedule.between(midnight, midnight.AddDate(0, 0, 1).Add(-time.Second)); len(starts) > 0 {
			return starts[0].In(t.Zone)
		}
	}
	return day.At(t.Hour, t.Minute, t.Zone)
}

// openDays are the days that a publish without a date may be for: today and, the
// last, the one that it is for now, which is the schedule's session that is next
// or under way, else the next working day.
func (t Team) openDays(now time.Time) []ticket.Date {
	if t.Schedule != nil {
		if next := t.Schedule.Next(now.Add(-t.SessionDuration())); !next.IsZero() {
			return []ticket.Date{ticket.DateOf(next.In(t.Zone))}
		}
	}
	today := now.In(t.Zone)
	next := today.AddDate(0, 0, 1)
	for next.Weekday() == time.Saturday || next.Weekday() == time.Sunday {
		next = next.AddDate(0, 0, 1)
	}
	return []ticket.Date{ticket.DateOf(today), ticket.DateOf(next)}
}
