package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// act makes an action's issue, or what changes on one, and notes what page and
// issue agree on by then.
func (c *Client) act(ctx context.Context, change outcome.Change) error {
	w := change.Action
	if w.New != nil {
		return c.makeIssue(ctx, w)
	}
	if err := checkKey(w.Key); err != nil {
		return err
	}
	if err := c.setFields(ctx, *w); err != nil {
		return err
	}
	if w.Move != nil {
		err := c.set(ctx, outcome.Change{Issue: w.Key, From: w.From, To: w.Move.To, Set: &outcome.Setting{Field: outcome.StatusField, ID: w.Move.ID}})
		if err != nil {
			return err
		}
	}
	value, err := json.Marshal(w.Mark)
	if err != nil {
		return fmt.Errorf("encoding the mark: %w", err)
	}
	path := issuePath(w.Key) + "/properties/" + propertyKey
	err = c.call(ctx, http.MethodPut, path, json.RawMessage(value), nil)
	if atlassian.Ambiguous(err) { // written twice it is written once
		err = c.call(ctx, http.MethodPut, path, json.RawMessage(value), nil)
	}
	if err != nil {
		return fmt.Errorf("marking %s: %w", w.Key, err)
	}
	return nil
}

// makeIssue makes the issue of an action with its mark in one request. Where the
// answer was lost it is looked for at its ticket.
func (c *Client) makeIssue(ctx context.Context, w *outcome.ActionWrite) error {
	value, err := json.Marshal(w.Mark)
	if err != nil {
		return fmt.Errorf("encoding the mark: %w", err)
	}
	var created struct {
		Key string `json:"key"`
	}
	err = c.call(ctx, http.MethodPost, "rest/api/2/issue", c.newIssue(*w.New, property{propertyKey, value}), &created)
	if err != nil && (atlassian.Ambiguous(err) || atlassian.StatusOf(err) == 0) {
		err = settle(err, func() (bool, error) {
			created.Key, err = c.lookForIssue(ctx, w.Mark)
			return created.Key != "", err
		})
	}
	if err != nil {
		return fmt.Errorf("making the %s: %w", w.New.Type, err)
	}
	w.Key = created.Key
	return nil
}

// lookForIssue is the key of the issue with exactly this mark, empty if there is
// none.
func (c *Client) lookForIssue(ctx context.Context, mark outcome.ActionMark) (string, error) {
	raw, err := c.get(ctx, mark.Ticket, []string{"subtasks", "issuelinks"})
	if err != nil {
		return "", err
	}
	t := outcome.Ticket{Issue: c.issue(raw)}
	t.Key = mark.Ticket
	found := []outcome.Ticket{t}
	if err := c.Made(ctx, ticket.Session{ID: mark.Session, Owner: mark.Owner}, found); err != nil {
		return "", err
	}
	for _, m := range found[0].Made {
		if m.Mark.Same(mark) {
			return m.Key, nil
		}
	}
	return "", nil
}

// newIssue is the request that makes an issue.
func (c *Client) newIssue(n outcome.NewIssue, mark property) any {
	type object = map[string]any
	fields := object{"project": object{"key": n.Project}, "issuetype": object{"id": n.TypeID}, "summary": n.Summary}
	if n.Parent != "" {
		fields["parent"] = object{"key": n.Parent}
	}
	if n.Describe {
		fields["description"] = c.describe(n)
	}
	if !n.Due.IsZero() {
		fields["duedate"] = n.Due.String()
	}
	if n.Assignee != "" {
		fields["assignee"] = c.assignee(n.Assignee)
	}
	body := object{"fields": fields, "properties": []property{mark}}
	if n.Link != "" {
		body["update"] = object{"issuelinks": []object{{"add": object{"type": object{"name": n.Link}, "outwardIssue": object{"key": n.Ticket}}}}}
	}
	return body
}

// assignee is how the deployment is told whom to assign to.
func (c *Client) assignee(id string) any {
	switch {
	case id == "":
		return nil
	case c.cloud:
		return map[string]any{"accountId": id}
	}
	return map[string]any{"name": id}
}

// describe is a new issue's description: where it comes from, and what its fields
// cannot say. It mentions nobody.
func (c *Client) describe(n outcome.NewIssue) string {
	n.Entry.Text = c.rebased(n.Entry.Text)
	w := noteWriter{cloud: c.cloud}
	text := fmt.Sprintf("Action item of %s, from the refinement session %s\n\n%s\n",
		wikiLink(c.Browse(n.Ticket), n.Ticket), wikiLink(n.PageURL, n.PageTitle), w.text(n.Entry.Text, nil))
	if n.Assignee == "" && n.Entry.Owner != nil {
		text += "\nOwner: " + escape(strings.TrimPrefix(name(*n.Entry.Owner), "@")) + "\n"
	}
	if n.Due.IsZero() && !n.Entry.Due.IsZero() {
		text += "\nDue: " + n.Entry.Due.String() + "\n"
	}
	return text
}

// setFields sets those fields of an action's issue that still hold what they were
// read with. Set twice they are set once.
func (c *Client) setFields(ctx context.Context, w outcome.ActionWrite) error {
	if len(w.Set) == 0 {
		return nil
	}
	raw, err := c.markedIssue(ctx, w.Key)
	if err != nil {
		return fmt.Errorf("reading %s before changing it: %w", w.Key, err)
	}
	who := get[user](raw.Fields, "assignee")
	now := map[string]string{
		outcome.SummaryField: get[string](raw.Fields, "summary"), outcome.DueField: get[string](raw.Fields, "duedate"), outcome.AssigneeField: who.Name,
	}
	if c.cloud {
		now[outcome.AssigneeField] = who.AccountID
	}
	fields := map[string]any{}
	for id, v := range w.Set {
		switch {
		case now[id] == v.To:
			continue
		case now[id] != v.From:
			return &ChangedError{Field: w.Key + ", " + id, Now: now[id]}
		case id == outcome.AssigneeField:
			fields[id] = c.assignee(v.To)
		case v.To == "":
			fields[id] = nil
		default:
			fields[id] = v.To
		}
	}
	if len(fields) == 0 {
		return nil
	}
	body := map[string]any{"fields": fields}
	err = c.call(ctx, http.MethodPut, issuePath(w.Key), body, nil)
	if atlassian.Ambiguous(err) {
		err = c.call(ctx, http.MethodPut, issuePath(w.Key), body, nil)
	}
	if err != nil {
		return fmt.Errorf("changing %s: %w", w.Key, err)
	}
	return nil
}

// Creatable asks what can be made of action items in projects: the type and the
// fields of its screen, and of those people that are wanted whom cannot be assigned.
func (c *Client) Creatable(ctx context.Context, as outcome.ActionSettings, wanted []outcome.Wanted) (map[string]outcome.Creatable, error) {
	out := map[string]outcome.Creatable{}
	for _, w := range wanted {
		can, err := c.creatable(ctx, as, w.Project)
		for _, who := range w.People {
			if err != nil || can.Missing != "" {
				break
			}
			var assignable bool
			if assignable, err = c.assignable(ctx, w.Project, who); !assignable {
				can.Unassignable = append(can.Unassignable, who)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("asking what can be made in %s: %w", w.Project, err)
		}
		out[w.Project] = can
	}
	return out, nil
}

type creatableType struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Subtask bool   `json:"subtask"`
}

func (c *Client) creatable(ctx context.Context, as outcome.ActionSettings, project string) (can outcome.Creatable, err error) {
	path := "rest/api/2/issue/createmeta/" + url.PathEscape(project) + "/issuetypes"
	types, err := metaPages(ctx, c, path, func(t creatableType) string { return t.ID })
	if atlassian.StatusOf(err) == http.StatusNotFound || err == nil && len(types) == 0 {
		return outcome.Creatable{Missing: "this account may not create issues in " + project}, nil
	}
	if err != nil {
		return can, err
	}
	fits := slices.DeleteFunc(slices.Clone(types), func(t creatableType) bool {
		return t.Subtask != (as.As == outcome.ActionsAsSubtask) || as.Type != "" && !strings.EqualFold(t.Name, as.Type) ||
			as.Type == "" && !t.Subtask && !strings.EqualFold(t.Name, "Task")
	})
	if len(fits) != 1 {
		return outcome.Creatable{Missing: missingType(as, project, types, len(fits))}, nil
	}
	can.TypeID, can.Type, can.Required = fits[0].ID, fits[0].Name, map[string]string{}
	type screenField struct {
		ID         string `json:"fieldId"`
		Key        string `json:"key"`
		Name       string `json:"name"`
		Required   bool   `json:"required"`
		HasDefault bool   `json:"hasDefaultValue"`
	}
	fields, err := metaPages(ctx, c, path+"/"+url.PathEscape(can.TypeID), func(f screenField) string { return f.ID + f.Key })
	for _, f := range fields {
		id := f.ID
		if id == "" {
			id = f.Key
		}
		if can.Screen = append(can.Screen, id); f.Required && !f.HasDefault {
			can.Required[id] = f.Name
		}
	}
	return can, err
}

// missingType says which types there are, where none or several fit.
func missingType(as outcome.ActionSettings, project string, types []creatableType, fits int) string {
	var names []string
	for _, t := range types {
		if t.Subtask == (as.As == outcome.ActionsAsSubtask) {
			names = append(names, t.Name)
		}
	}
	kind := "issue type"
	if as.As == outcome.ActionsAsSubtask {
		kind = "type of sub-tasks"
	}
	there := "there is none"
	if len(names) > 0 {
		there = "there are " + strings.Join(names, ", ")
	}
	switch {
	case as.Type != "":
		return fmt.Sprintf("%s has no %s called %s; %s", project, kind, as.Type, there)
	case fits > 1:
		return fmt.Sprintf("%s has several types of sub-tasks, sync.actions_type names one: %s", project, strings.Join(names, ", "))
	}
	return fmt.Sprintf("%s has no %s that this account may create; %s", project, kind, there)
}

// metaPages reads a list of what can be created, which each deployment calls
// differently.
func metaPages[T any](ctx context.Context, c *Client, path string, id func(T) string) ([]T, error) {
	all, _, _, err := collect(atlassian.Pages(ctx, id, func(ctx context.Context, cursor string) (atlassian.Page[T], error) {
		start := offset(cursor)
		var p struct {
			Total      int `json:"total"`
			IssueTypes []T `json:"issueTypes"`
			Fields     []T `json:"fields"`
			Values     []T `json:"values"`
		}
		err := c.call(ctx, http.MethodGet, fmt.Sprintf("%s?startAt=%d&maxResults=%d", path, start, pageSize), nil, &p)
		return pageAt(slices.Concat(p.IssueTypes, p.Fields, p.Values), start, p.Total), err
	}), 0)
	return all, err
}

// assignable reports whether issues of a project can be assigned to somebody, who
// is known by account id or by user name.
func (c *Client) assignable(ctx context.Context, project, who string) (bool, error) {
	q := url.Values{"project": {project}, "username": {who}}
	if c.cloud {
		q = url.Values{"project": {project}, "accountId": {who}}
	}
	var found []user
	err := c.call(ctx, http.MethodGet, "rest/api/2/user/assignable/search?"+q.Encode(), nil, &found)
	return slices.ContainsFunc(found, func(u user) bool { return u.AccountID == who || strings.EqualFold(u.Name, who) }), err
}
