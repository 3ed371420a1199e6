package jira

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"refine/internal/atlassian"
	"refine/planner/outcome"
)

// An estimation is what a board says of the field that its issues are estimated in.
type estimation struct {
	Type  string `json:"type"` // none, issueCount or field; empty on boards that have none, and where it may not be read
	Field struct {
		ID   string `json:"fieldId"`
		Name string `json:"displayName"`
	} `json:"field"`
}

// estimation reads a board's configuration. An account that may not, which is a right
// and on Cloud a scope of its own, goes by the field for story points.
func (c *Client) estimation(ctx context.Context, board string) (estimation, error) {
	e, err := c.readEstimation(ctx, board)
	switch atlassian.StatusOf(err) {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		c.log.Warn("the board does not tell its estimation field; the field for story points is taken", "board", board, "error", err)
		return estimation{}, nil
	}
	return e, err
}

func (c *Client) readEstimation(ctx context.Context, board string) (estimation, error) {
	var conf struct {
		Estimation estimation `json:"estimation"`
	}
	id, err := c.boardID(ctx, board)
	if err == nil {
		err = c.call(ctx, http.MethodGet, fmt.Sprintf("rest/agile/1.0/board/%d/configuration", id), nil, &conf)
	}
	if err != nil {
		return estimation{}, fmt.Errorf("asking board %s for its estimation field: %w", board, err)
	}
	return conf.Estimation, nil
}

// EstimatedIn names the field that a board's issues are estimated in, empty where it has
// none. An account that may not read it is an error here.
func (c *Client) EstimatedIn(ctx context.Context, board string) (field string, err error) {
	e, err := c.readEstimation(ctx, board)
	if e.Type != "field" {
		return "", err
	}
	return cmp.Or(e.Field.Name, e.Field.ID), err
}

// NamesEstimate reports whether a configuration names the field of estimates, so that
// no board is asked for its own.
func NamesEstimate(fields []FieldName) bool {
	return slices.ContainsFunc(fields, func(f FieldName) bool { return f.Name == storyPoints })
}

// boardField is the field of an issue that a board's estimates stand in, with what it
// holds. One that the configuration names goes before the board's.
func (c *Client) boardField(ctx context.Context, look outcome.Look, editable map[string]fieldMeta, ask asked) (outcome.SiteField, error) {
	var e estimation
	if !NamesEstimate(c.configured) {
		var err error
		if e, err = ask.estimation(look.Board); err != nil {
			return outcome.SiteField{}, err
		}
	}
	f := c.siteField(outcome.EstimateField, editable)
	switch meta, on := editable[e.Field.ID]; {
	case e.Type == "": // story points it is
	case e.Type != "field":
		f = outcome.SiteField{Missing: fmt.Sprintf("the board %s has no field for estimates; name one as field %s", look.Board, storyPoints)}
	case !on:
		f = outcome.SiteField{Missing: fmt.Sprintf("the board %s estimates in %s (%s), which is not on the edit screen of this issue, or this account may not edit it", look.Board, e.Field.Name, e.Field.ID)}
	default:
		var own field
		own.ID, own.Name = e.Field.ID, e.Field.Name
		f = meta.siteField(outcome.EstimateField, own)
	}
	if f.Missing != "" {
		return f, nil
	}
	i, err := c.get(ctx, look.Issue, []string{f.ID})
	plan := c.fields()[storyPoints]
	f.Holds, f.Planned = readEstimate(i.Fields[f.ID]), len(plan) == 1 && plan[0].ID == f.ID
	return f, err
}
