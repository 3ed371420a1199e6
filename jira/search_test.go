package jira

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// byToken answers a search with the pages one after the other.
func byToken(pages ...[]object) func(*http.Request, string) any {
	return func(_ *http.Request, body string) any {
		var in struct {
			NextPageToken string
			Fields        []string
		}
		_ = json.Unmarshal([]byte(body), &in)
		n, _ := strconv.Atoi(in.NextPageToken)
		answer := object{"issues": pages[n]}
		if n+1 < len(pages) {
			answer["nextPageToken"] = strconv.Itoa(n + 1)
		} else {
			answer["isLast"] = true
		}
		return answer
	}
}

// byOffset answers a search with at most size issues at a time.
func byOffset(size int, all []object) func(*http.Request, string) any {
	return func(_ *http.Request, body string) any {
		var in struct{ StartAt int }
		_ = json.Unmarshal([]byte(body), &in)
		start := min(in.StartAt, len(all))
		return object{"issues": all[start:min(start+size, len(all))], "total": len(all), "startAt": start, "maxResults": size}
	}
}

func keysOf(issues []ticket.Issue) (keys []string) {
	for _, i := range issues {
		keys = append(keys, i.Key)
	}
	return keys
}

func TestSearchReadsAllPages(t *testing.T) { // P3
	t.Parallel()
	shifting := [][]object{stubs(1, 3), {}, stubs(3, 5), stubs(6, 6)} // a short page, an empty one, an issue twice
	for name, test := range map[string]struct {
		deployment string
		routes     map[string]any
		limit      int
		found      int
		total      int
		capped     bool
	}{
		"Cloud":                   {"cloud", map[string]any{"POST /search/jql": byToken(shifting...)}, 0, 6, 6, false},
		"Cloud, limit not met":    {"cloud", map[string]any{"POST /search/jql": byToken(shifting...)}, 40, 6, 6, false},
		"Cloud, limit is all":     {"cloud", map[string]any{"POST /search/jql": byToken(shifting...)}, 6, 6, 6, false},
		"Cloud, capped":           {"cloud", map[string]any{"POST /search/jql": byToken(shifting...), "POST /search/approximate-count": object{"count": 240}}, 2, 2, 240, true},
		"Cloud, count lags":       {"cloud", map[string]any{"POST /search/jql": byToken(shifting...), "POST /search/approximate-count": object{"count": 0}}, 3, 3, 4, true},
		"Data Center":             {"datacenter", map[string]any{"POST /search": byOffset(2, stubs(1, 7))}, 0, 7, 7, false},
		"Data Center, capped":     {"datacenter", map[string]any{"POST /search": byOffset(2, stubs(1, 7))}, 3, 3, 7, true},
		"Data Center, page's end": {"datacenter", map[string]any{"POST /search": byOffset(2, stubs(1, 7))}, 4, 4, 7, true},
		"nothing":                 {"datacenter", map[string]any{"POST /search": byOffset(2, nil)}, 40, 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, test.deployment, test.routes)
			issues, total, capped, err := c.Search(t.Context(), "project = PAY", test.limit)
			require.NoError(t, err)
			assert.Len(t, issues, test.found)
			assert.Equal(t, test.total, total)
			assert.Equal(t, test.capped, capped)
			var want []string
			for n := range test.found {
				want = append(want, "PAY-"+strconv.Itoa(n+1))
			}
			assert.Equal(t, want, keysOf(issues))
		})
	}
}

func TestSearchAsksForEverythingAtOnce(t *testing.T) { // P5
	t.Parallel()
	c, s := serve(t, "cloud", map[string]any{
		"GET /field": []object{{"id": "customfield_9", "name": "Flagged", "custom": true, "schema": object{"type": "array", "items": "option", "custom": checkboxes, "customId": 9}}},
		"POST /search/jql": func(_ *http.Request, body string) any {
			var in struct {
				JQL        string
				Fields     []string
				MaxResults int
			}
			if err := json.Unmarshal([]byte(body), &in); err != nil {
				return http.StatusBadRequest
			}
			assert.Equal(t, "project = PAY ORDER BY created ASC", in.JQL)
			assert.Subset(t, in.Fields, append([]string{"customfield_9"}, planFields...))
			assert.Equal(t, 12, in.MaxResults)
			return object{"issues": stubs(1, 12), "isLast": true}
		},
	})
	_, _, _, err := c.Search(t.Context(), "project = PAY", 12)
	require.NoError(t, err)
	assert.Equal(t, 1, s.count("POST /search/jql"))
}

func TestSearchFails(t *testing.T) { // F6
	t.Parallel()
	endless := func(*http.Request, string) any { return object{"issues": []any{}, "nextPageToken": "again"} }
	for name, test := range map[string]struct {
		jql    string
		limit  int
		routes map[string]any
		want   string
	}{
		"refused":       {"x = 1", 0, map[string]any{"POST /search/jql": http.StatusBadRequest}, "searching issues with JQL “x = 1 ORDER BY created ASC”: Jira: POST /rest/api/2/search/jql: 400 Bad Request: no"},
		"no end":        {"x = 1", 0, map[string]any{"POST /search/jql": endless}, "repeats a page without end"},
		"later page":    {"x = 1", 0, map[string]any{"POST /search/jql": laterFailure()}, "403 Forbidden"},
		"broken JQL":    {`x = "`, 0, nil, "quotation mark"},
		"cannot count":  {"x = 1", 1, map[string]any{"POST /search/jql": byToken(stubs(1, 2))}, "counting issues"},
		"other product": {"x = 1", 0, map[string]any{"POST /search/jql": []any{}}, "not what this operation should give"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, "cloud", test.routes)
			issues, _, _, err := c.Search(t.Context(), test.jql, test.limit)
			require.ErrorContains(t, err, test.want)
			assert.Empty(t, issues)
		})
	}
}

func laterFailure() func(*http.Request, string) any {
	pages := byToken(stubs(1, 2), nil)
	return func(r *http.Request, body string) any {
		if answer := pages(r, body).(object); answer["isLast"] == nil {
			return answer
		}
		return http.StatusForbidden
	}
}

func TestEpic(t *testing.T) { // P2
	t.Parallel()
	of := func(kind object) object {
		return object{"id": "1", "key": "PAY-1", "fields": object{"issuetype": kind}}
	}
	for name, test := range map[string]struct {
		key    string
		routes map[string]any
		want   string // of the error, empty for none
	}{
		"by level":            {"PAY-1", map[string]any{"GET /issue/PAY-1": of(object{"name": "Epos", "hierarchyLevel": 1})}, ""},
		"by name":             {"PAY-1", map[string]any{"GET /issue/PAY-1": of(object{"name": "Epic"})}, ""},
		"by the agile API":    {"PAY-1", map[string]any{"GET /issue/PAY-1": of(object{"name": "Epos"}), "GET /rest/agile/1.0/epic/PAY-1": object{"id": 1}}, ""},
		"a story":             {"PAY-1", map[string]any{"GET /issue/PAY-1": of(object{"name": "Story", "hierarchyLevel": 0})}, "PAY-1 is a Story, not an epic"},
		"an initiative":       {"PAY-1", map[string]any{"GET /issue/PAY-1": of(object{"name": "Initiative", "hierarchyLevel": 2})}, "PAY-1 is an Initiative, not an epic"},
		"a story, old server": {"PAY-1", map[string]any{"GET /issue/PAY-1": of(object{"name": "Story"})}, "PAY-1 is a Story, not an epic"},
		"cannot tell":         {"PAY-1", map[string]any{"GET /issue/PAY-1": of(object{"name": "Story"}), "GET /rest/agile/1.0/epic/PAY-1": http.StatusUnauthorized}, "asking whether PAY-1 is an epic"},
		"unknown":             {"PAY-9", nil, "reading the epic PAY-9: Jira: GET /rest/api/2/issue/PAY-9: 404 Not Found"},
		"no key":              {"../field", nil, "not an issue key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, "datacenter", test.routes)
			epic, err := c.Epic(t.Context(), test.key)
			if test.want != "" {
				require.ErrorContains(t, err, test.want)
				return
			}
			require.NoError(t, err)
			assert.True(t, epic.Epic)
		})
	}
}

func TestEpicJQL(t *testing.T) { // P2
	t.Parallel()
	assert.Equal(t, `parent = "PAY-1" AND statusCategory != Done`, (&Client{site: cloud{}}).EpicJQL("PAY-1"))
	for _, test := range []struct {
		fields fields
		want   string
	}{
		{nil, `"Epic Link" = "PAY-1" AND statusCategory != Done`},
		{fields{epicLink: {custom("customfield_5", "Epic Link", "")}}, `"Epic Link" = "PAY-1" AND statusCategory != Done`},
		{fields{epicLink: {custom("customfield_5", "Epos", "")}}, `cf[5] = "PAY-1" AND statusCategory != Done`},
	} {
		c := &Client{known: test.fields}
		c.site = dataCenter{c}
		assert.Equal(t, test.want, c.EpicJQL("PAY-1"))
	}
}

// L17: finished issues with story points are read in one request, without those
// that have a security level.
func TestSized(t *testing.T) {
	deployments(t, func(t *testing.T, w *world) {
		require.NoError(t, w.jira.Load(strings.NewReader(`
{"key":"PAY-7","fields":{"summary":"Refund by mail","status":{"name":"Closed","statusCategory":{"key":"done"}},"x_story_points":5,"resolutiondate":"2026-02-01T10:00:00.000+0000"}}
{"key":"PAY-8","fields":{"summary":"Refund by phone","status":{"name":"Closed","statusCategory":{"key":"done"}},"x_story_points":8,"resolutiondate":"2026-03-01T10:00:00.000+0000"}}
{"key":"PAY-9","fields":{"summary":"Secret","status":{"name":"Closed","statusCategory":{"key":"done"}},"x_story_points":8,"security":{"name":"Board"},"resolutiondate":"2026-03-01T10:00:00.000+0000"}}
{"key":"OTHER-1","fields":{"summary":"Elsewhere","status":{"name":"Closed","statusCategory":{"key":"done"}},"x_story_points":8}}
`)))
		before := w.Requests()
		found, err := w.Sized(t.Context(), []string{"PAY"})
		require.NoError(t, err)
		assert.Equal(t, []string{"PAY-8", "PAY-7"}, keysOf(found))
		assert.InDelta(t, 8, *found[0].StoryPoints, 0)
		assert.Equal(t, "Refund by phone", found[0].Summary)
		assert.EqualValues(t, 1, w.Requests()-before)

		before = w.Requests()
		found, err = w.Sized(t.Context(), nil)
		require.NoError(t, err)
		assert.Empty(t, found)
		assert.Zero(t, w.Requests()-before)
	})
}
