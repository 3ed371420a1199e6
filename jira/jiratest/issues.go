package jiratest

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// issue finds the issue of a path the account may see. The two products word
// what is not there differently, and Data Center tells it from what is hidden.
func (s *Server) issue(c *call) (*Issue, error) {
	return s.see(c.PathValue("issue"))
}

func (s *Server) see(idOrKey string) (*Issue, error) {
	i := s.find(idOrKey)
	switch {
	case i != nil && s.visible(i):
		return i, nil
	case s.cloud:
		return nil, refuse(http.StatusNotFound, "Issue does not exist or you do not have permission to see it.")
	case i == nil:
		return nil, refuse(http.StatusNotFound, "Issue Does Not Exist")
	default:
		return nil, refuse(http.StatusForbidden, "You do not have the permission to see the specified issue.")
	}
}

func getIssue(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	q := c.URL.Query()
	sel := selection{fields: listed(q["fields"]), expand: listed(q["expand"]), properties: listed(q["properties"]), changes: singleChanges}
	if len(sel.fields) == 0 {
		sel.fields = []string{"*all"}
	}
	return ok(c.view.issue(i, sel))
}

func editIssue(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	var u update
	if err := c.decode(&u); err != nil {
		return reply{}, err
	}
	if err := s.mayEdit(c, i, u); err != nil {
		return reply{}, err
	}
	edited, err := s.apply(i, u)
	if err != nil {
		return reply{}, err
	}
	s.store(i, edited, s.me)
	return reply{status: http.StatusNoContent}, nil
}

// mayEdit: without the permission no field is on the screen. Asking for a
// silent edit needs an administrator; only Data Center minds.
func (s *Server) mayEdit(c *call, i *Issue, u update) error {
	if c.URL.Query().Get("notifyUsers") == "false" && !s.cloud && !s.may(AdministerProjects, i.Project.Key) {
		return refuse(http.StatusForbidden, "To discard the user notification either admin or project admin permissions are required.")
	}
	if s.may(EditIssues, i.Project.Key) {
		return nil
	}
	refused := &refusal{status: http.StatusBadRequest, fields: map[string]string{}}
	for _, id := range append(sortedKeys(u.Fields), sortedKeys(u.Update)...) {
		refused.fields[id] = "Field '" + id + "' cannot be set. It is not on the appropriate screen, or unknown."
	}
	if len(refused.fields) == 0 {
		return refuse(http.StatusForbidden, "You do not have permission to edit issues in this project.")
	}
	return refused
}

// store puts an edited issue in the place of the one it was made from, with
// its history.
func (s *Server) store(before, after *Issue, author Person) {
	if items := (view{s: s}).differences(before, after); len(items) > 0 {
		after.History = append(after.History, HistoryEntry{s.nextID(), author, s.now(), items})
		after.Updated = s.now()
	}
	if len(after.Comments) != len(before.Comments) {
		after.Updated = s.now()
	}
	s.issues[after.Key] = after
}

func createIssue(s *Server, c *call) (reply, error) {
	var u update
	if err := c.decode(&u); err != nil {
		return reply{}, err
	}
	draft, err := s.draft(u)
	if err != nil {
		return reply{}, err
	}
	if err := s.checkScreen(u, draft.Project, draft.Type); err != nil {
		return reply{}, err
	}
	links, err := s.linkNew(draft.Key, u.Update["issuelinks"])
	if err != nil {
		return reply{}, err
	}
	delete(u.Fields, "project")
	delete(u.Fields, "issuetype")
	delete(u.Update, "issuelinks")
	created, err := s.apply(draft, u)
	if err != nil {
		return reply{}, err
	}
	if created.Type.Subtask && created.Parent == "" {
		return reply{}, refuseField("parent", "Issue type is a sub-task but parent issue key or id not specified.")
	}
	if created.Type.Subtask && projectKey(created.Parent) != created.Project.Key {
		return reply{}, refuseField("parent", "The parent issue must be in the same project as the sub-task.")
	}
	s.lastKey[created.Project.Key] = created.number()
	s.issues[created.Key] = created
	for _, l := range links {
		s.addLink(l)
	}
	id := formatID(created.ID)
	return reply{http.StatusCreated, object{"id": id, "key": created.Key, "self": c.self("issue/" + id)}}, nil
}

// draft is a new issue with what decides the fields of all others: project
// and type.
func (s *Server) draft(u update) (*Issue, error) {
	var where, kind reference
	if err := cmp.Or(reading("project", u.Fields, &where), reading("issuetype", u.Fields, &kind)); err != nil {
		return nil, err
	}
	project, ok := s.project(where.ID + where.Key)
	if !ok {
		return nil, refuseField("project", "valid project is required")
	}
	if !s.may(CreateIssues, project.Key) {
		return nil, refuseField("project", "You do not have permission to create issues in this project.")
	}
	t, ok := named(s.types, typeName, kind.ID+kind.Name)
	if !ok {
		return nil, refuseField("issuetype", "Specify a valid issue type")
	}
	if _, given := u.Fields["summary"]; !given {
		return nil, refuseField("summary", "You must specify a summary of the issue.")
	}
	return &Issue{
		ID: s.nextID(), Key: s.nextKey(project), Project: project, Type: t, Status: s.statuses[0], Rank: s.nextRank(),
		Priority: s.priorities[slices.IndexFunc(s.priorities, func(n Named) bool { return n.Name == "Medium" })],
		Reporter: s.me, Creator: s.me, Created: s.now(), Updated: s.now(),
		Custom: map[string]json.RawMessage{}, Properties: map[string]json.RawMessage{},
	}, nil
}

// reading a field that names something; an absent one reads as nothing.
func reading(id string, fields map[string]json.RawMessage, into *reference) error {
	raw, given := fields[id]
	if !given {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return refuseField(id, "data was not an object")
	}
	return nil
}

func (s *site) project(idOrKey string) (Project, bool) {
	for _, p := range s.projects {
		if p.ID == idOrKey || strings.EqualFold(p.Key, idOrKey) {
			return p, true
		}
	}
	return Project{}, false
}

func (s *site) nextKey(p Project) string {
	last := s.lastKey[p.Key] // a key is never given twice, whatever was deleted
	for key := range s.issues {
		if projectKey(key) == p.Key {
			last = max(last, keyNumber(key))
		}
	}
	for key := range s.moved {
		if projectKey(key) == p.Key {
			last = max(last, keyNumber(key))
		}
	}
	return p.Key + "-" + strconv.Itoa(last+1)
}

func deleteIssue(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	if !s.may(DeleteIssues, i.Project.Key) {
		return reply{}, refuse(http.StatusForbidden, "You do not have permission to delete issues in this project.")
	}
	if len(s.subtasks(i)) > 0 && c.URL.Query().Get("deleteSubtasks") != "true" {
		return reply{}, refuse(http.StatusBadRequest, "The issue '%s' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.", i.Key)
	}
	s.remove(i)
	return reply{status: http.StatusNoContent}, nil
}

// remove deletes an issue with its sub-tasks and links.
func (s *site) remove(i *Issue) {
	for _, sub := range s.subtasks(i) {
		s.remove(sub)
	}
	s.links = slices.DeleteFunc(s.links, func(l link) bool { return l.From == i.Key || l.To == i.Key })
	maps.DeleteFunc(s.moved, func(_, now string) bool { return now == i.Key })
	delete(s.issues, i.Key)
}

// bulkFetch reads up to 100 issues from the database, not from the index. What
// is not there is left out of the issues and told beside them.
func bulkFetch(s *Server, c *call) (reply, error) {
	var in struct {
		Expand        []string `json:"expand"`
		Fields        []string `json:"fields"`
		FieldsByKeys  bool     `json:"fieldsByKeys"`
		IssueIDOrKeys []string `json:"issueIdsOrKeys"`
		Properties    []string `json:"properties"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	switch {
	case len(in.IssueIDOrKeys) == 0:
		return reply{}, refuse(http.StatusBadRequest, "At least one issue ID or key must be provided.")
	case len(in.IssueIDOrKeys) > 100:
		return reply{}, refuse(http.StatusBadRequest, "A maximum of 100 issues can be fetched, %d were requested.", len(in.IssueIDOrKeys))
	case len(in.Properties) > 5:
		return reply{}, refuse(http.StatusBadRequest, "A maximum of 5 issue property keys can be specified.")
	}
	issues, unknown := s.fetch(in.IssueIDOrKeys)
	sel := selection{fields: listed(in.Fields), expand: in.Expand, properties: in.Properties}
	return ok(object{"issues": c.issues(issues, sel), "issueErrors": unknown})
}

func (s *Server) fetch(idsOrKeys []string) (issues []*Issue, unknown []any) {
	unknown = []any{}
	for _, name := range idsOrKeys {
		i, err := s.see(name)
		if err != nil {
			unknown = append(unknown, object{"id": name, "errorMessage": "Issue does not exist or you do not have permission to see it."})
			continue
		}
		issues = append(issues, i)
	}
	slices.SortFunc(issues, func(a, b *Issue) int { return cmp.Compare(a.ID, b.ID) })
	return slices.Compact(issues), unknown
}

func (v view) issues(all []*Issue, sel selection) []any {
	shown := []any{}
	for _, i := range all {
		shown = append(shown, v.issue(i, sel))
	}
	return shown
}

func editMeta(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	fields := object{}
	for _, f := range s.fields {
		if f.id == "" || f.edit == nil || !s.may(EditIssues, i.Project.Key) {
			continue
		}
		meta := object{"required": f.id == "summary", "schema": f.schemaObject(), "name": f.name, "key": f.id, "operations": f.operations()}
		if f.allowed != nil {
			meta["allowedValues"] = f.allowed(c.view)
		}
		fields[f.id] = meta
	}
	return ok(object{"fields": fields})
}

func (f *field) operations() []string {
	if f.schema.kind == "array" {
		return []string{"add", "set", "remove"}
	}
	return []string{"set"}
}

func (f *field) schemaObject() object {
	o := object{"type": f.schema.kind}
	if f.schema.items != "" {
		o["items"] = f.schema.items
	}
	if f.isCustom() {
		o["custom"] = f.schema.custom
		o["customId"] = f.customID()
	} else {
		o["system"] = f.id
	}
	return o
}
