package worker

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"refine/confluence"
	"refine/planner/ticket"
)

// PublishSession publishes the page of the team's session that starts then.
func (w *Worker) PublishSession(ctx context.Context, t Team, start time.Time, dryRun bool) Job {
	day := ticket.DateOf(start.In(t.Zone))
	w.progress("publishing the session of %s on %s", t.Name, day)
	p, err := w.Publish(ctx, Request{Team: t, Selection: ticket.Selection{Kind: ticket.Backlog}, Date: day, DryRun: dryRun})
	return Job{Team: t.Name, Published: &p, Err: err}
}

// SyncFinished syncs the team's pages whose session has ended or was held, whoever
// published them.
func (w *Worker) SyncFinished(ctx context.Context, t Team) []Job {
	return w.syncFinished(ctx, t, w.finishedOf(ctx, []Team{t})[t.Name], false)
}

// Held gives those of the pages, by their addresses, of whose session somebody says
// that it was held (O3). All are read together.
func (w *Worker) Held(ctx context.Context, addresses []string) (held []string, err error) {
	ids := map[string]string{}
	for _, address := range addresses {
		if id, err := pageID(address); err == nil {
			ids[address] = id
		}
	}
	seen, err := w.Pages.Together(ctx, slices.Sorted(maps.Values(ids)))
	if err != nil {
		return nil, err
	}
	for _, address := range addresses {
		if s, ok := seen[ids[address]]; ok && s.Err == nil && w.over(*s.Page) {
			held = append(held, address)
		}
	}
	return held, nil
}

// SyncHinted looks at a page of which somebody says that it was saved, and syncs it
// if it is a session's of one of the teams and due. Nothing but the page's id is
// taken from the hint. The note says why there was nothing to do.
func (w *Worker) SyncHinted(ctx context.Context, teams []Team, pageID string) (job Job, note string) {
	page, err := w.readable(ctx, pageID)
	switch {
	case err != nil:
		return Job{Err: err}, ""
	case page == nil || page.Property == nil || page.Property.State.Page != page.ID || page.Property.State.Owner != w.Owner:
		return Job{}, "the page is no session's of this deployment"
	}
	state := page.Property.State
	for _, t := range teams {
		switch {
		case t.Name != state.Team:
		case !w.over(*page):
			return Job{Team: t.Name}, "its session is not over yet"
		case state.TakenBack(): // the undo saved the page as well
			return Job{Team: t.Name}, "what was written of its session was taken back: sync it by command"
		case state.Start.Before(w.Now().Add(-LookBack)):
			return Job{Team: t.Name}, fmt.Sprintf("its session is more than %d days past: sync it by command", LookBack/(24*time.Hour))
		default:
			return w.syncOne(ctx, t, []*confluence.Page{page}, false), ""
		}
	}
	return Job{}, fmt.Sprintf("its team, %s, is not configured here", state.Team)
}
