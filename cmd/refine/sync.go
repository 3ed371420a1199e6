package main

import (
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"refine/config"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner/outcome"
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
team's latest session that has begun, else its next one; of several on one day
the one that people typed on last. Others that may have been meant are named.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.sync(c, f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.team, "team", "", "`name` of the team (default: the only one)")
	flags.StringVar(&f.page, "page", "", "`id` or address of the page")
	flags.StringVar(&f.date, "date", "", "`day` of the session, 2026-11-24")
	flags.StringVar(&f.epic, "epic", "", "`key` of the epic that the session was about")
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what would be written; write nothing")
	return c
}

// check finds what is wrong with the flags together.
func (f syncFlags) check(c *cobra.Command) error {
	flags := c.Flags()
	if flags.Changed("page") && (flags.Changed("date") || flags.Changed("epic")) {
		return errors.New("choose --page alone, or --date and --epic")
	}
	return noneEmpty(c)
}

// into returns what fills in the request, once there is a configuration.
func (f syncFlags) into(req *worker.SyncRequest, command *cobra.Command) func(*config.Config) error {
	return func(c *config.Config) (err error) {
		var keyErr error
		req.Page, req.DryRun = f.page, f.dryRun
		req.Date, err = day(f.date)
		if f.epic != "" {
			req.Epic, keyErr = issueKey(f.epic)
		}
		if err := errors.Join(f.check(command), err, keyErr); err != nil {
			return &usageError{err, command.CommandPath()}
		}
		name := f.team
		if f.page != "" && name == "" { // the page's state says whose it is
			name = c.Teams[0].Name
			req.Named = func(own string) (worker.Team, bool) {
				t, err := chosenTeam(c, own)
				return t, err == nil
			}
		}
		req.Team, err = chosenTeam(c, name)
		return err
	}
}

func (a *app) sync(c *cobra.Command, f syncFlags) error {
	var req worker.SyncRequest
	a.learn = jira.LearnLater
	return a.onSite(c.Context(), f.into(&req, c), func(w *worker.Worker) error {
		synced, err := w.Sync(c.Context(), req)
		if !tells(synced, err) {
			return err
		}
		printErr := a.result(resultOf(synced, f.dryRun, w.Requests()), func(out io.Writer) { syncText(out, synced, f.dryRun) })
		return errors.Join(err, printErr)
	})
}

// tells reports whether a sync came far enough for a result. One that failed
// before it knew of any change would read like one that had nothing to do.
func tells(s worker.Synced, err error) bool {
	return s.Page.ID != "" && (err == nil || len(s.Changes) > 0)
}

// syncResult is what sync prints as JSON. Lists are never null.
type syncResult struct {
	Page         pageRef                `json:"page"`
	Changes      []outcome.Change       `json:"changes"`
	Unattributed []outcome.Unattributed `json:"unattributed"`
	Suggestions  []outcome.Suggestion   `json:"suggestions"`
	Receipt      worker.ReceiptStatus   `json:"receipt"` // the page's own account
	Summary      string                 `json:"summary"`
	Update       updateResult           `json:"update"`
	Notices      []worker.Delivery      `json:"notices,omitempty"`
	Requests     int64                  `json:"requests"`
	// Withheld are the items of which the page keeps no more than the keys.
	Withheld []string `json:"withheld,omitempty"`
	// OtherSessions are those that were not synced though they may have been meant.
	OtherSessions []sessionRef `json:"other_sessions,omitempty"`
}

// updateResult is what the session came to, by numbers and in one message, which is
// empty where people left nothing (S10).
type updateResult struct {
	Text string `json:"text"`
	outcome.Update
}

type sessionRef struct {
	ID    string `json:"id"` // of its page
	Title string `json:"title"`
	URL   string `json:"url"`
}

type pageRef struct {
	ID      string   `json:"id"`
	URL     string   `json:"url"`
	Version int      `json:"version"`
	Others  []string `json:"others,omitempty"` // addresses of other pages of the session, left alone
}

func resultOf(s worker.Synced, dryRun bool, requests int64) syncResult {
	var left []sessionRef
	for _, p := range s.Left {
		left = append(left, sessionRef{p.ID, p.Title, p.URL})
	}
	return syncResult{
		Page:         pageRef{s.Page.ID, s.Page.URL, s.Page.Version, addresses(s.Others)},
		Changes:      append([]outcome.Change{}, s.Changes...),
		Unattributed: append([]outcome.Unattributed{}, s.Unattributed...),
		Suggestions:  append([]outcome.Suggestion{}, s.Suggestions...),
		Receipt:      s.Receipt,
		Summary:      summary(s, dryRun),
		Update:       updateResult{s.Update.String(), s.Update},
		Notices:      s.Notices,
		Requests:     requests,

		Withheld:      slices.Sorted(maps.Keys(s.Hidden)),
		OtherSessions: left,
	}
}
