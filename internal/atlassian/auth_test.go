package atlassian

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSecretHidesItself(t *testing.T) { // F4
	t.Parallel()
	auth := Auth{User: "ana", Token: NewSecret("hunter2")}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+verb+"\n", auth, auth.Token)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("auth", "token", auth.Token, "auth", auth)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("auth", "token", auth.Token, "auth", auth)
	require.NoError(t, json.NewEncoder(&out).Encode(auth))

	assert.NotContains(t, out.String(), "hunter2")
	assert.NotContains(t, out.String(), fmt.Sprintf("%x", "hunter2"))
	assert.Equal(t, "hunter2", auth.Token.Reveal())
	assert.True(t, NewSecret("").IsZero())
	assert.Empty(t, Secret{}.Reveal())
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	good := Options{BaseURL: "https://jira.example.com", Auth: Auth{Token: NewSecret("t")}}
	for name, test := range map[string]struct {
		change func(*Options)
		want   string
	}{
		"no address":         {func(o *Options) { o.BaseURL = "" }, "no address"},
		"no scheme":          {func(o *Options) { o.BaseURL = "jira.example.com" }, "not an address"},
		"other scheme":       {func(o *Options) { o.BaseURL = "ftp://jira.example.com" }, "not an address"},
		"password in it":     {func(o *Options) { o.BaseURL = "https://ana:hunter2@jira.example.com" }, "contains credentials"},
		"broken, password":   {func(o *Options) { o.BaseURL = "https://ana:hunter2@jira .example.com" }, "not a URL"},
		"a query":            {func(o *Options) { o.BaseURL = "https://jira.example.com/?token=hunter2" }, "more than a path"},
		"no token":           {func(o *Options) { o.Auth.Token = Secret{} }, "no token"},
		"line break":         {func(o *Options) { o.Auth.Token = NewSecret("hunter2\n") }, "control character"},
		"unknown type":       {func(o *Options) { o.Auth.Type = "kerberos" }, "kerberos"},
		"basic without user": {func(o *Options) { o.Auth.Type = Basic }, "needs a user"},
		"colon in user":      {func(o *Options) { o.Auth.User = "a:b" }, "colon"},
		"no such CA file":    {func(o *Options) { o.CAFile = "no-such-file.pem" }, "certificate authorities"},
		"endless CA file":    {func(o *Options) { o.CAFile = "/dev/zero" }, "/dev/zero holds more than"}, // A18
		"folder as cert":     {func(o *Options) { o.ClientCert, o.ClientKey = ".", "/dev/zero" }, "client certificate: . is a folder"},
		"CA file of nothing": {func(o *Options) { o.CAFile = "doc.go" }, "no certificate"},
		"no such key pair":   {func(o *Options) { o.ClientCert = "no-such-file.pem" }, "client certificate"},
		"proxy":              {func(o *Options) { o.Proxy = "proxy" }, "proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := good
			test.change(&o)
			_, err := New(o)
			require.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), "hunter2")
		})
	}
}

func TestURLKeepsTheContextPath(t *testing.T) { // F1
	t.Parallel()
	for base, want := range map[string]string{
		"https://example.com":                          "https://example.com/rest/x",
		"https://example.com/":                         "https://example.com/rest/x",
		"https://example.com/jira/":                    "https://example.com/jira/rest/x",
		"https://api.atlassian.com/ex/jira/0a1b2c":     "https://api.atlassian.com/ex/jira/0a1b2c/rest/x",
		" https://example.com:8443/tools/confluence\n": "https://example.com:8443/tools/confluence/rest/x",
	} {
		c, err := New(Options{BaseURL: base, Auth: Auth{Token: NewSecret("t")}})
		require.NoError(t, err, base)
		assert.Equal(t, want, c.URL("/rest/x"))
		assert.Equal(t, want, c.URL("rest/x"))
	}
}
