package jira

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewAsksWhatItMust(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		deployment string
		info       any
		cloud      bool
		requests   int64
	}{
		"auto, Cloud":       {"auto", object{"deploymentType": "Cloud"}, true, 2},
		"auto, Data Center": {"", object{"deploymentType": "Server"}, false, 2},
		"auto, old Server":  {"auto", object{"version": "6.4"}, false, 2},
		"told cloud":        {"cloud", http.StatusForbidden, true, 1},
		"told datacenter":   {"datacenter", http.StatusForbidden, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, test.deployment, map[string]any{"GET /serverInfo": test.info})
			assert.Equal(t, test.cloud, c.Cloud())
			assert.Equal(t, test.requests, c.Requests())
		})
	}
}

func TestNewFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		deployment string
		routes     map[string]any
		want       string
	}{
		"unknown deployment": {"server", map[string]any{"GET /field": []any{}}, `"server" is none of`},
		"not a Jira":         {"auto", map[string]any{"GET /field": []any{}}, "asking what kind of Jira this is: Jira: GET /rest/api/2/serverInfo: 404"},
		"no access":          {"cloud", map[string]any{"GET /field": http.StatusUnauthorized}, "reading the fields: Jira: GET /rest/api/2/field: 401 Unauthorized"},
		"odd fields":         {"cloud", map[string]any{"GET /field": object{}}, "not what this operation should give"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(&service{t: t, routes: test.routes})
			t.Cleanup(srv.Close)
			_, err := New(t.Context(), Options{Atlassian: dial(t, srv.URL), Deployment: test.deployment})
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestBehindTheGatewayPeopleAreSentToTheSite(t *testing.T) { // F1
	t.Parallel()
	c, _ := serve(t, "cloud", map[string]any{"GET /serverInfo": object{"deploymentType": "Cloud", "baseUrl": "https://acme.atlassian.net/"}})
	c.browse = "https://api.atlassian.com/ex/jira/0a1b2c"
	require.NoError(t, c.identify(t.Context(), "auto"))
	assert.True(t, c.Cloud())
	assert.Equal(t, "https://acme.atlassian.net/browse/PAY-7", c.Browse("PAY-7"))
}

func TestBrowseKeepsTheContextPath(t *testing.T) { // F1
	t.Parallel()
	c := &Client{browse: "https://example.com/jira"}
	assert.Equal(t, "https://example.com/jira/browse/PAY-7", c.Browse("PAY-7"))
	assert.Equal(t, "https://example.com/jira/browse/..%2Fx%3Fy", c.Browse("../x?y"))
}
