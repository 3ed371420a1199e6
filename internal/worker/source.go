package worker

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"refine/confluence"
	"refine/planner"
	"refine/planner/ticket"
)

// source is what a plan is made from.
type source struct {
	selection ticket.Selection // with the epic's id and present key
	asked     string           // the epic's key as it was given
	jql       string           // what was asked, for people
	issues    []ticket.Issue
	matched   int
	capped    bool
	limit     int
	team      Team
	epic      *ticket.Issue
	begun     *headStart // the plan, being worked out; nil until the issues are read
}

func (s source) input(session ticket.Session) planner.Input {
	return planner.Input{
		Session: session, Epic: s.epic, Issues: s.issues,
		Matched: s.matched, Capped: s.capped, Limit: s.limit, Presenters: s.team.Presenters, Every: s.team.Schedule.every(session.Start), Ready: s.team.Ready, Guide: s.team.Follows(),
		Estimation: s.team.Estimation, Objectives: slices.Clone(s.team.Objectives),
		HeldBox:   s.team.Schedule != nil, // only what goes by schedules reads it
		SplitForm: s.team.Split.Create,
	}
}

// nothing says that there is nothing to do.
func (s source) nothing() string { return "nothing to do: no items match " + s.jql }

// read asks both services: side by side, unless only Jira can tell which session
// the pages are looked for of.
func (w *Worker) read(ctx context.Context, req Request, before *asked) (src source, at location, err error) {
	if req.Selection.Kind == ticket.Epic {
		if src, err = w.readIssues(ctx, req); err == nil && len(src.issues) > 0 {
			src.begun.write(w.Pages.Style(), req.Team.Pictures)
			at, err = w.locate(ctx, req, src, before)
		}
		return src, at, err
	}
	var (
		issuesErr error
		wg        sync.WaitGroup
		looking   context.Context
	)
	looking, stop := context.WithCancel(ctx)
	defer stop()
	wg.Go(func() {
		if src, issuesErr = w.readIssues(ctx, req); issuesErr != nil || len(src.issues) == 0 {
			stop() // whatever there is of pages
			return
		}
		src.begun.write(w.Pages.Style(), req.Team.Pictures)
	})
	at, err = w.locate(looking, req, source{selection: req.Selection, asked: req.Selection.Value, team: req.Team}, before)
	wg.Wait()
	if issuesErr != nil || len(src.issues) == 0 {
		return src, location{}, issuesErr
	}
	return src, at, err
}

// locate finds the session's page, and the session that the team held before.
func (w *Worker) locate(ctx context.Context, req Request, src source, before *asked) (at location, err error) {
	var titled *confluence.Page
	if before.titled != "" {
		if titled, err = w.readable(ctx, before.titled); err != nil {
			return at, err
		}
	}
	req.Selection = src.selection
	if at, err = w.find(ctx, req, src, src.known(w.sessions(req, src)), titled); err == nil {
		at.before = w.previous(ctx, at.session, at.team)
		if at.page != nil { // while the plan is still being made, or gone through once more
			go confluence.ReadAhead(at.page.Body)
		}
	}
	return at, err
}

// readIssues asks Jira for the selection; an epic's own issue comes with its
// children.
//
// Where the fields are known from the last time, the site is asked for both at once.
func (w *Worker) readIssues(ctx context.Context, req Request) (src source, err error) {
	if guess := w.guess(); guess != nil {
		src, err = w.readIssuesBy(ctx, guess, req)
		if holds, failed := guess.Holds(ctx); failed != nil || holds {
			return src, cmp.Or(failed, err)
		}
	}
	if err := w.Jira.Learn(ctx); err != nil {
		return src, err
	}
	return w.readIssuesBy(ctx, w.Jira, req)
}

func (w *Worker) guess() Guess {
	if w.Remembered == nil {
		return nil
	}
	return w.Remembered()
}

// readIssuesBy is readIssues with a client that knows the fields.
func (w *Worker) readIssuesBy(ctx context.Context, by tickets, req Request) (src source, err error) {
	src.selection, src.asked = req.Selection, req.Selection.Value
	src.limit, src.team = req.Team.limit(), req.Team
	jql, err := jqlOf(by, req)
	if err != nil {
		return src, err
	}
	src.jql = req.asked(jql)
	w.progress("reading %s", src.jql)
	if req.Selection.Kind == ticket.Epic {
		var epic ticket.Issue
		epic, src.issues, src.matched, src.capped, err = by.EpicWithChildren(ctx, req.Selection.Value, src.limit)
		src.epic, src.selection = &epic, epicSelection(epic)
	} else {
		src.issues, src.matched, src.capped, err = search(ctx, by, req, jql)
	}
	if err != nil {
		return src, err
	}
	w.progress("%d of %d issues chosen", len(src.issues), src.matched)
	meant := req
	meant.Selection = src.selection
	src.begun = headStartOf(src.input(w.sessions(meant, src)[0]))
	return src, nil
}

func jqlOf(by tickets, req Request) (string, error) {
	if req.late != nil { // which its items may have left
		return by.KeysJQL(req.items), nil
	}
	switch req.Selection.Kind {
	case ticket.Epic:
		return by.EpicJQL(req.Selection.Value), nil
	case ticket.Keys:
		return by.KeysJQL(req.Selection.Keys), nil
	case ticket.JQL:
		return by.SelectionJQL(req.Team.Backlog.JQL, req.Selection.Value)
	default:
		return by.BacklogJQL(req.Team.Backlog)
	}
}

// search asks for what matches: of a board's backlog if the team has one, else
// of all issues.
func search(ctx context.Context, by tickets, req Request, jql string) (issues []ticket.Issue, total int, capped bool, err error) {
	if board := req.board(); board != "" {
		return by.BoardBacklog(ctx, board, jql, req.Team.limit())
	}
	return by.Search(ctx, jql, req.Team.limit())
}

// board is whose backlog the items are of, empty unless the team's own backlog
// is asked for and is a board's.
func (r Request) board() string {
	switch r.Selection.Kind {
	case ticket.Epic, ticket.JQL, ticket.Keys:
		return ""
	}
	if r.late != nil {
		return ""
	}
	return r.Team.Backlog.Board
}

// asked says for people where jql is looked for.
func (r Request) asked(jql string) string {
	if board := r.board(); board != "" {
		return fmt.Sprintf("%s in the backlog of board %s", jql, board)
	}
	return jql
}

func (t Team) limit() int {
	if t.Limit == 0 {
		return 100
	}
	return t.Limit
}

// epicSelection is an epic as a selection, with its present key.
func epicSelection(epic ticket.Issue) ticket.Selection {
	return ticket.Selection{Kind: ticket.Epic, Value: epic.Key, ID: epic.ID}
}

// epicKeys are all keys of an epic that a page may know it by: asked, the one
// that it was asked for by, its present one and those it had before it was moved.
func epicKeys(asked string, epic *ticket.Issue) (keys []string) {
	if epic == nil {
		return nil
	}
	keys = []string{epic.Key, asked}
	if epic.History != nil {
		keys = append(keys, epic.History.FormerKeys...)
	}
	return unique(keys)
}

// unique drops what is empty or repeated.
func unique(list []string) (out []string) {
	for _, s := range list {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// known adds to sessions those that they are to pages of earlier versions, which
// named an epic's session by the epic's key of that time.
func (s source) known(sessions []ticket.Session) (all []ticket.Session) {
	for _, session := range sessions {
		all = append(all, session)
		for _, key := range epicKeys(s.asked, s.epic) {
			byKey := ticket.Selection{Kind: ticket.Epic, Value: key}
			session.ID = ticket.SessionID(session.Owner, session.Team, byKey, session.Date())
			all = append(all, session)
		}
	}
	return all
}

// sessions are the sessions that a request may mean, the likeliest first. A
// request without a date means the next session, unless the same selection was
// published for a day before that and still to come: the same command at five to
// midnight and at five past is about the same session.
func (w *Worker) sessions(req Request, src source) []ticket.Session {
	topic := req.Selection.Topic(req.Team.Backlog, src.epic)
	if !req.Date.IsZero() {
		return []ticket.Session{req.Team.session(w.Owner, req.Selection, topic, req.Date)}
	}
	var sessions []ticket.Session
	for _, day := range slices.Backward(req.Team.openDays(w.Now())) {
		s := req.Team.session(w.Owner, req.Selection, topic, day)
		if len(sessions) == 0 || w.Now().Before(s.End()) {
			sessions = append(sessions, s)
		}
	}
	return sessions
}
