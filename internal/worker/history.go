package worker

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"refine/confluence"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A Past session is one that a team has met for, and what its page says of it.
type Past struct {
	Day    ticket.Date
	Page   confluence.Page // its id alone where it could not be read
	State  confluence.State
	Held   bool // somebody ticked the box, or left anything on the page
	Update outcome.Update
	Err    error // why the page could not be read
}

// History reads what the team's last sessions came to from their pages alone, the
// latest first: those that have begun, or were held or synced before their time. A session
// whose page cannot be read is among them, with the reason.
func (w *Worker) History(ctx context.Context, t Team, most int) ([]Past, error) {
	found, err := w.Pages.PagesByLabel(ctx, "", []string{ticket.TeamLabel(w.Owner, t.Name)}, "")
	if err != nil {
		return nil, err
	}
	if len(found) == confluence.MostFound {
		w.Log.Warn("only the pages that were made last are looked at", "team", t.Name, "pages", len(found))
	}
	slices.SortStableFunc(found, func(a, b confluence.Found) int { return dayIn(b).Compare(dayIn(a)) })
	var past []Past
	for some := range slices.Chunk(found, max(most, 1)) {
		ids := make([]string, len(some))
		for i, f := range some {
			ids[i] = f.ID
		}
		seen, err := w.Pages.Together(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, f := range some {
			if p, is := w.past(f, seen, past); is {
				past = append(past, p)
			}
		}
		if len(past) >= most {
			return past[:most], nil
		}
	}
	return past, nil
}

// dayIn is the session's day as the search tells it, the zero one if it does not.
func dayIn(f confluence.Found) ticket.Date {
	day, _ := ticket.ParseDate(dayOf(f))
	return day
}

// past is the session of a page; false for one that is still to come, for a copy,
// and for a second page of a session that is there.
func (w *Worker) past(f confluence.Found, seen map[string]confluence.Seen, before []Past) (Past, bool) {
	p := Past{Day: dayIn(f), Page: confluence.Page{ID: f.ID, Title: f.Title}}
	s, ok := seen[f.ID]
	switch {
	case !ok:
		p.Err = errors.New("it is gone, or this account cannot see it")
	case s.Err != nil:
		p.Page, p.Err = *s.Page, s.Err
	case s.Page.Property == nil:
		p.Page, p.Err = *s.Page, errors.New("it has no property of ours: it was not published to the end, or is a copy")
	default:
		p.Page, p.State = *s.Page, s.Page.Property.State
		if p.State.Page != f.ID {
			return p, false // a copy
		}
		p.Err = w.sumUp(&p)
	}
	same := func(o Past) bool { return o.Err == nil && o.State.Session == p.State.Session }
	switch {
	case p.Err != nil:
		return p, !p.Day.At(0, 0, w.Now().Location()).After(w.Now())
	case w.Now().Before(p.State.Start) && !confluence.Held(p.Page.Body) && len(p.State.Told) == 0:
		return p, false
	}
	return p, !slices.ContainsFunc(before, same)
}

// sumUp reads the page's outcomes.
func (w *Worker) sumUp(p *Past) error {
	session, err := sessionOf(p.State)
	if err != nil {
		return err
	}
	p.Day = session.Date()
	if err := standing(&p.Page); err != nil {
		return err
	}
	outcomes, err := p.State.Outcomes(p.Page.Body, w.Jira.IssueAddresses()...)
	if err != nil {
		return fmt.Errorf("its body: %w", err)
	}
	p.Held, p.Update = outcomes.Typed(), outcomes.Update(p.State.WereReady())
	return nil
}
