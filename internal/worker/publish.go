package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"refine/confluence"
	"refine/internal/atlassian"
	"refine/planner"
)

// Request says which session to plan or publish.
type Request struct {
	Team      Team
	Selection planner.Selection
	Date      planner.Date // zero: the team's next session
	DryRun    bool
}

// Action is what became of the page.
type Action string

const (
	Created   Action = "created"
	Updated   Action = "updated"
	Unchanged Action = "unchanged"
	None      Action = "none" // nothing to publish, or only planned
)

// Published is the outcome of a publish, or of a dry run of one.
type Published struct {
	Plan   planner.Plan
	Page   confluence.Page // as far as it exists
	Action Action
	Kept   []string // regions that people changed, which were left as they are
	Note   string   // for people, when there was nothing to do
}

// attempts bounds how often a run decides anew because somebody else was
// faster.
const attempts = 4

// Publish makes the session's plan and brings its page up to date.
func (w *Worker) Publish(ctx context.Context, req Request) (Published, error) {
	for range attempts {
		result, err := w.publish(ctx, req)
		if !errors.Is(err, errOvertaken) {
			return result, err
		}
	}
	return Published{}, fmt.Errorf("publishing: %w, %d times in a row", errOvertaken, attempts)
}

func (w *Worker) publish(ctx context.Context, req Request) (Published, error) {
	src, err := w.read(ctx, req)
	if err != nil {
		return Published{}, err
	}
	if len(src.issues) == 0 {
		return Published{Action: None, Note: "nothing to do: no items match " + src.jql}, nil
	}
	at, err := w.find(ctx, src.space, w.sessions(req, src), req.Team.Parent)
	if err != nil {
		return Published{}, err
	}
	plan, err := makePlan(src.input(at.session))
	if err != nil {
		return Published{Plan: plan, Action: None}, err
	}
	draft, err := w.draft(plan, at.page)
	if err != nil || req.DryRun || draft.action == Unchanged {
		return draft.published(), err
	}
	if draft.action == Created {
		draft.parentID, err = w.parentOf(ctx, src.space, req.Team.Parent, at.parentID)
		if err != nil {
			return Published{}, err
		}
	}
	return w.writePage(ctx, src.space, draft)
}

// Plan makes the session's plan and writes nothing. It needs no Confluence.
func (w *Worker) Plan(ctx context.Context, req Request) (planner.Plan, error) {
	src, err := w.readIssues(ctx, req)
	if err != nil {
		return planner.Plan{}, err
	}
	if len(src.issues) == 0 {
		return planner.Plan{}, &problem{"no items match " + src.jql, "flag some, or choose others with --epic, --jql or --keys"}
	}
	return makePlan(src.input(w.sessions(req, src)[0]))
}

// makePlan builds a plan and holds it against its rules (L7).
func makePlan(in planner.Input) (planner.Plan, error) {
	plan := planner.Build(in)
	if len(plan.Items) == 0 {
		return plan, &problem{
			fmt.Sprintf("none of the %d items can be shown: all have a security level", len(in.Issues)),
			"choose others, or change their security level if that is right",
		}
	}
	if broken := planner.Gate(plan); len(broken) > 0 {
		return plan, &RefusedError{broken}
	}
	return plan, nil
}

// source is what a plan is made from.
type source struct {
	jql     string
	issues  []planner.Issue
	matched int
	capped  bool
	limit   int
	turns   []string // who presents
	epic    *planner.Issue
	space   confluence.Space
}

func (s source) input(session planner.Session) planner.Input {
	return planner.Input{
		Session: session, Epic: s.epic, Issues: s.issues,
		Matched: s.matched, Capped: s.capped, Limit: s.limit, Presenters: s.turns,
	}
}

// read asks both services side by side.
func (w *Worker) read(ctx context.Context, req Request) (source, error) {
	var (
		src                 source
		space               *confluence.Space
		issuesErr, spaceErr error
		wg                  sync.WaitGroup
	)
	wg.Go(func() { space, spaceErr = w.spaceOf(ctx, req.Team) })
	src, issuesErr = w.readIssues(ctx, req)
	wg.Wait()
	if err := errors.Join(issuesErr, spaceErr); err != nil {
		return source{}, err
	}
	src.space = *space
	return src, nil
}

// readIssues asks Jira for the selection; an epic's own issue is read beside
// its children.
func (w *Worker) readIssues(ctx context.Context, req Request) (src source, err error) {
	src.limit, src.turns = req.Team.limit(), req.Team.Presenters
	if src.jql, err = w.jql(req); err != nil {
		return src, err
	}
	w.progress("reading %s", src.jql)
	var (
		epicErr error
		wg      sync.WaitGroup
	)
	if req.Selection.Kind == planner.Epic {
		wg.Go(func() {
			var epic planner.Issue
			epic, epicErr = w.Jira.Epic(ctx, req.Selection.Value)
			src.epic = &epic
		})
	}
	issues, matched, capped, searchErr := w.Jira.Search(ctx, src.jql, src.limit)
	wg.Wait()
	if epicErr != nil {
		return src, epicErr // says more than the search that failed for the same reason
	}
	src.issues, src.matched, src.capped = issues, matched, capped
	w.progress("%d of %d issues chosen", len(issues), matched)
	return src, searchErr
}

func (w *Worker) jql(req Request) (string, error) {
	switch req.Selection.Kind {
	case planner.Epic:
		return w.Jira.EpicJQL(req.Selection.Value), nil
	case planner.Keys:
		return w.Jira.KeysJQL(req.Selection.Keys), nil
	case planner.JQL:
		return w.Jira.SelectionJQL(req.Team.Backlog.JQL, req.Selection.Value)
	default:
		return w.Jira.BacklogJQL(req.Team.Backlog)
	}
}

func (t Team) limit() int {
	if t.Limit == 0 {
		return 100
	}
	return t.Limit
}

// sessions are the sessions that a request may mean, the likeliest first. A
// request without a date means the next session, unless the same selection was
// published for a day before that and still to come: the same command at five to
// midnight and at five past is about the same session.
func (w *Worker) sessions(req Request, src source) []planner.Session {
	topic := req.Selection.Topic(req.Team.Backlog, src.epic)
	if !req.Date.IsZero() {
		return []planner.Session{req.Team.session(w.Owner, req.Selection, topic, req.Date)}
	}
	var sessions []planner.Session
	for _, day := range slices.Backward(req.Team.openDays(w.Now())) {
		s := req.Team.session(w.Owner, req.Selection, topic, day)
		if len(sessions) == 0 || w.Now().Before(s.End()) {
			sessions = append(sessions, s)
		}
	}
	return sessions
}

// draft is a page as it shall be, and what it was made from.
type draft struct {
	plan     planner.Plan
	page     *confluence.Page // nil: to be created
	regions  []confluence.Region
	merged   confluence.Merged
	state    confluence.State
	action   Action
	parentID string
}

// draft decides what publishing the plan would write, given the page as read.
func (w *Worker) draft(plan planner.Plan, page *confluence.Page) (draft, error) {
	d := draft{plan: plan, page: page}
	body := ""
	if page != nil {
		body = page.Body
	}
	var err error
	if d.regions, err = confluence.RenderFor(body, plan, w.Pages.Style()); err != nil {
		return d, err
	}
	switch {
	case page == nil:
		d.action = Created
		d.merged.Body = confluence.Assemble(d.regions)
		d.merged.Regions, err = confluence.Fingerprints(d.regions)
	case page.Property == nil && page.Version <= 1:
		d.action = Updated // our own page of a moment ago, which nobody has edited
		d.merged.Body = confluence.Assemble(d.regions)
		d.merged.Regions, err = confluence.Fingerprints(d.regions)
	case page.Property == nil:
		d.action = Updated
		d.merged, err = confluence.Merge(page.Body, nil, d.regions)
	default:
		d.action = Updated
		d.merged, err = confluence.Merge(page.Body, page.Property.State.Known(), d.regions)
	}
	if err != nil {
		return d, err
	}
	d.state = stateOf(plan.Session, page, d.merged.Regions)
	if page != nil && page.Property != nil && d.merged.Body == page.Body && sameState(d.state, page.Property.State) {
		d.action = Unchanged
	}
	return d, nil
}

func (d draft) published() Published {
	p := Published{Plan: d.plan, Action: d.action, Kept: d.merged.Kept}
	if d.page != nil {
		p.Page = *d.page
	} else {
		p.Page.Title = d.plan.Session.Title()
	}
	return p
}

// stateOf is what the page's property shall say. What a sync recorded stays.
func stateOf(s planner.Session, page *confluence.Page, regions map[string]string) confluence.State {
	state := confluence.State{
		Version: 1, Owner: s.Owner, Team: s.Team, Session: s.ID, Topic: s.Topic, Format: s.Format,
		Selection: confluence.Selection{Kind: string(s.Selection.Kind), Value: s.Selection.Value, Keys: s.Selection.Keys},
		Start:     s.Start, Zone: s.Start.Location().String(), Minutes: int(s.Duration / time.Minute), Regions: regions,
	}
	if page != nil {
		state.Page = page.ID
		if page.Property != nil {
			state.Links = page.Property.State.Links
		}
	}
	return state
}

// sameState compares what a publish decides; a lock is not part of it. Both
// sides go through JSON, as one of them has.
func sameState(a, b confluence.State) bool {
	a.Lock, b.Lock = nil, nil
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(x) == string(y)
}

// writePage makes the draft true.
func (w *Worker) writePage(ctx context.Context, space confluence.Space, d draft) (Published, error) {
	switch {
	case d.page == nil:
		return w.create(ctx, space, d)
	case d.page.Property == nil:
		return w.finish(ctx, d)
	default:
		return w.update(ctx, d)
	}
}

// create makes the page and then marks it. Until it is marked, the mark in its
// body says whose it is, and the next publish finishes the work.
func (w *Worker) create(ctx context.Context, space confluence.Space, d draft) (Published, error) {
	title := d.plan.Session.Title()
	w.progress("creating the page “%s”", title)
	var page *confluence.Page
	err := write(ctx, func(ctx context.Context) (err error) {
		page, err = w.Pages.CreatePage(ctx, confluence.NewPage{Space: space, ParentID: d.parentID, Title: title, Body: d.merged.Body})
		if err != nil {
			page, err = w.settleCreate(ctx, space, d.plan.Session, err)
		}
		return err
	})
	if err != nil {
		return Published{}, err
	}
	d.page = page
	d.state.Page = page.ID
	return w.mark(ctx, d)
}

// settleCreate looks whether a page was created although the answer was an
// error. A title that was free a moment ago and is taken now means that another
// run is publishing the same session.
func (w *Worker) settleCreate(ctx context.Context, space confluence.Space, s planner.Session, cause error) (*confluence.Page, error) {
	status := atlassian.StatusOf(cause)
	refused := status == http.StatusBadRequest || status == http.StatusConflict
	if !refused && !atlassian.Ambiguous(cause) {
		return nil, cause
	}
	page, err := w.Pages.PageByTitle(ctx, space, s.Title())
	if err != nil {
		return nil, errors.Join(cause, err)
	}
	switch {
	case page == nil || claimOf(*page, s.ID) == foreign:
		return nil, cause
	case refused:
		return nil, &HeldError{Holder: "the run that has just created " + page.URL, Since: page.Created}
	}
	return page, nil
}

// mark labels a new page and gives it its state. The state comes last: a page
// that has it is complete.
func (w *Worker) mark(ctx context.Context, d draft) (Published, error) {
	s := d.plan.Session
	err := write(ctx, func(ctx context.Context) error {
		return w.Pages.AddLabels(ctx, d.page.ID, planner.TeamLabel(s.Owner, s.Team), s.ID)
	})
	if err != nil {
		return Published{}, err
	}
	err = write(ctx, func(ctx context.Context) error {
		_, err := w.Pages.CreateProperty(ctx, d.page.ID, d.state)
		if atlassian.StatusOf(err) == http.StatusConflict || atlassian.Ambiguous(err) {
			return w.settleMark(ctx, d, err)
		}
		return err
	})
	if err != nil {
		return Published{}, err
	}
	w.Log.Info("page published", "page", d.page.ID, "session", s.ID, "action", d.action)
	return d.published(), nil
}

func (w *Worker) settleMark(ctx context.Context, d draft, cause error) error {
	prop, err := w.Pages.Property(ctx, d.page.ID)
	if err != nil {
		return errors.Join(cause, err)
	}
	if prop == nil || prop.State.Session != d.plan.Session.ID {
		return cause
	}
	return nil
}

// finish completes a page that an interrupted publish left without its marks.
func (w *Worker) finish(ctx context.Context, d draft) (Published, error) {
	w.progress("finishing the page “%s”", d.page.Title)
	if err := w.put(ctx, &d); err != nil {
		return Published{}, err
	}
	return w.mark(ctx, d)
}

// update refreshes the page while it holds the session.
func (w *Worker) update(ctx context.Context, d draft) (Published, error) {
	w.progress("updating the page “%s”", d.page.Title)
	l, err := w.acquire(ctx, d.page.ID, *d.page.Property, func(s *confluence.State) { s.Pending = d.merged.Regions })
	if err != nil {
		return Published{}, err
	}
	if err := w.put(ctx, &d); err != nil {
		return Published{}, errors.Join(err, l.release(ctx, func(*confluence.State) {}))
	}
	err = l.release(ctx, func(s *confluence.State) { *s = d.state })
	w.Log.Info("page published", "page", d.page.ID, "session", d.plan.Session.ID, "action", d.action)
	return d.published(), err
}

// put writes the body of exactly the version that was read. When a person was
// faster, their version is read and merged, and written instead (C3).
func (w *Worker) put(ctx context.Context, d *draft) error {
	for range attempts {
		if d.merged.Body == d.page.Body {
			return nil
		}
		err := write(ctx, func(ctx context.Context) error {
			return w.Pages.UpdatePage(ctx, *d.page, d.merged.Body, "Plan refreshed")
		})
		if err == nil {
			d.page.Version++
			return nil
		}
		if atlassian.StatusOf(err) != http.StatusConflict && !atlassian.Ambiguous(err) {
			return err
		}
		if err := w.again(ctx, d, err); err != nil {
			return err
		}
	}
	return fmt.Errorf("updating the page %s: people saved it %d times meanwhile", d.page.URL, attempts)
}

// again reads the page and decides anew. A body that was written although the
// answer was lost is found as it should be.
func (w *Worker) again(ctx context.Context, d *draft, cause error) error {
	page, err := w.Pages.Page(ctx, d.page.ID)
	if err != nil {
		return errors.Join(cause, err)
	}
	if page == nil {
		return cause
	}
	known := d.page.Property
	next, err := w.draft(d.plan, &confluence.Page{
		ID: page.ID, Title: page.Title, Status: page.Status, ParentID: page.ParentID, Version: page.Version,
		Body: page.Body, URL: page.URL, Created: page.Created, Property: known,
	})
	if err != nil {
		return err
	}
	*d = next
	return nil
}
