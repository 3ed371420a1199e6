package jira

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/outcome"
)

// Creatable asks what can be made of action items and of split stories in projects:
// the type and the fields of its screen, and of those people that are wanted whom
// cannot be assigned.
func (c *Client) Creatable(ctx context.Context, as outcome.ActionSettings, wanted []outcome.Wanted) (map[string]outcome.Creatable, error) {
	out := map[string]outcome.Creatable{}
	for _, w := range wanted {
		how := as
		if w.Type != "" {
			how = outcome.ActionSettings{As: outcome.ActionsAsTask, Type: w.Type}
		}
		can, err := c.creatable(ctx, how, w.Project)
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
		out[w.Key()] = can
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
	can.EpicField = c.epicField(can.Screen)
	return can, err
}

// epicField is the field of a screen that puts an issue under an epic: the parent, or
// on Data Center the epic link.
func (c *Client) epicField(screen []string) string {
	ids := []string{"parent"}
	if !c.cloud {
		ids = nil
		for _, f := range c.fields()[epicLink] {
			ids = append(ids, f.ID)
		}
	}
	for _, id := range ids {
		if slices.Contains(screen, id) {
			return id
		}
	}
	return ""
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
