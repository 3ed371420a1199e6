package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"refine/internal/worker"
)

// shownSessions is how many of a team's next sessions are told, so that nobody is
// surprised by what a schedule means.
const shownSessions = 3

// upcoming is when a team meets next, in its zone, and why it does not.
type upcoming struct {
	Next []time.Time `json:"next"` // never null
	Note string      `json:"note,omitempty"`
	// Publishes is when the page of the first that has none yet by the schedule comes.
	Publishes *time.Time `json:"publishes,omitempty"`

	dated bool  // there is a schedule
	err   error // why its sessions are not known
}

func upcomingOf(ctx context.Context, t worker.Team, now time.Time) upcoming {
	u := upcoming{Next: []time.Time{}}
	if t.Schedule == nil {
		u.Note = "no schedule: its sessions are published by hand"
		return u
	}
	u.dated = true
	next, err := t.Schedule.Dates(ctx)
	if err != nil {
		u.Note, u.err = "its next sessions are not known: "+err.Error(), err
		return u
	}
	for _, start := range next.Upcoming(now, shownSessions) {
		u.Next = append(u.Next, start.In(t.Zone))
		if at := start.Add(-t.Schedule.LeadTime()).In(t.Zone); u.Publishes == nil && at.After(now) {
			u.Publishes = &at
		}
	}
	if len(u.Next) == 0 {
		u.Note = "no session will ever come by its schedule"
	}
	return u
}

func (u upcoming) String() string {
	if u.Note != "" {
		return u.Note
	}
	days := make([]string, len(u.Next))
	for i, start := range u.Next {
		days[i] = start.Format("Mon 2006-01-02 15:04")
	}
	said := fmt.Sprintf("next sessions: %s (%s)", strings.Join(days, ", "), u.Next[0].Location())
	if u.Publishes != nil {
		said += "; next page: " + u.Publishes.Format("Mon 2006-01-02 15:04")
	}
	return said
}
