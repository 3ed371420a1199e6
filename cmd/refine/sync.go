package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"refine/config"
	"refine/internal/worker"
	"refine/planner"
)

// syncFlags say which page is synced, as they were typed.
type syncFlags struct {
	team, page, date, epic string
	dryRun                 bool
}

func syncCommand(a *app) *cobra.Command {
	var f syncFlags
	c := &cobra.Command{
		Use:   "sync",
		Short: "Write what people decided on a session's page back to the tickets",
		Long: `Writes the decisions and action items of a session's page back to the tickets: one
comment per ticket and session, and a link to the page. Run again, it writes only
what has changed on the page. Without --page, --date or --epic it takes the
team's latest session.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.sync(c, f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.team, "team", "", "`name` of the team (default: the only one)")
	flags.StringVar(&f.page, "page", "", "`id` or address of the page")
	flags.StringVar(&f.date, "date", "", "`day` of the session, 2026-11-24")
	flags.StringVar(&f.epic, "epic", "", "`key` of the epic that the session was about")
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what would be written; write nothing")
	c.MarkFlagsMutuallyExclusive("page", "date")
	c.MarkFlagsMutuallyExclusive("page", "epic")
	return c
}

// into returns what fills in the request, once there is a configuration.
func (f syncFlags) into(req *worker.SyncRequest, command *cobra.Command) func(*config.Config) error {
	return func(c *config.Config) (err error) {
		req.Page, req.DryRun = f.page, f.dryRun
		req.Date, err = day(f.date)
		if f.epic != "" {
			var keyErr error
			req.Epic, keyErr = issueKey(f.epic)
			err = errors.Join(err, keyErr)
		}
		if err != nil {
			return &usageError{err, command.CommandPath()}
		}
		req.Team, err = chosenTeam(c, f.team)
		return err
	}
}

func (a *app) sync(c *cobra.Command, f syncFlags) error {
	var req worker.SyncRequest
	return a.onSite(c.Context(), f.into(&req, c), func(w *worker.Worker) error {
		synced, err := w.Sync(c.Context(), req)
		if synced.Page.ID == "" {
			return err // nothing was read that a result could tell
		}
		printErr := a.result(resultOf(synced, f.dryRun, w.Requests()), func(out io.Writer) { syncText(out, synced, f.dryRun) })
		return errors.Join(err, printErr)
	})
}

// syncResult is what sync prints as JSON. Lists are never null.
type syncResult struct {
	Page         pageRef                `json:"page"`
	Changes      []planner.Change       `json:"changes"`
	Unattributed []planner.Unattributed `json:"unattributed"`
	Suggestions  []planner.Suggestion   `json:"suggestions"`
	Summary      string                 `json:"summary"`
	Requests     int64                  `json:"requests"`
}

type pageRef struct {
	ID      string `json:"id"`
	URL     string `json:"url"`
	Version int    `json:"version"`
}

func resultOf(s worker.Synced, dryRun bool, requests int64) syncResult {
	return syncResult{
		Page:         pageRef{s.Page.ID, s.Page.URL, s.Page.Version},
		Changes:      append([]planner.Change{}, s.Changes...),
		Unattributed: append([]planner.Unattributed{}, s.Unattributed...),
		Suggestions:  append([]planner.Suggestion{}, s.Suggestions...),
		Summary:      summary(s, dryRun),
		Requests:     requests,
	}
}

// summary is one line; it ends in what has changed in Jira.
func summary(s worker.Synced, dryRun bool) string {
	count := map[planner.Status]int{}
	for _, c := range s.Changes {
		count[c.Status]++
	}
	line := fmt.Sprintf("%d changes", count[planner.Applied])
	if dryRun {
		line = fmt.Sprintf("%d changes planned", count[planner.Planned])
	}
	for _, status := range []planner.Status{planner.Conflict, planner.Failed} {
		if n := count[status]; n > 0 {
			line += fmt.Sprintf(", %d %s", n, status)
		}
	}
	if n := len(s.Unattributed); n > 0 {
		line += fmt.Sprintf(", %d lines without a ticket", n)
	}
	return line
}

func syncText(out io.Writer, s worker.Synced, dryRun bool) {
	fmt.Fprintf(out, "%s\n%s\n", s.Page.Title, s.Page.URL)
	for _, c := range s.Changes {
		if c.Status == planner.Unchanged && c.Kind != planner.RemovedLine {
			continue
		}
		fmt.Fprintf(out, "%s: %s %s: %s\n", c.Issue, c.Kind, c.Status, c.Detail)
		if c.Reason != "" {
			fmt.Fprintf(out, "  %s\n", c.Reason)
		}
	}
	for _, u := range s.Unattributed {
		fmt.Fprintf(out, "no ticket for “%s” (%s): %s\n", u.Text, u.Where, u.Reason)
	}
	for _, g := range s.Suggestions {
		fmt.Fprintf(out, "not written, it only looks like an outcome: “%s” (%s)\n", g.Text, g.Where)
	}
	fmt.Fprintln(out, summary(s, dryRun))
}
