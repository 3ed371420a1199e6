package config

import (
	"cmp"
	"path/filepath"
	"strings"
	"time"
)

// defaults are the values of scalar keys that nobody gave.
var defaults = map[string]any{
	"owner":                 "refine",
	"jira.deployment":       "auto",
	"confluence.deployment": "auto",
	"http.gateway":          "https://api.atlassian.com",
	"http.timeout":          "30s",
	"model.provider":        NoModel,
	"model.timeout":         "4m",
	"model.review":          true,
	"store":                 "sqlite:refine.db",
	"serve.listen":          "127.0.0.1:8417",
	"serve.job_timeout":     "6m",
	"serve.sweep":           "6h",
	"serve.jobs":            8,
}

const (
	defaultLimit = 40
	defaultStart = "10:00"
	defaultLead  = 24 * time.Hour
	longestLead  = 14 * 24 * time.Hour
)

// usual is how long the sessions of a format last. A team's own guide says so
// itself.
var usual = map[string]time.Duration{"guide": 90 * time.Minute, "popm": 90 * time.Minute, "weekly": 45 * time.Minute}

// fillIn completes what follows from other keys, or is needed in every team.
func (c *Config) fillIn() {
	c.Jira.URL = trimSlash(c.Jira.URL)
	c.Confluence.URL = cmp.Or(trimSlash(c.Confluence.URL), cloudConfluence(c.Jira.URL))
	if c.Confluence.Auth == (Auth{}) {
		c.Confluence.Auth = c.Jira.Auth
	}
	c.Model.Provider, c.Model.BaseURL = cmp.Or(c.Model.Provider, NoModel), trimSlash(c.Model.BaseURL)
	c.HTTP.Gateway = trimSlash(c.HTTP.Gateway)
	c.Jira.Auth.fillIn()
	c.Confluence.Auth.fillIn()
	if len(c.Teams) == 0 && c.Confluence.Space != "" {
		c.Teams, c.Implied = []Team{{Name: c.Confluence.Space}}, true
	}
	c.Store = anchored(c.Store, filepath.Dir(c.File))
	for i := range c.Teams {
		c.Teams[i].fillIn(c.Confluence.Space, filepath.Dir(c.File))
	}
}

func (a *Auth) fillIn() {
	if a.Type != "" {
		return
	}
	a.Type = Bearer
	if a.User != "" {
		a.Type = Basic
	}
}

func (t *Team) fillIn(space, dir string) {
	t.Backlog.Limit = cmp.Or(t.Backlog.Limit, defaultLimit)
	t.Session.fillIn(t.Schedule, dir)
	t.Schedule.fillIn(t.Session.Timezone, dir)
	t.Page.Space = cmp.Or(t.Page.Space, space)
	for i := range t.Notify {
		t.Notify[i].fillIn(dir)
	}
	t.Sync.Actions = cmp.Or(t.Sync.Actions, "comment")
	t.Sync.ServiceComments = cmp.Or(t.Sync.ServiceComments, "internal")
}

func (s *Session) fillIn(schedule Schedule, dir string) {
	if s.GuideFile == "" {
		s.Format = cmp.Or(s.Format, "guide")
		s.Duration = cmp.Or(s.Duration, usual[s.Format])
	} else if !filepath.IsAbs(s.GuideFile) {
		s.GuideFile = filepath.Join(dir, s.GuideFile)
	}
	_, clock, _ := strings.Cut(schedule.Start, "T")
	s.Start = cmp.Or(s.Start, clock, defaultStart)
	s.Timezone = cmp.Or(s.Timezone, schedule.Timezone, "UTC")
}

func trimSlash(address string) string { return strings.TrimRight(address, "/") }
