package jira

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// maxReconciled is how many issues Cloud's search reads as they are and not as it
// remembers them.
const maxReconciled = 50

// mostRanked is how many tickets of a backlog are read to find a place in it. Cloud
// gives that many keys in one answer.
const mostRanked = 5000

// ranks are where the tickets of these looks stand that are to be ranked: with the
// backlog that they are ranked in, in one search for keys alone, or beside each other.
func (c *Client) ranks(ctx context.Context, looks []outcome.Look) (*outcome.Ranking, error) {
	var keys []string
	var ids []int64
	var within *ticket.BacklogQuery
	for _, l := range looks {
		if !slices.Contains(l.Fields, outcome.RankField) {
			continue
		}
		keys, within = append(append(keys, l.Issue), l.Beside...), cmp.Or(within, l.Within)
		if id, err := strconv.ParseInt(l.IssueID, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if within == nil {
		return c.ranked(ctx, keys)
	}
	jql, err := c.rankedJQL(*within, keys)
	if err != nil {
		return nil, err
	}
	q := query{jql: jql, fields: []string{"key"}, size: mostRanked, fresh: ids[:min(len(ids), maxReconciled)]}
	found, _, capped, err := collect(c.pages(ctx, q), mostRanked)
	if err != nil {
		return nil, fmt.Errorf("reading the backlog by rank: %w", err)
	}
	r := outcome.Ranking{Capped: capped}
	for _, i := range found {
		key := i.Key
		for _, l := range looks {
			if l.IssueID == i.ID {
				key = l.Issue // which may be that of before a move to another project
			}
		}
		r.Keys = append(r.Keys, key)
	}
	return &r, nil
}

// rankedJQL matches the open tickets of a team's backlog, whatever it brings to its
// sessions of them, and those that are named. Where the team says nothing of its
// backlog, their projects are meant.
func (c *Client) rankedJQL(q ticket.BacklogQuery, keys []string) (string, error) {
	where, _, err := splitOrder(q.JQL)
	if err != nil {
		return "", fmt.Errorf("the JQL %q: %w", q.JQL, err)
	}
	clauses := []string{open}
	if q.Filter != "" {
		clauses = append(clauses, FilterJQL(q.Filter))
	}
	if where != "" {
		clauses = append(clauses, "("+where+")")
	}
	if len(clauses) == 1 {
		var projects []string
		for _, key := range keys {
			if p := quote(ticket.Project(key)); !slices.Contains(projects, p) {
				projects = append(projects, p)
			}
		}
		clauses = append(clauses, "project in ("+strings.Join(projects, ", ")+")")
	}
	return "(" + strings.Join(clauses, " AND ") + ") OR " + keysJQL(keys) + " " + c.defaultOrder(), nil
}

// ranked are those of the issues that there are, in the order of their ranks.
func (c *Client) ranked(ctx context.Context, keys []string) (*outcome.Ranking, error) {
	found, err := c.lookUp(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading ranks: %w", err)
	}
	r := outcome.Ranking{Keys: slices.DeleteFunc(keys, func(key string) bool { _, there := found[key]; return !there })}
	slices.SortStableFunc(r.Keys, func(a, b string) int { return cmp.Compare(c.issue(found[a]).Rank, c.issue(found[b]).Rank) })
	return &r, nil
}

// rankable is the site's field of ranks, and whether this account may set it on an
// issue: it stands on no screen, but goes by a permission of the project.
func (c *Client) rankable(ctx context.Context, key string, lacks func(project string) ([]Permission, error)) (outcome.SiteField, error) {
	f, err := c.fields().one(rank, "Rank")
	if err != nil {
		return outcome.SiteField{Missing: err.Error()}, nil
	}
	missing, err := lacks(ticket.Project(key))
	switch {
	case atlassian.StatusOf(err) == http.StatusNotFound, err == nil && len(missing) > 0:
		return outcome.SiteField{Missing: fmt.Sprintf("this account may not rank issues of %s (%s)", ticket.Project(key), ScheduleIssues)}, nil
	case err != nil:
		return outcome.SiteField{}, err
	}
	return outcome.SiteField{ID: f.ID}, nil
}

// rankBody puts issues in front of another or behind it. The field is a number.
type rankBody struct {
	Issues []string `json:"issues"`
	Before string   `json:"rankBeforeIssue,omitempty"`
	After  string   `json:"rankAfterIssue,omitempty"`
	Field  int64    `json:"rankCustomFieldId"`
}

// rank moves a ticket to its place beside another, unless it stands on that side of it
// or somebody moved it since it was read. What counts is the order of the two: a ticket
// that is ranked twice is ranked once. How it is left is read afterwards, since no
// answer tells it; where that cannot be read, [outcome.Setting] says nothing of it.
func (c *Client) rank(ctx context.Context, change outcome.Change) error {
	s := change.Set
	side, _, _ := strings.Cut(change.To, " ")
	body := rankBody{Issues: []string{change.Issue}, Before: s.Beside}
	if side == "after" {
		body.Before, body.After = "", s.Beside
	}
	id, err := strconv.ParseInt(strings.TrimPrefix(s.ID, "customfield_"), 10, 64)
	if err == nil {
		err = checkKey(s.Beside)
	}
	if err != nil {
		return errors.New("nobody has looked up what the site calls its rank")
	}
	body.Field = id
	now, err := c.place(ctx, change)
	switch {
	case err != nil:
		return fmt.Errorf("reading the rank before setting it: %w", err)
	case now == change.To:
		return nil
	case s.Left != s.Saw:
		return &ChangedError{Field: "rank", Now: now}
	}
	err = c.putRank(ctx, body)
	if atlassian.Ambiguous(err) {
		return settle(err, func() (bool, error) {
			now, err := c.place(ctx, change)
			return now == change.To, err
		})
	}
	if err != nil {
		return fmt.Errorf("setting the rank: %w", err)
	}
	if s.Left, err = c.rankOf(ctx, change.Issue, s.ID); err != nil { // it is set all the same
		c.log.Warn("a rank was set and cannot be read afterwards", "issue", change.Issue, "error", err)
	}
	return nil
}

// putRank asks for one rank. What goes wrong with an issue stands in an answer that is
// a success as a whole.
func (c *Client) putRank(ctx context.Context, body rankBody) error {
	var partly struct {
		Entries []struct {
			Key    string   `json:"issueKey"`
			Status int      `json:"status"`
			Errors []string `json:"errors"`
		} `json:"entries"`
	}
	req, err := c.jira.NewRequestWithContext(ctx, http.MethodPut, "rest/agile/1.0/issue/rank", body)
	if err != nil {
		return fmt.Errorf("jira: preparing a request: %w", err)
	}
	resp, err := c.jira.Do(req, nil)
	if err != nil || resp.StatusCode == http.StatusNoContent {
		return err
	}
	if err := c.http.Decode(req, resp.Response, &partly); err != nil {
		return err
	}
	for _, e := range partly.Entries {
		if e.Status >= http.StatusBadRequest {
			return fmt.Errorf("%s: status %d: %s", e.Key, e.Status, strings.Join(e.Errors, "; "))
		}
	}
	return nil
}

// place is where a ticket stands beside another now, and notes the text of its rank.
func (c *Client) place(ctx context.Context, change outcome.Change) (string, error) {
	var ranks [2]string
	err := c.parallel(ctx, len(ranks), func(ctx context.Context, n int) (err error) {
		ranks[n], err = c.rankOf(ctx, []string{change.Issue, change.Set.Beside}[n], change.Set.ID)
		return err
	})
	if err != nil {
		return "", err
	}
	change.Set.Left = ranks[0]
	if ranks[0] < ranks[1] {
		return "before " + change.Set.Beside, nil
	}
	return "after " + change.Set.Beside, nil
}

// rankOf is the text of a ticket's rank.
func (c *Client) rankOf(ctx context.Context, key, field string) (string, error) {
	raw, err := c.get(ctx, key, []string{field})
	if err != nil {
		return "", err
	}
	text := c.issue(raw).Rank
	if text == "" {
		return "", fmt.Errorf("%s has no rank", raw.Key)
	}
	return text, nil
}
