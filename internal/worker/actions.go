package worker

import (
	"context"
	"fmt"
	"slices"

	"refine/planner/outcome"
)

// decide works out what a sync writes, and looks up before what only matters where
// something of that kind is to be written.
func (w *Worker) decide(ctx context.Context, in outcome.WritebackInput) (plan outcome.SyncPlan, err error) {
	if in.Actions.Creates() || in.Split.Create || slices.ContainsFunc(in.Tickets, outcome.Ticket.NamesIssues) {
		if err := w.Jira.Made(ctx, in.Session, in.Tickets); err != nil {
			return plan, err
		}
	}
	plan = outcome.Writeback(in)
	create, looks := plan.Wants()
	if len(create)+len(looks) == 0 {
		return plan, nil
	}
	if in.Creatable, err = w.Jira.Creatable(ctx, in.Actions, create); err != nil {
		return plan, err
	}
	if in.Screens, err = w.Jira.Screens(ctx, looks); err != nil {
		return plan, err
	}
	return outcome.Writeback(in), nil
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
