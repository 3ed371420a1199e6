package worker

import (
	"context"
	"fmt"
	"slices"
	"time"

	"refine/confluence"
	"refine/planner/ticket"
)

// A page whose publish was killed between its creation and its marks is finished by
// the next publish of its session. Where none came before the session was over,
// people may have met on it all the same: what looks for finished sessions looks for
// such a page, too, and marks it, so that it is synced as any other.

// titlesAtOnce is how many titles one search asks for: an address has its bounds.
const titlesAtOnce = 40

// unfinishedPages adds to what the teams' labels find the pages that bear the title of a
// session of theirs which is over and has no page there. Where every session has
// one, nothing is asked.
func (w *Worker) unfinishedPages(ctx context.Context, teams []Team, found []confluence.Found) (of map[string][]confluence.Found, err error) {
	titled := map[string]Team{}
	var titles []string
	for _, t := range teams {
		for _, s := range w.unfound(ctx, t, found) {
			titles, titled[s.Title()] = append(titles, s.Title()), t
		}
	}
	of = map[string][]confluence.Found{}
	for some := range slices.Chunk(titles, titlesAtOnce) {
		pages, err := w.Pages.PagesByTitle(ctx, some)
		if err != nil {
			return of, err
		}
		for _, p := range pages {
			t, known := titled[p.Title]
			if known && p.Space == t.Space && !slices.ContainsFunc(found, func(f confluence.Found) bool { return f.ID == p.ID }) {
				of[t.Name] = append(of[t.Name], p)
			}
		}
	}
	return of, nil
}

// unfound are the sessions by the team's schedule which are over, not for too long,
// and of which no page is found. A calendar that cannot be read is told elsewhere.
func (w *Worker) unfound(ctx context.Context, t Team, found []confluence.Found) (sessions []ticket.Session) {
	t, err := t.Dated(ctx)
	if t.Schedule == nil || err != nil {
		return nil
	}
	over := w.Now().Add(-t.SessionDuration())
	for _, start := range t.Schedule.between(over.Add(-LookBack), over) {
		s := w.scheduled(t, ticket.DateOf(start.In(t.Zone)))
		if !slices.ContainsFunc(found, func(f confluence.Found) bool { return slices.Contains(f.Labels, s.ID) }) {
			sessions = append(sessions, s)
		}
	}
	return sessions
}

// scheduled is the session that a team's schedule gives on a day.
func (w *Worker) scheduled(t Team, day ticket.Date) ticket.Session {
	sel := ticket.Selection{Kind: ticket.Backlog}
	return t.session(w.Owner, sel, sel.Topic(t.Backlog, nil), day)
}

// finishLate marks a page of a session that is over which a publish left without its
// marks, and gives it as it is then; nil if it is none. What stands on the page stays
// as it is, and nobody is told that it is there.
func (w *Worker) finishLate(ctx context.Context, t Team, page *confluence.Page, dryRun bool) (*Published, error) {
	mark := confluence.BodyMark(page.Body)
	day, err := ticket.ParseDate(mark[max(0, len(mark)-len(time.DateOnly)):])
	if err != nil {
		return nil, nil
	}
	if t, err = t.Dated(ctx); err != nil {
		return nil, err
	}
	s := w.scheduled(t, day)
	if claimOf(*page, s.ID) != unfinished || w.Now().Before(s.End()) {
		return nil, nil
	}
	if mine, err := w.Pages.Mine(ctx, *page); !mine || err != nil {
		return nil, err
	}
	w.progress("finishing “%s”, which a publish began", page.Title)
	p, err := w.publishLate(ctx, Request{Team: t, Selection: s.Selection, Date: day, DryRun: dryRun, late: page, items: confluence.ItemsOn(page.Body)})
	switch {
	case err != nil:
		return nil, fmt.Errorf("finishing the page %s, which a publish began: %w", page.URL, err)
	case p.Action == None:
		return nil, &problem{fmt.Sprintf("the page %s, which a publish began, cannot be finished: %s", page.URL, p.Note),
			"look whether the tickets on it are still there; what people decided on it stands on no ticket yet"}
	}
	return &p, nil
}

// publishLate publishes to a page whose session is over: no model is asked for words,
// and nobody is told.
func (w *Worker) publishLate(ctx context.Context, req Request) (Published, error) {
	by := *w
	by.BuiltIn, req.Team.Notify = true, nil
	return by.Publish(ctx, req)
}
