package config

import (
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"refine/internal/recur"
)

// Schedule is when a team meets; its zero value is never. One of RRule, Cron and
// ICS is set.
type Schedule struct {
	RRule    string        `json:"rrule" jsonschema_description:"RFC 5545 recurrence rule: FREQ=WEEKLY;INTERVAL=2;BYDAY=TU. Needs start."`
	Cron     string        `json:"cron" jsonschema_description:"Five cron fields, the first two one number each: 0 10 * * TUE. Day of month or day of week, not both."`
	ICS      Secret        `json:"ics" jsonschema_description:"Calendar feed: an https:// or webcal:// address, which may be a secret one, or a file relative to this file. Moved and cancelled occurrences are followed."`
	Event    string        `json:"event" jsonschema_description:"Only events of the calendar feed whose title contains this, in any case. Default: all that have a time of day."`
	Start    string        `json:"start" jsonschema_description:"First session, in the team's zone: 2026-01-06T10:00."`
	Timezone string        `json:"timezone" jsonschema_description:"For example Europe/Berlin. Default: the session's, else UTC."`
	Lead     time.Duration `json:"lead" jsonschema_description:"How long before a session its page is published, 336h at most. Default: 24h."`
	Holidays string        `json:"holidays" jsonschema_description:"Public holidays on which no session is held, of a country or a part of one: DE, DE-BY, US."`
	Except   []string      `json:"except" jsonschema_description:"Days on which no session is held: 2026-12-22."`
	Also     []string      `json:"also" jsonschema_description:"Sessions beside those, in the team's zone: 2026-12-23T14:00. With except, a session that is moved."`
}

// Recurs reports whether the team has a schedule at all.
func (s Schedule) Recurs() bool { return len(s.ways()) > 0 }

// given reports whether anything is said of when the team meets.
func (s Schedule) given() bool {
	return s.Recurs() || s.Event+s.Start+s.Timezone+s.Holidays != "" || s.Lead != 0 || len(s.Except)+len(s.Also) > 0
}

// Sessions dates the sessions of a schedule that recurs by a rule; none is before
// the first one.
func (s Schedule) Sessions() (recur.Next, error) {
	if s.RRule != "" {
		next, err := recur.RRule(s.RRule, s.First())
		if err != nil {
			return nil, err
		}
		return s.adjust(next)
	}
	next, err := recur.Cron(s.Cron, s.Location())
	if err != nil {
		return nil, err
	}
	return s.adjust(next.From(s.First()))
}

// SessionsOf dates the sessions of a schedule that is a calendar feed, of which
// this is the content.
func (s Schedule) SessionsOf(calendar []byte) (recur.Next, error) {
	next, err := recur.Calendar{Title: s.Event, Zone: s.Location()}.Read(calendar)
	if err != nil {
		return nil, err
	}
	return s.adjust(next.From(s.First()))
}

// adjust leaves out and adds what the schedule says beside its rule. What is added
// takes place, whatever day it is.
func (s Schedule) adjust(next recur.Next) (recur.Next, error) {
	if s.Holidays != "" {
		holiday, err := recur.Holidays(s.Holidays)
		if err != nil {
			return nil, err
		}
		next = next.Except(func(start time.Time) bool { return holiday(start.In(s.Location())) })
	}
	if len(s.Except) > 0 {
		next = next.Except(func(start time.Time) bool {
			return slices.Contains(s.Except, start.In(s.Location()).Format(time.DateOnly))
		})
	}
	if len(s.Also) == 0 {
		return next, nil
	}
	var starts []time.Time
	for _, also := range s.Also {
		t, err := time.ParseInLocation(startLayout, also, s.Location())
		if err != nil {
			return nil, fmt.Errorf("also: %q is not like 2026-01-06T10:00", also)
		}
		starts = append(starts, t)
	}
	return next.Also(starts...).OneADay(s.Location()), nil
}

// First is the first session, the zero time if the schedule names none.
func (s Schedule) First() time.Time {
	t, err := time.ParseInLocation(startLayout, s.Start, s.Location())
	if err != nil {
		return time.Time{} // empty: Load refuses anything else
	}
	return t
}

// Location is the zone in which the schedule's clock times stand.
func (s Schedule) Location() *time.Location { return location(s.Timezone) }

func (s Schedule) validate(key string) []fault {
	faults := validateZone(key, s.Timezone)
	if _, err := time.Parse(startLayout, s.Start); s.Start != "" && err != nil {
		faults = append(faults, about(key+".start", "must be like 2026-01-06T10:00"))
	}
	if s.Lead > longestLead {
		faults = append(faults, about(key+".lead", "must be at most %d days: each session until then has its page", longestLead/(24*time.Hour)))
	}
	if s.Event != "" && s.ICS.IsZero() {
		faults = append(faults, about(key+".event", "without ics: it chooses events of a calendar feed"))
	}
	faults = append(faults, s.validateDays(key)...)
	switch given := s.ways(); {
	case len(given) > 1:
		return append(faults, about(key, "both %s", strings.Join(given, " and ")))
	case s.RRule != "":
		return append(faults, s.validateRule(key)...)
	case s.Cron != "":
		return append(faults, s.validateCron(key)...)
	case !s.ICS.IsZero():
		return append(faults, s.validateFeed(key)...)
	case s.given():
		return append(faults, about(key, "neither rrule nor cron nor ics: when does the team meet?"))
	}
	return faults
}

// ways are the keys that say when the team meets, of which one is enough.
func (s Schedule) ways() (given []string) {
	for _, way := range []struct {
		key string
		is  bool
	}{{"rrule", s.RRule != ""}, {"ics", !s.ICS.IsZero()}, {"cron", s.Cron != ""}} {
		if way.is {
			given = append(given, way.key)
		}
	}
	return given
}

func (s Schedule) validateDays(key string) (faults []fault) {
	if s.Holidays != "" {
		if _, err := recur.Holidays(s.Holidays); err != nil {
			faults = append(faults, about(key+".holidays", "%v", err))
		}
	}
	for i, day := range s.Except {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			faults = append(faults, about(fmt.Sprintf("%s.except[%d]", key, i), "must be a day such as 2026-12-22"))
		}
	}
	for i, start := range s.Also {
		if _, err := time.Parse(startLayout, start); err != nil {
			faults = append(faults, about(fmt.Sprintf("%s.also[%d]", key, i), "must be like 2026-01-06T10:00"))
		}
	}
	return faults
}

func (s Schedule) validateRule(key string) []fault {
	var faults []fault
	if _, err := recur.RRule(s.RRule, s.First()); err != nil {
		faults = append(faults, about(key+".rrule", "%v", err))
	}
	if s.Start == "" {
		faults = append(faults, about(key+".start", "missing: a rule counts from the first session"))
	}
	return faults
}

func (s Schedule) validateCron(key string) []fault {
	if _, err := recur.Cron(s.Cron, s.Location()); err != nil {
		return []fault{about(key+".cron", "%v", err)}
	}
	return nil
}

// validateFeed does not quote the address: whoever knows it reads the calendar.
func (s Schedule) validateFeed(key string) []fault {
	source := s.ICS.Reveal()
	if !strings.Contains(source, "://") {
		return nil // a file, which is read when it is needed
	}
	u, err := url.Parse(source)
	switch {
	case err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "webcal"}, u.Scheme):
		return []fault{about(key+".ics", "must be an address such as https://calendar.example/team.ics, or a file")}
	case u.User != nil:
		return []fault{about(key+".ics", "has a user or a password in it, which calendars do not take: give the calendar's secret address, or a file")}
	}
	return nil
}

// fillIn completes what follows from other keys; files are relative to dir.
func (s *Schedule) fillIn(zone, dir string) {
	s.Timezone, s.Lead = cmp.Or(s.Timezone, zone), cmp.Or(s.Lead, defaultLead)
	if source := s.ICS.Reveal(); source != "" && !strings.Contains(source, "://") && !filepath.IsAbs(source) {
		s.ICS = NewSecret(filepath.Join(dir, source))
	}
}
