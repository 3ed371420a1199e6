package jira

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

// A service that never comes to the end of a list.
func TestEveryPagedReadEnds(t *testing.T) { // F8, A10
	t.Parallel()
	const few, many = 15, 500
	var n atomic.Int64
	next := func() int { return int(n.Add(1)) }
	always := func(answer func() any) func(*http.Request, string) any {
		return func(*http.Request, string) any { return answer() }
	}
	commented := object{"id": "1001", "key": "PAY-1", "fields": object{"comment": object{"comments": []any{}, "total": 1 << 30}}}
	comment := func(id int) object { return object{"id": strconv.Itoa(id), "body": "x"} }
	searched := func(issues ...any) object {
		return object{"issues": issues, "total": 1 << 30, "nextPageToken": "t" + strconv.Itoa(next())}
	}
	search := func(ctx context.Context, c *Client) error {
		_, _, _, err := c.Search(ctx, "project = PAY", 0)
		return err
	}
	tickets := func(ctx context.Context, c *Client) error {
		_, _, err := c.Tickets(ctx, meeting, itsPage, []string{"PAY-1"})
		return err
	}
	backlog := func(ctx context.Context, c *Client) error {
		_, _, _, err := c.BoardBacklog(ctx, "7", "", 0)
		return err
	}
	named := func(ctx context.Context, c *Client) error {
		_, err := c.boardsLike(ctx, "Payments")
		return err
	}
	for name, test := range map[string]struct {
		routes map[string]any
		read   func(context.Context, *Client) error
		most   int  // requests
		ends   bool // on Data Center, as it is by its own paging
	}{
		"search, the same issue": {map[string]any{"POST /search": always(func() any { return searched(stub(1)) })}, search, few, false},
		"search, other issues":   {map[string]any{"POST /search": always(func() any { return searched(stub(next())) })}, search, many, false},
		"search, no issues":      {map[string]any{"POST /search": always(func() any { return searched() })}, search, few, true},
		"search, the same token": {map[string]any{"POST /search": always(func() any { return object{"issues": []any{stub(next())}, "total": 2, "nextPageToken": "t"} })}, search, few, true},
		"comments that repeat":   {map[string]any{"POST /bulk": object{"issues": []any{commented}, "total": 1}, "GET /issue/PAY-1/comment": object{"comments": []any{comment(1), comment(2)}, "total": 1 << 30}}, tickets, few, false},
		"comments without end":   {map[string]any{"POST /bulk": object{"issues": []any{commented}, "total": 1}, "GET /issue/PAY-1/comment": always(func() any { return object{"comments": []any{comment(next())}, "total": 1 << 30} })}, tickets, many, false},
		"a backlog that repeats": {map[string]any{"GET /rest/agile/1.0/board": object{"values": []any{}, "isLast": true}, "GET /rest/agile/1.0/board/7/backlog": always(func() any { return object{"issues": []any{stub(1)}, "total": 1 << 30} })}, backlog, few, false},
		"a backlog without end":  {map[string]any{"GET /rest/agile/1.0/board": object{"values": []any{}, "isLast": true}, "GET /rest/agile/1.0/board/7/backlog": always(func() any { return object{"issues": []any{stub(next())}, "total": 1 << 30} })}, backlog, many, false},
		"boards that repeat":     {map[string]any{"GET /rest/agile/1.0/board": object{"values": []any{object{"id": 7, "name": "Payments"}}}}, named, few, false},
		"boards without end":     {map[string]any{"GET /rest/agile/1.0/board": always(func() any { return object{"values": []any{object{"id": next(), "name": "Payments"}}} })}, named, many, false},
		"changes that repeat": {map[string]any{"POST /search": object{"isLast": true, "total": 1, "issues": []any{object{"id": "1", "key": "PAY-1"}}}, "POST /changelog/bulkfetch": always(func() any {
			return object{"nextPageToken": strconv.Itoa(next()), "issueChangeLogs": []any{object{"issueId": "1", "changeHistories": []any{object{"id": "1"}}}}}
		})}, search, few, true},
		"changes without end, no data": {map[string]any{"POST /search": object{"isLast": true, "total": 1, "issues": []any{object{"id": "1", "key": "PAY-1"}}}, "POST /changelog/bulkfetch": always(func() any { return object{"nextPageToken": strconv.Itoa(next())} })}, search, few, true},
	} {
		for _, deployment := range []string{cloudName, dcName} {
			t.Run(name+", "+deployment, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					c, s := unplugged(t, deployment, onSite(deployment, test.routes))
					err := test.read(t.Context(), c)
					if deployment == cloudName || !test.ends {
						require.ErrorContains(t, err, "the service does not come to an end")
					} else {
						require.NoError(t, err)
					}
					assert.LessOrEqual(t, len(s.asked), test.most+5)
				})
			})
		}
	}
}

// unplugged is serve without a network, for a bubble in which waiting costs nothing.
func unplugged(t *testing.T, deployment string, routes map[string]any) (*Client, *service) {
	t.Helper()
	s := &service{t: t, routes: map[string]any{"GET /field": []any{}, "GET /myself": object{"accountId": "bot", "key": "bot"}}}
	maps.Copy(s.routes, routes)
	a, err := atlassian.New(atlassian.Options{
		Product: "Jira", BaseURL: "https://jira.example.com", Network: direct{s},
		Auth: atlassian.Auth{User: "refine@example.com", Token: atlassian.NewSecret("token")},
	})
	require.NoError(t, err)
	c, err := New(t.Context(), Options{Atlassian: a, Deployment: deployment})
	require.NoError(t, err)
	return c, s
}

// direct is a handler that is called where its network would be.
type direct struct{ http.Handler }

func (h direct) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	if req.Body == nil {
		req.Body = http.NoBody
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	return rec.Result(), nil
}

// onSite gives the routes of both deployments the paths of one.
func onSite(deployment string, routes map[string]any) map[string]any {
	paths := map[string]string{"POST /search": "POST /search/jql", "POST /bulk": "POST /issue/bulkfetch"}
	if deployment == dcName {
		paths = map[string]string{"POST /bulk": "POST /search"}
	}
	out := map[string]any{}
	for path, answer := range routes {
		if there, ok := paths[path]; ok {
			path = there
		}
		out[path] = answer
	}
	return out
}

// A site may say that a page is there and answer it empty, or move what is being
// paged through: neither ends the read.
func TestPagesOfARealSiteDoNotFail(t *testing.T) { // P3, F8
	t.Parallel()
	pages := [][]object{stubs(1, 3), {}, {}, {}, stubs(3, 5), stubs(1, 5), {}, stubs(6, 6)}
	c, _ := serve(t, cloudName, map[string]any{"POST /search/jql": func(_ *http.Request, body string) any {
		var in struct{ NextPageToken string }
		assert.NoError(t, json.Unmarshal([]byte(body), &in))
		n, _ := strconv.Atoi(in.NextPageToken)
		if n == len(pages)-1 {
			return object{"issues": pages[n], "isLast": true}
		}
		return object{"issues": pages[n], "nextPageToken": strconv.Itoa(n + 1)}
	}})
	found, _, _, err := c.Search(t.Context(), "project = PAY", 0)
	require.NoError(t, err)
	assert.Len(t, found, 6)
}

// A search that is refused for another reason than its keys is not asked again.
func TestARefusalThatNamesNoKeyStands(t *testing.T) { // F6
	t.Parallel()
	for name, message := range map[string]string{
		"none": "The JQL is too long.", "another": "PAY-10 is gone", "a part of one": "MYPAY-1 and PAY-1-2 do not exist", "empty": "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := serve(t, dcName, map[string]any{"POST /search": refusal(message)})
			_, _, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1", "PAY-2"})
			require.ErrorContains(t, err, "400 Bad Request")
			assert.Equal(t, 1, s.count("POST /search"))
		})
	}
	t.Run("it never ends", func(t *testing.T) {
		t.Parallel()
		keys := []string{"PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-5", "PAY-6", "PAY-7", "PAY-8"}
		var n atomic.Int64
		routes := map[string]any{"POST /search": func(*http.Request, string) any {
			return refusal("No issue has the key " + keys[n.Add(1)-1] + ".")
		}}
		for i, key := range keys {
			routes["GET /issue/"+key] = stub(i + 1)
		}
		c, s := serve(t, dcName, routes)
		found, _, err := c.Tickets(t.Context(), meeting, itsPage, keys)
		require.NoError(t, err)
		assert.Len(t, found, len(keys), "a refusal is no proof that an issue is not there")
		assert.Equal(t, mostRefused, s.count("POST /search"))
	})
}
