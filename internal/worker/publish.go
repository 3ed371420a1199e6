package worker

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"refine/confluence"
	"refine/planner"
	"refine/planner/draft"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// Request says which session to plan or publish.
type Request struct {
	Team      Team
	Selection ticket.Selection
	Date      ticket.Date // zero: the team's next session
	DryRun    bool
	// Draft words the plan; nil leaves that to the model or the built-in writer.
	Draft *draft.Draft
	// Strict makes no plan of a draft that has a line which does not stand.
	Strict bool

	// late is a page whose session is over, to which nothing is added but what became of its
	// items, that the page has sections for: it was begun and not marked, or synced.
	late  *confluence.Page
	items []string
}

// Action is what became of the page.
type Action string

const (
	Created   Action = "created"
	Updated   Action = "updated"
	Unchanged Action = "unchanged"
	None      Action = "none" // there was nothing to publish
)

// Published is the outcome of a publish. A dry run's says the same of what would
// have been done.
type Published struct {
	Plan   planner.Plan
	Page   confluence.Page // as far as it exists
	Action Action
	Kept   []string           // regions that people changed, which were left as they are
	Others []*confluence.Page // of the same session, left alone
	Note   string             // for people, when there was nothing to do
	// Pictures are the files that were attached to the page, or would be (C6).
	Pictures []string
	// Notices are the messages about the page that were sent, or would be (S10).
	Notices []Delivery
}

// attempts bounds how often a run decides anew because somebody else was
// faster.
const attempts = 4

// Publish makes the session's plan and brings its page up to date.
func (w *Worker) Publish(ctx context.Context, req Request) (Published, error) {
	team, err := req.Team.Dated(ctx)
	if err != nil {
		return Published{}, err
	}
	req.Team = team
	var before asked
	if req.late != nil {
		before.titled = req.late.ID
	}
	for range attempts {
		result, err := w.publish(ctx, req, &before)
		if taken, ok := errors.AsType[*takenError](err); ok {
			before.titled = taken.page
		}
		if !errors.Is(err, errOvertaken) {
			return result, err
		}
	}
	return Published{}, fmt.Errorf("publishing: %w, %d times in a row", errOvertaken, attempts)
}

func (w *Worker) publish(ctx context.Context, req Request, before *asked) (Published, error) {
	src, at, err := w.read(ctx, req, before)
	if err != nil {
		return Published{}, err
	}
	req.Selection = src.selection
	if items := w.met(at.page); req.late == nil && len(items) > 0 {
		return w.publishLate(ctx, Request{Team: req.Team, Selection: at.session.Selection, Date: at.session.Date(), DryRun: req.DryRun, late: at.page, items: items})
	}
	if note := req.pointless(src, at); note != "" {
		nothing := planner.Plan{Session: w.sessions(req, src)[0]}
		return Published{Plan: nothing, Action: None, Note: note}, nil
	}
	in := src.input(at.session)
	if err := w.hints(ctx, &in, req.Team); err != nil {
		return Published{}, err
	}
	if err := w.carryOver(ctx, &in, at.before, hopeless); err != nil {
		return Published{}, err
	}
	prepared, err := src.prepare(in)
	if err != nil {
		return Published{Plan: planner.Plan{Session: in.Session}, Action: None}, err
	}
	fresh, err := w.fresh(ctx, req, at.page)
	if err != nil {
		return Published{}, err
	}
	words, record, err := w.words(ctx, prepared, at.page, req, before)
	if err != nil {
		return Published{}, err
	}
	plan, err := src.makePlan(prepared, words, req.Strict)
	if err != nil {
		return Published{Plan: plan, Action: None}, err
	}
	plan.Pictures = req.Team.Pictures
	hidden, err := w.hidden(ctx, plan, at.page)
	if err != nil {
		return Published{}, err
	}
	next, err := w.revise(plan, record, fresh, at.page, hidden, src.begun.asNew())
	if err != nil {
		return Published{}, err
	}
	next.whose(req.Team, at.others)
	return w.bring(ctx, req, at, next)
}

// met are the items of a page whose session is over. What left the selection since, as
// by its own sync, was talked about all the same, and what came to it was not.
func (w *Worker) met(page *confluence.Page) []string {
	if page == nil || page.Property == nil || !w.over(*page) {
		return nil
	}
	return slices.Sorted(maps.Keys(page.Property.State.WereReady()))
}

// bring makes the revision true, unless there is nothing to do or that is only
// wanted to be known, and tells of it.
func (w *Worker) bring(ctx context.Context, req Request, at location, next revision) (Published, error) {
	var space confluence.Space
	if next.action == Created {
		w.tellPast(at.session)
		found, err := w.spaceOf(ctx, req.Team)
		if err != nil {
			return Published{}, err
		}
		space = *found
		next.parentID, err = w.parentOf(ctx, space, req.Team.Parent, at.parentID)
		if err != nil {
			return Published{}, err
		}
	}
	result := next.published()
	if req.DryRun {
		if next.page == nil {
			if err := w.remember(&next); err != nil {
				return Published{}, err
			}
		}
		result.Notices = planned(publishMessage(result), next.state.Notices[outcome.PagePublished], req.Team.places())
		return result, nil
	}
	if next.action != Unchanged {
		var err error
		if result, err = w.writePage(ctx, space, next); err != nil {
			return result, err
		}
	}
	w.notifyPublished(ctx, req.Team, &result)
	return result, nil
}

// tellPast warns of a day before today that is planned for, and of an hour of today that
// is over: nobody meets then, but a plan may be made up for. What a page is there for is
// another matter.
func (w *Worker) tellPast(s ticket.Session) {
	now := w.Now().In(s.Start.Location())
	day, today, end := ticket.DateOf(s.Start), ticket.DateOf(now), s.Start.Add(s.Duration)
	switch {
	case day.Compare(today) < 0:
		w.Log.Warn("the session's day is past: was another one meant?", "date", day, "today", today)
	case end.Before(now):
		w.Log.Warn("the session's hour is past: was another day meant?", "end", end.Format("15:04 MST"), "now", now.Format("15:04 MST"))
	}
}

// fresh reports whether the page is one that a run of ours made and could not
// mark any more, and that nobody has touched since: it may be written anew.
func (w *Worker) fresh(ctx context.Context, req Request, page *confluence.Page) (bool, error) {
	if page == nil || page.Property != nil || page.Version > 1 || req.late != nil {
		return false, nil
	}
	return w.Pages.Mine(ctx, *page)
}

// pointless says why there is nothing to publish, if that is so.
func (r Request) pointless(src source, at location) string {
	switch {
	case len(src.issues) == 0:
		return src.nothing()
	case r.late != nil && at.page == nil:
		return "it is gone"
	}
	return ""
}

// Planned is a plan that was only made.
type Planned struct {
	Plan planner.Plan
	Note string // for people, when there was nothing to plan
}

// Plan makes the session's plan and writes nothing. It needs no Confluence: what
// the previous session left open is left out where that cannot be read.
func (w *Worker) Plan(ctx context.Context, req Request) (Planned, error) {
	src, in, note, err := w.material(ctx, req)
	if err != nil || note != "" {
		return Planned{Plan: planner.Plan{Session: in.Session}, Note: note}, err
	}
	prepared, err := src.prepare(in)
	if err != nil {
		return Planned{Plan: planner.Plan{Session: in.Session}}, err
	}
	words, _, err := w.words(ctx, prepared, nil, req, new(asked))
	if err != nil {
		return Planned{}, err
	}
	plan, err := src.makePlan(prepared, words, req.Strict)
	plan.Pictures = req.Team.Pictures
	return Planned{Plan: plan}, err
}

// material reads what a session is planned from and writes nothing. The note says
// why there is nothing to plan.
func (w *Worker) material(ctx context.Context, req Request) (src source, in planner.Input, note string, err error) {
	if req.Team, err = req.Team.Dated(ctx); err != nil {
		return src, in, "", err
	}
	if src, err = w.readIssues(ctx, req); err != nil {
		return src, in, "", err
	}
	req.Selection = src.selection
	in = src.input(w.sessions(req, src)[0])
	w.tellPast(in.Session)
	if len(src.issues) == 0 {
		return src, in, src.nothing(), nil
	}
	if err := w.hints(ctx, &in, req.Team); err != nil {
		return src, in, "", err
	}
	return src, in, "", w.carryOverFor(ctx, &in)
}

// prepare reads and arranges a session that has something to show.
func (s source) prepare(in planner.Input) (*planner.Preparation, error) {
	p := s.begun.prepare(in)
	if len(p.Talks.Order) == 0 {
		return nil, &problem{
			fmt.Sprintf("none of the %d items can be shown: all have a security level", len(in.Issues)),
			"choose others, or change their security level if that is right",
		}
	}
	return p, nil
}

// makePlan words a session and holds the plan against its rules (L7).
func (s source) makePlan(p *planner.Preparation, words planner.Words, strict bool) (planner.Plan, error) {
	plan, refused, broken := s.begun.with(p, words)
	if strict && len(refused) > 0 {
		return plan, &DraftError{refused}
	}
	if len(broken) > 0 {
		return plan, &RefusedError{broken}
	}
	return plan, nil
}
