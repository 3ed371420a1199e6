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

// asked is what a model has made of a plan in this run, so that a run which is
// overtaken and decides anew does not ask anew.
type asked struct {
	record  planner.DraftRecord
	settled bool
}

// words puts the model's draft into the plan (L13), and returns what the page
// shall remember of it. What the model once wrote of the same tickets stays, also
// in a run that has no model, so that people find the words that they have read
// and an unchanged session asks nothing (C3); from the session's start nobody is
// asked any more.
func (w *Worker) words(ctx context.Context, p planner.Plan, page *confluence.Page, before *asked) (planner.Plan, *planner.DraftRecord, error) {
	if w.BuiltIn {
		return p, nil, nil
	}
	remembered := draftOf(page)
	if remembered != nil {
		if next, ok := planner.Recall(p, *remembered); ok {
			return next, remembered, nil
		}
	}
	if page != nil && !w.Now().Before(p.Session.Start) {
		return p, remembered, nil
	}
	if w.Model == nil {
		return p, nil, nil
	}
	next, ok := planner.Recall(p, before.record)
	if !ok {
		var err error
		w.progress("asking the language model")
		if next, before.record, before.settled, err = w.Model.Draft(ctx, p); err != nil {
			return p, nil, err
		}
	}
	if !before.settled {
		return next, nil, nil
	}
	return next, &before.record, nil
}

// draftOf is what the page remembers of its draft, nil for nothing.
func draftOf(page *confluence.Page) *planner.DraftRecord {
	if page == nil || page.Property == nil {
		return nil
	}
	return page.Property.State.Draft
}
