package serve

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"refine/internal/worker"
	"refine/planner/outcome"
)

// heldFor is how long a session that another run holds is left to it.
const heldFor = 20 * time.Second

// work does one job and notes what became of it.
func (s *server) work(ctx context.Context, job *river.Job[workArgs]) error {
	a, begun := job.Args, time.Now()
	r, known, err := s.store.begin(ctx, a, s.Now().Unix())
	if err != nil || !known {
		s.tell(err)
		return err // not known: it was done, and the engine had not heard of it
	}
	log := s.Log.With("run", strings.ToLower(rand.Text()[:8]), "job", a.What, "team", a.Team)
	if a.Occurrence != "" {
		log = log.With("day", a.Occurrence)
	}
	due := r.due
	err = s.do(ctx, log, &r)
	s.note(ctx, log, &r, err)
	s.metrics.observe(r, due, time.Since(begun))
	// what was done is noted though a signal came
	noted, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	failed := s.store.end(noted, r)
	switch { // what is put off has not ended, and a look that went well is no work
	case failed != nil:
		s.reports.ends(ctx, true)
	case r.state != queued && (r.state != done || r.what != watching):
		s.reports.ends(ctx, r.state != done)
	}
	if failed != nil {
		s.tell(failed)
		return errors.Join(err, failed)
	}
	switch {
	case r.state == retrying:
		return err
	case r.state == queued && ctx.Err() == nil:
		return river.JobSnooze(heldFor)
	case r.state == queued:
		return context.Cause(ctx)
	}
	return nil
}

// do does what a row says. What it returns nil for is done.
func (s *server) do(ctx context.Context, log *slog.Logger, r *row) error {
	now := s.Now()
	at := slices.IndexFunc(s.Teams, func(t worker.Team) bool { return t.Name == r.team })
	switch {
	case at < 0 && r.team != "":
		r.says = "the team is not configured any more"
		return nil
	case r.what == publishing && now.Unix() >= r.ends, r.what == syncing && now.After(time.Unix(r.ends, 0).Add(worker.LookBack)):
		r.state = missed
		return nil
	}
	runs, err := s.connected(ctx)
	if err != nil {
		return err
	}
	switch r.what {
	case publishing:
		return s.publish(ctx, log, runs, s.Teams[at], r)
	case watching:
		return s.watchPages(ctx, log, runs, r)
	case hinted:
		job, why := runs.Hinted(ctx, log, s.Teams, r.occurrence)
		r.says = cmp.Or(why, told([]worker.Job{job}))
		return job.Err
	default:
		jobs := runs.Sync(ctx, log, s.Teams[at])
		r.says, r.due = told(jobs), s.nextSweep(jobs).Unix()
		return errorsOf(jobs)
	}
}

// watchPages looks at the pages of all sessions that are not over, and has those
// synced of which somebody says that they were held (O3).
func (s *server) watchPages(ctx context.Context, log *slog.Logger, runs Runs, r *row) error {
	rows, err := s.store.rows(ctx)
	if err != nil {
		return err
	}
	now, pages := s.Now(), map[string]row{}
	for _, session := range openPages(byKey(rows), now) {
		pages[session.page] = session
	}
	held, err := runs.Held(ctx, log, slices.Sorted(maps.Keys(pages)))
	if err != nil {
		return err
	}
	var fresh []row
	for _, page := range held {
		of := pages[page]
		fresh = append(fresh, row{what: syncing, team: of.team, occurrence: of.occurrence, start: of.start, ends: of.ends, state: queued, due: now.Unix()})
	}
	r.says = fmt.Sprintf("%d of %d sessions were held", len(held), len(pages))
	return s.store.add(ctx, fresh)
}

func (s *server) publish(ctx context.Context, log *slog.Logger, runs Runs, t worker.Team, r *row) error {
	job := runs.Publish(ctx, log, t, time.Unix(r.start, 0))
	if job.Err != nil {
		return job.Err
	}
	r.due = s.Now().Add(refreshEvery).Unix()
	r.page, r.says = job.Published.Page.URL, cmp.Or(job.Published.Note, "page "+string(job.Published.Action))
	return nil
}

// note says what became of a job, in its row and in the log.
func (s *server) note(ctx context.Context, log *slog.Logger, r *row, err error) {
	r.finished, r.hint = s.Now().Unix(), ""
	if err != nil && s.Rejected(err) {
		s.disconnect()
	}
	held, isHeld := errors.AsType[*worker.HeldError](err)
	_, partly := errors.AsType[*worker.PartlyError](err)
	switch {
	case r.state == missed:
		r.says = cmp.Or(r.says, "it came too late to be of use")
		if r.what == publishing && r.page == "" && r.attempts > 1 { // whoever began it may have died before it could mark the page
			r.says += "; if its page was begun, the session's sync finishes it"
		}
		log.Warn("too late", "why", r.says)
	case err == nil && r.what == watching:
		r.state = done
		log.Debug("done", "what", r.says)
	case err == nil:
		r.state = done
		log.Info("done", "what", r.says, "page", r.page)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		r.state, r.says, r.hint = retrying, "it took too long: "+err.Error(), "give serve.job_timeout more time, or look why the services are slow"
		log.Error("took too long, and is tried again", "error", err, "try", r.hint, "attempt", r.attempts)
	case ctx.Err() != nil:
		r.state, r.says = queued, "it was stopped and will be taken up again"
		log.Info("stopped")
	case isHeld:
		r.state, r.says = queued, held.Error()
		log.Info("waiting", "why", r.says)
	case partly:
		r.state, r.says, r.hint = failed, err.Error(), s.HintOf(err)
		r.due = s.Now().Add(refreshEvery).Unix()
		log.Error("done in part", "error", err, "try", r.hint)
	default:
		r.state, r.says, r.hint = retrying, err.Error(), s.HintOf(err)
		log.Error("failed, and tried again", "error", err, "try", r.hint, "attempt", r.attempts)
	}
}

// nextSweep is when a team's finished sessions are looked at again: soon after one,
// when people still tidy up its page.
func (s *server) nextSweep(jobs []worker.Job) time.Time {
	now, wait := s.Now(), cmp.Or(s.Sweep, 6*time.Hour)
	for _, j := range jobs {
		if j.Synced != nil && now.Sub(j.Synced.Session.Start) < 24*time.Hour {
			wait = min(wait, refreshEvery)
		}
	}
	return now.Add(wait - mathrand.N(wait/4)) // so that teams do not stay in step
}

func errorsOf(jobs []worker.Job) error {
	var errs []error
	for _, j := range jobs {
		errs = append(errs, j.Err)
	}
	return errors.Join(errs...)
}

// What is told of syncs that wrote nothing.
const (
	noSession  = "no finished session"
	nothingNew = "nothing new to write"
)

// idle reports whether that is all that happened.
func idle(says string) bool { return says == noSession || says == nothingNew }

// told says for people what syncs did.
func told(jobs []worker.Job) string {
	pages, changes := 0, 0
	for _, j := range jobs {
		if j.Synced == nil {
			continue
		}
		pages++
		for _, c := range j.Synced.Changes {
			if c.Status == outcome.Applied {
				changes++
			}
		}
	}
	switch {
	case pages == 0:
		return noSession
	case changes == 0:
		return nothingNew
	}
	return fmt.Sprintf("%d written to tickets", changes)
}
