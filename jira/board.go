package jira

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/ticket"
)

// A board as the agile API lists it, which both deployments have.
type board struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// BoardBacklog returns the issues of a board's backlog that match, in the
// board's order, whatever order the JQL has. The board is given by its id or
// name. At most limit are returned, 0 means all; capped says that there are more.
func (c *Client) BoardBacklog(ctx context.Context, board, jql string, limit int) (issues []ticket.Issue, total int, capped bool, err error) {
	where, _, err := splitOrder(jql)
	if err != nil {
		return nil, 0, false, fmt.Errorf("the JQL %q: %w", jql, err)
	}
	if err := c.Learn(ctx); err != nil {
		return nil, 0, false, err
	}
	id, err := c.boardID(ctx, board)
	if err != nil {
		return nil, 0, false, err
	}
	q := query{jql: where, fields: c.planFields(), size: pageSize}
	found, last, capped, err := collect(atlassian.Pages(ctx, issue.id, func(ctx context.Context, cursor string) (page, error) {
		return c.boardPage(ctx, id, q, cursor)
	}), limit)
	if err != nil {
		return nil, 0, false, backlogFailure(board, where, err)
	}
	total = len(found)
	if capped {
		total = max(last.Total, len(found)+1)
	}
	issues, err = c.wholeIssues(ctx, found)
	return issues, total, capped, err
}

func (c *Client) boardPage(ctx context.Context, id int64, q query, cursor string) (page, error) {
	start := offset(cursor)
	params := url.Values{
		"fields":     {strings.Join(q.fields, ",")},
		"startAt":    {strconv.Itoa(start)},
		"maxResults": {strconv.Itoa(q.size)},
		"expand":     {changelogExpand}, // Cloud takes it and does not use it
	}
	if q.jql != "" {
		params.Set("jql", q.jql)
	}
	var out struct {
		Issues []issue `json:"issues"`
		Total  int     `json:"total"`
	}
	err := c.call(ctx, http.MethodGet, fmt.Sprintf("rest/agile/1.0/board/%d/backlog?%s", id, params.Encode()), nil, &out)
	if err != nil {
		return page{}, err
	}
	return pageAt(out.Issues, start, out.Total), nil
}

// backlogFailure says what a person can check.
func backlogFailure(board, jql string, err error) error {
	switch atlassian.StatusOf(err) {
	case http.StatusNotFound:
		return fmt.Errorf("there is no backlog of board %s: check backlog.board, that the account may see the board, and that the board has a backlog: %w", board, err)
	case http.StatusBadRequest:
		return fmt.Errorf("reading the backlog of board %s with JQL “%s”: %w", board, cut(jql, maxShownJQL), err)
	}
	return fmt.Errorf("reading the backlog of board %s: %w", board, err)
}

// boardID is the id of the board with that name. A number is an id as well, of
// which boards have names like "2026": there the name comes first.
func (c *Client) boardID(ctx context.Context, name string) (int64, error) {
	id, err := strconv.ParseInt(name, 10, 64)
	number := err == nil && id > 0
	similar, err := c.boardsLike(ctx, name)
	switch {
	case errors.Is(err, errManyBoards) && number:
		return id, nil // a short number, part of many names
	case atlassian.StatusOf(err) == http.StatusNotFound:
		return 0, fmt.Errorf("looking for board %q of backlog.board: the site has no boards: check that it has Jira Software and that the account may use it: %w", name, err)
	case err != nil:
		return 0, fmt.Errorf("looking for board %q of backlog.board: %w", name, err)
	}
	exact := called(name, similar)
	if number && len(exact) == 0 {
		return id, nil
	}
	return only(name, exact, similar)
}

// called are the boards with exactly that name, in any case.
func called(name string, similar []board) (exact []board) {
	for _, b := range similar {
		if strings.EqualFold(b.Name, name) {
			exact = append(exact, b)
		}
	}
	return exact
}

// only is the one board that a name means.
func only(name string, exact, similar []board) (int64, error) {
	switch {
	case len(exact) == 1:
		return exact[0].ID, nil
	case len(exact) > 1:
		return 0, fmt.Errorf("several boards are called %q: %s; set backlog.board to the id of one", name, boardList(exact))
	case len(similar) > 0:
		return 0, fmt.Errorf("no board is called %q; similar are %s", name, boardList(similar))
	}
	return 0, fmt.Errorf("no board is called %q: check backlog.board and that the account may see the board", name)
}

// boardsLike lists the boards whose name contains the given one.
func (c *Client) boardsLike(ctx context.Context, name string) ([]board, error) {
	id := func(b board) string { return strconv.FormatInt(b.ID, 10) }
	all, _, more, err := collect(atlassian.Pages(ctx, id, func(ctx context.Context, cursor string) (atlassian.Page[board], error) {
		return c.boardsFrom(ctx, name, offset(cursor))
	}), maxBoards)
	if more {
		return nil, errManyBoards
	}
	return all, err
}

func (c *Client) boardsFrom(ctx context.Context, name string, start int) (p atlassian.Page[board], err error) {
	var out struct {
		Values []board `json:"values"`
		IsLast bool    `json:"isLast"`
	}
	params := url.Values{"name": {name}, "startAt": {strconv.Itoa(start)}}
	if err := c.call(ctx, http.MethodGet, "rest/agile/1.0/board?"+params.Encode(), nil, &out); err != nil {
		return p, err
	}
	p.Items = out.Values
	if !out.IsLast && len(out.Values) > 0 {
		p.Next = strconv.Itoa(start + len(out.Values))
	}
	return p, nil
}

var errManyBoards = errors.New("too many boards have a name like that: use the board's id")

const (
	maxBoards      = 1000 // of similar names, before a search is given up
	maxShownBoards = 10   // in an error
)

func boardList(boards []board) string {
	var names []string
	for _, b := range boards[:min(len(boards), maxShownBoards)] {
		names = append(names, fmt.Sprintf("%q (%d)", b.Name, b.ID))
	}
	if more := len(boards) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}
