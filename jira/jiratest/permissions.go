package jiratest

import (
	"net/http"
	"slices"
	"strconv"
)

// Permission is a right in a project, by the key Jira gives it.
type Permission string

const (
	BrowseProjects     Permission = "BROWSE_PROJECTS"
	CreateIssues       Permission = "CREATE_ISSUES"
	EditIssues         Permission = "EDIT_ISSUES"
	DeleteIssues       Permission = "DELETE_ISSUES"
	TransitionIssues   Permission = "TRANSITION_ISSUES"
	LinkIssues         Permission = "LINK_ISSUES"
	ScheduleIssues     Permission = "SCHEDULE_ISSUES"
	AddComments        Permission = "ADD_COMMENTS"
	EditOwnComments    Permission = "EDIT_OWN_COMMENTS"
	EditAllComments    Permission = "EDIT_ALL_COMMENTS"
	DeleteOwnComments  Permission = "DELETE_OWN_COMMENTS"
	DeleteAllComments  Permission = "DELETE_ALL_COMMENTS"
	AdministerProjects Permission = "ADMINISTER_PROJECTS"
)

// permissions in the order their answer gives them ids.
var permissions = []Permission{
	BrowseProjects, CreateIssues, EditIssues, DeleteIssues, TransitionIssues, LinkIssues, AddComments,
	EditOwnComments, EditAllComments, DeleteOwnComments, DeleteAllComments, AdministerProjects, ScheduleIssues,
}

// unusual rights are those an account does not have unless it is granted them.
var unusual = []Permission{EditAllComments, DeleteAllComments, DeleteIssues, AdministerProjects}

func (s *Server) may(p Permission, project string) bool {
	denied := s.denied[p]
	return !slices.Contains(denied, "") && !slices.Contains(denied, project)
}

// visible applies project permission and security level.
func (s *Server) visible(i *Issue) bool {
	return s.may(BrowseProjects, i.Project.Key) && i.Security != hiddenLevel
}

// visibleKey also says yes to issues the site does not hold: nothing of them
// is known to be hidden.
func (s *Server) visibleKey(key string) bool {
	i := s.find(key)
	return i == nil || s.visible(i)
}

func myPermissions(s *Server, c *call) (reply, error) {
	q := c.URL.Query()
	project := q.Get("projectKey")
	if key := q.Get("issueKey"); key != "" {
		i, err := s.see(key)
		if err != nil {
			return reply{}, err
		}
		project = i.Project.Key
	}
	if _, known := s.project(project); project != "" && (!known || !s.may(BrowseProjects, project)) {
		return reply{}, refuse(http.StatusNotFound, "No project could be found with key '%s'.", project)
	}
	asked := listed(q["permissions"])
	if s.cloud && len(asked) == 0 {
		return reply{}, refuse(http.StatusBadRequest, "The 'permissions' query parameter is required.")
	}
	for _, p := range asked {
		if s.cloud && !slices.Contains(permissions, Permission(p)) {
			return reply{}, refuse(http.StatusBadRequest, "Unrecognized permission: %s", p)
		}
	}
	shown := object{}
	for n, p := range permissions {
		if len(asked) == 0 || slices.Contains(asked, string(p)) {
			shown[string(p)] = object{"id": strconv.Itoa(n + 10), "key": p, "name": p, "type": "PROJECT", "description": "", "havePermission": s.may(p, project)}
		}
	}
	return ok(object{"permissions": shown})
}
