package jira

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"refine/internal/atlassian"
)

// cloud is Atlassian Cloud: searches are paged by token and lag behind writes,
// bulk reads do not.
type cloud struct{ *Client }

// search asks for the fields by name; the service answers with ids only unless
// told.
func (c cloud) search(ctx context.Context, q query, cursor string) (page, error) {
	in := struct {
		JQL           string   `json:"jql"`
		Fields        []string `json:"fields"`
		Expand        string   `json:"expand,omitempty"`
		MaxResults    int      `json:"maxResults"`
		NextPageToken string   `json:"nextPageToken,omitempty"`
		Reconcile     []int64  `json:"reconcileIssues,omitempty"`
	}{JQL: q.jql, Fields: q.fields, MaxResults: q.size, NextPageToken: cursor, Reconcile: q.fresh}
	if q.changes {
		in.Expand = changelogExpand
	}
	var out struct {
		Issues        []issue `json:"issues"`
		IsLast        bool    `json:"isLast"`
		NextPageToken string  `json:"nextPageToken"`
	}
	if err := c.read(ctx, "rest/api/2/search/jql", in, &out); err != nil {
		return page{}, err
	}
	if out.IsLast {
		out.NextPageToken = ""
	}
	return page{Items: out.Issues, Next: out.NextPageToken}, nil
}

func (c cloud) count(ctx context.Context, q query, _ page) (int, error) {
	where, _, err := splitOrder(q.jql)
	if err != nil {
		return 0, err
	}
	in := struct {
		JQL string `json:"jql"`
	}{where}
	var out struct {
		Count int `json:"count"`
	}
	err = c.read(ctx, "rest/api/2/search/approximate-count", in, &out)
	return out.Count, err
}

// issues reads in bulk, which sees what was just written and leaves out keys
// that do not exist.
func (c cloud) issues(ctx context.Context, keys []string) ([]issue, error) {
	in := struct {
		Keys   []string `json:"issueIdsOrKeys"`
		Fields []string `json:"fields"`
	}{keys, c.ticketFields()}
	var out struct {
		Issues []issue `json:"issues"`
	}
	err := c.read(ctx, "rest/api/2/issue/bulkfetch", in, &out)
	if notOffered(err) {
		return c.oneByOne(ctx, keys, c.ticketFields())
	}
	return out.Issues, err
}

// notOffered tells a site without an operation from one that lacks an object.
func notOffered(err error) bool {
	switch atlassian.StatusOf(err) {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented:
		return true
	}
	return false
}

// maxCommentIDs is what one comment list may ask for.
const maxCommentIDs = 1000

func (c cloud) marks(ctx context.Context, s session, comments []comment) (map[string]reading, error) {
	out := map[string]reading{}
	for chunk := range slices.Chunk(comments, maxCommentIDs) {
		if err := c.listMarks(ctx, s, chunk, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// listMarks reads many comments' properties at once, and again for those that
// did not fit into the answer. A comment that the list keeps leaving out is
// asked for by itself: it was there a moment ago, and only its own answer can
// say that it has no mark.
func (c cloud) listMarks(ctx context.Context, s session, comments []comment, out map[string]reading) error {
	ids, err := numbers(comments)
	if err != nil {
		return err
	}
	in := struct {
		IDs []int64 `json:"ids"`
	}{ids}
	var list struct {
		Values []comment `json:"values"`
	}
	err = c.read(ctx, "rest/api/2/comment/list?expand=properties", in, &list)
	if err != nil && !notOffered(err) {
		return fmt.Errorf("reading the marks of %d comments: %w", len(ids), err)
	}
	answered := map[string]bool{}
	for _, v := range list.Values {
		answered[v.ID] = true
		if r, ok := s.readIn(v.Properties); ok {
			out[v.ID] = r
		}
	}
	left := slices.DeleteFunc(slices.Clone(comments), func(c comment) bool { return answered[c.ID] })
	if 0 < len(left) && len(left) < len(comments) {
		return c.listMarks(ctx, s, left, out)
	}
	return c.eachMark(ctx, s, left, out)
}

// numbers are the ids as the list wants them.
func numbers(comments []comment) ([]int64, error) {
	var out []int64
	for _, c := range comments {
		n, err := strconv.ParseInt(c.ID, 10, 64)
		if err != nil {
			return nil, errors.New("a comment has an id that is no number")
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// epicClause is the same for company-managed and team-managed projects.
func (c cloud) epicClause(key string) string { return "parent = " + quote(key) }
