package atlassian

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Credentials of the wrong shape are explained as the deployment has them.
func TestHintsFitTheDeployment(t *testing.T) { // R17 F3
	t.Parallel()
	const (
		personal = "NjIyMzQ1Njc4OTAxOqJ7bZ0x8l6Cw1ZbVv3yqW8rT9sK"
		apiToken = "ATATT3xFfGF0abcdefghijklmnopqrstuvwxyz0123456789"
	)
	basic := func(user, token string) Auth { return Auth{User: user, Token: NewSecret(token)} }
	bearer := func(token string) Auth { return Auth{Token: NewSecret(token)} }
	const onCloud, own = "https://acme.atlassian.net", "https://jira.acme.example/jira"
	for name, test := range map[string]struct {
		base, deployment string
		auth             Auth
		want, not        string
	}{
		"Data Center, user and personal access token": {own, "datacenter", basic("ana", personal), "goes without a user", "api.atlassian.com|scope|e-mail"},
		"Data Center, user and any token":             {own, "datacenter", basic("ana", "token"), "a personal access token goes without a user", "api.atlassian.com|scope|e-mail"},
		"Data Center, API token with e-mail address":  {own, "datacenter", basic("ana@acme.example", apiToken), "API token of Atlassian Cloud: Data Center takes a personal access token", "api.atlassian.com|scope"},
		"Data Center, API token alone":                {own, "datacenter", bearer(apiToken), "API token of Atlassian Cloud: Data Center takes a personal access token", "api.atlassian.com|scope"},
		"Data Center, password as a token":            {own, "datacenter", bearer("hunter2"), "a password needs auth type basic with the user's name", "api.atlassian.com|scope"},
		"Cloud, name for an e-mail address":           {onCloud, "auto", basic("ana", apiToken), "the user is the account's e-mail address", "goes without a user"},
		"Cloud, API token alone":                      {onCloud, "", bearer(apiToken), "needs auth type basic with the user's e-mail address", "goes without a user"},
		"Cloud, personal access token":                {onCloud, "", basic("ana@acme.example", personal), "personal access token of Data Center: Atlassian Cloud takes an API token", "goes without a user"},
		"Cloud, wrong or scoped token":                {onCloud, "", basic("ana@acme.example", apiToken), "auth type scoped", "goes without a user"},
		"Cloud by the settings":                       {own, "cloud", basic("ana", "token"), "the user is the account's e-mail address", "goes without a user"},
		"gateway":                                     {"https://api.atlassian.com/ex/jira/1", "", bearer("x"), "it may have expired", "goes without a user"},
		"not known yet, both":                         {own, "auto", basic("ana", "token"), "a personal access token of Data Center goes without a user", "api.atlassian.com|scope"},
		"not known yet, a token":                      {own, "auto", bearer("token"), "it may have expired", "api.atlassian.com|scope"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, err := parseBase(test.base)
			require.NoError(t, err)
			c := newClient(Options{Product: "Jira", Deployment: test.deployment, Auth: test.auth}, base, script(reply(401, `<html>`, "Content-Type", "text/html", "X-Seraph-LoginReason", "AUTHENTICATED_FAILED")))
			err = c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil)
			assert.True(t, Unauthenticated(err))
			assert.Contains(t, HintOf(err), test.want)
			assert.NotRegexp(t, test.not, HintOf(err))
		})
	}
}
