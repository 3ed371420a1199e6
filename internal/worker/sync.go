package worker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"refine/confluence"
	"refine/internal/atlassian"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/talks"
	"refine/planner/ticket"
)

// Synced is the outcome of a sync or of an undo, or of a dry run of one.
type Synced struct {
	Undo    bool // what syncs wrote was taken back
	Session ticket.Session
	Page    confluence.Page
	outcome.SyncPlan
	Others  []*confluence.Page // of the same session, left alone
	Left    []*confluence.Page // of other sessions that the request may have meant
	Receipt ReceiptStatus      // what became of the page's own account
	// Hidden are the titles, as far as they are known, of the items that the page tells of
	// and that may not be shown any more, by key: it leaves no more of them than that (P7).
	Hidden  map[string]string
	Notices []Delivery // the messages that were sent, or would be (S10)
}

// Sync writes what people decided on the session's page back to the tickets.
func (w *Worker) Sync(ctx context.Context, req SyncRequest) (Synced, error) {
	return w.unlessOvertaken("syncing", &req, func() (Synced, error) { return w.sync(ctx, req) })
}

func (w *Worker) sync(ctx context.Context, req SyncRequest) (Synced, error) {
	at, err := w.findSynced(ctx, req)
	if err != nil {
		return Synced{}, err
	}
	page := at.page
	req.forTeamOf(page)
	session, err := sessionOf(page.Property.State)
	if err != nil {
		return Synced{}, err
	}
	w.progress("reading “%s”", page.Title)
	result := Synced{Session: session, Page: *page, Others: at.others, Left: at.left}
	result.SyncPlan, result.Hidden, err = w.planSync(ctx, req.Team, session, *page)
	plan := result.SyncPlan
	if err != nil {
		return result, err
	}
	receipt, err := w.receiptFor(result)
	if err != nil {
		return result, err
	}
	result.Receipt = receipt.status
	writes := slices.ContainsFunc(plan.Changes, outcome.Change.Writes)
	m := syncMessage(result)
	notice := noticeOfSync(req.Team, m, writes, page.Property.State.Notices[m.Event])
	if req.DryRun {
		result.Notices = planned(m, notice, req.Team.places())
		return result, resultOf(plan.Changes, nil)
	}
	if !writes && !receipt.writes() && remembers(page.Property.State, plan) && len(notice.Open(req.Team.places())) == 0 {
		return result, resultOf(plan.Changes, nil)
	}
	return w.writeBack(ctx, req.Team, result, receipt, notice)
}

// remembers reports whether the page's state knows what the tickets were told and
// what was set on them, and of no undo. A run that died behind its comments leaves
// one that does not.
func remembers(s confluence.State, plan outcome.SyncPlan) bool {
	return !s.TakenBack() && maps.EqualFunc(s.Told, plan.Told(s.Told), slices.Equal[[]string]) &&
		maps.EqualFunc(s.Done, plan.Done(s.Done), maps.Equal[map[string]string]) &&
		maps.EqualFunc(s.Before, plan.Before(s.Before, s.Done), maps.Equal[map[string]outcome.Was])
}

// writeBack makes a sync's changes, or an undo's, and its receipt true, and then sends
// its message, while it holds the session.
func (w *Worker) writeBack(ctx context.Context, t Team, result Synced, r receipt, n outcome.Notice) (Synced, error) {
	l, err := w.acquire(ctx, result.Page.ID, *result.Page.Property, func(s *confluence.State) {
		r.announce(s)
		keep(s, n)
		if result.Undo {
			s.Undoing = undoing(s.Undoing, result.Changes, outcome.Change.Writes)
		} else {
			s.Before = result.Before(s.Before, s.Done)
		}
		s.Fit()
	})
	if err != nil {
		return Synced{}, err
	}
	for _, piece := range l.prop.State.Before.TooLong(result.Page.Property.State.Before) {
		w.Log.Warn("what stood there before is too long to be remembered; an undo leaves what is set there now", "piece", piece)
	}
	causes := w.apply(ctx, l, result.Changes)
	err = resultOf(result.Changes, causes)
	switch {
	case errors.Is(err, errOvertaken): // the session is another run's
	case context.Cause(ctx) == nil:
		told := w.writeReceipt(ctx, l, &result, &r)
		if told == nil {
			told = w.noteTicks(ctx, l, &result)
		}
		err = alsoFailed(err, told)
	case err == nil && r.writes(): // after a signal nothing is begun
		err = &ReceiptError{err: errors.New("the run was stopped")}
	}
	if !errors.Is(err, errOvertaken) && !allFailed(result.Changes) {
		result.Notices, n = w.notifySynced(ctx, l, t, syncMessage(result), n)
	}
	released := l.release(ctx, func(s *confluence.State) {
		if result.Undo {
			undone(s, result.Changes, w.serviceTime())
		} else {
			s.Forget()
			s.Undone = time.Time{}
			s.Before = result.Before(s.Before, s.Done)
			told, done := result.Told(s.Told), result.Done(s.Done)
			anew := !maps.EqualFunc(s.Told, told, slices.Equal) || !maps.EqualFunc(s.Done, done, maps.Equal)
			s.Unshown = s.Unshown || anew && slices.ContainsFunc(result.Changes, outcome.Change.Readies)
			s.Links, s.Told, s.Done = linked(s.Links, result.Changes), told, done
			s.Comments = result.Remembered(s.Comments)
		}
		r.settle(s)
		keep(s, n)
		s.Fit()
	})
	result.Page.Property = &l.prop
	if err == nil && released != nil {
		return result, &ReceiptError{err: released, inside: true}
	}
	return result, alsoFailed(err, released)
}

// planSync reads the page's outcomes and the tickets they concern, and decides.
func (w *Worker) planSync(ctx context.Context, team Team, s ticket.Session, page confluence.Page) (plan outcome.SyncPlan, hidden map[string]string, err error) {
	state := page.Property.State
	outcomes, err := state.Outcomes(page.Body, w.Jira.IssueAddresses()...)
	if err != nil {
		return plan, nil, fmt.Errorf("reading the page %s: %w", page.URL, err)
	}
	if team.setsFields() {
		if err := w.Jira.Learn(ctx); err != nil {
			return plan, nil, err
		}
	}
	said := w.beside(ctx, page.ID)
	w.name(ctx, outcomes.Users())
	// also those whose whole section left the page, to tell what went with it (S8)
	keys := slices.AppendSeq(outcomes.KeysToRead(epicKey(s)), maps.Keys(state.Links))
	slices.Sort(keys)
	keys = slices.Compact(keys)
	w.progress("reading %d tickets", len(keys))
	undoing := state.Undoing
	state.Forget()
	in := outcome.WritebackInput{
		Session: s, Page: outcome.PageRef{ID: page.ID, URL: page.URL, Title: page.Title}, Outcomes: outcomes,
		Linked: state.Links, Told: state.Told, Done: state.Done, Seen: seen(undoing, state.Items),
		ServiceComments: team.ServiceComments, Effects: team.Effects,
		Criteria: team.Criteria, LinkBlockers: team.LinkBlockers, SetEstimate: team.SetEstimate, EstimateBoard: team.Backlog.Board, Sizes: sizes(team.Estimation),
		SetRank: team.SetRank, Backlog: team.Backlog,
		Before:  state.WereReady(),
		Actions: team.Actions, Split: team.Split, Saved: page.Saved,
	}
	in.Tickets, in.Missing, err = w.Jira.TicketsSince(ctx, s, in.Page, keys, outcome.Memory{Comments: state.Comments, Settle: in.Settle})
	if err != nil {
		return plan, nil, fmt.Errorf("reading the tickets: %w", err)
	}
	typed, err := said()
	if err != nil {
		return plan, nil, err
	}
	in.Outcomes.Suggestions = append(in.Outcomes.Suggestions, typed...)
	plan, err = w.decide(ctx, in)
	w.tellOmitted(plan.Changes)
	return plan, hiddenNow(state, in.Tickets, in.Missing), err
}

// hiddenNow are the items that a page tells of and that may not be shown any more, as
// the sync's own reading of the tickets says, with their titles as far as those are known.
func hiddenNow(state confluence.State, found []outcome.Ticket, missing []string) map[string]string {
	hidden := map[string]string{}
	note := func(key, title string) {
		if state.Tells(key) {
			hidden[key] = cmp.Or(title, state.Items[key].Summary)
		}
	}
	for _, t := range found {
		if t.Restricted {
			for _, key := range append(t.Aliases, t.Key) {
				note(key, t.Summary)
			}
		}
	}
	for _, key := range missing {
		note(key, "")
	}
	return hidden
}

// beside begins to read the comments on the page and returns what waits for them.
func (w *Worker) beside(ctx context.Context, pageID string) func() ([]outcome.Suggestion, error) {
	var (
		said []outcome.Suggestion
		err  error
		wg   sync.WaitGroup
	)
	wg.Go(func() { said, err = w.inComments(ctx, pageID) })
	return func() ([]outcome.Suggestion, error) {
		wg.Wait()
		return said, err
	}
}

// inComments lists what looks like an outcome in the comments on the page. An
// account that may not read them still syncs the page, which says so.
func (w *Worker) inComments(ctx context.Context, pageID string) ([]outcome.Suggestion, error) {
	comments, err := w.Pages.Comments(ctx, pageID)
	switch atlassian.StatusOf(err) {
	case http.StatusForbidden, http.StatusNotFound:
		w.Log.Warn("decisions in comments on the page are not listed", "error", err)
		return nil, nil
	}
	return confluence.InComments(comments, w.Jira.IssueAddresses()...), err
}

// seen is what the tickets held when the session was planned, as far as the page
// remembers it. A rank that an undo may have taken back has another text by now.
func seen(undoing *confluence.Undoing, items map[string]planner.Facts) map[string]outcome.Seen {
	out := map[string]outcome.Seen{}
	for key, f := range items {
		s := outcome.Seen{Status: f.Status, Rank: f.Rank}
		if undoing != nil && slices.Contains(undoing.Pieces[key], string(outcome.RankField)) {
			s.Rank = ""
		}
		switch f.Estimate {
		case "":
		case planner.Unestimated:
			s.Estimate = new(string)
		default:
			s.Estimate = &f.Estimate
		}
		out[key] = s
	}
	return out
}

// sizes are those that a team gives to items, the ones that its pages name.
func sizes(e talks.Estimation) (out []outcome.Size) {
	for _, s := range e.Sizing().Sizes {
		out = append(out, outcome.Size{Name: s.Name, Points: s.Points})
	}
	return out
}

// tellOmitted says where a comment cannot hold everything.
func (w *Worker) tellOmitted(changes []outcome.Change) {
	for i, c := range changes {
		if c.Note == nil || c.Status == outcome.Conflict {
			continue
		}
		if n := w.Jira.Omitted(*c.Note); n > 0 {
			cut := fmt.Sprintf("a comment has no room for %d of its %d lines; it refers to the page for them", n, len(c.Note.Entries))
			changes[i].Reason = strings.Trim(c.Reason+"; "+cut, "; ")
		}
	}
}

// name fills in what people are called. Names are a courtesy, ids are what
// counts, so a lookup that fails is only told: ids stand in for the names that it
// did not find, until a later sync does.
func (w *Worker) name(ctx context.Context, users map[string][]*outcome.User) {
	known, err := w.Pages.Users(ctx, slices.Sorted(maps.Keys(users)))
	if err != nil {
		w.Log.Warn("not all of people's names are available", "error", err)
	}
	for id, mentions := range users {
		for _, u := range mentions {
			u.Name = cmp.Or(known[id].Name, u.Name)
			u.Display = cmp.Or(known[id].Display, u.Display)
		}
	}
}

// sessionOf restores the session that the page's state describes.
func sessionOf(s confluence.State) (ticket.Session, error) {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return ticket.Session{}, fmt.Errorf("the page's state names the time zone %q: %w", s.Zone, err)
	}
	return ticket.Session{
		ID: s.Session, Owner: s.Owner, Team: s.Team, Topic: s.Topic, Format: s.Format,
		Selection: ticket.Selection{Kind: ticket.SelectionKind(s.Selection.Kind), Value: s.Selection.Value, ID: s.Selection.ID, Keys: s.Selection.Keys},
		Start:     s.Start.In(zone), Duration: time.Duration(s.Minutes) * time.Minute,
	}, nil
}

// linked is the record of remote links after the changes.
func linked(before map[string]string, changes []outcome.Change) map[string]string {
	after := maps.Clone(before)
	if after == nil {
		after = map[string]string{}
	}
	for _, c := range changes {
		if c.Link != nil && c.Status == outcome.Applied {
			after[c.Issue] = c.Link.Hash()
		}
	}
	return after
}

// stopped reports whether a signal ended the run: what was under way has been
// finished, nothing else was begun.
func stopped(err error) bool { return errors.Is(err, context.Canceled) }

// resultOf turns failed and conflicting changes into the run's error.
func resultOf(changes []outcome.Change, causes []error) error {
	var failed, applied []outcome.Change
	for _, c := range changes {
		switch c.Status {
		case outcome.Failed, outcome.Conflict:
			failed = append(failed, c)
		case outcome.Applied:
			applied = append(applied, c)
		}
	}
	switch {
	case len(failed) == 0:
		return errors.Join(causes...)
	case slices.ContainsFunc(causes, stopped):
		return &PartlyError{Failed: failed, Causes: causes, Written: issuesOf(applied), Stopped: true}
	case len(applied) == 0 && len(causes) > 0:
		return causes[0] // nothing was done at all
	default:
		return &PartlyError{Failed: failed, Causes: causes}
	}
}
