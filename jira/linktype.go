package jira

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// blocks is the site's type of links by which an issue waits for another, by its
// usual name, else by how it reads.
func (c *Client) blocks(ctx context.Context) (outcome.SiteField, error) {
	var list struct {
		Types []struct {
			Name   string `json:"name"`
			Inward string `json:"inward"`
		} `json:"issueLinkTypes"`
	}
	err := c.call(ctx, http.MethodGet, "rest/api/2/issueLinkType", nil, &list)
	if err != nil {
		return outcome.SiteField{}, fmt.Errorf("reading the types of links: %w", err)
	}
	for _, t := range list.Types {
		if strings.EqualFold(t.Name, "Blocks") {
			return outcome.SiteField{ID: t.Name}, nil
		}
	}
	for _, t := range list.Types {
		if (ticket.Link{Phrase: t.Inward, Inward: true}).Needs() {
			return outcome.SiteField{ID: t.Name}, nil
		}
	}
	return outcome.SiteField{Missing: "the site has no type of link that says “is blocked by”"}, nil
}

// linkBody links two issues: inward reads the outward phrase, "inward blocks
// outward".
type linkBody struct {
	Type    named      `json:"type"`
	Inward  issueKeyed `json:"inwardIssue"`
	Outward issueKeyed `json:"outwardIssue"`
}

type issueKeyed struct {
	Key string `json:"key"`
}
