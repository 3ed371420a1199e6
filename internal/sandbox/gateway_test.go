package sandbox

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The gateway asks for the scopes that Atlassian's documents name: the classic ones
// of an operation that has such.
func TestScopesAreTheDocuments(t *testing.T) { // F1
	t.Parallel()
	for product, names := range map[string][]string{"jira": {"jira-cloud-v2.json"}, "confluence": {"confluence-cloud-v1.json", "confluence-cloud-v2.json"}} {
		compared := 0
		for _, name := range names {
			compared += compareScopes(t, product, name)
		}
		assert.NotZero(t, compared, product)
	}
}

var parameterPattern = regexp.MustCompile(`\{[^}]+\}`)

func compareScopes(t *testing.T, product, name string) (compared int) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "specs", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the documents are not here")
	}
	require.NoError(t, err)
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	require.NoError(t, json.Unmarshal(raw, &doc))
	for path, methods := range doc.Paths {
		for method, raw := range methods {
			var op struct {
				Scopes []struct {
					State  string   `json:"state"`
					Scopes []string `json:"scopes"`
				} `json:"x-atlassian-oauth2-scopes"`
			}
			got, known := scopesOf(product, strings.ToUpper(method), parameterPattern.ReplaceAllString(path, "1"))
			if !known || json.Unmarshal(raw, &op) != nil {
				continue
			}
			at := slices.IndexFunc(op.Scopes, func(s struct {
				State  string   `json:"state"`
				Scopes []string `json:"scopes"`
			}) bool {
				return s.State == "Current"
			})
			if at >= 0 {
				assert.ElementsMatch(t, op.Scopes[at].Scopes, got, "%s %s", method, path)
				compared++
			}
		}
	}
	return compared
}

func TestScopesAreTold(t *testing.T) { // F1
	t.Parallel()
	told, err := os.ReadFile(filepath.Join("..", "..", "docs", "scopes.md"))
	require.NoError(t, err)
	for _, scope := range Scopes() {
		assert.Contains(t, string(told), "`"+scope+"`")
	}
}

func TestTheGatewayIsStrict(t *testing.T) { // F1
	t.Parallel()
	s, err := Start(Options{Gateway: true, Scopes: []string{"read:jira-work"}})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	ask := func(method, address, name, secret string) int {
		req, err := http.NewRequestWithContext(t.Context(), method, address, nil)
		require.NoError(t, err)
		if name != "" {
			req.SetBasicAuth(name, secret)
		} else if secret != "" {
			req.Header.Set("Authorization", "Bearer "+secret)
		}
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		resp.Body.Close()
		return resp.StatusCode
	}
	inner := s.Site.Gateway + "/ex/jira/" + cloudID + "/rest/api/2/"
	for name, test := range map[string]struct {
		method, address, user, secret string
		want                          int
	}{
		"with the scope":              {"GET", inner + "field", user, s.Site.Token, 200},
		"without the scope":           {"GET", inner + "myself", user, s.Site.Token, 401},
		"an operation nobody knows":   {"GET", inner + "workflow", user, s.Site.Token, 401},
		"another's token":             {"GET", inner + "field", user, "other", 401},
		"no access token was given":   {"GET", inner + "field", "", "sandbox-access-1000", 401},
		"another site":                {"GET", s.Site.Gateway + "/ex/jira/other/rest/api/2/field", user, s.Site.Token, 404},
		"the site, with scopes":       {"GET", s.Site.Jira + "/rest/api/2/field", user, s.Site.Token, 401},
		"the site's id, to anybody":   {"GET", s.Site.Jira + "/_edge/tenant_info", "", "", 200},
		"the wiki's too":              {"GET", strings.TrimSuffix(s.Site.Confluence, "/wiki") + "/_edge/tenant_info", "", "", 200},
		"a token is given by a grant": {"POST", s.Site.Gateway + "/oauth/token", "", "", 400},
	} {
		assert.Equal(t, test.want, ask(test.method, test.address, test.user, test.secret), name)
	}

	resp, err := http.PostForm(s.Site.Gateway+"/oauth/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {user}, "client_secret": {s.Site.Token}})
	require.NoError(t, err)
	defer resp.Body.Close()
	var granted struct {
		Token string `json:"access_token"`
		Scope string `json:"scope"`
	}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&granted))
	assert.Equal(t, "read:jira-work", granted.Scope)
	assert.Equal(t, 200, ask("GET", inner+"field", "", granted.Token))

	_, err = Start(Options{Gateway: true, Deployment: "datacenter"})
	assert.ErrorContains(t, err, "only Cloud")
}
