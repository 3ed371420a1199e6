package doctor

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"refine/internal/atlassian"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner/outcome"
)

// The scopes of Jira, by what they are for.
const (
	readJira  = "read:jira-work"
	writeJira = "write:jira-work"
	readUser  = "read:jira-user"
	readBoard = "read:board-scope:jira-software"
)

// jiraChecks are those of Jira as a whole. What needs an account depends on
// signedIn; fields is the one after which there is a client.
func (e *examination) jiraChecks() (all []*check, signedIn, fields *check) {
	address := &check{id: "jira.address", name: "Jira address", run: e.checkJiraAddress}
	deployment := &check{id: "jira.deployment", name: "Jira deployment", needs: []*check{address}, run: e.checkJiraDeployment}
	clock := &check{id: "clock", name: "clock", needs: []*check{address}, run: e.checkClock}
	limit := &check{id: "jira.rate_limit", name: "Jira rate limit", needs: []*check{address}, run: func(context.Context) result { return checkQuota(e.jiraAPI) }}
	signedIn = &check{id: "jira.credentials", name: "Jira credentials", needs: []*check{limit}, run: e.checkJiraAccount}
	token := &check{id: "jira.token", name: "Jira token", needs: []*check{signedIn}, run: func(ctx context.Context) result {
		return checkEnd(ctx, e.jiraAPI, e.Jira.Auth, e.Now())
	}}
	fields = &check{id: "jira.fields", name: "Jira fields", needs: []*check{signedIn}, after: []*check{deployment}, run: e.checkFields}
	all = []*check{address, deployment, clock, limit, signedIn, token}
	if throughGateway(e.Jira) {
		all = append(all, &check{id: "jira.scopes", name: "Jira scopes", needs: []*check{limit}, run: e.checkJiraScopes})
	}
	return append(all, fields), signedIn, fields
}

func throughGateway(o atlassian.Options) bool {
	return o.Gateway != "" || strings.Contains(o.BaseURL, "/ex/")
}

// checkJiraAddress asks what the site tells anybody; where it tells nobody, as
// behind the gateway or a sign-on, it asks with the credentials.
func (e *examination) checkJiraAddress(ctx context.Context) result {
	api, err := e.Connect(ctx, e.Jira)
	if err != nil {
		return failure(err, "check jira.url")
	}
	e.jiraAPI = api
	told, err := jira.Server{}, error(nil)
	if !api.Gateway() {
		told, err = jira.Describe(atlassian.Anonymous(ctx), api)
	}
	if api.Gateway() || err != nil && atlassian.StatusOf(err) != 0 && atlassian.StatusOf(err) < 500 && atlassian.StatusOf(err) != http.StatusTooManyRequests {
		told, err = jira.Describe(ctx, api)
	}
	if !answers(err) {
		r := failure(err, "check jira.url")
		switch {
		case strings.HasSuffix(e.Jira.BaseURL, "/wiki"):
			r.try = "jira.url is Confluence's address: Jira's is without /wiki"
		case atlassian.StatusOf(err) == http.StatusNotFound:
			r.try = "check jira.url and its context path: no API of Jira is there"
		}
		return r
	}
	if err == nil {
		e.server = &told
		api.Identify(deploymentOf(told.Cloud))
	}
	return ok("%s answers", strings.TrimRight(api.URL(""), "/"))
}

func deploymentOf(cloud bool) string {
	if cloud {
		return "cloud"
	}
	return "datacenter"
}

func (e *examination) checkJiraDeployment(context.Context) result {
	wanted := e.JiraDeployment
	switch {
	case e.server == nil && e.jiraAPI.Deployment() == "":
		return skipped("Jira did not tell what it is")
	case e.server == nil:
		return ok("%s, by its address or the setting", e.jiraAPI.Deployment())
	case wanted != "auto" && wanted != deploymentOf(e.server.Cloud):
		return failed("set jira.deployment to "+deploymentOf(e.server.Cloud)+", or leave it out", "configured is %s, and the site says that it is %s %s", wanted, deploymentOf(e.server.Cloud), e.server.Version)
	}
	what := "Atlassian Cloud"
	if !e.server.Cloud {
		what = "Data Center " + e.server.Version
	}
	if people := e.jiraAPI.PeoplesURL(e.server.BaseURL); people != strings.TrimRight(e.jiraAPI.URL(""), "/") {
		what += "; people reach it at " + people
	}
	return ok("%s", what)
}

// How far the clocks may be apart. Certificates and tokens are judged by them, and
// this machine's decides which session is next.
const clockSkew = 2 * time.Minute

func (e *examination) checkClock(context.Context) result {
	theirs, told := e.jiraAPI.Time()
	if !told {
		return ok("Jira does not tell the time")
	}
	apart := e.Now().Sub(theirs).Round(time.Second)
	if apart.Abs() <= clockSkew {
		return ok("this machine's and Jira's agree")
	}
	side := "ahead of"
	if apart < 0 {
		side = "behind"
	}
	return warning("set the one that is wrong right, as by NTP: sessions are published by this machine's",
		"this machine's clock (%s) is %s %s Jira's", e.Now().UTC().Format(time.RFC3339), apart.Abs(), side)
}

func (e *examination) checkJiraAccount(ctx context.Context) result {
	who, err := jira.Whoami(ctx, e.jiraAPI)
	if err != nil {
		return blame(err, readUser, "check jira.auth")
	}
	return ok("taken: %s", who)
}

func (e *examination) checkJiraScopes(ctx context.Context) result {
	needed := []scope{
		{readJira, "fields, issues, permissions", "read:issue:jira"}, {writeJira, "comments, links", "write:comment:jira"}, {readUser, "whose the comments are", "read:user:jira"},
	}
	if slices.ContainsFunc(e.Teams, func(t worker.Team) bool { return t.Backlog.Board != "" }) {
		needed = append(needed, scope{readBoard, "backlog.board", ""}, scope{"read:issue-details:jira", "backlog.board", ""})
	}
	if slices.ContainsFunc(e.Teams, worker.Team.Ranks) {
		needed = append(needed, scope{"write:issue:jira-software", "sync.rank, and rank of a box", ""})
	}
	return checkScopes(ctx, e.jiraAPI, needed)
}

// checkFields finds the fields by their names. Where a configured one is not there
// the other checks have those that are usual.
func (e *examination) checkFields(ctx context.Context) result {
	deployment := e.jiraAPI.Deployment()
	client, err := jira.New(ctx, jira.Options{Atlassian: e.jiraAPI, Deployment: deployment, Fields: e.Fields})
	if err == nil {
		e.jira = client
		found, absent := client.FieldsFound()
		text := strings.Join(found, "; ")
		if len(absent) > 0 {
			text += "; the site has none for " + strings.Join(absent, ", ")
		}
		return ok("%s", text)
	}
	if atlassian.StatusOf(err) == 0 && len(e.Fields) > 0 { // it is the settings: what depends on the usual ones can be tried
		e.jira, _ = jira.New(ctx, jira.Options{Atlassian: e.jiraAPI, Deployment: deployment})
	}
	return blame(err, readJira, "set fields to names or ids that the site has: Jira lists them under its settings, and at /rest/api/2/field")
}

// backlogChecks are those of what a team brings to its sessions.
func (e *examination) backlogChecks(t worker.Team, signedIn, fields *check) (all []*check) {
	needs, after := []*check{signedIn}, []*check{fields}
	part := func(id, name, jql, board, try string) {
		if jql == "" && board == "" {
			return
		}
		c := &check{id: id, team: t.Name, name: name, needs: needs, after: after}
		c.run = func(ctx context.Context) result { return e.checkPart(ctx, jql, board, try) }
		all = append(all, c)
	}
	filter := ""
	if t.Backlog.Filter != "" {
		filter = jira.FilterJQL(t.Backlog.Filter)
	}
	part("backlog.board", "board", "", t.Backlog.Board, "check backlog.board, and that the account may see the board")
	if t.Backlog.Board != "" && t.SetEstimate && !jira.NamesEstimate(e.Fields) {
		all = append(all, &check{id: "board.estimation", team: t.Name, name: "board's field for estimates", needs: slices.Concat(needs, all), after: after,
			run: func(ctx context.Context) result { return e.checkEstimation(ctx, t.Backlog.Board) }})
	}
	part("backlog.filter", "saved filter", filter, "", "check backlog.filter, and that the filter is shared with the account")
	part("backlog.jql", "JQL", t.Backlog.JQL, "", "try the query of backlog.jql in Jira's search, logged in as the account; a project that it may not browse is unknown to it")

	var found jira.Match
	backlog := &check{id: "backlog", team: t.Name, name: "backlog", needs: slices.Concat(needs, all), after: after}
	backlog.run = func(ctx context.Context) (r result) {
		found, r = e.checkBacklog(ctx, t)
		return r
	}
	permissions := &check{id: "jira.permissions", team: t.Name, name: "Jira permissions", needs: needs, after: append(after, backlog)}
	permissions.run = func(ctx context.Context) result { return e.checkPermissions(ctx, t, found) }
	return append(all, backlog, permissions)
}

func (e *examination) checkPart(ctx context.Context, jql, board, try string) result {
	if e.jira == nil {
		return skipped("needs the fields of Jira, which could not be read")
	}
	found, err := e.jira.Matches(ctx, jql, board)
	if err != nil {
		scope := readJira
		if board != "" {
			scope = readBoard
		}
		return blame(err, scope, try).instead(http.StatusBadRequest, err, try)
	}
	return ok("found, with %d issues", found.Total)
}

// checkEstimation asks for what a sync goes without: it takes story points then.
func (e *examination) checkEstimation(ctx context.Context, board string) result {
	if e.jira == nil {
		return skipped("needs the fields of Jira, which could not be read")
	}
	const try = "name the field for estimates under fields, as story_points"
	field, err := e.jira.EstimatedIn(ctx, board)
	switch {
	case err != nil:
		r := blame(err, "read:board-scope.admin:jira-software and read:project:jira", "have an administrator of the board let the account view its configuration, or "+try)
		r.status = Warning
		r.detail += "; story points are taken"
		return r
	case field == "":
		return warning(try, "the board has none: agreed estimates stand in the comment alone")
	}
	return ok("%s", field)
}

// instead replaces what to try where the service only said that a request is wrong.
func (r result) instead(status int, err error, try string) result {
	if atlassian.StatusOf(err) == status {
		r.try = try
	}
	return r
}

func (e *examination) checkBacklog(ctx context.Context, t worker.Team) (jira.Match, result) {
	if e.jira == nil {
		return jira.Match{}, skipped("needs the fields of Jira, which could not be read")
	}
	jql, err := e.jira.BacklogJQL(t.Backlog)
	if err != nil {
		return jira.Match{}, failure(err, "name the site's field for the flag under fields, as flagged; or select by label, filter or board")
	}
	found, err := e.jira.Matches(ctx, jql, t.Backlog.Board)
	const try = "look at what the team's backlog asks for: refine config check shows it"
	switch {
	case err != nil:
		return found, blame(err, readJira, try).instead(http.StatusBadRequest, err, try)
	case found.Total == 0:
		return found, warning("flag items in Jira, or "+try, "no issue matches, so there is nothing to publish: %s", jql)
	}
	return found, ok("%d issues match: %s", found.Total, jql)
}

// neededBy are the permissions that the team's sessions take in a project.
func neededBy(t worker.Team) []jira.Permission {
	needed := []jira.Permission{jira.BrowseProjects, jira.AddComments, jira.EditOwnComments, jira.LinkIssues}
	actions := t.Actions.Creates()       // whose issues are made, follow the page and are ended
	creates := actions || t.Split.Create // whose issues are made and follow the page
	edits, transitions := creates || t.Criteria != "" || t.SetEstimate, actions
	for _, does := range t.Effects {
		edits = edits || does.RemoveFlag || does.AddLabel != "" || does.RemoveLabel != ""
		transitions = transitions || does.Transition != ""
	}
	if t.Ranks() {
		needed = append(needed, jira.ScheduleIssues)
	}
	if creates {
		needed = append(needed, jira.CreateIssues)
	}
	if edits {
		needed = append(needed, jira.EditIssues)
	}
	if transitions {
		needed = append(needed, jira.TransitionIssues)
	}
	return needed
}

// checkPermissions asks in each project that the backlog names or brings issues of.
func (e *examination) checkPermissions(ctx context.Context, t worker.Team, found jira.Match) result {
	if e.jira == nil {
		return skipped("needs the fields of Jira, which could not be read")
	}
	projects := slices.Collect(maps.Keys(found.Projects))
	projects = append(projects, jira.NamedProjects(t.Backlog.JQL)...)
	slices.Sort(projects)
	projects = slices.Compact(projects)
	if len(projects) == 0 {
		return skipped("the backlog names no project and brings no issue, so it is not known which project to ask about")
	}
	var lacking []string
	stays := false // what syncs make, undo could not take back
	for _, project := range projects {
		wanted := neededBy(t)
		if slices.Contains(wanted, jira.CreateIssues) {
			wanted = append(wanted, jira.DeleteIssues)
		}
		if found.Projects[project] && t.ServiceComments != outcome.ServiceNone {
			wanted = append(wanted, jira.DeleteOwnComments) // to take back one that came out public
		}
		missing, err := e.jira.Lacks(ctx, project, wanted...)
		switch {
		case atlassian.StatusOf(err) == http.StatusNotFound:
			lacking = append(lacking, fmt.Sprintf("%s: %s (or there is no such project)", project, jira.BrowseProjects))
		case err != nil:
			return blame(err, readJira, "check jira.auth")
		}
		for _, p := range missing {
			if p == jira.DeleteIssues {
				stays = true
				continue
			}
			lacking = append(lacking, fmt.Sprintf("%s: %s", project, p))
		}
	}
	if len(lacking) > 0 {
		return failed("have an administrator of the project give the account what is missing, in the project's permission scheme", "missing in %s", strings.Join(lacking, ", "))
	}
	if stays {
		return ok("all that are needed in %s, but for %s: undo could not take back issues that a sync makes", strings.Join(projects, ", "), jira.DeleteIssues)
	}
	return ok("all that are needed in %s", strings.Join(projects, ", "))
}
