package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"refine/config"
	"refine/confluence/storage"
	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/planner/outcome"
)

func demoCommand(a *app) *cobra.Command {
	var (
		deployment string
		keep       bool
	)
	c := &cobra.Command{
		Use:   "demo",
		Short: "Show the whole loop on a Jira and a Confluence of its own",
		Long: `Starts a Jira and a Confluence in this process, with a backlog of fifteen issues,
and plays a session: publish, type decisions and actions as people do, sync. It
needs no network and writes nothing outside of the process.`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&deployment, "deployment", "cloud", "what to play on, `cloud|datacenter`")
	c.Flags().BoolVar(&keep, "keep", false, "stay up afterwards, to look at the page and the tickets")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := oneOf("--deployment", deployment, "cloud", "datacenter"); err != nil {
			return &usageError{err, c.CommandPath()}
		}
		return a.demo(c.Context(), deployment, keep)
	}
	return c
}

// demo plays one session on a sandbox and tells what happens.
func (a *app) demo(ctx context.Context, deployment string, keep bool) error {
	box, err := sandbox.Start(sandbox.Options{Deployment: deployment})
	if err != nil {
		return fmt.Errorf("starting the sandbox: %w", err)
	}
	defer box.Close()
	site := box.Site
	conf := config.ForSites(site.Jira, site.Confluence, site.Space, site.User, site.Token)
	w, err := a.worker(ctx, conf)
	if err != nil {
		return err
	}
	w.Progress = nil // the demo tells its own story
	d := &demo{box: box, deployment: deployment, worker: w, out: a.out, person: sandbox.Person{Native: deployment == "cloud"}}
	if a.output == "json" {
		d.out = io.Discard
	}
	if d.team, err = chosenTeam(conf, ""); err != nil {
		return err
	}
	if err := d.play(ctx); err != nil {
		return err
	}
	if keep {
		d.invite()
	} else {
		d.say("\nrefine demo --keep leaves both running, to look around and to play on.")
	}
	if a.output == "json" {
		err = a.json(d.result())
	}
	if keep && err == nil {
		<-ctx.Done()
	}
	return err
}

// demo is one played session.
type demo struct {
	box        *sandbox.Sandbox
	deployment string
	worker     *worker.Worker
	team       worker.Team
	person     sandbox.Person
	out        io.Writer

	published worker.Published
	changes   []outcome.Change // of the sync that wrote
}

func (d *demo) say(format string, args ...any) { fmt.Fprintf(d.out, format+"\n", args...) }

// play is the loop, start to end.
func (d *demo) play(ctx context.Context) error {
	d.say("A Jira with %d issues and a Confluence, both in this process.", len(d.box.Jira.Keys()))
	if err := d.publish(ctx); err != nil {
		return err
	}
	if err := d.meet(); err != nil {
		return err
	}
	if err := d.sync(ctx); err != nil {
		return err
	}
	d.tickets()
	return nil
}

func (d *demo) publish(ctx context.Context) (err error) {
	d.say("\n$ refine publish")
	d.published, err = d.worker.Publish(ctx, worker.Request{Team: d.team})
	if err != nil {
		return err
	}
	publishText(d.out, d.published, false)
	d.say("\nThe page asks:")
	for _, q := range d.published.Plan.Questions {
		d.say("  %s", q.Text)
	}
	return nil
}

// meet is the session: what people type on the page, in the words of the demo's
// backlog.
func (d *demo) meet() error {
	d.say("\nThe team meets and types on the page:")
	day := d.published.Plan.Session.Start
	lines := []struct {
		key, decision, action string
		due                   time.Time
	}{
		{key: "PAY-3", decision: "The open amount includes reminder fees, because customers pay what they see"},
		{key: "PAY-6", decision: "The second reminder goes out 14 days after the due date, on working days only"},
		{key: "PAY-6", action: "ask legal whether the fee may stand in the first reminder", due: day.AddDate(0, 0, 7)},
		{key: "PAY-7", action: "split the story by payment method, cards first", due: day.AddDate(0, 0, 3)},
	}
	for _, line := range lines {
		var err error
		editErr := d.box.Confluence.Edit(d.published.Page.ID, "Dana", func(body string) string {
			edited := ""
			if line.decision != "" {
				edited, err = d.person.Decides(body, line.key, line.decision)
			} else {
				edited, err = d.person.Acts(body, line.key, line.action, storage.User{}, line.due)
			}
			if err != nil {
				return body
			}
			return edited
		})
		if err := errors.Join(err, editErr); err != nil {
			return fmt.Errorf("typing on the page: %w", err)
		}
		if line.decision != "" {
			d.say("  %s  Decision: %s", line.key, line.decision)
		} else {
			d.say("  %s  [ ] %s, due %s", line.key, line.action, line.due.Format(time.DateOnly))
		}
	}
	return nil
}

// sync writes back: first as a dry run, then for real, then again to show that
// nothing is left to do.
func (d *demo) sync(ctx context.Context) error {
	for _, step := range []struct {
		command string
		dryRun  bool
	}{{"refine sync --dry-run", true}, {"refine sync", false}, {"refine sync", false}} {
		d.say("\n$ %s", step.command)
		synced, err := d.worker.Sync(ctx, worker.SyncRequest{Team: d.team, DryRun: step.dryRun})
		if err != nil {
			return err
		}
		if d.changes == nil && !step.dryRun {
			d.changes = synced.Changes
		}
		syncText(d.out, synced, step.dryRun)
	}
	return nil
}

// tickets shows what the sync left on each ticket.
func (d *demo) tickets() {
	d.say("\nWhat stands on the tickets now:")
	for _, t := range d.left() {
		d.say("\n%s  %s", t.Key, t.URL)
		for _, title := range t.Links {
			d.say("  link to %s", title)
		}
		for _, comment := range t.Comments {
			d.say("  comment:\n    %s", strings.ReplaceAll(strings.TrimSpace(comment), "\n", "\n    "))
		}
	}
}

// left lists the tickets that the sync has written to.
func (d *demo) left() (tickets []demoTicket) {
	for _, key := range d.box.Jira.Keys() {
		t := demoTicket{Key: key, URL: d.box.Site.Jira + "/browse/" + key}
		for _, link := range d.box.Jira.RemoteLinks(key) {
			t.Links = append(t.Links, link.Title)
		}
		for _, comment := range d.box.Jira.Comments(key) {
			if _, ours := comment.Properties["refine"]; ours {
				t.Comments = append(t.Comments, comment.Body)
			}
		}
		if len(t.Links)+len(t.Comments) > 0 {
			tickets = append(tickets, t)
		}
	}
	return tickets
}

// demoResult is what demo prints as JSON.
type demoResult struct {
	Site    sandbox.Site     `json:"site"`
	Page    pageResult       `json:"page"`
	Changes []outcome.Change `json:"changes"`
	Tickets []demoTicket     `json:"tickets"`
}

type demoTicket struct {
	Key      string   `json:"key"`
	URL      string   `json:"url"`
	Links    []string `json:"links"`
	Comments []string `json:"comments"`
}

func (d *demo) result() demoResult {
	return demoResult{
		Site: d.box.Site, Page: publishResult(d.published, 0).Page,
		Changes: d.changes, Tickets: d.left(),
	}
}

// invite says how to play on by hand.
func (d *demo) invite() {
	d.say("\nLook at the page and type on it:  %s", d.published.Page.URL)
	d.say("Look at the tickets:             %s/", d.box.Site.Jira)
	d.say("Sync what you typed:\n  %s \\\n  go run ./cmd/refine sync", strings.Join(variables(d.box.Site, d.deployment), " \\\n  "))
	d.say("Ctrl-C ends both.")
}
