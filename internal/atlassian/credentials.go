package atlassian

import (
	"encoding/base64"
	"net/url"
	"strings"

	"refine/internal/lazyregexp"
)

// The deployments, as configured.
const (
	cloud      = "cloud"
	dataCenter = "datacenter"
)

// Deployment is what is known of the site before it is asked: "cloud",
// "datacenter", or "" for nothing.
func (c *Client) Deployment() string { return c.deployment }

// Identify tells a client what its site turned out to be, so that its messages
// fit. It must not be called beside a request.
func (c *Client) Identify(deployment string) { c.deployment = deployment }

// deploymentOf is what is known of a site before it is asked: what was
// configured, else what its address tells. Empty is not known.
func deploymentOf(configured string, base *url.URL) string {
	host := "." + strings.ToLower(base.Hostname())
	switch {
	case configured == cloud, configured == dataCenter:
		return configured
	case strings.HasSuffix(host, ".atlassian.net"), strings.HasSuffix(host, ".jira.com"), host == ".api.atlassian.com":
		return cloud
	}
	return ""
}

// tokenHint says what may be wrong with credentials that a service does not take:
// what goes with what differs between the deployments, and is easily mixed up.
func (c *Client) tokenHint() string {
	where := map[string]string{"Jira": "jira.auth (REFINE_JIRA_USER, REFINE_JIRA_TOKEN)", "Confluence": "confluence.auth (REFINE_CONFLUENCE_TOKEN), else Jira's"}[c.product]
	if where == "" {
		return c.credentialsHint()
	}
	return c.credentialsHint() + "; they are given as " + where
}

func (c *Client) credentialsHint() string {
	switch {
	case c.auth.kind() == OAuth2 && c.signer == nil: // where access tokens are fetched
		return "check the OAuth client's id (auth.user) and its secret (auth.token): it may have expired or been revoked; its access tokens come from auth.token_url"
	case c.auth.kind() == OAuth2:
		return "the access token was not taken: check that the OAuth client may use this site, and auth.token_url"
	case c.deployment == cloud && c.Gateway():
		return c.auth.gatewayHint()
	case c.deployment == cloud:
		return c.auth.cloudHint()
	case c.deployment == dataCenter:
		return c.auth.dataCenterHint()
	}
	if c.auth.kind() == Basic {
		return "check user and token: a personal access token of Data Center goes without a user; an API token of Atlassian Cloud needs the user's e-mail address"
	}
	return "check the token: it may have expired or been revoked; an API token of Atlassian Cloud needs auth type basic with the user's e-mail address"
}

func (a Auth) cloudHint() string {
	switch {
	case a.isPersonal():
		return "this looks like a personal access token of Data Center: Atlassian Cloud takes an API token, with the user's e-mail address"
	case a.kind() == Bearer:
		return "check the token: it may have expired or been revoked; an API token of Atlassian Cloud needs auth type basic with the user's e-mail address"
	case !strings.Contains(a.User, "@"):
		return "check user and token: on Atlassian Cloud the user is the account's e-mail address, and the token an API token, not a password"
	}
	return "check user and token: a token ends within a year, and one with scopes, as every service account's, needs auth type scoped"
}

// gatewayHint is for the API gateway, which takes a token with scopes together
// with the account's e-mail address, and alone what OAuth gave.
func (a Auth) gatewayHint() string {
	if a.kind() == Bearer {
		return "check the token: it may have expired or been revoked; an API token with scopes needs auth type scoped with the account's e-mail address"
	}
	return "check user and token: the API gateway takes an API token with scopes, made for this account, which ends within a year"
}

func (a Auth) dataCenterHint() string {
	switch {
	case a.isHosted():
		return "this looks like an API token of Atlassian Cloud: Data Center takes a personal access token, made in the user's own profile there, without a user"
	case a.kind() == Bearer:
		return "check the personal access token: it may have expired or been revoked; a password needs auth type basic with the user's name"
	case a.isPersonal():
		return "this looks like a personal access token, which goes without a user: leave the user out, or set auth type bearer"
	}
	return "check user and token: a personal access token goes without a user (leave the user out, or set auth type bearer); a password goes with the user's name"
}

// hosted is how the tokens of Atlassian Cloud begin.
var hosted = lazyregexp.New(`^AT[A-Z]TT`)

// isHosted reports whether the token has the form of Atlassian Cloud's.
func (a Auth) isHosted() bool { return hosted.MatchString(a.Token.Reveal()) }

// isPersonal reports whether the token has the form of a personal access token:
// 44 characters that hold a number, a colon and random bytes.
func (a Auth) isPersonal() bool {
	plain, err := base64.StdEncoding.DecodeString(a.Token.Reveal())
	number, _, found := strings.Cut(string(plain), ":")
	return err == nil && len(a.Token.Reveal()) == 44 && found && number != "" && strings.Trim(number, "0123456789") == ""
}
