package jira

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/ticket"
)

// EpicWithChildren reads an epic and its open children in one search, see
// [Client.Epic] and [Client.Search]. The epic is read by itself where the search
// did not bring it: it has been moved and has another key, or stands beyond the
// limit.
func (c *Client) EpicWithChildren(ctx context.Context, key string, limit int) (epic ticket.Issue, children []ticket.Issue, total int, capped bool, err error) {
	if err = checkKey(key); err == nil {
		err = c.Learn(ctx)
	}
	if err != nil {
		return epic, nil, 0, false, err
	}
	q := query{jql: fmt.Sprintf("(%s) OR key = %s %s", c.EpicJQL(key), quote(key), c.defaultOrder()), fields: c.planFields(), size: pageSize, changes: true}
	most := 0
	if limit > 0 {
		most = limit + 1
		q.size = min(most, pageSize)
	}
	found, last, cut, err := collect(c.pages(ctx, q), most)
	if atlassian.StatusOf(err) == http.StatusBadRequest { // the service has no such key, and says so in words of JQL
		if epic, err = c.Epic(ctx, key); err == nil {
			children, total, capped, err = c.Search(ctx, c.EpicJQL(key), limit)
		}
		return epic, children, total, capped, err
	}
	if err != nil {
		return epic, nil, 0, false, fmt.Errorf("searching the epic %s and its issues: %w", key, err)
	}
	if epic, children, err = c.apart(ctx, key, found); err != nil {
		return epic, nil, 0, false, err
	}
	if limit > 0 && len(children) > limit {
		children, cut = children[:limit], true
	}
	total = len(children)
	if cut {
		if total, err = c.site.count(ctx, q, last); err != nil {
			return epic, nil, 0, false, fmt.Errorf("counting issues: %w", err)
		}
		total = max(total-1, len(children)+1)
	}
	return epic, children, total, cut, nil
}

// apart tells the epic from what was found with it.
func (c *Client) apart(ctx context.Context, key string, found []issue) (epic ticket.Issue, children []ticket.Issue, err error) {
	read, err := c.wholeIssues(ctx, found)
	if err != nil {
		return epic, nil, err
	}
	if at := slices.IndexFunc(read, func(i ticket.Issue) bool { return strings.EqualFold(i.Key, key) }); at >= 0 {
		epic, err = c.asEpic(ctx, read[at], found[at])
	} else {
		epic, err = c.Epic(ctx, key)
	}
	return epic, slices.DeleteFunc(read, func(i ticket.Issue) bool { return i.Key == epic.Key }), err
}
