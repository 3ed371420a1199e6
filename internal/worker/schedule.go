package worker

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/teambition/rrule-go"

	"refine/planner/ticket"
)

// A Schedule says when a team meets and how long before that its page is
// published.
type Schedule struct {
	// Next returns the first session that starts at or after t, or the zero
	// time when there is none.
	Next func(t time.Time) time.Time
	Lead time.Duration // absolute time before the start; 0 means 24 hours
}

// every is how long after a session the next one is, 0 if that is not known.
func (s *Schedule) every(session time.Time) time.Duration {
	if s == nil {
		return 0
	}
	next := s.Next(session.Add(time.Minute))
	return max(next.Sub(session), 0)
}

func (s Schedule) lead() time.Duration {
	if s.Lead == 0 {
		return 24 * time.Hour
	}
	return s.Lead
}

// ParseRRule reads an iCalendar recurrence rule whose series begins at start,
// in start's zone. A rule that fires more often than daily is refused: nobody
// refines every second, and expanding it takes for ever.
func ParseRRule(rule string, start time.Time) (func(time.Time) time.Time, error) {
	option, err := rrule.StrToROptionInLocation(rule, start.Location())
	if err != nil {
		return nil, fmt.Errorf("recurrence rule %q: %w", rule, err)
	}
	if option.Freq > rrule.DAILY {
		return nil, fmt.Errorf("recurrence rule %q: sessions repeat daily at the most", rule)
	}
	option.Dtstart = start
	r, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, fmt.Errorf("recurrence rule %q: %w", rule, err)
	}
	return func(t time.Time) time.Time { return r.After(t, true) }, nil
}

// ParseCron reads a five-field cron expression, evaluated in loc.
func ParseCron(spec string, loc *time.Location) (func(time.Time) time.Time, error) {
	s, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("cron expression %q: %w", spec, err)
	}
	return func(t time.Time) time.Time { return s.Next(t.In(loc).Add(-time.Nanosecond)) }, nil
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
