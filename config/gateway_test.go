package config

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Credentials that a site of Cloud does not take itself go through the API
// gateway; an address that is a gateway's already stays.
func TestGateways(t *testing.T) { // F1
	t.Parallel()
	const standard = "https://api.atlassian.com"
	for name, test := range map[string]struct {
		jira             string
		more             string
		wantJira, wantWP string
	}{
		"an API token":           {"url: https://acme.atlassian.net, auth: {user: a@b.c, token: x}", "", "", ""},
		"one with scopes":        {"url: https://acme.atlassian.net, auth: {type: scoped, user: a@b.c, token: x}", "", standard, standard},
		"an access token":        {"url: https://acme.atlassian.net, auth: {type: bearer, token: x}", "", standard, standard},
		"an OAuth client":        {"url: https://acme.atlassian.net, auth: {type: oauth2, user: id, token: x}", "", standard, standard},
		"another gateway":        {"url: https://acme.atlassian.net, auth: {type: scoped, user: a@b.c, token: x}", "http: {gateway: 'https://gateway.example/'}", "https://gateway.example", "https://gateway.example"},
		"the gateway's address":  {"url: https://api.atlassian.com/ex/jira/0a1b, auth: {type: scoped, user: a@b.c, token: x}", "", "", ""},
		"a site of another name": {"url: https://jira.acme.example, deployment: cloud, auth: {type: oauth2, user: id, token: x}", "confluence: {url: https://wiki.acme.example, space: PAY}", standard, standard},
		"Data Center":            {"url: https://jira.acme.example, auth: {token: x}", "confluence: {url: https://wiki.acme.example, space: PAY}", "", ""},
		"its OAuth client":       {"url: https://jira.acme.example, auth: {type: oauth2, user: id, token: x, scope: WRITE}", "confluence: {url: https://wiki.acme.example, space: PAY}", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			more := test.more
			if more == "" || more[0] == 'h' {
				more += "\nconfluence: {space: PAY}"
			}
			c, err := Load(write(t, "jira: {"+test.jira+"}\n"+more))
			require.NoError(t, err)
			jira, confluence := c.Gateways()
			assert.Equal(t, test.wantJira, jira)
			assert.Equal(t, test.wantWP, confluence)
		})
	}
}

func TestCredentialsThatDoNotGoTogether(t *testing.T) { // F1
	t.Parallel()
	for auth, says := range map[string]string{
		"url: https://acme.atlassian.net, auth: {type: scoped, token: x}":                                                     "jira.auth.user: missing",
		"url: https://acme.atlassian.net, auth: {type: oauth2, token: x}":                                                     "jira.auth.user: missing",
		"url: https://acme.atlassian.net, auth: {user: a@b.c, token: x, scope: WRITE}":                                        "jira.auth: token_url and scope are for type oauth2",
		"url: https://acme.atlassian.net, auth: {type: oauth2, user: id, token: x, token_url: auth.example}":                  "jira.auth.token_url: must be an address",
		"url: https://jira.acme.example, deployment: datacenter, auth: {type: scoped, user: a, token: x}":                     "scoped is of Atlassian Cloud alone",
		"url: https://acme.atlassian.net, auth: {type: oauth2, user: id, token: x, token_url: 'https://ana:x@auth.example/'}": "has credentials in it",
	} {
		_, err := Load(write(t, "jira: {"+auth+"}\nconfluence: {url: 'https://wiki.acme.example', space: PAY}"))
		assert.ErrorContains(t, err, says)
	}
}
