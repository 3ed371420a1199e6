package worker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"refine/internal/atlassian"
	"refine/planner/outcome"
)

// writers bounds how many tickets are written at once, as many as are needed to
// keep a service busy that takes a hundred requests a second. One ticket is only
// ever written by one of them.
const writers = 8

// apply makes the changes, a few tickets side by side, and notes in each what
// became of it. It returns the causes of what failed.
func (w *Worker) apply(ctx context.Context, l *lease, changes []outcome.Change) (causes []error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		slots = make(chan struct{}, writers)
	)
	one := func(ticket []outcome.Change) {
		mu.Lock()
		err := l.renew(ctx)
		until := l.prop.State.Lock.Until
		mu.Unlock()
		if err == nil {
			err = w.applyTicket(ctx, until, ticket)
		} else {
			fail(ticket, err)
		}
		if err == nil {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		causes = append(causes, err)
		if hopeless(err) {
			stop(err)
		}
	}
	for _, lane := range outcome.Lanes(byIssue(changes)) {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			for _, ticket := range lane {
				one(ticket)
			}
		})
	}
	wg.Wait()
	return causes
}

// allFailed reports whether changes were tried and none came to stand.
func allFailed(changes []outcome.Change) bool {
	is := func(s outcome.Status) func(outcome.Change) bool {
		return func(c outcome.Change) bool { return c.Status == s }
	}
	return slices.ContainsFunc(changes, is(outcome.Failed)) && !slices.ContainsFunc(changes, is(outcome.Applied))
}

// byIssue cuts the changes, which are ordered by issue, into one slice per
// ticket. The slices share the changes' memory.
func byIssue(changes []outcome.Change) (tickets [][]outcome.Change) {
	for from := 0; from < len(changes); {
		to := from
		for to < len(changes) && changes[to].Issue == changes[from].Issue {
			to++
		}
		tickets = append(tickets, changes[from:to])
		from = to
	}
	return tickets
}

// applyTicket makes one ticket's changes in order and stops at the first that
// fails, unless that is the issue of an action, which the comment tells as well, or
// a field that is set back: a link to a session that left no comment would promise
// too much.
func (w *Worker) applyTicket(ctx context.Context, until time.Time, changes []outcome.Change) error {
	var causes []error
	var left error // why something that was set could not be set back
	for i := range changes {
		c := &changes[i]
		if left != nil && c.Kind == outcome.LinkChange && c.Writes() {
			fail(changes[i:i+1], left) // by it the next undo knows the ticket
			continue
		}
		if c.Note != nil {
			outcome.Named(changes)
		}
		if !c.Writes() || c.Ticks() {
			continue
		}
		err := w.applyChange(ctx, until, c)
		if err == nil {
			continue
		}
		causes = append(causes, fmt.Errorf("%s: %w", c.Issue, err))
		if (c.Kind.OfIssue() || c.Back && c.Set != nil) && !stopped(err) && !hopeless(err) {
			fail(changes[i:i+1], err) // it hinders nothing else
			if c.Set != nil {
				left = err
			}
			continue
		}
		fail(changes[i:], err)
		break
	}
	return errors.Join(causes...)
}

// applyChange makes one change and notes what became of it; what a person was
// faster with is no error.
func (w *Worker) applyChange(ctx context.Context, until time.Time, c *outcome.Change) error {
	err := write(ctx, until.Sub(w.serviceTime()), func(ctx context.Context) error { return w.Jira.Apply(ctx, *c) })
	if e, edited := errors.AsType[conflict](err); edited {
		c.Status, c.Reason = outcome.Conflict, e.Error()
		return nil
	}
	if err != nil {
		return err
	}
	c.Status = outcome.Applied
	if c.Action != nil {
		c.Target = c.Action.Key
	}
	about := []any{"issue", cmp.Or(c.Target, c.Issue), "kind", c.Kind}
	if c.Set != nil {
		about = append(about, "field", c.Set.Field)
	}
	w.Log.Info("ticket written", about...)
	w.progress("%s: %s", c.Issue, c.Kind)
	return nil
}

// conflict is an error that says a person was there first.
type conflict interface {
	error
	Conflict() string // who
}

func fail(changes []outcome.Change, err error) {
	if stopped(err) {
		err = errors.New("not tried, because the run was stopped")
	}
	for i := range changes {
		if changes[i].Writes() {
			changes[i].Status, changes[i].Reason = outcome.Failed, err.Error()
			err = errors.New("not tried, because an earlier change of this ticket failed")
		}
	}
}

// hopeless says that no other ticket will fare better.
func hopeless(err error) bool {
	return atlassian.Unauthenticated(err) || errors.Is(err, errOvertaken)
}

// noteTicks notes on the issues of actions that were done in Jira that the page says
// so, once it does: noted before, a page that could not be written would look like
// one on which somebody took the tick off.
func (w *Worker) noteTicks(ctx context.Context, l *lease, s *Synced) error {
	var ticked []outcome.Change
	var causes []error
	for i := range s.Changes {
		c := &s.Changes[i]
		if !c.Ticks() {
			continue
		}
		stands, err := s.Page.Property.State.Ticked(s.Page.Body, *c.Action.Tick, w.Jira.IssueAddresses()...)
		switch {
		case err == nil && !stands:
			c.Status, c.Reason = outcome.Conflict, "its task is no longer on the page as it was read"
		case err == nil:
			if err = l.renew(ctx); err == nil {
				err = w.applyChange(ctx, l.prop.State.Lock.Until, c)
			}
		}
		if err != nil {
			fail(s.Changes[i:i+1], err)
			causes = append(causes, fmt.Errorf("%s: %w", c.Issue, err))
		}
		ticked = append(ticked, *c)
	}
	return resultOf(ticked, causes)
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
