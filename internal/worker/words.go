package worker

import (
	"context"

	"refine/confluence"
	"refine/planner"
	"refine/planner/check"
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

// asked is what a run has learnt that is overtaken and decides anew: what a model
// has made of the session, so that it is not asked anew, and the id of the page
// that was found to hold the session's title.
type asked struct {
	record  draft.Record
	settled bool
	titled  string
}

// words are the session's (L13, L20), and what the page shall remember of them. A
// draft that was handed in is a person's and outranks what a model wrote. What was
// written of the same tickets stays, also in a run that has no model, so that
// people find the words that they have read and an unchanged session asks nothing
// (C3); from the session's start nobody is asked any more.
func (w *Worker) words(ctx context.Context, p *planner.Preparation, page *confluence.Page, req Request, before *asked) (planner.Words, *draft.Record, error) {
	builtIn := planner.Words{By: planner.BuiltIn}
	begun := page != nil && !w.Now().Before(p.Brief.Session.Start)
	if req.Draft != nil {
		if begun {
			return builtIn, nil, &problem{"the session has begun: its words stay as people prepared from them", "hand a draft in before a session begins"}
		}
		words, record := handedIn(*req.Draft, p)
		return words, record, nil
	}
	remembered := draftOf(page)
	if w.BuiltIn || remembered == nil && w.Model == nil {
		return builtIn, nil, nil
	}
	input := draft.Shown(p.Input)
	switch {
	case remembered != nil && remembered.Input == input:
		return planner.Recall(*remembered), remembered, nil
	case remembered != nil && remembered.By == planner.ByPerson:
		return planner.Recall(ofOtherTickets(*remembered)), remembered, nil
	case begun:
		return builtIn, remembered, nil
	case w.Model == nil:
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

// handedIn are the words of a draft that somebody wrote, and what stands of them to
// remember.
func handedIn(d draft.Draft, p *planner.Preparation) (planner.Words, *draft.Record) {
	stands, _ := check.Check(d, p.Input)
	return planner.Words{Draft: d, By: planner.ByPerson}, &draft.Record{Input: draft.Shown(p.Input), By: planner.ByPerson, Answer: &stands}
}

// ofOtherTickets is a person's draft beside tickets that have changed since: what
// still stands stays, but the ids of its doubts are those of then.
func ofOtherTickets(r draft.Record) draft.Record {
	if r.Answer == nil {
		return r
	}
	stale := r.Answer.Only(func(string, draft.Line) bool { return true })
	for _, part := range stale.Parts() {
		for n := range part.Lines {
			part.Lines[n].Doubts = nil
		}
	}
	stale.Goal.Doubts = nil
	r.Answer = &stale
	return r
}

// draftOf is what the page remembers of its draft, nil for nothing.
func draftOf(page *confluence.Page) *draft.Record {
	if page == nil || page.Property == nil {
		return nil
	}
	return page.Property.State.Draft
}
