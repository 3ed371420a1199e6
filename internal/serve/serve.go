// Package serve is the daemon: teams and what to do for them come in, each session
// is published before it begins and synced when it is over, once, whatever happens
// to the process. It decides when something is due and keeps that in a store; the
// engine (River) runs it, retries it and hands it over when a process dies, on one
// file (SQLite) or for many replicas (Postgres).
//
// It does not know what publishing is, and the store is no truth of what was done:
// the marks in Jira and Confluence are. Losing the store loses nothing but the
// account of past runs.
package serve

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"refine/internal/worker"
)

// Runs is what the daemon has done. The same functions do it as in a run by
// command, so that doing it twice does nothing twice.
type Runs interface {
	Publish(ctx context.Context, log *slog.Logger, t worker.Team, start time.Time) worker.Job
	Sync(ctx context.Context, log *slog.Logger, t worker.Team) []worker.Job
	// Held gives those of the pages of whose session somebody says that it was held.
	Held(ctx context.Context, log *slog.Logger, pages []string) ([]string, error)
	// Hinted syncs one page if that is due; else the note says why not.
	Hinted(ctx context.Context, log *slog.Logger, teams []worker.Team, page string) (job worker.Job, note string)
}

// Options of a daemon.
type Options struct {
	Store string // sqlite:FILE or postgres://…
	Teams []worker.Team
	// Connect reaches the services. It is called when there is something to do, and
	// again after an hour or when the credentials are not taken any more.
	Connect    func(context.Context) (Runs, error)
	Now        func() time.Time
	Log        *slog.Logger
	JobTimeout time.Duration // for one publish or sync; 0 means 6 minutes
	Sweep      time.Duration // between looks at a team's finished sessions; 0 means 6 hours
	Jobs       int           // side by side; 0 means 8
	// Listen is where the pages of the daemon are; nil: nowhere.
	Listen net.Listener
	// Secret is what senders of the webhook know; empty: there is no webhook.
	Secret  string
	Version string
	// HintOf says what to try about an error.
	HintOf func(error) string
	// Rejected reports whether an error is that credentials are not taken.
	Rejected func(error) bool
	// Report tells whoever watches over the runs that jobs have ended, and whether one
	// of them failed; nil: nobody.
	Report func(ctx context.Context, failed bool)
}

// softStop is how long work under way may take after a signal. Systems that send one
// kill after half a minute.
const softStop = 20 * time.Second

// A server is one daemon.
type server struct {
	Options
	store   store
	engine  engine
	metrics *metrics
	reports reporter

	opened  atomic.Bool  // the store is there
	ticked  atomic.Int64 // Unix seconds of the last tick of any replica, as this one knows
	trouble atomic.Pointer[string]

	foretold sync.Once

	mu     sync.Mutex
	runs   Runs
	dialed time.Time
	dated  map[string]*dates // by team
	// undated are the teams of which it is not known when they meet, and why.
	undated map[string]error
}

func newServer(o Options) *server {
	s := &server{Options: o, dated: map[string]*dates{}, undated: map[string]error{}, reports: reporter{call: o.Report}}
	s.metrics = newMetrics(s)
	return s
}

// Run serves until ctx ends: what is under way is finished first.
func Run(ctx context.Context, o Options) error {
	s := newServer(o)
	defer s.reports.stop()
	web := s.serveWeb() // also while the store is not there: the process lives
	if ready, err := s.open(ctx); !ready {
		web()
		return err
	}
	defer s.store.close()
	defer web()
	s.opened.Store(true)
	var watch sync.WaitGroup
	watch.Go(func() { s.watch(ctx) })
	defer watch.Wait()
	s.Log.Info("serving", "teams", len(o.Teams), "store", kind(o.Store))
	s.engine.wait()
	s.Log.Info("stopped")
	return nil
}

// open brings the store up and lets the engine work, and waits for a database that is
// not there yet, or a disk that has no room. A store that is damaged does not mend
// itself. It is not ready when ctx ends before.
func (s *server) open(ctx context.Context) (ready bool, err error) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		if s.store, s.engine, err = openStore(ctx, s); err == nil {
			if err = s.engine.start(ctx); err != nil {
				s.store.close()
			}
		}
		_, hopeless := errors.AsType[*StoreError](err)
		switch {
		case err == nil:
			s.tell(nil)
			return true, nil
		case ctx.Err() != nil:
			return false, nil
		case hopeless:
			return false, err
		}
		s.tell(err)
		select {
		case <-ctx.Done():
			return false, nil
		case <-time.After(wait):
		}
	}
}

// watchEvery is how often the store is asked whether it is there.
const watchEvery = 15 * time.Second

// watch says once when the store goes away and once when it is back. The engine
// itself keeps trying.
func (s *server) watch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(watchEvery):
		}
		if s.probe(ctx); ctx.Err() != nil {
			return
		}
	}
}

// probe finds out whether the store takes what is written: a full disk can be read.
func (s *server) probe(ctx context.Context) {
	at, err := s.store.probe(ctx, s.Now().Unix())
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		s.ticked.Store(at)
	}
	s.tell(err)
}

// tell logs that the store cannot be used, or can be again, when that changes.
func (s *server) tell(err error) {
	before := s.trouble.Load()
	switch {
	case err != nil && before == nil:
		text := err.Error()
		s.trouble.Store(&text)
		s.Log.Error("the store cannot be used; tried again until it can, and nothing is lost: what was done stands in Jira and Confluence",
			"store", kind(s.Store), "error", text, "try", "look whether its disk is full, or its database is down")
	case err == nil && before != nil:
		s.trouble.Store(nil)
		s.Log.Info("the store can be used again", "store", kind(s.Store))
	}
}

// connected gives the services, connected not long ago.
func (s *server) connected(ctx context.Context) (Runs, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.runs != nil && time.Since(s.dialed) < time.Hour {
		return s.runs, nil
	}
	runs, err := s.Connect(ctx)
	if err != nil {
		return nil, err
	}
	s.runs, s.dialed = runs, time.Now()
	return runs, nil
}

// disconnect lets the next job fetch the credentials anew.
func (s *server) disconnect() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runs = nil
}

// serveWeb answers until the returned function is called.
func (s *server) serveWeb() (stop func()) {
	if s.Listen == nil {
		return func() {}
	}
	web := &http.Server{
		Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := web.Serve(s.Listen); !errors.Is(err, http.ErrServerClosed) {
			s.Log.Error("the status page is gone", "error", err)
		}
	})
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := web.Shutdown(ctx); err != nil {
			web.Close() // what is under way is only read
		}
		serving.Wait()
	}
}
