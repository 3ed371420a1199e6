package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
)

// An engine runs the jobs, once it is started, until ctx ends.
type engine interface {
	start(ctx context.Context) error
	wait()
}

// A transaction of either database: the engine's own, and ours over it.
type transaction[TTx any] struct {
	tx TTx
	queries
	commit, rollback func(context.Context) error
}

// workArgs is a job: one thing to do for a team. The round tells doing it again from
// doing it a second time.
type workArgs struct {
	What       string `json:"what" river:"unique"`
	Team       string `json:"team" river:"unique"`
	Occurrence string `json:"occurrence" river:"unique"`
	Round      int    `json:"round" river:"unique"`
}

// Kind is what the engine knows the job by.
func (workArgs) Kind() string { return "refine_work" }

// tickArgs is the job that looks once a minute for what is due.
type tickArgs struct{}

// Kind is what the engine knows the job by.
func (tickArgs) Kind() string { return "refine_tick" }

const (
	tickQueue = "tick" // of its own, so that no session's work delays it
	tickEvery = time.Minute
	// mostAttempts is more than fit into the time for which anything is of use.
	mostAttempts = 2000
	// mostRetry bounds the time between two attempts.
	mostRetry = 30 * time.Minute
)

type client[TTx any] struct{ *river.Client[TTx] }

// bringUp makes the tables, ours and the engine's, and the engine.
func bringUp[TTx any](ctx context.Context, s *server, driver riverdriver.Driver[TTx], begin func(context.Context) (transaction[TTx], error)) (store, engine, error) {
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return store{}, nil, err
	}
	// Two that start at once both try: the one that comes second finds it done.
	for attempt := range 4 {
		if _, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err == nil {
			break
		}
		select {
		case <-ctx.Done():
			return store{}, nil, context.Cause(ctx)
		case <-time.After(time.Duration(attempt+1) * 300 * time.Millisecond):
		}
	}
	if err != nil {
		return store{}, nil, fmt.Errorf("preparing the store: %w", err)
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[workArgs]) error { return s.work(ctx, job) }))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[tickArgs]) error { return s.tick(ctx) }))
	c, err := river.NewClient(driver, s.engineConfig(workers))
	if err != nil {
		return store{}, nil, err
	}
	st := store{within: func(ctx context.Context, do func(queries, insert) error) error {
		return within(ctx, begin, func(tx transaction[TTx]) error {
			return do(tx.queries, func(ctx context.Context, args workArgs) error {
				_, err := c.InsertTx(ctx, tx.tx, args, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}})
				return err
			})
		})
	}}
	return st, client[TTx]{c}, st.prepare(ctx)
}

func within[TTx any](ctx context.Context, begin func(context.Context) (transaction[TTx], error), do func(transaction[TTx]) error) error {
	tx, err := begin(ctx)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.rollback(context.WithoutCancel(ctx)))
	}
	return tx.commit(ctx)
}

func (s *server) engineConfig(workers *river.Workers) *river.Config {
	timeout := s.JobTimeout
	if timeout == 0 {
		timeout = 6 * time.Minute
	}
	return &river.Config{
		Workers: workers,
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: s.jobs()}, tickQueue: {MaxWorkers: 1}},
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(tickEvery), func() (river.JobArgs, *river.InsertOpts) {
			return tickArgs{}, &river.InsertOpts{Queue: tickQueue, MaxAttempts: 1}
		}, &river.PeriodicJobOpts{RunOnStart: true})},
		JobTimeout:           timeout,
		RescueStuckJobsAfter: rescueAfter(timeout),
		MaxAttempts:          mostAttempts,
		RetryPolicy:          retry{timeout},
		SoftStopTimeout:      softStop,
		Logger:               slog.New(quiet{s.Log.Handler(), s}),
	}
}

// rescueAfter is when a job is taken for one whose process died. One that lives has
// given up before.
func rescueAfter(timeout time.Duration) time.Duration { return timeout + timeout/6 }

func (s *server) jobs() int {
	if s.Jobs == 0 {
		return 8
	}
	return s.Jobs
}

// retry waits half a minute, and twice as long each time. What a process had under
// way that died did not fail, and goes on at once.
type retry struct{ timeout time.Duration }

// NextRetry is when a job that failed is tried again.
func (r retry) NextRetry(job *rivertype.JobRow) time.Time {
	if job.AttemptedAt != nil && time.Since(*job.AttemptedAt) > rescueAfter(r.timeout) {
		return time.Now()
	}
	wait := mostRetry
	if n := len(job.Errors); n < 6 {
		wait = 30 * time.Second << n
	}
	return time.Now().Add(wait)
}

// quiet lets through what the engine itself cannot do. What becomes of a job is
// told where it is known whose it is, and that the store cannot be used is told once.
type quiet struct {
	slog.Handler
	s *server
}

// Enabled leaves warnings and less out, and what follows from a store that is told of.
func (q quiet) Enabled(_ context.Context, l slog.Level) bool {
	return l >= slog.LevelError && q.s.trouble.Load() == nil
}

func (c client[TTx]) start(ctx context.Context) error { return c.Start(ctx) }
func (c client[TTx]) wait()                           { <-c.Stopped() }
