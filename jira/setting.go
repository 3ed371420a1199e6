package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A ChangedError says that a field holds something else by now than what it was
// read with, so that it was not written.
type ChangedError struct {
	Field string // what it is called
	Now   string
}

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%s was changed in Jira while this run was under way, to “%s”; it was left alone", e.Field, e.Now)
}

// Conflict names who was there first.
func (*ChangedError) Conflict() string { return "somebody" }

// set makes one piece of a ticket what it shall be (S3). It is read before, and
// once more where nobody knows whether it was written: a value that is set twice is
// set once.
func (c *Client) set(ctx context.Context, change outcome.Change) error {
	switch {
	case change.Set.Heading != "":
		return c.setPassage(ctx, change)
	case change.Set.Field == outcome.RankField:
		return c.rank(ctx, change)
	}
	now, err := c.value(ctx, change)
	switch {
	case err != nil:
		return fmt.Errorf("reading %s before setting it: %w", change.Set.Field, err)
	case strings.EqualFold(now, change.To):
		return nil
	case !strings.EqualFold(now, change.From):
		return &ChangedError{Field: string(change.Set.Field), Now: now}
	}
	method, path, body := c.setting(change)
	err = c.call(ctx, method, path, body, nil)
	if atlassian.Ambiguous(err) {
		return settle(err, func() (bool, error) {
			now, err := c.value(ctx, change)
			return strings.EqualFold(now, change.To), err
		})
	}
	if err != nil {
		return fmt.Errorf("setting %s: %w", change.Set.Field, err)
	}
	return nil
}

// setting is the request that makes the change.
func (c *Client) setting(change outcome.Change) (method, path string, body any) {
	type object = map[string]any
	path = issuePath(change.Issue)
	switch s := change.Set; s.Field {
	case outcome.StatusField:
		return http.MethodPost, path + "/transitions", object{"transition": object{"id": s.ID}}
	case outcome.BlockerField:
		return http.MethodPost, "rest/api/2/issueLink", linkBody{named{s.ID}, issueKeyed{s.Label}, issueKeyed{change.Issue}}
	case outcome.LabelField:
		verb := "add"
		if change.To == "" {
			verb = "remove"
		}
		return http.MethodPut, path, object{"update": object{"labels": []object{{verb: s.Label}}}}
	case outcome.EstimateField:
		return http.MethodPut, path, object{"fields": object{s.ID: estimateValue(s.Kind, change.To)}}
	default: // the flag
		var raised []object
		if change.To != "" {
			raised = []object{{"value": s.Option}}
		}
		return http.MethodPut, path, object{"fields": object{s.ID: raised}}
	}
}

// estimateValue is a size as a field of that kind takes it.
func estimateValue(kind, size string) any {
	switch {
	case size == "":
		return nil
	case kind == "number":
		return json.Number(size)
	case kind == "option":
		return map[string]any{"value": size}
	}
	return size
}

// value is what the ticket holds now of what the change is about, in the words of
// [outcome.Change].
func (c *Client) value(ctx context.Context, change outcome.Change) (string, error) {
	id := change.Set.ID
	if id == "" {
		return "", errors.New("nobody has looked up what the site calls it")
	}
	switch change.Set.Field {
	case outcome.StatusField:
		id = "status"
	case outcome.BlockerField:
		id = "issuelinks"
	}
	raw, err := c.get(ctx, change.Issue, []string{id})
	if err != nil {
		return "", err
	}
	now := c.issue(raw)
	switch change.Set.Field {
	case outcome.StatusField:
		return now.Status, nil
	case outcome.LabelField:
		if slices.Contains(now.Labels, change.Set.Label) {
			return change.Set.Label, nil
		}
		return "", nil
	case outcome.BlockerField:
		if slices.ContainsFunc(now.Links, func(l ticket.Link) bool { return l.Key == change.Set.Label && l.Needs() }) {
			return change.Set.Label, nil
		}
		return "", nil
	case outcome.EstimateField:
		return readEstimate(raw.Fields[id]), nil
	default:
		if now.Flagged {
			return outcome.Flagged, nil
		}
		return "", nil
	}
}

// estimate is what an issue's field for story points holds, of several the first that
// holds something.
func (c *Client) estimate(i issue) string {
	for _, f := range c.fields()[storyPoints] {
		if size := readEstimate(i.Fields[f.ID]); size != "" {
			return size
		}
	}
	return ""
}

// readEstimate is a size as people read it, empty for none.
func readEstimate(raw json.RawMessage) string {
	if n, ok := readNumber(raw, deepest); ok && n != nil {
		return strconv.FormatFloat(*n, 'f', -1, 64)
	}
	text, _ := readShape(raw, deepest)
	return text
}

// unblock takes away the link that says what blocks an issue.
func (c *Client) unblock(ctx context.Context, change outcome.Change) error {
	id, err := c.blockingLink(ctx, change)
	if err != nil || id == "" {
		return err
	}
	return c.remove(ctx, "rest/api/2/issueLink/"+url.PathEscape(id), func() (gone bool, err error) {
		now, err := c.blockingLink(ctx, change)
		return now != id, err
	})
}

// blockingLink is the id of the link by which an issue waits for another, empty if
// there is none.
func (c *Client) blockingLink(ctx context.Context, change outcome.Change) (id string, err error) {
	raw, err := c.get(ctx, change.Issue, []string{"issuelinks"})
	if err != nil {
		return "", fmt.Errorf("reading the links before taking one away: %w", err)
	}
	for _, l := range get[[]issueLink](raw.Fields, "issuelinks") {
		if l.Inward != nil && l.Inward.Key == change.Set.Label && l.Type.Name == change.Set.ID {
			return l.ID, nil
		}
	}
	return "", nil
}
