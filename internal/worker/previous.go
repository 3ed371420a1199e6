package worker

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"refine/confluence"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// mostPrevious bounds how many pages are read to find the previous session:
// copies, pages that are gone and sessions that were not held are passed over.
const mostPrevious = 5

// An earlierMeeting is the team's previous session, nil if none is known, or why it could
// not be read.
type earlierMeeting struct {
	meeting *meeting
	err     error
}

// carryOver gives a plan what the team's previous session left open (P6). A page
// that cannot be read fails no plan, unless stop says so: the plan comes without
// the carry-over, and says that.
func (w *Worker) carryOver(ctx context.Context, in *planner.Input, last earlierMeeting, stop func(error) bool) error {
	if last.err == nil && last.meeting != nil {
		in.CarryOver = w.leftOpen(ctx, *in, *last.meeting)
	}
	if last.err == nil || stop(last.err) {
		return last.err
	}
	w.Log.Warn("the previous session's page could not be read", "session", in.Session.ID, "error", last.err)
	in.Assumed = append(in.Assumed, "Last session: its page could not be read, so what it left open is not shown here.")
	return nil
}

// patience bounds how long a plan that is only printed waits for Confluence.
const patience = 10 * time.Second

// carryOverFor does the same for a plan that is only printed, which needs no
// Confluence: whatever goes wrong there does not stop it.
func (w *Worker) carryOverFor(ctx context.Context, in *planner.Input) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return w.carryOver(limited, in, w.previous(limited, in.Session, nil), func(error) bool { return ctx.Err() != nil })
}

// A meeting is a session that was held, and what its page says.
type meeting struct {
	session  ticket.Session
	page     confluence.Page
	outcomes outcome.Outcomes
}

// previous finds the latest session on a day before s that the team held: of two
// on one day that which had the same selection. team are the team's pages as a
// search found them, nil if none was made yet. It reads no page that the index
// shows to be another's.
func (w *Worker) previous(ctx context.Context, s ticket.Session, team []confluence.Found) (last earlierMeeting) {
	if team == nil {
		if team, last.err = w.Pages.PagesByLabel(ctx, "", []string{ticket.TeamLabel(s.Owner, s.Team)}, ""); last.err != nil {
			return last
		}
		team = slices.DeleteFunc(team, confluence.Found.Archived)
	}
	before := earlier(s, team)
	for _, f := range before[:min(len(before), mostPrevious)] {
		page, err := w.readable(ctx, f.ID)
		if err != nil {
			return earlierMeeting{err: err}
		}
		if page == nil || !w.precedes(*page, s) {
			continue
		}
		if m, err := w.meeting(*page); m != nil || err != nil {
			return earlierMeeting{m, err}
		}
	}
	return last
}

// precedes holds against the page's own mark what the index told of it.
func (w *Worker) precedes(p confluence.Page, s ticket.Session) bool {
	if p.Property == nil || p.Property.State.Page != p.ID || p.Status != "" && p.Status != "current" {
		return false
	}
	state := p.Property.State
	return state.Owner == s.Owner && state.Team == s.Team && state.Start.Before(s.Start)
}

// meeting reads a page as a sync does, and returns nil for a session that is not over
// or that left no trace: nobody typed on its page, and nothing was synced.
func (w *Worker) meeting(page confluence.Page) (*meeting, error) {
	state := page.Property.State
	session, err := sessionOf(state)
	if err != nil || !w.over(page) {
		return nil, err
	}
	outcomes, err := w.outcomesOf(page)
	if err != nil {
		return nil, err
	}
	saved := page.Saver != "" && page.Saver != page.Author // by a person, since we saved it last
	synced := len(state.Links)+len(state.Told) > 0 || !state.ReceiptDay.IsZero()
	if !saved && !synced && !outcomes.Typed() {
		return nil, nil
	}
	return &meeting{session, page, outcomes}, nil
}

// earlier lists the pages of sessions on days before s, the likeliest first. The
// original stands before its copies, which were made later.
func earlier(s ticket.Session, team []confluence.Found) (out []confluence.Found) {
	type candidate struct {
		confluence.Found
		day  ticket.Date
		same bool
	}
	var all []candidate
	topic := strings.TrimSuffix(s.ID, s.Date().String())
	for _, f := range slices.Backward(team) { // the newest came first
		for _, label := range f.Labels {
			day, ok := sessionDay(label, s)
			if ok && day.Compare(s.Date()) < 0 {
				all = append(all, candidate{f, day, strings.HasPrefix(label, topic)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(b.day.Compare(a.day), compareBool(b.same, a.same))
	})
	for _, c := range all {
		out = append(out, c.Found)
	}
	return out
}

// sessionDay is the day that the label of a session of s's team ends in.
func sessionDay(label string, s ticket.Session) (ticket.Date, bool) {
	rest, ok := strings.CutPrefix(label, ticket.TeamLabel(s.Owner, s.Team)+"-")
	if !ok || len(rest) < len(time.DateOnly) {
		return ticket.Date{}, false
	}
	day, err := ticket.ParseDate(rest[len(rest)-len(time.DateOnly):])
	return day, err == nil
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

// leftOpen is what a meeting left open for the session of in, with the names of the
// people in it. An epic's session has no time for other tickets.
func (w *Worker) leftOpen(ctx context.Context, in planner.Input, m meeting) *outcome.CarryOver {
	var only []string
	if s := in.Session.Selection; s.Kind == ticket.Epic {
		only = append(only, s.Value)
		for _, i := range in.Issues {
			only = append(only, i.Key)
		}
		if m.session.Selection.String() == s.String() { // its tickets may be done by now
			only = append(only, m.outcomes.Keys...)
		}
	}
	left := m.outcomes.CarryOver(m.session.Date(), outcome.PageRef{ID: m.page.ID, URL: m.page.URL, Title: m.page.Title}, only...)
	if len(left.Parts) == 0 {
		return nil
	}
	for _, part := range left.Parts {
		for i := range part.Lines { // of a page that was written before, perhaps
			part.Lines[i].URL = w.Pages.ForPeople(part.Lines[i].URL, m.page)
		}
	}
	w.name(ctx, left.Users())
	return left
}

// known reports whether the index may know the page by one of the labels.
func known(f confluence.Found, labels []string) bool {
	return f.Labels == nil || slices.ContainsFunc(labels, func(l string) bool { return slices.Contains(f.Labels, l) })
}
