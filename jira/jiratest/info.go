package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

func serverInfo(s *Server, c *call) (reply, error) {
	info := object{
		"baseUrl": c.base, "version": "10.3.24", "versionNumbers": []int{10, 3, 24}, "deploymentType": "Server",
		"buildNumber": 10030024, "buildDate": "2026-07-01T00:00:00.000+0000", "serverTime": wire(s.now()),
		"scmInfo": "0123456789abcdef", "serverTitle": "Jira",
	}
	if s.cloud {
		info["version"], info["versionNumbers"] = "1001.0.0-SNAPSHOT", []int{1001, 0, 0}
		info["deploymentType"], info["buildNumber"] = "Cloud", 100285
		info["displayUrl"], info["serverTimeZone"] = c.base, "Etc/UTC"
	}
	return ok(info)
}

func myself(s *Server, c *call) (reply, error) {
	me := c.user(s.me)
	if s.me.Email != "" {
		me["emailAddress"] = s.me.Email
	}
	me["locale"] = "en_GB"
	return ok(me)
}

// listFieldsOf shows every field an issue can have. Cloud remembers what a
// translated field was called.
func listFieldsOf(s *Server, c *call) (reply, error) {
	shown := []any{object{
		"id": "issuekey", "key": "issuekey", "name": "Key", "custom": false, "orderable": false, "navigable": true,
		"searchable": false, "clauseNames": []string{"id", "issue", "issuekey", "key"},
	}}
	for _, f := range s.fields {
		if f.id == "" {
			continue
		}
		o := object{
			"id": f.id, "name": f.name, "custom": f.isCustom(), "orderable": f.edit != nil, "navigable": !f.hidden,
			"searchable": f.search != nil, "clauseNames": f.clauses, "schema": f.schemaObject(),
		}
		if s.cloud {
			o["key"] = f.id
			if f.isCustom() {
				o["untranslatedName"] = f.english
			}
		}
		shown = append(shown, o)
	}
	return ok(shown)
}

func getUser(s *Server, c *call) (reply, error) {
	q := c.URL.Query()
	for _, p := range s.people {
		if s.cloud && p.AccountID == q.Get("accountId") ||
			!s.cloud && (q.Has("key") && p.Key == q.Get("key") || q.Has("username") && strings.EqualFold(p.Name, q.Get("username"))) {
			return ok(c.user(p))
		}
	}
	switch {
	case s.cloud && q.Has("accountId"):
		return reply{}, refuse(http.StatusNotFound, "Specified user does not exist or you do not have required permissions")
	case s.cloud:
		return reply{}, refuse(http.StatusBadRequest, "The query parameter 'accountId' needs to be provided")
	case q.Has("key"):
		return reply{}, refuse(http.StatusNotFound, "The user with the key '%s' does not exist", q.Get("key"))
	case q.Has("username"):
		return reply{}, refuse(http.StatusNotFound, "The user named '%s' does not exist", q.Get("username"))
	default:
		return reply{}, refuse(http.StatusBadRequest, "Either the 'username' or the 'key' query parameters need to be provided")
	}
}

func getProject(s *Server, c *call) (reply, error) {
	p, known := s.project(c.PathValue("project"))
	if !known || !s.may(BrowseProjects, p.Key) {
		return reply{}, refuse(http.StatusNotFound, "No project could be found with key '%s'.", c.PathValue("project"))
	}
	return ok(c.project(p))
}

func listProjects(s *Server, c *call) (reply, error) {
	shown := []any{}
	for _, key := range sortedKeys(s.projects) {
		if s.may(BrowseProjects, key) {
			shown = append(shown, c.project(s.projects[key]))
		}
	}
	return ok(shown)
}

func listTypes(s *Server, c *call) (reply, error) {
	return ok(shownAll(s.types, c.issueType))
}

func listStatuses(s *Server, c *call) (reply, error) {
	return ok(shownAll(s.statuses, c.status))
}

func listPriorities(s *Server, c *call) (reply, error) {
	return ok(c.nameds("priority", s.priorities))
}

func listResolutions(s *Server, c *call) (reply, error) {
	return ok(c.nameds("resolution", s.resolutions))
}

func shownAll[T any](all []T, show func(T) object) []any {
	shown := []any{}
	for one := range slices.Values(all) {
		shown = append(shown, show(one))
	}
	return shown
}
