package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"refine/config"
	"refine/confluence"
	"refine/internal/atlassian"
	"refine/internal/feed"
	"refine/internal/model"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/talks"
)

// onSite loads the configuration, lets prepare hold the command line against
// it, connects and does the work.
func (a *app) onSite(ctx context.Context, prepare func(*config.Config) error, do func(*worker.Worker) error) error {
	conf, err := a.config()
	if err != nil {
		return err
	}
	if err := prepare(conf); err != nil {
		return err
	}
	w, err := a.worker(ctx, conf)
	if err != nil {
		return err
	}
	err = do(w)
	a.tellClock()
	return err
}

// worker connects to both services as the configuration says.
func (a *app) worker(ctx context.Context, c *config.Config) (*worker.Worker, error) {
	jiraToken, confluenceToken, err := c.Tokens(ctx)
	if err != nil {
		return nil, err
	}
	api, err := a.connect(ctx, a.jiraOptions(c, jiraToken))
	if err != nil {
		return nil, err
	}
	j, err := a.jira(ctx, c, api)
	if err != nil {
		return nil, err
	}
	a.tellClock = sync.OnceFunc(func() { a.compareClocks(api) })
	pages, err := a.confluence(ctx, c, j, confluenceToken)
	if err != nil {
		return nil, err
	}
	return &worker.Worker{Jira: j, Remembered: remembered(j), Pages: pages, Owner: c.Owner, Now: a.now, Log: a.log, Progress: a.progress}, nil
}

// planning is onSite for what makes plans. Nothing else needs the language model,
// nor does a plan whose words are there, and so nothing else fetches its key.
func (a *app) planning(ctx context.Context, worded bool, prepare func(*config.Config) error, do func(*worker.Worker) error) error {
	a.learn = jira.LearnAhead
	var conf *config.Config
	keep := func(c *config.Config) error {
		conf = c
		return prepare(c)
	}
	return a.onSite(ctx, keep, func(w *worker.Worker) (err error) {
		w.BuiltIn = a.noModel
		if conf.Model.Provider != config.NoModel && !a.noModel && !worded {
			if w.Model, err = a.model(ctx, conf); err != nil {
				return err
			}
		}
		return do(w)
	})
}

// model is the configured language model.
func (a *app) model(ctx context.Context, c *config.Config) (*model.Drafter, error) {
	key, err := c.ModelKey(ctx)
	if err != nil {
		return nil, err
	}
	d, err := model.New(model.Options{
		Provider: c.Model.Provider, BaseURL: c.Model.BaseURL, Model: c.Model.Model, Key: atlassian.NewSecret(key.Reveal()), Timeout: c.Model.Timeout, Unread: !c.Model.Review,
		CAFile: c.HTTP.CAFile, ClientCert: c.HTTP.ClientCert, ClientKey: c.HTTP.ClientKey, Proxy: c.HTTP.Proxy,
		UserAgent: "refine/" + buildVersion().Version, Log: a.log,
	})
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	return d, nil
}

func (a *app) jira(ctx context.Context, c *config.Config, api *atlassian.Client) (*jira.Client, error) {
	return jira.New(ctx, jira.Options{Atlassian: api, Deployment: c.Jira.Deployment, Fields: fieldNames(c.Fields), Learn: a.learn, Memory: a.memory(), Log: a.log})
}

// wrongClock is how far this machine's clock may be from Jira's untold.
const wrongClock = 10 * time.Minute

// compareClocks warns of a clock that is wrong: it decides which session is next and
// whether one has begun. What two runs must not both do goes by Confluence's.
func (a *app) compareClocks(api *atlassian.Client) {
	now, told := api.Time()
	if told && time.Since(now).Abs() > wrongClock {
		a.log.Warn("the clock of this machine and Jira's differ, and sessions are planned by the former: set the wrong one right",
			"machine", time.Now().UTC().Format(time.RFC3339), "jira", now.UTC().Format(time.RFC3339))
	}
}

func fieldNames(fields []config.Field) []jira.FieldName {
	var out []jira.FieldName
	for _, f := range fields {
		out = append(out, jira.FieldName{Name: f.Name, Field: f.Field})
	}
	return out
}

// confluence takes Jira's deployment for its own unless told otherwise: a
// company that has one on Cloud hardly ever runs the other itself.
func (a *app) confluence(ctx context.Context, c *config.Config, j *jira.Client, token config.Secret) (*confluence.Client, error) {
	cloud := j.Cloud()
	if c.Confluence.Deployment != config.Auto {
		cloud = c.Confluence.Deployment == config.Cloud
	}
	o := a.confluenceOptions(c, cloud, token)
	o.Beside(j.Atlassian(), j.Site())
	api, err := a.connect(ctx, o)
	if err != nil {
		return nil, err
	}
	return confluence.New(api, cloud), nil
}

// jiraOptions is how Jira is reached.
func (a *app) jiraOptions(c *config.Config, token config.Secret) atlassian.Options {
	o := a.options("Jira", c.Jira.Auth, token, c.HTTP)
	o.BaseURL, o.Deployment = c.Jira.URL, c.Jira.Deployment
	o.Gateway, _ = c.Gateways()
	return o
}

// confluenceOptions is how Confluence is reached, once it is known which of the
// two deployments it is.
func (a *app) confluenceOptions(c *config.Config, cloud bool, token config.Secret) atlassian.Options {
	o := a.options("Confluence", c.Confluence.Auth, token, c.HTTP)
	o.BaseURL, o.Deployment = c.Confluence.URL, config.DataCenter
	_, o.Gateway = c.Gateways()
	if cloud {
		o.Deployment = config.Cloud
		o.BaseURL = strings.TrimSuffix(o.BaseURL, "/wiki") // which people may write or not, and all its paths begin with
	}
	return o
}

func (a *app) options(product string, auth config.Auth, token config.Secret, h config.HTTP) atlassian.Options {
	return atlassian.Options{
		Product: product,
		Auth: atlassian.Auth{
			Type: auth.Type, User: auth.User, Token: atlassian.NewSecret(token.Reveal()), TokenURL: auth.TokenURL, Scope: auth.Scope,
		},
		CAFile: h.CAFile, ClientCert: h.ClientCert, ClientKey: h.ClientKey, Proxy: h.Proxy, Timeout: h.Timeout,
		UserAgent: "refine/" + buildVersion().Version, Log: a.log,
	}
}

func (a *app) connect(ctx context.Context, o atlassian.Options) (*atlassian.Client, error) {
	if a.dial != nil {
		transport, err := atlassian.Transport(o)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.Product, err)
		}
		transport.DialContext = a.dial
		o.Network = transport
	}
	client, err := atlassian.Connect(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Product, err)
	}
	return client, nil
}

// team turns a configured team into the worker's.
func team(t config.Team, feeds *feed.Reader) (worker.Team, error) {
	own, err := ownGuide(t)
	if err != nil {
		return worker.Team{}, err
	}
	hour, minute := t.Session.Clock()
	out := worker.Team{
		Name: t.Name, Limit: t.Backlog.Limit, Format: t.Session.Format, Guide: own, Duration: t.Session.Duration,
		Hour: hour, Minute: minute, Zone: t.Session.Location(), Space: t.Page.Space, Parent: t.Page.Parent, Pictures: t.Page.HasPictures(),
		Presenters: t.Session.Presenters, Ready: readyRules(t.Ready), ServiceComments: outcome.ServiceComments(t.Sync.ServiceComments),
	}
	out.Estimation = estimation(t.Session.Estimation)
	out.Criteria = map[string]outcome.Field{config.InField: outcome.CriteriaField, config.InDescription: outcome.DescriptionField}[t.Sync.Criteria]
	out.LinkBlockers = t.Sync.BlockedBy == config.AsLink
	out.SetRank = t.Sync.Rank == config.InBacklog
	out.Effects, out.SetEstimate = effects(t.Sync), t.Sync.Estimate == config.InField
	out.Actions = outcome.ActionSettings{
		As: outcome.ActionsAs(t.Sync.Actions), Type: t.Sync.ActionsType, Link: t.Sync.ActionsLink, Done: t.Sync.ActionsDone,
	}
	out.Split = outcome.SplitSettings{Create: t.Sync.Split == config.AsIssue, Link: t.Sync.SplitLink}
	for _, o := range t.Session.Objectives {
		if o.Page != "" {
			out.ObjectivePages = append(out.ObjectivePages, strings.TrimSpace(o.Page))
		} else {
			out.Objectives = append(out.Objectives, brief.Objective{ID: o.ID, Text: o.Text})
		}
	}
	out.Backlog.Flagged, out.Backlog.JQL = t.Backlog.OnlyFlagged(), t.Backlog.JQL
	out.Backlog.Label, out.Backlog.Filter, out.Backlog.Board = t.Backlog.Label, t.Backlog.Filter, t.Backlog.Board
	if out.Schedule, err = schedule(t, feeds); err != nil {
		return out, fmt.Errorf("team %s: %w", t.Name, err)
	}
	return out, nil
}

// effects are what ticking a box does, of those that do anything.
func effects(s config.Sync) map[outcome.Box]outcome.Effect {
	out := map[outcome.Box]outcome.Effect{}
	for _, box := range s.Boxes() {
		if o := box.Does; o != (config.Outcome{}) {
			out[outcome.Box(box.Name)] = outcome.Effect{RemoveFlag: o.RemoveFlag, AddLabel: o.AddLabel, RemoveLabel: o.RemoveLabel, Transition: o.Transition, Rank: o.Rank}
		}
	}
	return out
}

// readyRules turns a configured Definition of Ready into the planner's.
func readyRules(r config.Ready) ready.Definition {
	out := ready.Definition{MaxPoints: float64(r.MaxPoints)}
	for _, rule := range r.Rules {
		own := ready.Rule{
			ID: rule.ID, Sentence: rule.Message, Severity: ready.Severity(rule.Severity), INVEST: rule.INVEST,
			Types: rule.Types, In: ready.Part(rule.In), Forbid: rule.Forbid != "",
		}
		if expression := cmp.Or(rule.Pattern, rule.Forbid); expression != "" {
			own.Pattern = regexp.MustCompile(expression) // Load compiled it before
		}
		out.Rules = append(out.Rules, own)
	}
	return out
}

// estimation turns configured sizes into the planner's. A name that is a number
// is worth that many points.
func estimation(e config.Estimation) talks.Estimation {
	out := talks.Estimation{Scale: e.Scale, Poker: e.PokerURL}
	for _, s := range e.Sizes {
		points := s.Points
		if named, err := strconv.ParseFloat(s.Name, 64); points == 0 && err == nil {
			points = named
		}
		out.Sizes = append(out.Sizes, talks.Size{Name: s.Name, Points: points})
	}
	return out
}

// ownGuide is what the team's sessions follow in the place of a built-in guide, if that
// can be read and holds them.
func ownGuide(t config.Team) (guide.Guide, error) {
	if t.Session.GuideFile == "" {
		return guide.Guide{}, nil
	}
	text, err := t.Guide()
	if err != nil {
		return guide.Guide{}, err
	}
	g, err := guide.Parse(filepath.Base(t.Session.GuideFile), text)
	if err == nil {
		err = g.Holds(t.Session.Duration)
	}
	if err != nil {
		return guide.Guide{}, t.GuideError(err)
	}
	return g, nil
}

// remembered is what a worker knows of the last time.
func remembered(j *jira.Client) func() worker.Guess {
	return func() worker.Guess {
		if last := j.Remembered(); last != nil {
			return last
		}
		return nil
	}
}

// memory is where the user's machine keeps what Jira's fields meant the last time; none
// for a Jira within this process, or an account without such a place.
func (a *app) memory() string {
	if a.cache == "" || a.dial != nil {
		return ""
	}
	return filepath.Join(a.cache, "refine", "fields.json")
}
