package worker

import (
	"context"
	"maps"
	"slices"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// showAfter adds to a session's page what became of its items, "Before and after", once
// it is over and syncs have told or set something that it does not show yet (L8).
// That stands in the page's property, so that the next run does it where one dies in
// between, and none does it twice. It takes a search for the items and what a publish
// asks of the page. A sync is done without it: what keeps it is told, and the next run
// tries again.
func (w *Worker) showAfter(ctx context.Context, t Team, s Synced, dryRun bool) []Job {
	if s.Page.Property == nil || w.Now().Before(s.Session.End()) || ctx.Err() != nil {
		return nil
	}
	state := s.Page.Property.State
	readies := func(c outcome.Change) bool { return c.Writes() && c.Readies() }
	if state.TakenBack() || !state.Unshown && !(dryRun && slices.ContainsFunc(s.Changes, readies)) {
		return nil
	}
	items := slices.DeleteFunc(slices.Sorted(maps.Keys(state.WereReady())), func(key string) bool {
		_, hidden := s.Hidden[key]
		return hidden
	})
	if len(items) == 0 {
		return nil
	}
	w.progress("showing on “%s” what its session came to", s.Page.Title)
	p, err := w.publishLate(ctx, Request{Team: t, Selection: s.Session.Selection, Date: ticket.DateOf(s.Session.Start), DryRun: dryRun, late: &s.Page, items: items})
	if err != nil {
		w.Log.Warn("the page does not show yet what its session came to; the next run tries again", "page", s.Page.ID, "error", err)
		return nil
	}
	if dryRun {
		p.Action = Updated // as it is once the sync was made
	}
	return []Job{{Team: t.Name, Published: &p}}
}
