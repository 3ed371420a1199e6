package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// F4: whatever prints a configuration does not print its token.
func TestSecretHidesItself(t *testing.T) {
	t.Parallel()
	holder := struct {
		hidden Secret
		Config Config
	}{hidden: NewSecret("s3cret")}
	holder.Config.Jira.Auth.Token = NewSecret("s3cret")

	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", holder)
		fmt.Fprintf(&out, verb+"\n", &holder)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "config", holder.Config, "token", holder.hidden)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "config", holder.Config, "token", holder.hidden)
	require.NoError(t, json.NewEncoder(&out).Encode(holder.Config))
	require.NoError(t, yaml.NewEncoder(&out).Encode(holder.Config))

	assert.NotContains(t, out.String(), "s3cret")
	assert.NotContains(t, out.String(), fmt.Sprintf("%x", "s3cret"))
	assert.Contains(t, out.String(), redacted)
	assert.Equal(t, "s3cret", holder.hidden.Reveal())
	assert.Empty(t, Secret{}.Reveal())
}

func TestTokens(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "token")
	require.NoError(t, os.WriteFile(file, []byte("s3cret\n"), 0o600))
	tests := []struct {
		name string
		auth Auth
		want string
		err  string
	}{
		{"given", Auth{Token: NewSecret("s3cret")}, "s3cret", ""},
		{"file", Auth{TokenFile: file}, "s3cret", ""},
		{"no file", Auth{TokenFile: filepath.Join(dir, "absent")}, "", "reading token_file"},
		{"command", Auth{TokenCommand: "echo s3cret; echo more"}, "s3cret", ""},
		{"silent command", Auth{TokenCommand: "true"}, "", "token_command gives nothing"},
		{"failing command", Auth{TokenCommand: "echo s3cret; exit 3"}, "", "running token_command: exit status 3"},
		{"two words", Auth{TokenCommand: "echo not s3cret"}, "", "more than one word"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := Config{Jira: Jira{Auth: tt.auth}, Confluence: Confluence{Auth: tt.auth}}
			jira, confluence, err := c.Tokens(t.Context())
			if tt.err != "" {
				assert.ErrorContains(t, err, tt.err)
				assert.NotContains(t, err.Error(), "s3cret")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, jira.Reveal())
			assert.Equal(t, tt.want, confluence.Reveal())
		})
	}
}

// A password store asks a person: it must not be asked twice.
func TestSharedCommandRunsOnce(t *testing.T) {
	t.Parallel()
	count := filepath.Join(t.TempDir(), "count")
	auth := Auth{TokenCommand: fmt.Sprintf("echo x >> '%s'; echo s3cret", count)}
	c := Config{Jira: Jira{Auth: auth}, Confluence: Confluence{Auth: auth}}
	_, _, err := c.Tokens(t.Context())
	require.NoError(t, err)
	data, err := os.ReadFile(count)
	require.NoError(t, err)
	assert.Equal(t, "x\n", string(data))
}

func TestTokenFileIsRelativeToTheFile(t *testing.T) {
	t.Parallel()
	name := write(t, "jira: {url: http://x.example, auth: {token_file: tok}}\nconfluence: {url: http://y.example, space: A}")
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(name), "tok"), []byte("s3cret"), 0o600))
	c, err := Load(name)
	require.NoError(t, err)
	jira, _, err := c.Tokens(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "s3cret", jira.Reveal())
}
