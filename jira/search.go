package jira

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/ticket"
)

// pageSize is what is asked for; a service may answer with less.
const pageSize = 100

// maxShownJQL bounds what an error repeats.
const maxShownJQL = 1000

// planFields are the system fields that the plan uses; [fields.ids] adds the
// custom ones, so that one search reads everything.
var planFields = []string{
	"summary", "description", "issuetype", "status", "priority", "labels", "components", "fixVersions",
	"reporter", "assignee", "created", "updated", "duedate", "comment", "issuelinks", "subtasks", "parent",
	"attachment", "security",
}

// A query is a search as the site is asked for it.
type query struct {
	jql    string
	fields []string
	size   int
	// changes asks for each issue's changelog.
	changes bool
	// fresh are ids of issues that may have been changed just now, which a search that
	// lags behind is to look at, at most [maxReconciled].
	fresh []int64
	// lenient ignores keys that do not exist, where the site can do that.
	lenient bool
}

// A page is one answer to a query.
type page = atlassian.Page[issue]

// Search returns the issues that match, in the query's order or, where it has
// none, in the backlog's. At most limit are returned, 0 means all; capped says
// that there are more. The total is exact unless capped on Cloud, which then
// only estimates it.
func (c *Client) Search(ctx context.Context, jql string, limit int) (issues []ticket.Issue, total int, capped bool, err error) {
	if err := c.Learn(ctx); err != nil {
		return nil, 0, false, err
	}
	jql, err = c.ordered(jql)
	if err != nil {
		return nil, 0, false, err
	}
	q := query{jql: jql, fields: c.planFields(), size: pageSize, changes: true}
	if limit > 0 {
		q.size = min(limit, pageSize)
	}
	found, last, capped, err := collect(c.pages(ctx, q), limit)
	switch {
	case atlassian.StatusOf(err) == http.StatusBadRequest:
		// The service may complain of what was added to a person's JQL.
		return nil, 0, false, fmt.Errorf("searching issues with JQL “%s”: %w", cut(jql, maxShownJQL), err)
	case err != nil:
		return nil, 0, false, fmt.Errorf("searching issues: %w", err)
	}
	total = len(found)
	if capped {
		if total, err = c.site.count(ctx, q, last); err != nil {
			return nil, 0, false, fmt.Errorf("counting issues: %w", err)
		}
		total = max(total, len(found)+1)
	}
	issues, err = c.wholeIssues(ctx, found)
	return issues, total, capped, err
}

func (c *Client) planIssues(found []issue) []ticket.Issue {
	var issues []ticket.Issue
	for _, i := range found {
		issues = append(issues, c.issue(i))
	}
	return issues
}

func (c *Client) planFields() []string {
	return append(c.fields().ids(), planFields...)
}

// collect reads pages until the limit, 0 means all; capped says that there is
// more.
func collect[T any](pages iter.Seq2[atlassian.Page[T], error], limit int) (found []T, last atlassian.Page[T], capped bool, err error) {
	for p, err := range pages {
		if err != nil {
			return nil, last, false, err
		}
		last = p
		found = append(found, p.Items...)
		if limit > 0 && len(found) >= limit {
			return found[:limit], last, len(found) > limit || p.Next != "", nil
		}
	}
	return found, last, false, nil
}

// pages reads the results of a query.
func (c *Client) pages(ctx context.Context, q query) iter.Seq2[page, error] {
	return atlassian.Pages(ctx, issue.id, func(ctx context.Context, cursor string) (page, error) {
		return c.site.search(ctx, q, cursor)
	})
}

// offset is the cursor of a page that is found by its number of items before.
// The first has none.
func offset(cursor string) int {
	n, _ := strconv.Atoi(cursor) // a cursor is a number of ours
	return n
}

// pageAt is a page of results that begin at start, of which the service has
// total.
func pageAt[T any](items []T, start, total int) atlassian.Page[T] {
	p := atlassian.Page[T]{Items: items, Total: total}
	if end := start + len(items); end < total && len(items) > 0 {
		p.Next = strconv.Itoa(end)
	}
	return p
}

// Epic reads an epic. A key of something else is an error that says what it is.
func (c *Client) Epic(ctx context.Context, key string) (ticket.Issue, error) {
	if err := checkKey(key); err != nil {
		return ticket.Issue{}, err
	}
	if err := c.Learn(ctx); err != nil {
		return ticket.Issue{}, err
	}
	raw, err := c.get(ctx, key, c.planFields(), changelogExpand)
	if err != nil {
		return ticket.Issue{}, fmt.Errorf("reading the epic %s: %w", key, err)
	}
	if raw.Changelog != nil {
		raw.Changelog.most = singleChanges
	}
	read, err := c.wholeIssues(ctx, []issue{raw})
	if err != nil {
		return ticket.Issue{}, err
	}
	return c.asEpic(ctx, read[0], raw)
}

// A NotEpicError says what an issue is that was asked for as an epic.
type NotEpicError struct{ Key, Type string }

func (e *NotEpicError) Error() string {
	return fmt.Sprintf("%s is %s, not an epic", e.Key, article(e.Type))
}

// Hint says what to try.
func (e *NotEpicError) Hint() string { return "for a session of this issue alone: --keys " + e.Key }

// asEpic is an issue that was asked for as an epic, if it is one.
func (c *Client) asEpic(ctx context.Context, found ticket.Issue, raw issue) (ticket.Issue, error) {
	if found.Epic {
		return found, nil
	}
	var err error
	if found.Epic, err = c.isEpic(ctx, raw); err != nil {
		return ticket.Issue{}, fmt.Errorf("asking whether %s is an epic: %w", raw.Key, err)
	}
	if !found.Epic {
		return ticket.Issue{}, &NotEpicError{found.Key, found.Type}
	}
	return found, nil
}

func (c *Client) get(ctx context.Context, key string, fields []string, expand ...string) (issue, error) {
	var out issue
	path := fmt.Sprintf("%s?fields=%s", issuePath(key), url.QueryEscape(strings.Join(fields, ",")))
	if len(expand) > 0 {
		path += "&expand=" + url.QueryEscape(strings.Join(expand, ","))
	}
	err := c.call(ctx, http.MethodGet, path, nil, &out)
	return out, err
}

// isEpic asks the agile API where the issue itself does not tell, as on sites
// that renamed or translated the type.
func (c *Client) isEpic(ctx context.Context, i issue) (bool, error) {
	t := get[issueType](i.Fields, "issuetype")
	if t.HierarchyLevel != nil || t.Subtask {
		return false, nil
	}
	err := c.call(ctx, http.MethodGet, "rest/agile/1.0/epic/"+url.PathEscape(i.Key), nil, nil)
	switch atlassian.StatusOf(err) {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound:
		return false, nil
	}
	return err == nil, err
}

// article puts a type's name into a sentence.
func article(kind string) string {
	switch {
	case kind == "":
		return "an issue of unknown type"
	case strings.ContainsRune("AEIOaeio", rune(kind[0])):
		return "an " + kind
	}
	return "a " + kind
}
