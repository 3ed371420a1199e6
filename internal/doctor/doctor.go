package doctor

import (
	"context"
	"slices"
	"strings"
	"time"

	"refine/confluence"
	"refine/internal/atlassian"
	"refine/internal/model"
	"refine/internal/worker"
	"refine/jira"
)

// A Place is where messages go. Try says what it found without sending any.
type Place interface {
	Name() string
	Try(context.Context) (found string, err error)
}

// Options are what a run would use. All are required but Model, Places and Health.
type Options struct {
	Jira       atlassian.Options
	Confluence func(cloud bool) atlassian.Options
	// Deployments as configured: auto, cloud or datacenter.
	JiraDeployment, ConfluenceDeployment string
	// Connect makes a client without sending credentials.
	Connect func(context.Context, atlassian.Options) (*atlassian.Client, error)
	Fields  []jira.FieldName
	Owner   string
	Teams   []worker.Team
	Model   *model.Drafter // nil: none is asked
	// Places are where the teams are told of their sessions, by the team's name.
	Places map[string][]Place
	Health Place // called when a run has ended; nil: none is
	Now    func() time.Time
}

// Report is what an examination found.
type Report struct {
	Findings []Finding
	Requests int64 // sent for it
}

// Count is how many findings have the status.
func (r Report) Count(s Status) int {
	n := 0
	for _, f := range r.Findings {
		if f.Status == s {
			n++
		}
	}
	return n
}

// patience is the longest wait for a rate limit: longer ones are a finding.
const patience = 5 * time.Second

// Examine makes all checks. What a service does not like is a finding, not an
// error; ctx ends what is under way.
func Examine(ctx context.Context, o Options) Report {
	o.Jira.MaxWait = patience
	e := &examination{Options: o}
	findings := examine(ctx, e.checks())
	r := Report{Findings: findings}
	for _, api := range []*atlassian.Client{e.jiraAPI, e.confluenceAPI} {
		if api != nil {
			r.Requests += api.Requests()
		}
	}
	if o.Model != nil {
		r.Requests += o.Model.Requests()
	}
	return r
}

// An examination is what the checks find out for one another. A field is written
// by one check, and read by those that come after it.
type examination struct {
	Options

	jiraAPI *atlassian.Client
	server  *jira.Server // nil: not told
	jira    *jira.Client

	confluenceAPI *atlassian.Client
	pages         *confluence.Client
}

// checks lists all of them, in the order in which they are told.
func (e *examination) checks() []*check {
	jiraChecks, signedIn, fields := e.jiraChecks()
	confluenceChecks, mayRead := e.confluenceChecks(jiraChecks[0], jiraChecks[1], signedIn)
	all := slices.Concat(jiraChecks, confluenceChecks)
	for _, t := range e.Teams {
		all = append(all, e.backlogChecks(t, signedIn, fields)...)
		all = append(all, e.placeChecks(t, mayRead)...)
		all = append(all, e.scheduleCheck(t))
		for _, p := range e.Places[t.Name] {
			all = append(all, placeCheck("notify", t.Name, p))
		}
	}
	if e.Health != nil {
		all = append(all, placeCheck("health", "", e.Health))
	}
	if e.Model != nil {
		all = append(all, &check{id: "model", name: "model", run: e.checkModel})
	}
	return all
}

func (e *examination) scheduleCheck(t worker.Team) *check {
	return &check{id: "schedule", team: t.Name, name: "schedule", run: func(ctx context.Context) result {
		if t.Schedule == nil {
			return ok("none: its sessions are published by hand")
		}
		dates, err := t.Schedule.Dates(ctx)
		if err != nil {
			return failure(err, "check schedule.ics of the team")
		}
		next, calendar := dates.Upcoming(e.Now(), 1), t.Schedule.Read != nil
		switch {
		case len(next) == 0 && calendar:
			return warning("check schedule.ics and schedule.event of the team: whole-day events are no sessions", "its calendar can be read, and no session will ever come by it")
		case len(next) == 0:
			return warning("set schedule.rrule or schedule.start of the team anew", "no session will ever come by it")
		}
		source := ""
		if calendar {
			source = " by its calendar"
		}
		return ok("next session%s %s, published %s before", source, next[0].In(t.Zone).Format("Mon 2006-01-02 15:04 MST"), short(t.Schedule.LeadTime()))
	}}
}

// placeCheck goes as far as no message is sent. One that fails later fails no run.
func placeCheck(id, team string, p Place) *check {
	name := id
	if p.Name() != id {
		name += " " + p.Name()
	}
	return &check{id: id, team: team, name: name, run: func(ctx context.Context) result {
		found, err := p.Try(ctx)
		if err != nil {
			return warning("check its address, where that is kept, and that it can be reached from here: proxy, firewall, private authority (http.ca_file)", "%s", oneLine(err.Error()))
		}
		return ok("%s; what would send a message was not tried", found)
	}}
}

// short is a duration without its empty parts.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

func (e *examination) checkModel(ctx context.Context) result {
	p, err := e.Model.Probe(ctx)
	switch {
	case err != nil:
		return failure(err, "check model.base_url and model.key")
	case !p.Listed:
		return warning("run refine plan, which asks it: the plan's assumptions say whose words they are",
			"its server answers and does not list its models: whether it takes the key is seen with the first plan")
	case !p.Known:
		return warning("set model.model to one that the server has, unless it knows it by another name", "the key is taken, and no model is called as configured")
	}
	return ok("the key is taken, and the model is there")
}
