package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
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
	err = c.put(ctx, issuePath(w.Key)+"/properties/"+propertyKey, json.RawMessage(value))
	if err != nil {
		return fmt.Errorf("marking %s: %w", w.Key, err)
	}
	return nil
}

// put writes what written twice is written once: where nobody knows whether it was,
// it is written again.
func (c *Client) put(ctx context.Context, path string, body any) error {
	err := c.call(ctx, http.MethodPut, path, body, nil)
	if atlassian.Ambiguous(err) {
		err = c.call(ctx, http.MethodPut, path, body, nil)
	}
	return err
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
	if atlassian.Ambiguous(err) {
		err = settle(err, func() (_ bool, err error) {
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
	switch {
	case n.EpicField == "parent":
		fields[n.EpicField] = object{"key": n.Epic}
	case n.EpicField != "":
		fields[n.EpicField] = n.Epic
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
		ticket := "outwardIssue"
		if n.Split() { // which reads the link outwards: "split to"
			ticket = "inwardIssue"
		}
		body["update"] = object{"issuelinks": []object{{"add": object{"type": object{"name": n.Link}, ticket: object{"key": n.Ticket}}}}}
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
	what := "Action item of"
	if n.Split() {
		what = "Split from"
	}
	text := fmt.Sprintf("%s %s, from the refinement session %s\n\n%s\n",
		what, wikiLink(c.Browse(n.Ticket), n.Ticket), wikiLink(n.PageURL, n.PageTitle), w.text(n.Entry.Text, nil))
	if n.Assignee == "" && n.Entry.Owner != nil {
		text += "\nOwner: " + escape(strings.TrimPrefix(name(*n.Entry.Owner), "@")) + "\n"
	}
	if n.Due.IsZero() && !n.Entry.Due.IsZero() {
		text += "\nDue: " + n.Entry.Due.String() + "\n"
	}
	if n.EpicField == "" && n.Epic != "" {
		text += "\nEpic: " + wikiLink(c.Browse(n.Epic), n.Epic) + "\n"
	}
	return text
}

// setFields sets those fields of an action's issue that still hold what they were
// read with. Set twice they are set once.
func (c *Client) setFields(ctx context.Context, w outcome.ActionWrite) error {
	if len(w.Set) == 0 {
		return nil
	}
	raw, err := c.get(ctx, w.Key, []string{outcome.SummaryField, outcome.DueField, outcome.AssigneeField})
	if err != nil {
		return fmt.Errorf("reading %s before changing it: %w", w.Key, err)
	}
	now := map[string]string{
		outcome.SummaryField:  get[string](raw.Fields, "summary"),
		outcome.DueField:      get[string](raw.Fields, "duedate"),
		outcome.AssigneeField: get[user](raw.Fields, "assignee").assignee(),
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
	if err := c.put(ctx, issuePath(w.Key), map[string]any{"fields": fields}); err != nil {
		return fmt.Errorf("changing %s: %w", w.Key, err)
	}
	return nil
}
