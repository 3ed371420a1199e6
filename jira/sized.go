package jira

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// Bounds of what is read as examples of sizes.
const (
	mostSized    = 100 // the answer of one request
	mostProjects = 10
)

// Sized returns finished issues of the projects that have story points, the
// latest first, with what shows what they were about. It is one request, or none
// on a site without story points.
func (c *Client) Sized(ctx context.Context, projects []string) ([]ticket.Issue, error) {
	if err := c.Learn(ctx); err != nil {
		return nil, err
	}
	list := c.fields()[storyPoints]
	if len(list) == 0 || len(projects) == 0 {
		return nil, nil
	}
	var set, quoted []string
	read := []string{"summary", "description", "status", "security"}
	for _, f := range list {
		set = append(set, f.clause()+" is not EMPTY")
		read = append(read, f.ID)
	}
	for _, p := range projects[:min(len(projects), mostProjects)] {
		quoted = append(quoted, quote(p))
	}
	jql := fmt.Sprintf("project in (%s) AND statusCategory = Done AND (%s) ORDER BY resolved DESC", strings.Join(quoted, ", "), strings.Join(set, " OR "))
	found, err := c.site.search(ctx, query{jql: jql, fields: read, size: mostSized}, "")
	if err != nil {
		return nil, fmt.Errorf("searching finished issues with story points: %w", err)
	}
	shown := slices.DeleteFunc(c.planIssues(found.Items), func(i ticket.Issue) bool { return i.Restricted })
	return shown, nil
}
