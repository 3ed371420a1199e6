package atlassian

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever a service repeats of what it was sent, nothing of it is shown.
func TestSecretsFromOutsideAreHidden(t *testing.T) { // F4, A13
	t.Parallel()
	for name, auth := range map[string]Auth{
		"API token":    {User: "ana@example.com", Token: NewSecret("ATATT3xFfGF0+a/b=c&d<e>fghijklmnopqrstuvwxyz0123456789")},
		"password":     {User: "ana", Token: NewSecret("hunter2/ä")},
		"access token": {Token: NewSecret("NjIyMzQ1Njc4OTAxOqJ7bZ0x8l6Cw1ZbVv3yqW8rT9sK")},
	} {
		token := auth.Token.Reveal()
		req, err := http.NewRequest(http.MethodGet, "https://jira.example.com", nil)
		require.NoError(t, err)
		auth.sign(req)
		header := req.Header.Get("Authorization")
		packed := strings.TrimPrefix(strings.TrimPrefix(header, "Basic "), "Bearer ")
		said := map[string]string{
			"token": token, "header": header, "header in small letters": strings.ToLower(header), "cut": header[:len("Bearer ")+leastPart+2] + "…",
			"over two lines": packed[:12] + "\n  " + packed[12:], "in an address": url.QueryEscape(token), "in a path": url.PathEscape(token),
			"in markup": html.EscapeString(token), "packed for addresses": base64.URLEncoding.EncodeToString([]byte(auth.User + ":" + token)),
			"after 395 characters": strings.Repeat("x ", 197) + header,
		}
		answers := map[string]func() (*http.Response, error){
			"broken connection": func() (*http.Response, error) { return nil, fmt.Errorf("malformed response %q", header) },
			"URL":               func() (*http.Response, error) { return nil, &url.Error{Op: "Get", URL: token, Err: errors.New(header)} },
			"a time":            reply(200, `{"At": `+strconv.Quote(token)+`}`),
			"a number":          reply(200, header),
		}
		for form, text := range said {
			quoted := strconv.Quote(text)
			answers[form+", Jira"] = reply(400, `{"errorMessages":[`+quoted+`],"errors":{`+quoted+`:`+quoted+`}}`)
			answers[form+", v1"] = reply(403, `{"message":`+quoted+`}`)
			answers[form+", v2"] = reply(404, `{"errors":[{"title":`+quoted+`,"detail":`+quoted+`}]}`)
			answers[form+", warning"] = reply(429, `{"warningMessages":[`+quoted+`]}`, "Retry-After", "3600")
			answers[form+", HTML"] = reply(502, `<html><title>`+text+`</title></html>`, "Content-Type", "text/html")
			answers[form+", reason"] = reply(401, ``, "X-Seraph-LoginReason", text, "X-Authentication-Denied-Reason", text, "WWW-Authenticate", text)
			answers[form+", path"] = reply(302, ``, "Location", "https://sso.example.com/login/"+text)
			answers[form+", query"] = reply(302, ``, "Location", "/login?"+text)
			answers[form+", host"] = reply(307, ``, "Location", "https://"+text+".example.com/")
			answers[form+", user"] = reply(307, ``, "Location", "https://"+text+"@example.com/")
		}
		for what, answer := range answers {
			t.Run(name+", "+what, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					var shown strings.Builder
					base, err := parseBase("https://jira.example.com/ctx")
					require.NoError(t, err)
					debug := slog.New(slog.NewTextHandler(&shown, &slog.HandlerOptions{Level: slog.LevelDebug}))
					c := newClient(Options{Product: "Jira", Auth: auth, Log: debug}, base, script(answer))
					var out struct{ At moment }
					err = c.JSON(t.Context(), "GET", "/rest/x", nil, nil, &out)
					require.Error(t, err)
					fmt.Fprintf(&shown, "%v %+v %s", err, err, HintOf(err))
					assertHidden(t, shown.String(), token, packed)
				})
			})
		}
	}
}

// moment is decoded by what repeats what it cannot decode.
type moment struct{}

func (moment) UnmarshalJSON(raw []byte) error { return fmt.Errorf("parsing time %s", raw) }

// assertHidden fails if more of a secret is shown than its first letters.
func assertHidden(t *testing.T, shown string, secrets ...string) {
	t.Helper()
	plain, err := url.PathUnescape(strings.ReplaceAll(shown, "%", "%25"))
	require.NoError(t, err)
	small := strings.ToLower(html.UnescapeString(plain))
	for _, s := range secrets {
		for _, form := range []string{s, url.QueryEscape(s), hex.EncodeToString([]byte(s))} {
			for at := 0; at+8 <= len(form); at++ {
				if part := strings.ToLower(form[at : at+8]); strings.Contains(small, part) {
					assert.Fail(t, "a secret is shown", "%q of %q in %q", part, s, shown)
					return
				}
			}
		}
	}
}

func TestARedirectWithinTheSiteHidesSecretsToo(t *testing.T) { // F4, A13
	t.Parallel()
	var logged strings.Builder
	base, err := parseBase("https://jira.example.com/ctx")
	require.NoError(t, err)
	const token = "s3cret-s3cret-s3cret"
	c := newClient(Options{
		Product: "Jira", Auth: Auth{Token: NewSecret(token)},
		Log: slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}, base, script(reply(302, ``, "Location", "/ctx/"+token), reply(429, `{}`, "Retry-After", "3600")))
	err = c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil)
	require.ErrorContains(t, err, "429")
	assert.NotContains(t, logged.String()+err.Error(), token)
	assert.Contains(t, logged.String(), "/ctx/[redacted]")
}

func TestWordsAreNoSecrets(t *testing.T) { // A13
	t.Parallel()
	for token, text := range map[string]string{
		"x":                        "no box, no fix",
		"jira":                     "Jira is down for maintenance",
		"NjIyMzQ1Njc4OTAxOqJ7bZ0x": "Basic Authentication has been disabled on this instance. NjIyMzQ1",
	} {
		assert.Equal(t, text, secretsOf(Auth{User: "ana", Token: NewSecret(token)}, "").hide(text))
	}
	s := secretsOf(Auth{Token: NewSecret("token-1234")}, "http://proxy:s3cretproxy@proxy.example.com")
	assert.Equal(t, "[redacted] and [redacted]", s.hide("s3cretproxy and token-1234"))
}
