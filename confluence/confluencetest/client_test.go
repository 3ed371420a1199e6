package confluencetest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"refine/confluence/confluencetest"
	"refine/internal/atlassian/atlassiantest"
)

// client speaks to a server through Atlassian's documents.
type client struct {
	t      *testing.T
	fake   *confluencetest.Server
	site   *httptest.Server
	header http.Header
}

// connect starts a server whose clock moves a second a look.
func connect(t *testing.T, d confluencetest.Deployment) *client {
	t.Helper()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	fake := confluencetest.New(confluencetest.Options{Deployment: d, Now: func() time.Time {
		now = now.Add(time.Second)
		return now
	}})
	site := httptest.NewServer(contract(t, d, fake))
	t.Cleanup(site.Close)
	return &client{t: t, fake: fake, site: site, header: http.Header{
		"Authorization": {"Bearer token"}, "Content-Type": {"application/json"},
	}}
}

// contract holds each call to the document that describes it.
func contract(t *testing.T, d confluencetest.Deployment, fake http.Handler) http.Handler {
	if d == confluencetest.DataCenter {
		return atlassiantest.Contract(t, "confluence-dc.json", fake)
	}
	v2 := atlassiantest.Contract(t, "confluence-cloud-v2.json", fake)
	v1 := atlassiantest.Contract(t, "confluence-cloud-v1.json", fake)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/wiki/rest/") {
			v1.ServeHTTP(w, r)
		} else {
			v2.ServeHTTP(w, r)
		}
	})
}

// send returns the answer's status and JSON. in is JSON text, or a value.
func (c *client) send(method, path string, in any) (int, map[string]any) {
	c.t.Helper()
	status, _, raw := c.raw(method, path, in)
	var out map[string]any
	if len(raw) > 0 {
		require.NoError(c.t, json.Unmarshal(raw, &out), "%s", raw)
	}
	return status, out
}

func (c *client) raw(method, path string, in any) (int, http.Header, []byte) {
	c.t.Helper()
	var body io.Reader
	switch in := in.(type) {
	case nil:
	case string:
		body = strings.NewReader(in)
	default:
		b, err := json.Marshal(in)
		require.NoError(c.t, err)
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.site.URL+path, body)
	require.NoError(c.t, err)
	req.Header = c.header.Clone()
	if body == nil {
		req.Header.Del("Content-Type")
	}
	resp, err := c.site.Client().Do(req)
	require.NoError(c.t, err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(c.t, err)
	return resp.StatusCode, resp.Header, raw
}

// must is send for a request that has to succeed.
func (c *client) must(method, path string, in any) map[string]any {
	c.t.Helper()
	status, out := c.send(method, path, in)
	require.Less(c.t, status, 300, "%s %s: %v", method, path, out)
	return out
}

// refused sends what has to be refused, and returns the message.
func (c *client) refused(status int, method, path string, in any) string {
	c.t.Helper()
	got, out := c.send(method, path, in)
	require.Equal(c.t, status, got, "%s %s: %v", method, path, out)
	if list, ok := out["errors"].([]any); ok {
		return list[0].(map[string]any)["title"].(string)
	}
	return out["message"].(string)
}

// at follows a path of names and indexes through JSON.
func at(v any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			v = v.(map[string]any)[p]
		case int:
			v = v.([]any)[p]
		}
	}
	return v
}

type object = map[string]any

func storageBody(value string) object { return object{"representation": "storage", "value": value} }

func (c *client) space() string {
	return at(c.must("GET", "/wiki/api/v2/spaces?keys=PAY", nil), "results", 0, "id").(string)
}

func (c *client) createCloud(title, body string) string {
	c.t.Helper()
	return c.must("POST", "/wiki/api/v2/pages", object{
		"spaceId": c.space(), "status": "current", "title": title, "body": storageBody(body),
	})["id"].(string)
}

func cloudUpdate(id, title, body string, version int) object {
	return object{
		"id": id, "status": "current", "title": title, "body": storageBody(body),
		"version": object{"number": version, "message": "by test"},
	}
}

func (c *client) createDC(title, body string) string {
	c.t.Helper()
	return c.must("POST", "/rest/api/content", object{
		"type": "page", "title": title, "space": object{"key": "PAY"},
		"body": object{"storage": storageBody(body)},
	})["id"].(string)
}

func dcUpdate(title, body string, version int) object {
	return object{
		"type": "page", "title": title, "body": object{"storage": storageBody(body)},
		"version": object{"number": version, "minorEdit": true},
	}
}
