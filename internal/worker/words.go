package worker

import (
	"context"

	"refine/confluence"
	"refine/planner"
)

// drafter is a language model that may word key points, questions and closing;
// *draft.Drafter provides it.
type drafter interface {
	// Draft returns the plan with the model's words, or with the built-in ones
	// and the reason, and what to remember of it. settled says that the same
	// tickets need not be put to the model again.
	Draft(ctx context.Context, p planner.Plan) (next planner.Plan, record planner.DraftRecord, settled bool, err error)
	Requests() int64
}

// words puts the model's draft into the plan (L13). What the model once wrote of
// the same tickets stays, so that people find the words that they have read and
// an unchanged session asks nothing (C3); from the session's start nobody is
// asked any more.
func (w *Worker) words(ctx context.Context, p planner.Plan, page *confluence.Page) (planner.Plan, *planner.DraftRecord, error) {
	if w.Model == nil {
		return p, nil, nil
	}
	if page != nil && page.Property != nil && page.Property.State.Draft != nil {
		record := page.Property.State.Draft
		if next, ok := planner.Recall(p, *record); ok {
			return next, record, nil
		}
	}
	if page != nil && !w.Now().Before(p.Session.Start) {
		return p, nil, nil
	}
	w.progress("asking the language model")
	next, record, settled, err := w.Model.Draft(ctx, p)
	if err != nil || !settled {
		return next, nil, err
	}
	return next, &record, nil
}
