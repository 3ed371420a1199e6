package jiratest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// Require makes a field one that a new issue cannot be without.
func (s *Server) Require(name string) {
	s.setField(name, func(f *field) { f.required = true })
}

// TakeOffScreen takes a field off the screen on which issues are created.
func (s *Server) TakeOffScreen(name string) {
	s.setField(name, func(f *field) { f.offScreen = true })
}

func (s *Server) setField(name string, set func(*field)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.fields {
		if f.id != "" && strings.EqualFold(f.name, name) {
			set(f)
		}
	}
}

// RemoveType takes an issue type away from the site.
func (s *Server) RemoveType(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.types = slices.DeleteFunc(s.types, func(t IssueType) bool { return strings.EqualFold(t.Name, name) })
}

// Unassignable makes people ones that no issue can be assigned to.
func (s *Server) Unassignable(names ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unassignable = append(s.unassignable, names...)
}

func (s *Server) assignable(p Person) bool {
	return !p.Inactive && !slices.ContainsFunc(s.unassignable, p.is)
}

// creatable is the project of a path, if the account may create issues in it.
func (s *Server) creatable(c *call) (Project, error) {
	p, known := s.project(c.PathValue("project"))
	if !known || !s.may(BrowseProjects, p.Key) || !s.may(CreateIssues, p.Key) {
		return Project{}, refuse(http.StatusNotFound, "No project could be found with key '%s'.", c.PathValue("project"))
	}
	return p, nil
}

// creatableTypes lists the types that can be created in a project. The products
// call the list differently.
func creatableTypes(s *Server, c *call) (reply, error) {
	if _, err := s.creatable(c); err != nil {
		return reply{}, err
	}
	shown := shownAll(s.types, c.issueType)
	return c.metaPage("issueTypes", shown)
}

// creatableFields lists the fields of the screen on which issues of a type are
// created.
func creatableFields(s *Server, c *call) (reply, error) {
	p, err := s.creatable(c)
	if err != nil {
		return reply{}, err
	}
	n := slices.IndexFunc(s.types, func(t IssueType) bool { return t.ID == c.PathValue("type") })
	if n < 0 {
		return reply{}, refuse(http.StatusNotFound, "Issue type with id '%s' not found.", c.PathValue("type"))
	}
	shown := []any{}
	for _, f := range s.fields {
		if !s.onScreen(f, p, s.types[n]) {
			continue
		}
		meta := object{
			"fieldId": f.id, "name": f.name, "required": f.required || f.mandatory(s.types[n]), "hasDefaultValue": f.id == "priority",
			"schema": f.schemaObject(), "operations": f.operations(),
		}
		if s.cloud {
			meta["key"] = f.id
		}
		if f.allowed != nil {
			meta["allowedValues"] = f.allowed(c.view)
		}
		shown = append(shown, meta)
	}
	return c.metaPage("fields", shown)
}

// onScreen reports whether a field stands on the screen for a type in a project.
// Links do for those alone who may link issues.
func (s *Server) onScreen(f *field, p Project, t IssueType) bool {
	switch {
	case f.id == "" || f.offScreen:
		return false
	case f.id == "project":
		return true
	case f.id == "issuelinks":
		return s.may(LinkIssues, p.Key)
	case f.id == "parent":
		return t.Subtask || s.cloud && t.Name != "Epic"
	}
	return f.edit != nil
}

// mandatory fields are required on every site.
func (f *field) mandatory(t IssueType) bool {
	return slices.Contains([]string{"project", "issuetype", "summary"}, f.id) || f.id == "parent" && t.Subtask
}

func (c *call) metaPage(cloud string, all []any) (reply, error) {
	start, most, err := c.offsets(50, 200)
	if err != nil {
		return reply{}, err
	}
	page := object{"startAt": start, "maxResults": most, "total": len(all)}
	if c.s.cloud {
		page[cloud] = cut(all, start, most)
	} else {
		page["values"], page["isLast"] = cut(all, start, most), start+most >= len(all)
	}
	return ok(page)
}

// assignableUsers finds people by account id on Cloud, by the beginning of their
// name on Data Center.
func assignableUsers(s *Server, c *call) (reply, error) {
	q := c.URL.Query()
	project := q.Get("project")
	if key := q.Get("issueKey"); key != "" {
		i, err := s.see(key)
		if err != nil {
			return reply{}, err
		}
		project = i.Project.Key
	}
	if _, known := s.project(project); !known || !s.may(BrowseProjects, project) {
		return reply{}, refuse(http.StatusNotFound, "No project could be found with key '%s'.", project)
	}
	if s.cloud && !q.Has("accountId") && !q.Has("query") {
		return reply{}, refuse(http.StatusBadRequest, "Either the 'query' or the 'accountId' query parameter needs to be provided.")
	}
	shown := []any{}
	for _, p := range s.people {
		found := s.cloud && p.AccountID == q.Get("accountId") || !s.cloud && strings.HasPrefix(strings.ToLower(p.Name), strings.ToLower(q.Get("username")))
		if found && s.assignable(p) {
			shown = append(shown, c.user(p))
		}
	}
	return ok(shown)
}

// checkScreen refuses what the screen of a new issue does not have, and a new
// issue that lacks what the site requires.
func (s *Server) checkScreen(u update, p Project, t IssueType) error {
	refused := &refusal{status: http.StatusBadRequest, fields: map[string]string{}}
	for _, f := range s.fields {
		_, set := u.Fields[f.id]
		_, updated := u.Update[f.id]
		switch {
		case (set || updated) && !s.onScreen(f, p, t):
			refused.fields[f.id] = "Field '" + f.id + "' cannot be set. It is not on the appropriate screen, or unknown."
		case f.required && !set && !updated && s.onScreen(f, p, t):
			refused.fields[f.id] = f.name + " is required."
		}
	}
	if len(refused.fields) > 0 {
		return refused
	}
	return nil
}

// linkNew makes the links that a new issue was created with: each is added, to an
// issue that the account sees.
func (s *Server) linkNew(key string, operations []map[string]json.RawMessage) (links []link, err error) {
	for _, o := range operations {
		var in struct {
			Type    reference  `json:"type"`
			Inward  *reference `json:"inwardIssue"`
			Outward *reference `json:"outwardIssue"`
		}
		if len(o) != 1 || o["add"] == nil {
			return nil, refuseField("issuelinks", "Only the operation 'add' is supported.")
		}
		if err := decode(o["add"], &in); err != nil {
			return nil, err
		}
		kind, known := named(s.linkTypes, linkTypeName, in.Type.ID+in.Type.Name)
		if !known {
			return nil, refuseField("issuelinks", "No issue link type with name '%s' found.", in.Type.Name)
		}
		other, from := in.Outward, true
		if other == nil {
			other, from = in.Inward, false
		}
		if other == nil {
			return nil, refuseField("issuelinks", "The issue no longer exists.")
		}
		to := s.find(other.Key + other.ID)
		if to == nil || !s.visible(to) {
			return nil, refuseField("issuelinks", "The issue no longer exists.")
		}
		l := link{Type: kind, From: key, To: to.Key}
		if !from {
			l.From, l.To = l.To, l.From
		}
		links = append(links, l)
	}
	return links, nil
}
