package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"refine/config"
	"refine/internal/atlassian"
	"refine/internal/serve"
	"refine/internal/worker"
)

func serveCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Do what run does, all the time",
		Long: `Publishes each session before it begins and syncs it when it is over, until a
signal comes: what is under way has 20 seconds to finish. Its jobs are kept in store, a
SQLite file or a Postgres that several replicas share; killed at any moment, it
goes on where it was. It listens on serve.listen for people (a status page, read
only), for /healthz, /readyz and /metrics, and, with serve.webhook_secret, for
POST /hooks/confluence.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !c.Flags().Changed("log-level") {
				a.logLevel = "info" // nobody reads results of a daemon
				if err := a.setUp(); err != nil {
					return err
				}
			}
			return a.serve(c.Context())
		},
	}
	c.Flags().BoolVar(&a.noModel, "no-model", false, "use the built-in words; ask no language model")
	return c
}

// calendarsKept is how long a daemon goes by what a calendar said.
const calendarsKept = 15 * time.Minute

func (a *app) serve(ctx context.Context) error {
	conf, err := a.config()
	if err != nil {
		return err
	}
	feeds := calendars(conf, calendarsKept)
	feeds.Log = a.log
	teams, err := teamsBy(conf, feeds)
	if err != nil {
		return err
	}
	secret, err := conf.WebhookSecret(ctx)
	if err != nil {
		return err
	}
	listener, err := listen(conf.Serve.Listen)
	if err != nil {
		return err
	}
	if listener != nil {
		a.log.Info("status page", "address", "http://"+listener.Addr().String()+"/")
	}
	runtime.GC() // the first, after which it collects as usual: nobody waits for a daemon
	return serve.Run(ctx, serve.Options{
		Store: conf.Store.Reveal(), Teams: teams, Now: a.now, Log: a.log,
		JobTimeout: conf.Serve.JobTimeout, Sweep: conf.Serve.Sweep, Jobs: conf.Serve.Jobs,
		Listen: listener, Secret: secret.Reveal(), Version: buildVersion().Version,
		HintOf: hintOf, Rejected: atlassian.Unauthenticated,
		Connect: func(ctx context.Context) (serve.Runs, error) { return a.runs(ctx, conf) },
		Report:  func(ctx context.Context, failed bool) { a.reportRun(ctx, conf, failed) },
	})
}

// listen takes the address that the configuration names, nil for none.
func listen(address string) (net.Listener, error) {
	if address == config.Nowhere {
		return nil, nil
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &config.Error{Faults: []error{fmt.Errorf("serve.listen: %w", err)},
			Remedy: "choose another port, or none; is another refine serve running here?"}
	}
	return l, nil
}

// runs reaches the services with credentials that are fetched anew.
func (a *app) runs(ctx context.Context, conf *config.Config) (serve.Runs, error) {
	w, err := a.worker(ctx, conf)
	if err != nil {
		return nil, err
	}
	w.Progress, w.BuiltIn = nil, a.noModel
	if conf.Model.Provider != config.NoModel && !a.noModel {
		if w.Model, err = a.model(ctx, conf); err != nil {
			return nil, err
		}
	}
	return served{w}, nil
}

// served is a worker whose runs have a log of their own.
type served struct{ w *worker.Worker }

func (s served) with(log *slog.Logger) *worker.Worker {
	w := *s.w
	w.Log = log
	return &w
}

// Publish publishes a team's session.
func (s served) Publish(ctx context.Context, log *slog.Logger, t worker.Team, start time.Time) worker.Job {
	return s.with(log).PublishSession(ctx, t, start, false)
}

// Sync syncs a team's finished sessions.
func (s served) Sync(ctx context.Context, log *slog.Logger, t worker.Team) []worker.Job {
	return s.with(log).SyncFinished(ctx, t)
}

// Held tells which sessions were held.
func (s served) Held(ctx context.Context, log *slog.Logger, pages []string) ([]string, error) {
	return s.with(log).Held(ctx, pages)
}

// Hinted syncs a page if that is due.
func (s served) Hinted(ctx context.Context, log *slog.Logger, teams []worker.Team, page string) (worker.Job, string) {
	return s.with(log).SyncHinted(ctx, teams, page)
}
