package jiratest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// jqlBody is a search by token, as Cloud has it.
type jqlBody struct {
	JQL             string   `json:"jql"`
	NextPageToken   *string  `json:"nextPageToken"`
	MaxResults      *int     `json:"maxResults"`
	Fields          []string `json:"fields"`
	Expand          string   `json:"expand"`
	Properties      []string `json:"properties"`
	FieldsByKeys    bool     `json:"fieldsByKeys"`
	ReconcileIssues []int64  `json:"reconcileIssues"`
}

func searchByToken(s *Server, c *call) (reply, error) {
	in, err := c.jqlBody()
	if err != nil {
		return reply{}, err
	}
	switch {
	case len(in.Properties) > 5:
		return reply{}, refuse(http.StatusBadRequest, "A maximum of 5 issue property keys can be specified.")
	case len(in.ReconcileIssues) > 50:
		return reply{}, refuse(http.StatusBadRequest, "A maximum of 50 issues can be reconciled, %d were given.", len(in.ReconcileIssues))
	}
	selected, err := s.search(in.JQL, false, s.indexed(in.ReconcileIssues))
	if err != nil {
		return reply{}, err
	}
	start, err := pageStart(in, len(selected.issues))
	if err != nil {
		return reply{}, err
	}
	return ok(c.tokenPage(in, selected.issues, start))
}

func (c *call) jqlBody() (jqlBody, error) {
	var in jqlBody
	if c.Method == http.MethodPost {
		return in, c.decode(&in)
	}
	q := c.URL.Query()
	in.JQL, in.Expand = q.Get("jql"), q.Get("expand")
	in.Fields, in.Properties = listed(q["fields"]), listed(q["properties"])
	if token := q.Get("nextPageToken"); token != "" {
		in.NextPageToken = &token
	}
	if text := q.Get("maxResults"); text != "" {
		most, err := strconv.Atoi(text)
		if err != nil {
			return in, refuse(http.StatusBadRequest, "The value '%s' of the parameter 'maxResults' is not valid.", text)
		}
		in.MaxResults = &most
	}
	for _, text := range listed(q["reconcileIssues"]) {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return in, refuse(http.StatusBadRequest, "'%s' is no issue id.", text)
		}
		in.ReconcileIssues = append(in.ReconcileIssues, id)
	}
	return in, nil
}

// indexed is what a search sees: while the index lags, the issues as they
// were, but for those the request wants reconciled.
func (s *Server) indexed(reconcile []int64) map[string]*Issue {
	if s.index == nil {
		return s.issues
	}
	seen := maps.Clone(s.index)
	for _, id := range reconcile {
		maps.DeleteFunc(seen, func(_ string, i *Issue) bool { return i.ID == id })
		if i := s.find(formatID(id)); i != nil {
			seen[i.Key] = i
		}
	}
	return seen
}

func (c *call) tokenPage(in jqlBody, issues []*Issue, start int) object {
	most := 50
	if in.MaxResults != nil && *in.MaxResults > 0 {
		most = *in.MaxResults
	}
	shown := cut(issues, start, min(most, c.s.pageCap(in.Fields)))
	next := start + len(shown)
	o := object{"isLast": next >= len(issues), "issues": c.found(shown, in)}
	if next < len(issues) {
		o["nextPageToken"] = pageToken(in.JQL, next)
	}
	if slices.Contains(listed([]string{in.Expand}), "names") {
		o["names"] = c.s.names()
	}
	return o
}

// found shows ids alone unless fields are asked for.
func (c *call) found(issues []*Issue, in jqlBody) []any {
	fields := listed(in.Fields)
	if len(fields) == 0 || slices.Equal(fields, []string{"id"}) {
		shown := []any{}
		for _, i := range issues {
			shown = append(shown, object{"id": formatID(i.ID)})
		}
		return shown
	}
	expand := slices.DeleteFunc(listed([]string{in.Expand}), func(e string) bool { return e == "names" })
	return c.issues(issues, selection{fields: fields, expand: expand, properties: in.Properties, comments: 20, changes: searchedChanges})
}

// pageCap is the most issues a page holds: few with fields, many without.
func (s *Server) pageCap(fields []string) int {
	idsOnly := !slices.ContainsFunc(listed(fields), func(f string) bool { return f != "id" && f != "key" })
	switch {
	case s.options.PageSize > 0:
		return s.options.PageSize
	case s.cloud && idsOnly:
		return 5000
	case s.cloud:
		return 100
	default:
		return 1000
	}
}

// pageToken belongs to one query; of another it is refused.
func pageToken(jql string, start int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(queryHash(jql) + ":" + strconv.Itoa(start)))
}

func queryHash(jql string) string {
	sum := sha256.Sum256([]byte(jql))
	return hex.EncodeToString(sum[:8])
}

func pageStart(in jqlBody, total int) (int, error) {
	if in.NextPageToken == nil || *in.NextPageToken == "" {
		return 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*in.NextPageToken)
	hash, digits, _ := strings.Cut(string(raw), ":")
	start, bad := strconv.Atoi(digits)
	if err != nil || bad != nil || hash != queryHash(in.JQL) || start < 0 {
		return 0, refuse(http.StatusBadRequest, "The provided next page token is invalid or expired.")
	}
	return min(start, total), nil
}

func approximateCount(s *Server, c *call) (reply, error) {
	var in struct {
		JQL string `json:"jql"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	selected, err := s.search(in.JQL, false, s.indexed(nil))
	if err != nil {
		return reply{}, err
	}
	return ok(object{"count": len(selected.issues)})
}

func searchRemoved(*Server, *call) (reply, error) {
	return reply{}, refuse(http.StatusGone, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046")
}
