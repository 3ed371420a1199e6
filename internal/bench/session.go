package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"refine/internal/sandbox"
)

// decided is how many tickets of a session something is decided about.
const decided = 10

// A session is one binary on sandboxes of one deployment.
type session struct {
	options
	binary, deployment, work string
	told                     func(what string, c cost)

	site    *sandbox.Sandbox
	journal *journal
}

// measure plays a session, and then those of many teams at once.
func (s *session) measure() error {
	if err := s.oneTeam(); err != nil || s.teams == 0 {
		return err
	}
	return s.manyTeams()
}

// oneTeam plays a session from its first publish to an edit behind its sync.
func (s *session) oneTeam() error {
	if err := s.open(s.items, 1); err != nil {
		return err
	}
	defer s.site.Close()
	if err := s.command(fmt.Sprintf("first publish of %d", s.items), "publish"); err != nil {
		return err
	}
	if err := s.command("unchanged publish", "publish"); err != nil {
		return err
	}
	pages := s.site.Confluence.Pages()
	if len(pages) != 1 {
		return fmt.Errorf("there are %d pages after a publish", len(pages))
	}
	page, person := pages[0].ID, sandbox.Person{Native: s.deployment == "cloud"}
	var typed error
	edit := func(change func(string) (string, error)) {
		err := s.site.Confluence.Edit(page, "Dana", func(body string) string {
			var edited string
			if edited, typed = change(body); typed != nil {
				return body
			}
			return edited
		})
		if typed == nil {
			typed = err
		}
	}
	for n := range decided {
		edit(func(body string) (string, error) {
			return person.Decides(body, key(0, n), fmt.Sprintf("Refund within %d days", n+3))
		})
		if typed != nil {
			return typed
		}
	}
	if err := s.command(fmt.Sprintf("sync of %d", decided), "sync", "--page", page); err != nil {
		return err
	}
	if err := s.command("second sync", "sync", "--page", page); err != nil {
		return err
	}
	edit(func(body string) (string, error) {
		return strings.ReplaceAll(body, "Refund within", "Refund fees within"), nil
	})
	if typed != nil {
		return typed
	}
	return s.command(fmt.Sprintf("%d decisions edited", decided), "sync", "--page", page)
}

// manyTeams runs over teams that are all due.
func (s *session) manyTeams() error {
	if err := s.open(decided, s.teams); err != nil {
		return err
	}
	defer s.site.Close()
	return s.command(fmt.Sprintf("%d teams due", s.teams), "run")
}

// open starts a sandbox with so many flagged tickets of so many teams, and writes the
// configuration for it.
func (s *session) open(items, teams int) error {
	var backlog bytes.Buffer
	var configured []map[string]any
	now := time.Now()
	for t := range teams {
		label := fmt.Sprintf("team-%d", t)
		for n := range items {
			fmt.Fprintf(&backlog, `{"key":%q,"fields":{"summary":"Show what group %d owes to team %d","description":"Clerks cannot see what group %d owes.","labels":[%q],"flagged":true}}`+"\n", key(t, n), n, t, n, label)
		}
		configured = append(configured, map[string]any{
			"name": label, "backlog": map[string]any{"flagged": false, "label": label, "limit": items}, "page": map[string]any{"pictures": false},
			"schedule": map[string]any{"rrule": "FREQ=DAILY", "start": now.Add(12 * time.Hour).UTC().Format("2006-01-02T15:04"), "timezone": "UTC", "lead": "24h"},
		})
	}
	s.journal = &journal{}
	site, err := sandbox.Start(sandbox.Options{Deployment: s.deployment, Backlog: []io.Reader{&backlog}, Latency: s.latency, Journal: s.journal})
	if err != nil {
		return err
	}
	s.site = site
	config, err := json.Marshal(map[string]any{ // which is YAML, too
		"owner": "bench", "teams": configured,
		"jira":       map[string]any{"url": site.Site.Jira, "deployment": s.deployment},
		"confluence": map[string]any{"url": site.Site.Confluence, "space": site.Site.Space},
	})
	if err != nil {
		return err
	}
	return os.WriteFile(s.config(), config, 0o600)
}

func (s *session) config() string { return filepath.Join(s.work, "refine.yaml") }

// key is a ticket of a team.
func key(team, n int) string { return fmt.Sprintf("T%d-%d", team, n+1) }

// command runs the binary and tells what that cost.
func (s *session) command(what string, args ...string) error {
	start, err := s.exec("version")
	if err != nil {
		return err
	}
	s.journal.clear()
	wall, err := s.exec(args...)
	if err != nil {
		return err
	}
	requests, chain := s.journal.cost()
	s.told(what, cost{requests: requests, wall: wall, chain: chain, start: start})
	return nil
}

// exec runs the binary with nothing of this process's environment but where commands
// are, and tells how long it took.
func (s *session) exec(args ...string) (time.Duration, error) {
	c := exec.Command(s.binary, append(args, "--config", s.config())...)
	if args[0] == "version" {
		c = exec.Command(s.binary, "version")
	}
	c.Dir = s.work
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.work, "REFINE_JIRA_TOKEN=" + s.site.Site.Token, "REFINE_CONFLUENCE_TOKEN=" + s.site.Site.Token}
	if s.deployment == "cloud" {
		c.Env = append(c.Env, "REFINE_JIRA_USER="+s.site.Site.User)
	}
	var failed bytes.Buffer
	c.Stderr = &failed
	start := time.Now()
	if err := c.Run(); err != nil {
		return 0, fmt.Errorf("refine %s: %w: %s", strings.Join(args, " "), err, failed.String())
	}
	return time.Since(start), nil
}
