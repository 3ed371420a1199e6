package recur

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-ical"
)

// A Calendar says how a calendar file is read (RFC 5545).
type Calendar struct {
	Title string         // only events whose title contains it, in any case; empty: all
	Zone  *time.Location // of times that name no zone, and of the days
}

// What a calendar may hold. A team's own has a few hundred events.
const (
	mostEvents = 20_000
	mostSeries = 20     // that recur and are meant
	mostDates  = 10_000 // that exceptions and additions name, and single events that are meant
)

// Read dates the sessions of a calendar: its events with a time of day, those that
// recur with what was moved, cancelled, left out and added. Of several on one day
// the first counts. Whole-day events are no sessions.
func (c Calendar) Read(file []byte) (Next, error) {
	parsed, err := parse(file)
	if err != nil {
		return nil, err
	}
	events, err := c.events(parsed)
	if err != nil {
		return nil, err
	}
	return c.next(events)
}

func parse(file []byte) (*ical.Component, error) {
	file = bytes.TrimPrefix(file, []byte("\ufeff"))
	if !bytes.HasPrefix(bytes.ToUpper(bytes.TrimSpace(file[:min(len(file), 100)])), []byte("BEGIN:VCALENDAR")) {
		return nil, errors.New("is no calendar: it does not begin with BEGIN:VCALENDAR")
	}
	parsed, err := ical.NewDecoder(bytes.NewReader(file)).Decode()
	if err != nil {
		return nil, fmt.Errorf("is no whole calendar: %w", err)
	}
	return parsed.Component, nil
}

// next puts what is meant of the events together.
func (c Calendar) next(events []*event) (Next, error) {
	var (
		rules  []Next
		starts []time.Time
		all    = len(events)
	)
	masters, moved := overlay(events)
	for _, e := range masters {
		if !c.means(e, nil) || e.cancelled {
			continue
		}
		series, dated, err := e.sessions(c.Zone)
		if err != nil {
			return nil, fmt.Errorf("the event “%s”: %w", e.title, err)
		}
		if series != nil {
			rules = append(rules, series)
		}
		starts = append(starts, dated...)
	}
	for _, m := range moved {
		if c.means(m.event, m.of) && !m.cancelled && !m.wholeDay {
			starts = append(starts, m.start)
		}
	}
	switch {
	case len(rules) > mostSeries:
		return nil, fmt.Errorf("has %d events that recur, more than %d: name those that are meant with event", len(rules), mostSeries)
	case len(starts) > mostDates:
		return nil, fmt.Errorf("has more than %d dates: name the events that are meant with event", mostDates)
	case len(rules)+len(starts) == 0 && c.Title != "":
		return nil, fmt.Errorf("has no event with a time of day whose title contains “%s”, among %d", c.Title, all)
	}
	return union(rules).Also(starts...).OneADay(c.Zone), nil
}

// means reports whether an event is one of the team's sessions. One occurrence that
// says nothing of its title has that of its series.
func (c Calendar) means(e, of *event) bool {
	title := e.title
	if title == "" && of != nil {
		title = of.title
	}
	return strings.Contains(strings.ToLower(title), strings.ToLower(c.Title))
}

func union(all []Next) Next {
	return func(t time.Time) (first time.Time) {
		for _, n := range all {
			first = earliest(first, n(t))
		}
		return first
	}
}
