package worker

import (
	"context"

	"refine/confluence"
	"refine/planner"
	"refine/planner/draft"
)

// writer is a language model that may word a session; *model.Drafter provides it.
type writer interface {
	// Words returns the model's words as far as they stand, or the built-in ones
	// and the reason, and what to remember of it. settled says that the same
	// tickets need not be put to the model again.
	Words(ctx context.Context, p *planner.Preparation) (words planner.Words, record draft.Record, settled bool, err error)
	Requests() int64
}

// asked is what a model has made of a session in this run, so that a run which is
// overtaken and decides anew does not ask anew.
type asked struct {
	record  draft.Record
	settled bool
}

// words are the session's (L13), and what the page shall remember of them. What the
// model once wrote of the same tickets stays, also in a run that has no model, so
// that people find the words that they have read and an unchanged session asks
// nothing (C3); from the session's start nobody is asked any more.
func (w *Worker) words(ctx context.Context, p *planner.Preparation, page *confluence.Page, before *asked) (planner.Words, *draft.Record, error) {
	builtIn := planner.Words{By: planner.BuiltIn}
	if w.BuiltIn {
		return builtIn, nil, nil
	}
	input := draft.Shown(p.Input)
	remembered := draftOf(page)
	if remembered != nil && remembered.Input == input {
		return planner.Recall(*remembered), remembered, nil
	}
	if page != nil && !w.Now().Before(p.Brief.Session.Start) {
		return builtIn, remembered, nil
	}
	if w.Model == nil {
		return builtIn, nil, nil
	}
	words := planner.Recall(before.record)
	if before.record.Input != input {
		var err error
		w.progress("asking the language model")
		if words, before.record, before.settled, err = w.Model.Words(ctx, p); err != nil {
			return builtIn, nil, err
		}
	}
	if !before.settled {
		return words, nil, nil
	}
	return words, &before.record, nil
}

// draftOf is what the page remembers of its draft, nil for nothing.
func draftOf(page *confluence.Page) *draft.Record {
	if page == nil || page.Property == nil {
		return nil
	}
	return page.Property.State.Draft
}
