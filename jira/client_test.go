package jira

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/jira/jiratest"
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

func TestAPersonalAccessTokenGoesWithoutAUser(t *testing.T) { // R17
	t.Parallel()
	for _, deployment := range []string{"auto", dcName} {
		srv := httptest.NewServer(jiratest.New(jiratest.Options{Deployment: jiratest.DataCenter, PersonalToken: true}))
		t.Cleanup(srv.Close)
		connect := func(auth atlassian.Auth) error {
			a, err := atlassian.New(atlassian.Options{Product: "Jira", BaseURL: srv.URL, Deployment: deployment, Auth: auth})
			require.NoError(t, err)
			_, err = New(t.Context(), Options{Atlassian: a, Deployment: deployment})
			return err
		}
		token := atlassian.NewSecret("token")
		err := connect(atlassian.Auth{User: "refine@example.com", Token: token})
		assert.Equal(t, http.StatusUnauthorized, atlassian.StatusOf(err))
		assert.Contains(t, atlassian.HintOf(err), "goes without a user")
		assert.NotRegexp(t, "scope|api.atlassian.com", atlassian.HintOf(err))
		require.NoError(t, connect(atlassian.Auth{Token: token}), "as the message says")
		require.NoError(t, connect(atlassian.Auth{Type: atlassian.Bearer, User: "refine@example.com", Token: token}))
	}
}

func TestBehindTheGatewayPeopleAreSentToTheSite(t *testing.T) { // F1
	t.Parallel()
	c, _ := serve(t, "cloud", map[string]any{"GET /serverInfo": object{"deploymentType": "Cloud", "baseUrl": "https://acme.atlassian.net/"}})
	c.at = "https://api.atlassian.com/ex/jira/0a1b2c"
	require.NoError(t, c.identify(t.Context(), "auto"))
	assert.True(t, c.Cloud())
	assert.Equal(t, "https://acme.atlassian.net/browse/PAY-7", c.Browse("PAY-7"))
}

// The site's own word about its address is taken, where it was asked for, and is
// one.
func TestPeoplesAddress(t *testing.T) { // R3, S12
	t.Parallel()
	for name, test := range map[string]struct{ deployment, told, want string }{
		"a proxy":              {"auto", "https://jira.acme.example", "https://jira.acme.example"},
		"a context path":       {"auto", "https://acme.example/jira/", "https://acme.example/jira"},
		"a port":               {"", "http://acme.example:8080", "http://acme.example:8080"},
		"none":                 {"auto", "", ""},
		"no address":           {"auto", "jira.acme.example", ""},
		"one that does things": {"auto", "javascript:alert(1)//", ""},
		"nobody was asked":     {dcName, "https://jira.acme.example", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, test.deployment, map[string]any{"GET /serverInfo": object{"deploymentType": "Server", "baseUrl": test.told}})
			inner := c.at + "/browse/"
			if test.want == "" {
				assert.Equal(t, []string{inner}, c.IssueAddresses())
				return
			}
			assert.Equal(t, []string{test.want + "/browse/", inner}, c.IssueAddresses())
			assert.Equal(t, test.want+"/browse/PAY-7", c.Browse("PAY-7"))
			assert.Equal(t, test.want+"/browse/PAY-7", c.issue(issue{Key: "PAY-7"}).URL)
		})
	}
}

func TestBrowseKeepsTheContextPath(t *testing.T) { // F1
	t.Parallel()
	c := &Client{browse: "https://example.com/jira"}
	assert.Equal(t, "https://example.com/jira/browse/PAY-7", c.Browse("PAY-7"))
	assert.Equal(t, "https://example.com/jira/browse/..%2Fx%3Fy", c.Browse("../x?y"))
}
