package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"refine/config"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner/outcome"
	"refine/planner/text"
)

// historyFlags say whose history is shown, how much of it, and in which form.
type historyFlags struct {
	team   string
	last   int
	update bool
}

// mostLast bounds how many sessions are shown of a team.
const mostLast = 100

func historyCommand(a *app) *cobra.Command {
	var f historyFlags
	c := &cobra.Command{
		Use:   "history",
		Short: "Show what the last sessions came to, from their pages",
		Long: `Shows for each of a team's last sessions how many items it had and how many people
left something about, how many were ready before and after, its decisions and the
action items that are still open. All of it is read from the sessions' pages as
they stand now; nothing is written. With --update it prints each session's update
in one message, to pass on.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.history(c, f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.team, "team", "", "`name` of the team (default: all of them)")
	flags.IntVar(&f.last, "last", 10, "`number` of sessions of each team, 100 at most")
	flags.BoolVar(&f.update, "update", false, "print each session's update in one message")
	return c
}

// into returns what chooses the teams, once there is a configuration.
func (f historyFlags) into(teams *[]worker.Team, command *cobra.Command) func(*config.Config) error {
	return func(c *config.Config) error {
		err := noneEmpty(command)
		if f.last < 1 || f.last > mostLast {
			err = errors.Join(err, fmt.Errorf("--last %d: must be 1 to %d", f.last, mostLast))
		}
		if err != nil {
			return &usageError{err, command.CommandPath()}
		}
		*teams, err = chosenTeams(c, f.team)
		return err
	}
}

func (a *app) history(c *cobra.Command, f historyFlags) error {
	var teams []worker.Team
	a.learn = jira.LearnLater
	return a.onSite(c.Context(), f.into(&teams, c), func(w *worker.Worker) error {
		var (
			out    = historyResult{Teams: []teamHistory{}}
			failed []error
		)
		for _, t := range teams {
			past, err := w.History(c.Context(), t, f.last)
			if err != nil {
				return fmt.Errorf("%s: %w", t.Name, err)
			}
			h := historyOf(t.Name, past)
			out.Teams = append(out.Teams, h)
			failed = append(failed, h.unread()...)
		}
		out.Requests = w.Requests()
		print := out.table
		if f.update {
			print = out.updates
		}
		err := errors.Join(failed...)
		if err != nil {
			err = &someFailed{err}
		}
		return errors.Join(err, a.result(out, print))
	})
}

// historyResult is what history prints as JSON. Lists are never null.
type historyResult struct {
	Teams    []teamHistory `json:"teams"`
	Requests int64         `json:"requests"`
}

type teamHistory struct {
	Name     string        `json:"name"`
	Sessions []pastSession `json:"sessions"` // the latest first
}

type pastSession struct {
	ID    string     `json:"id,omitempty"`
	Date  string     `json:"date"`
	Topic string     `json:"topic,omitempty"`
	Page  sessionRef `json:"page"`
	// Held says that people left something on the page.
	Held bool `json:"held"`
	*outcome.Update
	Text  string `json:"update,omitempty"` // in one message
	Error string `json:"error,omitempty"`  // why the page could not be read; nothing is known then
}

func historyOf(team string, past []worker.Past) teamHistory {
	h := teamHistory{Name: team, Sessions: []pastSession{}}
	for _, p := range past {
		s := pastSession{ID: p.State.Session, Date: p.Day.String(), Topic: p.State.Topic, Page: sessionRef{p.Page.ID, p.Page.Title, p.Page.URL}, Held: p.Held}
		if p.Err != nil {
			s.Error = p.Err.Error()
		} else {
			s.Update, s.Text = &p.Update, p.Update.String()
		}
		h.Sessions = append(h.Sessions, s)
	}
	return h
}

// unread are the sessions whose pages could not be read.
func (h teamHistory) unread() (errs []error) {
	for _, s := range h.Sessions {
		if s.Error != "" {
			errs = append(errs, fmt.Errorf("the page %s of %s could not be read: %s", s.Page.ID, h.Name, s.Error))
		}
	}
	return errs
}

func (r historyResult) table(out io.Writer) {
	for i, t := range r.Teams {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, t.Name)
		if len(t.Sessions) == 0 {
			fmt.Fprintln(out, noSession)
			continue
		}
		table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "day\trefined\tready\tdecisions\topen actions\ttopic\tpage")
		for _, s := range t.Sessions {
			fmt.Fprintln(table, strings.Join(s.cells(), "\t"))
		}
		table.Flush()
	}
}

// noSession is said of a team that has none to show.
const noSession = "no session has begun yet"

// longestTopic is how much of a topic the table shows, in characters.
const longestTopic = 40

func (s pastSession) cells() []string {
	switch {
	case s.Error != "":
		return []string{s.Date, "?", "?", "?", "?", "could not be read: " + s.Error, s.Page.ID}
	case !s.Held:
		return []string{s.Date, "0 of " + strconv.Itoa(s.Items), s.Readiness(), "0", "0", text.Shorten(text.OneLine(s.Topic), longestTopic) + " (nobody typed)", s.Page.URL}
	}
	return []string{
		s.Date, fmt.Sprintf("%d of %d", s.Refined, s.Items), s.Readiness(),
		strconv.Itoa(s.Decisions), strconv.Itoa(s.Actions), text.Shorten(text.OneLine(s.Topic), longestTopic), s.Page.URL,
	}
}

// updates prints the messages: title, what the session came to, and where to read
// it.
func (r historyResult) updates(out io.Writer) {
	for _, t := range r.Teams {
		if len(t.Sessions) == 0 {
			fmt.Fprintf(out, "%s: %s\n", t.Name, noSession)
		}
		for _, s := range t.Sessions {
			switch {
			case s.Error != "":
				fmt.Fprintf(out, "%s: could not be read: %s\n", s.Page.Title, s.Error)
			case s.Text == "":
				fmt.Fprintf(out, "%s: nobody typed on its page\n%s\n", s.Page.Title, s.Page.URL)
			default:
				fmt.Fprintf(out, "%s: %s\n%s\n", s.Page.Title, s.Text, s.Page.URL)
			}
		}
	}
}
