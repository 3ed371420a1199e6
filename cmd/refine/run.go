package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"refine/config"
	"refine/internal/feed"
	"refine/internal/worker"
)

func runCommand(a *app) *cobra.Command {
	var dryRun bool
	c := &cobra.Command{
		Use:   "run",
		Short: "Publish and sync whatever is due now, for cron",
		Long: `Goes over the teams of the configuration: publishes each session that starts within
its lead time, and syncs each page whose session has ended within the last two
weeks, or on which somebody ticked “Session held”, wherever its end is. It is safe
to call at any moment, any number of times, and says when each team meets next. A
team without a schedule is published by hand.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.run(c, dryRun) },
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be done; write nothing")
	c.Flags().BoolVar(&a.noModel, "no-model", false, "use the built-in words; ask no language model")
	return c
}

func (a *app) run(c *cobra.Command, dryRun bool) error {
	var (
		teams []worker.Team
		conf  *config.Config
	)
	prepare := func(c *config.Config) (err error) {
		conf = c
		teams, err = allTeams(c)
		return err
	}
	err := a.planning(c.Context(), false, prepare, func(w *worker.Worker) error {
		return a.runTeams(c.Context(), w, teams, dryRun)
	})
	if conf != nil && !dryRun {
		a.reportRun(context.WithoutCancel(c.Context()), conf, err != nil) // also one that was stopped
	}
	return err
}

// runTeams prints each job as soon as it is done, unless it is one object that is
// wanted, and then when the teams meet next.
func (a *app) runTeams(ctx context.Context, w *worker.Worker, teams []worker.Team, dryRun bool) error {
	out := runResult{Jobs: []jobResult{}}
	var failed []error
	done := false
	for job := range w.Run(ctx, teams, dryRun) {
		out.Jobs = append(out.Jobs, jobResultOf(job, dryRun))
		failed, done = append(failed, job.Err), done || job.Err == nil
		if err := a.text(func(to io.Writer) { jobText(to, job, dryRun) }); err != nil {
			return errors.Join(append(failed, err)...)
		}
	}
	if ctx.Err() != nil {
		failed = append(failed, context.Cause(ctx))
	}
	out.Teams, out.Requests = scheduled(ctx, teams, w.Now()), w.Requests()
	err := errors.Join(failed...)
	if err != nil && done {
		err = &someFailed{err}
	}
	return errors.Join(err, a.result(out, func(to io.Writer) {
		if len(out.Jobs) == 0 {
			fmt.Fprintln(to, "nothing is due")
		}
		nextText(to, out.Teams)
	}))
}

// someFailed is the failure of some jobs beside others that were done.
type someFailed struct{ error }

func (e *someFailed) Unwrap() error { return e.error }
func (e *someFailed) ExitCode() int { return worker.ExitPartly }

func allTeams(c *config.Config) ([]worker.Team, error) { return teamsBy(c, calendars(c, 0)) }

// teamsBy are all teams, with a reader for the calendars that they meet by.
func teamsBy(c *config.Config, feeds *feed.Reader) ([]worker.Team, error) {
	teams, err := silentTeams(c.Teams, feeds)
	faults := []error{err}
	tell := told(c.HTTP)
	for i := range teams {
		faults = append(faults, tell(&teams[i], c.Teams[i]))
	}
	return teams, errors.Join(faults...)
}

// silentTeams are teams whose runs would tell nobody.
func silentTeams(configured []config.Team, feeds *feed.Reader) ([]worker.Team, error) {
	teams, faults := make([]worker.Team, len(configured)), make([]error, len(configured))
	for i, t := range configured {
		teams[i], faults[i] = team(t, feeds)
	}
	return teams, errors.Join(faults...)
}

// runResult is what run prints as JSON.
type runResult struct {
	Jobs     []jobResult     `json:"jobs"`
	Teams    []scheduledTeam `json:"teams"`
	Requests int64           `json:"requests"`
}

// scheduledTeam is when a team's sessions come.
type scheduledTeam struct {
	Name string `json:"name"`
	upcoming
}

func scheduled(ctx context.Context, teams []worker.Team, now time.Time) []scheduledTeam {
	out := make([]scheduledTeam, len(teams))
	for i, t := range teams {
		out[i] = scheduledTeam{t.Name, upcomingOf(ctx, t, now)}
	}
	return out
}

type jobResult struct {
	Team    string      `json:"team"`
	Publish *pageResult `json:"publish,omitempty"`
	Sync    *syncResult `json:"sync,omitempty"`
	// Notices are the messages about a page that was published.
	Notices []worker.Delivery `json:"notices,omitempty"`
	Error   string            `json:"error,omitempty"`
}

func jobResultOf(j worker.Job, dryRun bool) jobResult {
	r := jobResult{Team: j.Team}
	if j.Err != nil {
		r.Error = j.Err.Error()
	}
	if j.Published != nil {
		page := publishResult(*j.Published, 0).Page
		r.Publish, r.Notices = &page, j.Published.Notices
	}
	if j.Synced != nil && tells(*j.Synced, j.Err) {
		s := resultOf(*j.Synced, dryRun, j.Requests)
		r.Sync = &s
	}
	return r
}

func jobText(out io.Writer, j worker.Job, dryRun bool) {
	switch {
	case j.Err != nil:
		fmt.Fprintf(out, "%s: failed: %v\n", j.Team, j.Err)
	case j.Published != nil:
		fmt.Fprintf(out, "%s: ", j.Team)
		publishText(out, *j.Published, dryRun)
	}
	if j.Synced != nil && tells(*j.Synced, j.Err) {
		fmt.Fprintf(out, "%s: ", j.Team)
		syncText(out, *j.Synced, dryRun)
	}
}

// nextText says when each team meets. Teams without a schedule are told once if
// there are no others: variables alone give none.
func nextText(out io.Writer, teams []scheduledTeam) {
	if !slices.ContainsFunc(teams, func(t scheduledTeam) bool { return t.dated }) {
		fmt.Fprintln(out, "no team has a schedule: run publishes nothing, and only syncs pages whose session has ended")
		fmt.Fprintln(out, "give a team one in the configuration file (refine config init writes an example), or publish by hand")
		return
	}
	for _, t := range teams {
		fmt.Fprintf(out, "%s: %s\n", t.Name, t.upcoming)
	}
}
