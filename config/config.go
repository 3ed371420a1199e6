// Package config reads what a deployment of refine is told: in come one YAML
// file and environment variables, out comes one validated [Config], or every
// fault of it at once with the line or the variable it stands in. It also
// writes the file's JSON schema and a commented example.
//
// It never talks to Jira or Confluence, and nothing that it returns or reports
// shows a secret. Only package main imports it: the rest of the program is
// handed values.
package config

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Config is everything a run needs to know, with all defaults filled in.
// [Load] makes it; the json tags are the keys of the file, and each scalar key
// outside of a list is also read from the environment, see [Variables].
type Config struct {
	Owner      string     `json:"owner" jsonschema_description:"Names this deployment in the marks it leaves on pages and tickets. Two deployments on one site need two names. Default: refine."`
	Jira       Jira       `json:"jira"`
	Confluence Confluence `json:"confluence"`
	HTTP       HTTP       `json:"http"`
	Fields     []Field    `json:"fields" jsonschema_description:"Fields of the site whose names differ from the usual ones."`
	Teams      []Team     `json:"teams" jsonschema_description:"Without any there is one team, named after the space, that refines the flagged items."`
	Model      Model      `json:"model" jsonschema_description:"A language model that words the plan. Without one the built-in words are used."`
	Health     Health     `json:"health" jsonschema_description:"An address that is called when a refine run or a job of refine serve has ended, for a service that raises an alarm when no call comes."`
	Store      Secret     `json:"store" jsonschema_description:"Where refine serve keeps its jobs: sqlite: and a file, relative to this one, or postgres://… Default: sqlite:refine.db."`
	Serve      Serve      `json:"serve" jsonschema_description:"For refine serve, the daemon."`

	// File is the file that was read, empty if there was none.
	File string `json:"-"`

	// Implied says that the only team is one that nobody configured.
	Implied bool `json:"-"`
}

// Jira is where the backlog is.
type Jira struct {
	URL        string `json:"url" jsonschema:"format=uri" jsonschema_description:"Address of the site, context path included: https://acme.atlassian.net or https://jira.acme.example/jira."`
	Deployment string `json:"deployment" jsonschema:"enum=auto,enum=cloud,enum=datacenter" jsonschema_description:"Default: auto, which asks the site, and also what address people reach it by."`
	Auth       Auth   `json:"auth"`
}

// Confluence is where the pages are.
type Confluence struct {
	URL        string `json:"url" jsonschema:"format=uri" jsonschema_description:"Address of the site. On Cloud it follows from Jira's and may be left out; /wiki at its end is optional there."`
	Deployment string `json:"deployment" jsonschema:"enum=auto,enum=cloud,enum=datacenter" jsonschema_description:"Default: auto, which is the same as Jira's."`
	Space      string `json:"space" jsonschema_description:"Key of the space that the pages are written to; a team may name another one."`
	Auth       Auth   `json:"auth" jsonschema_description:"The same as Jira's unless given."`
}

// The values of Auth.Type and of Deployment.
const (
	Basic      = "basic"
	Scoped     = "scoped"
	Bearer     = "bearer"
	OAuth2     = "oauth2"
	Auto       = "auto"
	Cloud      = "cloud"
	DataCenter = "datacenter"
)

// Auth is how a service knows us. At most one of Token, TokenFile and
// TokenCommand is set.
type Auth struct {
	Type         string `json:"type" jsonschema:"enum=basic,enum=scoped,enum=bearer,enum=oauth2" jsonschema_description:"basic (e-mail address and API token, Cloud), scoped (the same with an API token that has scopes, as every service account's), bearer (personal access token, Data Center) or oauth2 (an OAuth 2.0 client with its own credentials). Default: basic if there is a user, else bearer."`
	User         string `json:"user" jsonschema_description:"E-mail address of the account, for basic and scoped; the client's id, for oauth2."`
	Token        Secret `json:"token" jsonschema_description:"The token itself; for oauth2 the client's secret. Better kept in the environment, a file or a command."`
	TokenFile    string `json:"token_file" jsonschema_description:"File that holds the token, relative to this file."`
	TokenCommand string `json:"token_command" jsonschema_description:"Command, run by the shell, whose first line of output is the token."`
	TokenURL     string `json:"token_url" jsonschema:"format=uri" jsonschema_description:"Where an oauth2 client gets its access tokens. Default: Atlassian Cloud's address, or /rest/oauth2/latest/token of a Data Center site."`
	Scope        string `json:"scope" jsonschema_description:"Scopes that an oauth2 client asks for, with spaces between: WRITE on Data Center. Default: all that it was given."`
}

// HTTP is how requests leave the machine.
type HTTP struct {
	CAFile     string        `json:"ca_file" jsonschema_description:"PEM file of certificate authorities to trust beside the system's."`
	ClientCert string        `json:"client_cert" jsonschema_description:"PEM file of a client certificate."`
	ClientKey  string        `json:"client_key" jsonschema_description:"PEM file of the client certificate's key."`
	Proxy      string        `json:"proxy" jsonschema:"format=uri" jsonschema_description:"Proxy for all requests. Default: HTTPS_PROXY and NO_PROXY of the environment."`
	Gateway    string        `json:"gateway" jsonschema:"format=uri" jsonschema_description:"Atlassian Cloud's API gateway, through which tokens with scopes and OAuth clients go. Default: https://api.atlassian.com."`
	Timeout    time.Duration `json:"timeout" jsonschema_description:"For one attempt of one request. Default: 30s."`
}

// Gateways are the API gateways that the requests to Jira and to Confluence go
// through; empty where they go to the site itself, as where the address given is
// a gateway's already.
func (c *Config) Gateways() (jira, confluence string) {
	through := func(address, deployment string, a Auth) string {
		u, err := url.Parse(address)
		if err != nil || strings.HasPrefix(u.Path, "/ex/") {
			return ""
		}
		onCloud := atlassianHosted(u)
		if a.Type == Scoped || a.Type == Bearer && onCloud || a.Type == OAuth2 && (onCloud || deployment == Cloud) {
			return c.HTTP.Gateway
		}
		return ""
	}
	j, w := c.Jira, c.Confluence
	if w.Deployment == Auto { // the same as Jira's
		w.Deployment = j.Deployment
	}
	return through(j.URL, j.Deployment, j.Auth), through(w.URL, w.Deployment, w.Auth)
}

// The values of Model.Provider.
const (
	NoModel   = "none"
	OpenAI    = "openai"
	Anthropic = "anthropic"
)

// Model is a language model that may word a plan. At most one of Key,
// KeyFile and KeyCommand is set.
type Model struct {
	Provider   string        `json:"provider" jsonschema:"enum=none,enum=openai,enum=anthropic" jsonschema_description:"openai is any server with OpenAI's chat completions. Default: none, which asks no model."`
	BaseURL    string        `json:"base_url" jsonschema:"format=uri" jsonschema_description:"Address of the server, up to and with /v1 for openai. Default: the provider's own."`
	Model      string        `json:"model" jsonschema_description:"Name of the model, as the server knows it."`
	Key        Secret        `json:"key" jsonschema_description:"The key itself. Better kept in the environment, a file or a command. A server that takes none gets any word."`
	KeyFile    string        `json:"key_file" jsonschema_description:"File that holds the key, relative to this file."`
	KeyCommand string        `json:"key_command" jsonschema_description:"Command, run by the shell, whose first line of output is the key."`
	Timeout    time.Duration `json:"timeout" jsonschema_description:"For a session's whole draft, of four requests at most. Default: 4m."`
	Review     bool          `json:"review" jsonschema_description:"Have the model read what it wrote a second time, beside the tickets and nothing else. Default: true."`
}

// Field says what a site calls a field that the plan uses.
type Field struct {
	Name  string `json:"name" jsonschema:"required,enum=acceptance_criteria,enum=business_value,enum=epic_link,enum=flagged,enum=job_size,enum=rank,enum=risk_reduction,enum=sprint,enum=story_points,enum=time_criticality" jsonschema_description:"The plan's name of the field."`
	Field string `json:"field" jsonschema:"required" jsonschema_description:"The site's name of the field, or its id: customfield_10042."`
}

// Team is a group of people who refine one backlog together.
type Team struct {
	Name     string   `json:"name" jsonschema:"required" jsonschema_description:"As it stands in page titles; also what --team takes."`
	Backlog  Backlog  `json:"backlog"`
	Session  Session  `json:"session"`
	Schedule Schedule `json:"schedule" jsonschema_description:"When the team meets, for refine run and refine serve. A team without one is published and synced by command only."`
	Page     Page     `json:"page"`
	Sync     Sync     `json:"sync" jsonschema_description:"What is written back to Jira, and how."`
	Ready    Ready    `json:"ready" jsonschema_description:"The team's Definition of Ready."`
	Notify   []Notify `json:"notify" jsonschema_description:"Where the team is told: once that a session's page is there, and what the session came to."`
}

// Backlog selects the items of a session. Everything given must hold at once.
type Backlog struct {
	Flagged *bool  `json:"flagged" jsonschema_description:"Only flagged items. Default: true, unless a label, a filter or a board is given."`
	JQL     string `json:"jql" jsonschema_description:"The team's base query, for example: project = PAY. Its ORDER BY, if any, is the order."`
	Label   string `json:"label" jsonschema_description:"Only items with this label."`
	Filter  string `json:"filter" jsonschema_description:"Name or id of a saved filter."`
	Board   string `json:"board" jsonschema_description:"Name, else id, of a board: only the open items of its backlog, in the board's order."`
	Limit   int    `json:"limit" jsonschema:"minimum=1,maximum=500" jsonschema_description:"Most items of one session. Default: 40."`
}

// OnlyFlagged says whether the flag selects: it does unless the team said
// otherwise or selects by label, filter or board.
func (b Backlog) OnlyFlagged() bool {
	if b.Flagged != nil {
		return *b.Flagged
	}
	return b.Label == "" && b.Filter == "" && b.Board == ""
}

// Session is the form of a team's meeting.
type Session struct {
	Format     string        `json:"format" jsonschema:"enum=guide,enum=popm,enum=weekly" jsonschema_description:"guide is about problems alone; popm also agrees on sizes and order; weekly is a short guide. Default: guide."`
	GuideFile  string        `json:"guide_file" jsonschema_description:"Markdown file of the team's own guide, instead of format; headings with minutes, such as Recap (5-10 minutes), are its phases. Relative to this file."`
	Duration   time.Duration `json:"duration" jsonschema_description:"Whole minutes. Default: 90m; 45m for weekly, which takes 30m to 45m; with a guide_file what its phases add up to, at most 90m."`
	Start      string        `json:"start" jsonschema:"pattern=^([01]?[0-9]|2[0-3]):[0-5][0-9]$" jsonschema_description:"Clock time at which a session starts that no schedule dates. Default: the schedule's, else 10:00."`
	Timezone   string        `json:"timezone" jsonschema_description:"For example Europe/Berlin. Default: the schedule's, else UTC."`
	Estimation Estimation    `json:"estimation" jsonschema_description:"Sizes, for formats that agree on them: popm, and guides of your own with a phase for it."`
	Objectives []Objective   `json:"objectives" jsonschema_description:"What the team wants to reach soon; each item says which it serves."`
	Presenters []string      `json:"presenters" jsonschema_description:"Take turns in presenting the items."`
}

// Estimation is how a team sizes items.
type Estimation struct {
	Scale    string `json:"scale" jsonschema:"enum=points,enum=t-shirt" jsonschema_description:"Default: points."`
	Sizes    []Size `json:"sizes" jsonschema_description:"Smallest first. Default: 1, 2, 3, 5, 8, 13, or XS to XL."`
	PokerURL string `json:"poker_url" jsonschema:"format=uri" jsonschema_description:"Address of the team's planning poker."`
}

// Size is one that an item may have.
type Size struct {
	Name   string  `json:"name" jsonschema:"required" jsonschema_description:"As it stands on the page: 5, or M."`
	Points float64 `json:"points" jsonschema_description:"What it counts in story points. Default for the scale points: the name."`
}

// Objective is something that a team wants to reach soon. Text or Page is set.
type Objective struct {
	ID   string `json:"id" jsonschema_description:"As tickets name it: Q4-2."`
	Text string `json:"text" jsonschema_description:"What is to be reached: Fewer invoices are paid late."`
	Page string `json:"page" jsonschema_description:"Title, else id, of a Confluence page in the team's space instead, whose list items are the objectives."`
}

// Clock is the time of day at which the session starts.
func (s Session) Clock() (hour, minute int) {
	t, err := time.Parse(clockLayout, s.Start)
	if err != nil {
		return 0, 0 // not from Load, which refuses it
	}
	return t.Hour(), t.Minute()
}

// Location is the team's time zone.
func (s Session) Location() *time.Location { return location(s.Timezone) }

// Page is where a team's pages go.
type Page struct {
	Space  string `json:"space" jsonschema_description:"Key of the space. Default: that of confluence."`
	Parent string `json:"parent" jsonschema_description:"Title, else id, of the page under which the team's pages stand."`
	// Pictures is nil unless it is given, which means that there are some.
	Pictures *bool `json:"pictures" jsonschema_description:"Pictures beside the words: timeboxes to scale, items by rules, what waits for what. Default: true."`
}

// HasPictures reports whether the team's pages show pictures.
func (p Page) HasPictures() bool { return p.Pictures == nil || *p.Pictures }

const (
	clockLayout = "15:04"
	startLayout = "2006-01-02T15:04"
)

// Team finds a team by its name; without a name, the only one. Where no team is
// configured, any name is that of the one there is.
func (c *Config) Team(name string) (Team, error) {
	if len(c.Teams) == 1 && (name == "" || c.Implied) {
		t := c.Teams[0]
		t.Name = cmp.Or(name, t.Name)
		return t, nil
	}
	if len(c.Teams) == 0 { // only LoadTeams allows that
		return Team{}, &Error{Faults: []error{errors.New("no team is configured")},
			Remedy: "write teams into the file that --config names, or leave --team out"}
	}
	i := slices.IndexFunc(c.Teams, func(t Team) bool { return t.Name == name })
	if i >= 0 {
		return c.Teams[i], nil
	}
	names := strings.Join(c.teamNames(), ", ")
	if name == "" {
		return Team{}, &Error{Faults: []error{fmt.Errorf("which team? one of %s", names)},
			Remedy: "name it with --team"}
	}
	return Team{}, &Error{Faults: []error{fmt.Errorf("there is no team %q", name)},
		Remedy: "name one of " + names}
}

func (c *Config) teamNames() []string {
	var names []string
	for _, t := range c.Teams {
		names = append(names, t.Name)
	}
	return names
}

// cloudConfluence is Confluence's address on the Cloud site that has Jira at
// the given address, or nothing if that is no Cloud site. Behind the API
// gateway the two products have paths of their own.
func cloudConfluence(jira string) string {
	u, err := url.Parse(jira)
	if err != nil {
		return ""
	}
	switch {
	case atlassianHosted(u):
		return jira + "/wiki"
	case gateway(u):
		return strings.Replace(jira, "/ex/jira/", "/ex/confluence/", 1) + "/wiki"
	}
	return ""
}

func atlassianHosted(u *url.URL) bool {
	return strings.HasSuffix(strings.ToLower(u.Hostname()), ".atlassian.net")
}

func gateway(u *url.URL) bool {
	return strings.EqualFold(u.Hostname(), "api.atlassian.com") && strings.HasPrefix(u.Path, "/ex/jira/")
}

func location(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC // not from Load, which refuses it
	}
	return loc
}
