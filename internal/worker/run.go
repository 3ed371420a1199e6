package worker

import (
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"refine/confluence"
	"refine/internal/atlassian"
)

// LookBack is how long after a session its page is still synced by [Worker.Run] and
// by the daemon. Later edits are written by a sync that names the page.
const LookBack = 14 * 24 * time.Hour

// A Job is one thing that a run did.
type Job struct {
	Team      string
	Published *Published
	Synced    *Synced
	Requests  int64 // that a sync took
	Err       error
}

const (
	// sideBySide is how many teams are worked on at once: enough to keep the pace
	// that a service allows, of which all have a share.
	sideBySide = 8
	// ahead is how many teams may be done before one that is not yet: what they came
	// to is kept until then.
	ahead = 4 * sideBySide
)

// Run does whatever is due now for the teams (O1): it publishes every session
// that starts within its lead time and syncs every one that has ended or was held
// (O3). Teams are worked on side by side, and their jobs come in the teams' order.
// It is safe to call at any moment, any number of times. One job's failure does
// not keep the others from being done; once ctx ends no other team is begun. When
// the range is left, what is under way is brought to its end.
func (w *Worker) Run(ctx context.Context, teams []Team, dryRun bool) iter.Seq[Job] {
	return func(yield func(Job) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		wanted := true
		for jobs := range w.begin(ctx, teams, dryRun) {
			for _, job := range <-jobs {
				if wanted = wanted && yield(job); !wanted {
					stop()
				}
			}
		}
	}
}

// begin works on the teams side by side and hands out, in their order, where the
// jobs of each come.
func (w *Worker) begin(ctx context.Context, teams []Team, dryRun bool) <-chan chan []Job {
	begun := make(chan chan []Job, ahead)
	go func() {
		defer close(begun)
		free := make(chan struct{}, sideBySide)
		for some := range slices.Chunk(teams, teamsAtOnce) {
			if ctx.Err() != nil {
				return
			}
			over := w.finishedOf(ctx, some)
			for _, t := range some {
				free <- struct{}{}
				if ctx.Err() != nil {
					return
				}
				jobs := make(chan []Job, 1)
				begun <- jobs
				go func() {
					defer func() { <-free }()
					jobs <- append(w.publishDue(ctx, t, dryRun), w.syncFinished(ctx, t, over[t.Name], dryRun)...)
				}()
			}
		}
	}()
	return begun
}

func (w *Worker) publishDue(ctx context.Context, t Team, dryRun bool) (jobs []Job) {
	if t.Schedule == nil {
		return nil
	}
	t, err := t.Dated(ctx)
	if err != nil {
		return []Job{{Team: t.Name, Err: err}}
	}
	now := w.Now()
	for _, start := range t.Schedule.Due(now, now) {
		jobs = append(jobs, w.PublishSession(ctx, t, start, dryRun))
	}
	return jobs
}

// syncFinished syncs the team's pages whose session is over, whoever published
// them, but for those whose writes were taken back: a person decides when they are
// written anew.
func (w *Worker) syncFinished(ctx context.Context, t Team, f finished, dryRun bool) (jobs []Job) {
	if f.err != nil {
		jobs = append(jobs, Job{Team: t.Name, Err: f.err})
	}
	over := map[string][]*confluence.Page{} // by session
	for _, id := range f.ids {
		page, err := w.readable(ctx, id)
		if err == nil && page != nil && page.Property == nil {
			var finished *Published
			if finished, err = w.finishLate(ctx, t, page, dryRun); finished != nil {
				jobs, page = append(jobs, Job{Team: t.Name, Published: finished}), &finished.Page
			}
		}
		if err != nil {
			jobs = append(jobs, Job{Team: t.Name, Err: err})
			continue
		}
		if page != nil && w.over(*page) && !page.Property.State.TakenBack() {
			session := page.Property.State.Session
			over[session] = append(over[session], page)
		}
	}
	for _, session := range slices.Sorted(maps.Keys(over)) {
		job := w.syncOne(ctx, t, over[session], dryRun)
		jobs = append(append(jobs, job), w.showAfter(ctx, t, *job.Synced, dryRun)...)
	}
	return jobs
}

// syncOne syncs a session that has these pages.
func (w *Worker) syncOne(ctx context.Context, t Team, pages []*confluence.Page, dryRun bool) Job {
	page, others := chosen(pages, titleOf(pages[0].Property.State))
	w.progress("syncing “%s”", page.Title)
	ctx, requests := atlassian.Counting(ctx)
	s, err := w.Sync(ctx, SyncRequest{Team: t, Page: page.ID, DryRun: dryRun, read: page})
	s.Others = others
	return Job{Team: t.Name, Synced: &s, Requests: requests(), Err: err}
}
