package worker

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"refine/confluence"
	"refine/planner/outcome"
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
