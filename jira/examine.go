package jira

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"refine/internal/atlassian"
	"refine/internal/lazyregexp"
)

// What follows asks one thing at a time and writes nothing, so that a person can
// be told which of them is wrong.

// A Server is what a site says of itself, to anybody where it is not behind a
// gateway.
type Server struct {
	Cloud   bool
	Version string
	BaseURL string // as people reach it
}

// Describe asks what the site is.
func Describe(ctx context.Context, api *atlassian.Client) (Server, error) {
	var info struct {
		BaseURL        string `json:"baseUrl"`
		DeploymentType string `json:"deploymentType"`
		Version        string `json:"version"`
	}
	if err := api.JSON(ctx, http.MethodGet, "/rest/api/2/serverInfo", nil, nil, &info); err != nil {
		return Server{}, fmt.Errorf("asking what kind of Jira this is: %w", err)
	}
	// "Server", and versions too old to say, are Data Center.
	return Server{strings.EqualFold(info.DeploymentType, cloudName), info.Version, info.BaseURL}, nil
}

// Whoami names the account that the credentials belong to, for people.
func Whoami(ctx context.Context, api *atlassian.Client) (string, error) {
	var me struct {
		DisplayName string `json:"displayName"`
		Email       string `json:"emailAddress"`
		Name        string `json:"name"`
	}
	if err := api.JSON(ctx, http.MethodGet, "/rest/api/2/myself", nil, nil, &me); err != nil {
		return "", fmt.Errorf("asking whom we act as: %w", err)
	}
	if handle := cmp.Or(me.Email, me.Name); handle != "" {
		return fmt.Sprintf("%s (%s)", me.DisplayName, handle), nil
	}
	return me.DisplayName, nil
}

// A Permission is a right in a project, by Jira's key of it.
type Permission string

// The permissions that a session needs, and what Jira calls them.
const (
	BrowseProjects    Permission = "BROWSE_PROJECTS"
	AddComments       Permission = "ADD_COMMENTS"
	EditOwnComments   Permission = "EDIT_OWN_COMMENTS"
	DeleteOwnComments Permission = "DELETE_OWN_COMMENTS" // on service projects
	LinkIssues        Permission = "LINK_ISSUES"
	CreateIssues      Permission = "CREATE_ISSUES"     // where a sync makes issues of action items
	EditIssues        Permission = "EDIT_ISSUES"       // where a sync sets fields
	TransitionIssues  Permission = "TRANSITION_ISSUES" // where a ticked box does
	ScheduleIssues    Permission = "SCHEDULE_ISSUES"   // where a sync ranks
	DeleteIssues      Permission = "DELETE_ISSUES"     // where an undo takes back those of action items
)

var permissionNames = map[Permission]string{
	BrowseProjects: "Browse Projects", AddComments: "Add Comments", EditOwnComments: "Edit Own Comments",
	DeleteOwnComments: "Delete Own Comments", LinkIssues: "Link Issues",
	CreateIssues: "Create Issues", EditIssues: "Edit Issues", TransitionIssues: "Transition Issues",
	ScheduleIssues: "Schedule Issues", DeleteIssues: "Delete Issues",
}

func (p Permission) String() string { return cmp.Or(permissionNames[p], string(p)) }

// Lacks are those of the permissions that the account does not have in the
// project. One that it may not see, or that is not there, is a 404.
func (c *Client) Lacks(ctx context.Context, project string, wanted ...Permission) (missing []Permission, err error) {
	query := url.Values{"projectKey": {project}}
	if c.cloud { // which tells those alone that are named
		var names []string
		for _, p := range wanted {
			names = append(names, string(p))
		}
		query.Set("permissions", strings.Join(names, ","))
	}
	var answer struct {
		Permissions map[Permission]struct {
			Have bool `json:"havePermission"`
		} `json:"permissions"`
	}
	if err := c.call(ctx, http.MethodGet, "rest/api/2/mypermissions?"+query.Encode(), nil, &answer); err != nil {
		return nil, fmt.Errorf("asking for the permissions in %s: %w", project, err)
	}
	for _, p := range wanted {
		if !answer.Permissions[p].Have {
			missing = append(missing, p)
		}
	}
	return missing, nil
}

// A Match is what a query finds, without the issues.
type Match struct {
	Total    int             // an estimate where there are many, on Cloud
	Projects map[string]bool // by key, of the first issues; true for service projects
}

// Matches asks what a query finds, in a board's backlog if one is named.
func (c *Client) Matches(ctx context.Context, jql, board string) (m Match, err error) {
	q := query{fields: []string{"project"}, size: pageSize}
	if board != "" {
		if q.jql, _, err = splitOrder(jql); err != nil {
			return m, fmt.Errorf("the JQL %q: %w", jql, err)
		}
		return c.matchesOfBoard(ctx, board, q)
	}
	if q.jql, err = c.ordered(jql); err != nil {
		return m, err
	}
	found, err := c.site.search(ctx, q, "")
	if err != nil {
		return m, fmt.Errorf("searching issues with JQL “%s”: %w", cut(q.jql, maxShownJQL), err)
	}
	m = matchOf(found)
	if found.Next != "" {
		m.Total, err = c.site.count(ctx, q, found)
	}
	return m, err
}

func (c *Client) matchesOfBoard(ctx context.Context, board string, q query) (Match, error) {
	id, err := c.boardID(ctx, board)
	if err != nil {
		return Match{}, err
	}
	found, err := c.boardPage(ctx, id, q, "")
	if err != nil {
		return Match{}, backlogFailure(board, q.jql, err)
	}
	m := matchOf(found)
	m.Total = max(m.Total, found.Total)
	return m, nil
}

func matchOf(found page) Match {
	m := Match{Total: len(found.Items), Projects: map[string]bool{}}
	for _, i := range found.Items {
		if p := projectOf(i); p.Key != "" {
			m.Projects[p.Key] = p.Type == serviceDesk
		}
	}
	return m
}

// FilterJQL matches what a saved filter does, by its name or id.
func FilterJQL(filter string) string { return "filter = " + quote(filter) }

// projectClause is how JQL most often names projects.
var projectClause = lazyregexp.New(`(?i)\bproject\s*(?:=|\bin\b)\s*(\([^()]*\)|"[^"]*"|[^\s()"]+)`)

// projectKey is what may be a project's key; a name is none.
var projectKey = lazyregexp.New(`^[A-Z][A-Z0-9_]+$`)

// NamedProjects are the keys of projects that a query names, sorted, as far as it
// does so in the usual way.
func NamedProjects(jql string) []string {
	keys := map[string]bool{}
	for _, m := range projectClause.FindAllStringSubmatch(jql, -1) {
		for word := range strings.SplitSeq(strings.Trim(m[1], "()"), ",") {
			if word = strings.ToUpper(strings.Trim(word, ` "'`)); projectKey.MatchString(word) {
				keys[word] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// FieldsFound says for people which of the site's fields mean what, and which
// meanings none has.
func (c *Client) FieldsFound() (found, absent []string) {
	known := c.fields()
	for _, meaning := range slices.Sorted(maps.Keys(known)) {
		if list := known[meaning]; len(list) > 0 {
			found = append(found, meaning+" is "+names(list))
		} else {
			absent = append(absent, meaning)
		}
	}
	return found, absent
}
