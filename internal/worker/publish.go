package worker

import (
	"context"
	"errors"
	"fmt"

	"refine/confluence"
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
		nothing := planner.Plan{Session: w.sessions(req, src)[0]}
		return Published{Plan: nothing, Action: None, Note: "nothing to do: no items match " + src.jql}, nil
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
	if err != nil {
		return Published{}, err
	}
	if draft.action == Created {
		draft.parentID, err = w.parentOf(ctx, src.space, req.Team.Parent, at.parentID)
		if err != nil {
			return Published{}, err
		}
	}
	if req.DryRun || draft.action == Unchanged {
		return draft.published(), nil
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
