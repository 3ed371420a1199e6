package config

// ForSites is the least configuration there is, as the sandbox needs it: two
// addresses, an account and a space, with all defaults filled in.
func ForSites(jira, confluence, space, user, token string) *Config {
	c := &Config{
		Owner:      "refine",
		Jira:       Jira{URL: jira, Deployment: Auto, Auth: Auth{User: user, Token: NewSecret(token)}},
		Confluence: Confluence{URL: confluence, Deployment: Auto, Space: space},
	}
	c.fillIn()
	return c
}
