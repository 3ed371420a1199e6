package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"refine/config"
	"refine/planner/text"
)

// configSummary is what a configuration comes to, without its secrets.
type configSummary struct {
	File       string        `json:"file,omitempty"`
	Owner      string        `json:"owner"`
	Jira       siteSummary   `json:"jira"`
	Confluence siteSummary   `json:"confluence"`
	Model      *modelSummary `json:"model,omitempty"` // nil where none is asked
	Teams      []teamSummary `json:"teams"`
	Connected  bool          `json:"connected"` // never: it says what the file and the environment come to
}

type modelSummary struct {
	Provider string `json:"provider"`
	Model    string `json:"model"`
	URL      string `json:"url,omitempty"` // empty: the provider's own
}

type siteSummary struct {
	URL        string `json:"url"`
	Deployment string `json:"deployment"`
	Auth       string `json:"auth"`
	User       string `json:"user,omitempty"`
	Gateway    string `json:"gateway,omitempty"` // through which the requests go
}

type teamSummary struct {
	Name     string `json:"name"`
	Backlog  string `json:"backlog"`
	Guide    string `json:"guide"`
	Minutes  int    `json:"duration_minutes"`
	Schedule string `json:"schedule,omitempty"`
	Space    string `json:"space"`
	Parent   string `json:"parent,omitempty"`
	Ready    string `json:"ready"`
	// Writes is what syncs change in Jira beyond a comment and a link, see [writesBack].
	Writes []string `json:"writes_back"`
	// Notify are the names of the places where the team is told of its sessions.
	Notify []string `json:"notify,omitempty"`
	upcoming
}

func summarise(ctx context.Context, c *config.Config, now time.Time) (configSummary, error) {
	s := configSummary{
		File:       c.File,
		Owner:      c.Owner,
		Jira:       siteSummary{c.Jira.URL, c.Jira.Deployment, c.Jira.Auth.Type, c.Jira.Auth.User, ""},
		Confluence: siteSummary{c.Confluence.URL, c.Confluence.Deployment, c.Confluence.Auth.Type, c.Confluence.Auth.User, ""},
	}
	s.Jira.Gateway, s.Confluence.Gateway = c.Gateways()
	if m := c.Model; m.Provider != config.NoModel {
		s.Model = &modelSummary{m.Provider, m.Model, m.BaseURL}
	}
	feeds := calendars(c, 0)
	for _, t := range c.Teams {
		converted, err := team(t, feeds)
		if err != nil {
			return s, err
		}
		next := upcomingOf(ctx, converted, now)
		s.Teams = append(s.Teams, teamSummary{
			Name:     t.Name,
			Backlog:  describeBacklog(t.Backlog),
			Guide:    converted.Follows().Name(),
			Minutes:  int(converted.SessionDuration().Minutes()),
			Schedule: describeSchedule(t.Schedule, next),
			upcoming: next,
			Space:    t.Page.Space,
			Parent:   t.Page.Parent,
			Ready:    readyRules(t.Ready).String(),
			Writes:   writesBack(t.Sync),
			Notify:   placesOf(t),
		})
	}
	return s, nil
}

// unread are the calendars that do not tell when their teams meet.
func (s configSummary) unread() error {
	var errs []error
	for _, t := range s.Teams {
		errs = append(errs, t.err)
	}
	return errors.Join(errs...)
}

// describeBacklog says what Jira is asked. A base query or a filter that selects
// alone says itself whether closed items count.
func describeBacklog(b config.Backlog) string {
	text := "items"
	if b.OnlyFlagged() {
		text = "flagged items"
	}
	if b.OnlyFlagged() || b.Label != "" || b.Board != "" {
		text = "open " + text
	}
	if b.Label != "" {
		text += " labelled " + b.Label
	}
	if b.Filter != "" {
		text += " of filter " + b.Filter
	}
	if b.Board != "" {
		text += " in the backlog of board " + b.Board
	}
	if b.JQL != "" {
		text += " where " + b.JQL
	}
	return fmt.Sprintf("%s, at most %d", text, b.Limit)
}

// describeSchedule says by which rule a team meets; empty for a team without one.
func describeSchedule(s config.Schedule, next upcoming) string {
	if !s.Recurs() {
		return ""
	}
	text := cmp.Or(s.RRule, s.Cron, "its calendar")
	if s.Event != "" {
		text += fmt.Sprintf(", events with “%s” in their title", s.Event)
	}
	if s.Start != "" {
		text += " from " + s.Start
	}
	if s.Holidays != "" {
		text += ", not on holidays of " + s.Holidays
	}
	if next.err != nil {
		return text + " " + s.Location().String()
	}
	if len(next.Next) == 0 {
		return fmt.Sprintf("%s %s: no session will ever come", text, s.Location())
	}
	return fmt.Sprintf("%s %s, published %s before", text, s.Location(), spelt(s.Lead))
}

// spelt is a duration in the largest unit that leaves nothing over.
func spelt(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return text.Counted(int(d/time.Hour), "hour")
	case d%time.Minute == 0:
		return text.Counted(int(d/time.Minute), "minute")
	}
	return d.String()
}

func placesOf(t config.Team) (names []string) {
	for _, n := range t.Notify {
		names = append(names, n.Name)
	}
	return names
}

func (s configSummary) text(w io.Writer) {
	fmt.Fprintf(w, "%s: no faults\n\n", cmp.Or(s.File, "the environment"))
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "owner\t%s\n", s.Owner)
	fmt.Fprintf(tw, "Jira\t%s\n", s.Jira)
	fmt.Fprintf(tw, "Confluence\t%s\n", s.Confluence)
	if m := s.Model; m != nil {
		fmt.Fprintf(tw, "model\t%s of %s\n", m.Model, cmp.Or(m.URL, m.Provider))
	}
	for _, t := range s.Teams {
		fmt.Fprintf(tw, "team\t%s: %s; %d minutes by %s; pages in %s\n", t.Name, t.Backlog, t.Minutes, t.Guide, t.place())
		if t.Schedule != "" {
			fmt.Fprintf(tw, "\t%s\n", t.Schedule)
		}
		if t.Schedule == "" || len(t.Next) > 0 || t.err != nil {
			fmt.Fprintf(tw, "\t%s\n", t.upcoming)
		}
		fmt.Fprintf(tw, "\tready by %s\n", t.Ready)
		fmt.Fprintf(tw, "\twrites back: %s\n", describeWrites(t.Writes))
		if len(t.Notify) > 0 {
			fmt.Fprintf(tw, "\ttold by %s\n", strings.Join(t.Notify, ", "))
		}
	}
	tw.Flush() // into memory
	fmt.Fprint(w, "\nNothing was sent to Jira or Confluence: whether the addresses answer and the tokens are taken is not known yet.\nrefine doctor tries them, and writes nothing.\n")
}

func (s siteSummary) String() string {
	text := fmt.Sprintf("%s (%s), %s token", s.URL, s.Deployment, s.Auth)
	if s.User != "" {
		text += " of " + s.User
	}
	if s.Gateway != "" {
		text += ", through " + s.Gateway
	}
	return text
}

func (t teamSummary) place() string {
	if t.Parent == "" {
		return t.Space
	}
	return fmt.Sprintf("%s under %q", t.Space, t.Parent)
}
