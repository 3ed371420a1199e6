package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"refine/config"
	"refine/internal/atlassian"
	"refine/internal/doctor"
	"refine/internal/notify"
	"refine/planner/text"
)

func doctorCommand(a *app) *cobra.Command {
	var name string
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Find out what keeps refine from working, and what to do",
		Long: `Tries what a run would use: addresses, deployment, clock, credentials of both
products and whose they are, permissions and scopes, fields, board, filter and JQL,
space, parent and the latest page, the model, the schedule with its calendar, the
places of notify and health, what is left of the rate limit, and when the token ends
if the service tells. It writes nothing, sends no message and no ticket's text. Every
check is made that can be, also after one has failed.

Exit codes: 0 nothing will fail, there may be warnings; 1 something will fail;
2 the command line or the configuration is wrong.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := noneEmpty(c); err != nil {
				return &usageError{err, c.CommandPath()}
			}
			return a.doctor(c.Context(), name)
		},
	}
	c.Flags().StringVar(&name, "team", "", "`name` of the team (default: all)")
	return c
}

func (a *app) doctor(ctx context.Context, name string) error {
	conf, err := a.config()
	if err != nil {
		return err
	}
	options, err := a.doctorOptions(ctx, conf, name)
	if err != nil {
		return err
	}
	a.progress("examining %s and %s", conf.Jira.URL, conf.Confluence.URL)
	report := doctor.Examine(ctx, options)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	printed := doctorResultOf(report)
	if err := a.result(printed, printed.text); err != nil {
		return err
	}
	if n := report.Count(doctor.Failed); n > 0 {
		return fmt.Errorf("%d of %s failed", n, text.Counted(len(report.Findings), "check"))
	}
	return nil
}

func (a *app) doctorOptions(ctx context.Context, c *config.Config, name string) (o doctor.Options, err error) {
	teams, err := chosenTeams(c, name)
	if err != nil {
		return o, err
	}
	jiraToken, confluenceToken, err := c.Tokens(ctx)
	if err != nil {
		return o, err
	}
	o = doctor.Options{
		Jira:           a.jiraOptions(c, jiraToken),
		Confluence:     func(cloud bool) atlassian.Options { return a.confluenceOptions(c, cloud, confluenceToken) },
		JiraDeployment: c.Jira.Deployment, ConfluenceDeployment: c.Confluence.Deployment,
		Connect: a.connect, Fields: fieldNames(c.Fields), Owner: c.Owner, Teams: teams, Now: a.now,
	}
	o.Places, o.Health = toldPlaces(c)
	if c.Model.Provider != config.NoModel {
		o.Model, err = a.model(ctx, c)
	}
	return o, err
}

// toldPlaces are where people and whoever watches over the runs are told.
func toldPlaces(c *config.Config) (of map[string][]doctor.Place, health doctor.Place) {
	transport, err := network(c.HTTP)
	if err != nil {
		return nil, nil // which is named with the addresses of both services
	}
	transport.DisableKeepAlives = true // each is asked once
	of = map[string][]doctor.Place{}
	for _, t := range c.Teams {
		for _, n := range t.Notify {
			of[t.Name] = append(of[t.Name], notify.New(n.Name, n.Type, revealed(n.Address), transport))
		}
	}
	if c.Health != (config.Health{}) {
		health = notify.New("health", notify.Webhook, revealed(c.Health.Address), transport)
	}
	return of, health
}

// doctorResult is what doctor prints as JSON.
type doctorResult struct {
	Checks   []doctor.Finding `json:"checks"`
	Failed   int              `json:"failed"`
	Warnings int              `json:"warnings"`
	Skipped  int              `json:"skipped"`
	Requests int64            `json:"requests"`
}

func doctorResultOf(r doctor.Report) doctorResult {
	return doctorResult{r.Findings, r.Count(doctor.Failed), r.Count(doctor.Warning), r.Count(doctor.Skipped), r.Requests}
}

// text shows a check a line, and below those that are not well what to do.
func (r doctorResult) text(w io.Writer) {
	team := ""
	for _, f := range r.Checks {
		if f.Team != team {
			team = f.Team
			fmt.Fprintf(w, "%s\n", strings.TrimRight("\n"+team, "\n"))
		}
		status := string(f.Status)
		if f.Status == doctor.Failed {
			status = "FAILED"
		}
		fmt.Fprintf(w, "%-8s %s: %s\n", status, f.Name, f.Detail)
		if f.Try != "" {
			fmt.Fprintf(w, "         try: %s\n", f.Try)
		}
	}
	fmt.Fprintf(w, "\n%s: %d failed, %s, %d skipped; nothing was written\n",
		text.Counted(len(r.Checks), "check"), r.Failed, text.Counted(r.Warnings, "warning"), r.Skipped)
}
