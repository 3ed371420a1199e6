package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
		{"folder", Auth{TokenFile: dir}, "", "reading token_file: " + dir + " is a folder, not a file"}, // A18
		{"device", Auth{TokenFile: "/dev/zero"}, "", "reading token_file: /dev/zero holds more than 64 KiB"},
		{"endless command", Auth{TokenCommand: "yes s3cret"}, "", "running token_command: it printed more than 64 KiB"},
		{"endless line", Auth{TokenCommand: "tr '\\0' x </dev/zero"}, "", "it printed more than 64 KiB"},
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

// What stands around a secret in the places it is kept in is cut; what stands
// in it, or may belong to it, is named.
func TestCleanSecrets(t *testing.T) { // R16
	t.Parallel()
	for text, says := range map[string]string{
		"s3cret":                       "",
		"\ufeffs3cret\r\n":             "", // an editor of Windows
		"\ufeff\r\ns3cret\r\n\r\n":     "",
		"\u200bs3cret\u200b":           "", // copied from a web page
		" \u00a0s3cret\u2060\t":        "",
		"\u202as3cret\u202c\n":         "", // copied from a mail: set left to right
		"s3cret\ufe0f":                 "",
		"s3\u200bcret":                 "invisible character in it, U+200B",
		"s3\ufeffcret":                 "invisible character in it, U+FEFF",
		"s3\u00adcret":                 "invisible character in it, U+00AD",
		"s3\u007fcret":                 "invisible character in it, U+007F",
		"s3cret\r\ns3cret":             "more than one word",
		"s3\u00a0cret":                 "more than one word",
		"Bearer s3cret":                "more than one word",
		`"s3cret"`:                     "quotes around the secret",
		"'s3cret'\r\n":                 "quotes around the secret",
		"\ufeff“s3cret”":               "quotes around the secret",
		"`s3cret`":                     "quotes around the secret",
		`s3"cret`:                      "",
		`"`:                            "",
		"pässword":                     "", // of an account of one's own server
		"\ufeff\r\n":                   "gives nothing",
		"\u200b":                       "gives nothing",
		"\xff\xfes\x003\x00c\x00r\x00": "was it saved as UTF-16?",
		"s\x003\x00c\x00r\x00e\x00t":   "was it saved as UTF-16?",
		"s3cret\xe9":                   "no text in UTF-8",
	} {
		t.Run(fmt.Sprintf("%q", text), func(t *testing.T) {
			t.Parallel()
			for kind, auth := range kept(t, text) {
				c := Config{Jira: Jira{Auth: auth}, Confluence: Confluence{Auth: auth}}
				jira, _, err := c.Tokens(t.Context())
				if says == "" {
					require.NoError(t, err, kind)
					assert.Equal(t, strings.TrimFunc(text, unseen), jira.Reveal(), kind)
				} else if kind != "command" || !strings.Contains(text, "\n") { // which gives its first line
					assert.ErrorContains(t, err, says, kind)
					assert.NotContains(t, err.Error(), "s3", kind)
				}
			}
		})
	}
}

// kept is a text as each of the ways to a secret has it.
func kept(t *testing.T, text string) map[string]Auth {
	t.Helper()
	file := filepath.Join(t.TempDir(), "token")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	ways := map[string]Auth{"value": {Token: NewSecret(text)}, "file": {TokenFile: file}}
	if !strings.HasPrefix(strings.TrimPrefix(text, "\ufeff"), "\r\n") {
		ways["command"] = Auth{TokenCommand: "cat " + file}
	}
	return ways
}

// A command that hangs is not waited for, nor is what it left behind.
func TestCommandsEnd(t *testing.T) { // A18
	t.Parallel()
	for _, command := range []string{"sleep 600", "echo s3cret; sleep 600", "sleep 600 & wait", "trap '' PIPE TERM; while :; do sleep 1; done"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			out, err := runShell(t.Context(), command, 50*time.Millisecond)
			assert.EqualError(t, err, "not done after 50ms")
			assert.Empty(t, out)
			assert.Less(t, time.Since(start), 10*time.Second)
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
