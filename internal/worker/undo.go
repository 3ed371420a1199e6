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

// Undo takes back what syncs of a session wrote on the tickets, but for what a
// person has edited since (S9). The page stays, and says so; neither [Worker.Run] nor
// a hint syncs it again until somebody has.
func (w *Worker) Undo(ctx context.Context, req SyncRequest) (Synced, error) {
	return w.unlessOvertaken("taking back", &req, func() (Synced, error) { return w.undo(ctx, req) })
}

func (w *Worker) undo(ctx context.Context, req SyncRequest) (Synced, error) {
	at, err := w.findSynced(ctx, req)
	if err != nil {
		return Synced{}, err
	}
	session, err := sessionOf(at.page.Property.State)
	if err != nil {
		return Synced{}, err
	}
	w.progress("reading “%s”", at.page.Title)
	result := Synced{Session: session, Page: *at.page, Others: at.others, Undo: true}
	result.Changes, err = w.planUndo(ctx, session, *at.page)
	if err != nil {
		return result, err
	}
	receipt, err := w.receiptFor(result)
	if err != nil {
		return result, err
	}
	result.Receipt = receipt.status
	if req.DryRun || !receipt.writes() && !slices.ContainsFunc(result.Changes, outcome.Change.Writes) && at.page.Property.State.Undoing == nil {
		return result, resultOf(result.Changes, nil)
	}
	return w.writeBack(ctx, Team{}, result, receipt, outcome.Notice{})
}

// planUndo reads all tickets that the session may have written on, and decides.
func (w *Worker) planUndo(ctx context.Context, s ticket.Session, page confluence.Page) ([]outcome.Change, error) {
	state := page.Property.State
	outcomes, err := w.outcomesOf(page)
	if err != nil {
		return nil, err
	}
	if len(state.Before) > 0 {
		if err := w.Jira.Learn(ctx); err != nil {
			return nil, err
		}
	}
	keys := append(outcomes.KeysToRead(epicKey(s)), state.Written()...)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	w.progress("reading %d tickets", len(keys))
	ref := outcome.PageRef{ID: page.ID, URL: page.URL, Title: page.Title}
	found, err := w.Jira.Written(ctx, s, ref, keys)
	if err != nil {
		return nil, fmt.Errorf("reading the tickets: %w", err)
	}
	in := outcome.UndoInput{Session: s, Page: ref, Tickets: found, Linked: state.Links, Done: state.Done, Before: state.Before}
	changes := outcome.Undo(in)
	if _, looks := (outcome.SyncPlan{Changes: changes}).Wants(); len(looks) > 0 {
		if in.Screens, err = w.Jira.Screens(ctx, looks); err != nil {
			return nil, err
		}
		changes = outcome.Undo(in)
	}
	return changes, nil
}

// undoing is what the page's state notes of an undo before it begins, beside what
// an earlier one that was cut short had noted.
func undoing(before *confluence.Undoing, changes []outcome.Change, which func(outcome.Change) bool) *confluence.Undoing {
	var u confluence.Undoing
	if before != nil {
		u = *before
	}
	for _, c := range changes {
		switch {
		case !which(c):
		case c.Kind == outcome.CommentChange:
			u.Comments = with(u.Comments, c.Issue)
		case c.Kind == outcome.LinkChange:
			u.Links = with(u.Links, c.Issue)
		}
	}
	pieces := maps.Clone(u.Pieces)
	for issue, more := range outcome.TakenBack(changes, which) {
		if pieces == nil {
			pieces = map[string][]string{}
		}
		for _, piece := range more {
			pieces[issue] = with(pieces[issue], piece)
		}
	}
	u.Pieces = pieces
	return &u
}

// with is a sorted list with one more.
func with(keys []string, key string) []string {
	keys = append(slices.Clone(keys), key)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// undone notes in the page's state what became of an undo: what it took back, or one
// before it that was cut short, was never written. What it could not, or could not read
// afterwards, is left for the next one, and what people were faster with is theirs.
func undone(s *confluence.State, changes []outcome.Change, now time.Time) {
	left := undoing(nil, changes, func(c outcome.Change) bool { return c.Back && (c.Status == outcome.Failed || c.Unread()) })
	theirs := undoing(nil, changes, func(c outcome.Change) bool { return c.Set != nil && c.Status == outcome.Conflict })
	if s.Undoing != nil {
		for issue, pieces := range s.Undoing.Pieces {
			kept := slices.Concat(left.Pieces[issue], theirs.Pieces[issue])
			s.Before = s.Before.Without(issue, slices.DeleteFunc(slices.Clone(pieces), func(p string) bool { return slices.Contains(kept, p) }))
		}
	}
	s.Forget(*left, *theirs)
	s.Items = maps.Clone(s.Items)
	for issue, rank := range outcome.Reranked(changes) { // as if it had never been moved
		if f, known := s.Items[issue]; known {
			f.Rank = rank
			s.Items[issue] = f
		}
	}
	if s.Undone = now; !left.Empty() {
		s.Undoing = left
	}
}

// unlessOvertaken runs anew what another run was faster than.
func (w *Worker) unlessOvertaken(what string, req *SyncRequest, run func() (Synced, error)) (Synced, error) {
	for range attempts {
		result, err := run()
		if !errors.Is(err, errOvertaken) {
			return result, err
		}
		req.read = nil // by now it is another one
	}
	return Synced{}, fmt.Errorf("%s: %w, %d times in a row", what, errOvertaken, attempts)
}

func epicKey(s ticket.Session) string {
	if s.Selection.Kind == ticket.Epic {
		return s.Selection.Value
	}
	return ""
}
