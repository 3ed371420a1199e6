package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNotify(t *testing.T) { // S10, F4
	t.Setenv("OUR_HOOK", "https://hooks.acme.example/s3cret\n")
	t.Setenv("REFINE_HOOK", "https://hooks.acme.example/other")
	t.Setenv("REFINE_HEALTH_URL", "https://health.acme.example/s3cret")
	name := write(t, least+`
health: {url_file: elsewhere}
teams:
  - name: PAY
    notify:
      - {type: slack, url_file: hook}
      - {type: webhook, url_env: OUR_HOOK}
      - {type: webhook, name: other, url_env: REFINE_HOOK}
      - {type: email, url: "smtp://refine:s3cret@mail.acme.example/?from=a@acme.example&to=b@acme.example"}
`)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(name), "hook"), []byte("https://hooks.slack.com/services/s3cret\n"), 0o600))
	c, err := Load(name)
	require.NoError(t, err)
	places := map[string]string{}
	for _, n := range c.Teams[0].Notify {
		address, err := n.Address(t.Context())
		require.NoError(t, err)
		places[n.Name] = address.Reveal()
	}
	assert.Equal(t, map[string]string{
		"slack": "https://hooks.slack.com/services/s3cret", "webhook": "https://hooks.acme.example/s3cret", "other": "https://hooks.acme.example/other",
		"email": "smtp://refine:s3cret@mail.acme.example/?from=a@acme.example&to=b@acme.example",
	}, places)
	health, err := c.Health.Address(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "https://health.acme.example/s3cret", health.Reveal(), "the environment's way wins over the file's")
	assert.Empty(t, c.Strays([]string{"REFINE_HOOK=x"}), "the file reads it")

	t.Setenv("REFINE_HEALTH_URL", "")
	c, err = Load(write(t, least))
	require.NoError(t, err)
	health, err = c.Health.Address(t.Context())
	require.NoError(t, err)
	assert.True(t, health.IsZero())
}

func TestNotifyFaults(t *testing.T) { // S10, F4
	t.Parallel()
	_, err := Load(write(t, least+`
health: {url: "ftp://s3cret", url_command: pass}
teams:
  - name: PAY
    notify:
      - {type: pigeon, url_file: a}
      - {url_file: b}
      - {type: slack, url: "https://hooks.acme.example/s3cret", url_env: X}
      - {type: slack, name: "a b", url: s3cret}
      - {type: teams, name: mail, url_file: c}
      - {type: email, name: mail, url: "https://s3cret"}
      - {type: webhook}
`))
	for _, want := range []string{
		"health.url: must be an address that begins with https://", "health: more than one of url, url_file and url_command",
		"notify[0].type: must be slack or teams or mattermost or googlechat or email or webhook", "notify[1].type: must be",
		"notify[2]: more than one of url, url_file, url_command and url_env", "notify[3].url: must be an address that begins with https://",
		"notify[3].name: must be 1 to 64", "notify[5].name: a second place called mail", "notify[5].url: must be an address that begins with smtps://",
		"notify[6]: no address",
	} {
		assert.ErrorContains(t, err, want)
	}
	assert.NotContains(t, err.Error(), "s3cret")
}
