package atlassian

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestErrorsSayWhatWhereAndWhatToTry(t *testing.T) { // F3
	t.Parallel()
	for name, test := range map[string]struct {
		answer func() (*http.Response, error)
		want   string // after the request's name
		hint   string
	}{
		"Jira": {
			reply(400, `{"errorMessages":["b","a"],"errors":{"summary":"is required","customfield_1":{"odd":1}}}`),
			"400 Bad Request: a; b; customfield_1: map[odd:1]; summary: is required", "",
		},
		"Confluence v1": {reply(400, `{"statusCode":400,"message":"A page with this title already exists"}`), "400 Bad Request: A page with this title already exists", ""},
		"Confluence v2": {
			reply(404, `{"errors":[{"status":404,"code":"NOT_FOUND","title":"Not Found","detail":null}]}`),
			"404 Not Found: Not Found", "may see it",
		},
		"gateway": {
			reply(401, `{"code":401,"message":"Unauthorized; scope does not match"}`),
			"401 Unauthorized: Unauthorized; scope does not match", "scopes",
		},
		"wrong token":    {reply(401, ``), "401 Unauthorized", "check user and token"},
		"forbidden":      {reply(403, `{"errorMessages":["No."],"errors":{}}`), "403 Forbidden: No.", "permission"},
		"basic disabled": {reply(403, `{"message":"Basic Authentication has been disabled on this instance."}`), "403 Forbidden: Basic Authentication has been disabled", "bearer"},
		"CAPTCHA": {
			reply(403, `<html>`, "Content-Type", "text/html", "X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login"),
			"403 Forbidden: answered with an HTML page", "CAPTCHA",
		},
		"denied":          {reply(401, `{}`, "X-Seraph-LoginReason", "AUTHENTICATION_DENIED"), "401 Unauthorized", "CAPTCHA"},
		"nobody":          {reply(200, `{"issues":[]}`, "X-Seraph-LoginReason", "AUTHENTICATED_FAILED"), "200 OK: answered as to nobody", "check user and token"},
		"too large":       {reply(413, `<html>`, "Content-Type", "text/html"), "413 Request Entity Too Large: answered with an HTML page", "too large"},
		"slow down":       {reply(429, `<html>`, "Content-Type", "text/html", "Retry-After", "600"), "429 Too Many Requests", "run again in 10m0s"},
		"login page":      {reply(200, `<html>Log in</html>`, "Content-Type", "text/html;charset=UTF-8"), "200 OK: answered with an HTML page instead of JSON", "login page"},
		"login redirect":  {reply(302, ``, "Location", "https://sso.example.net/login?return=secret"), "302 Found: redirected to https://sso.example.net/login", "sso.example.net"},
		"wrong path":      {reply(404, `<html>`, "Content-Type", "text/html"), "404 Not Found: answered with an HTML page", "context path"},
		"gone":            {reply(410, `{"errorMessages":["The requested API has been removed."]}`), "410 Gone: The requested API has been removed.", "deployment"},
		"proxy's page":    {reply(502, `<html>Bad gateway</html>`, "Content-Type", "text/html"), "502 Bad Gateway: answered with an HTML page", "run again later"},
		"proxy's refusal": {reply(407, ``), "407 Proxy Authentication Required", "proxy"},
		"not even JSON":   {reply(500, `oops`), "500 Internal Server Error", "run again later"},
		"cut":             {short, "the answer was cut off", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := client(t, script(test.answer))
				err := c.JSON(t.Context(), "GET", "/rest/x", url.Values{"q": {"secret"}}, nil, nil)
				require.ErrorContains(t, err, "Jira: GET /ctx/rest/x: "+test.want)
				assert.Contains(t, HintOf(err), test.hint)
				assert.NotContains(t, fmt.Sprintf("%v %+v %s", err, err, HintOf(err)), "secret")
			})
		})
	}
}

func TestOneFaultOrTwo(t *testing.T) { // F3
	t.Parallel()
	down := &APIError{Product: "Jira", Path: "/a", Status: 503, Messages: []string{"answered with an HTML page instead of JSON"}}
	for name, test := range map[string]struct {
		again error
		same  bool
	}{
		"another path":    {&APIError{Product: "Jira", Path: "/b", Status: 503, Messages: down.Messages}, true},
		"not sent":        {&APIError{Product: "Jira", unsent: true}, true},
		"another product": {&APIError{Product: "Confluence", Status: 503, Messages: down.Messages}, false},
		"another status":  {&APIError{Product: "Jira", Status: 403}, false},
		"another reason":  {&APIError{Product: "Jira", Status: 503, Messages: []string{"upgrading"}}, false},
		"no request":      {errors.New("disk full"), false},
		"none":            {nil, false},
	} {
		assert.Equal(t, test.same, SameFault(fmt.Errorf("writing: %w", down), test.again), name)
	}
	assert.True(t, Unauthenticated(fmt.Errorf("reading: %w", &APIError{Status: 401})))
	assert.True(t, Unauthenticated(&APIError{Status: 403, nobody: true}))
	assert.False(t, Unauthenticated(&APIError{Status: 403}))
}

func TestAnAnswerOfAnotherShapeIsAnError(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{`[]`: "cannot unmarshal", ``: "it is empty", `{"n":"x"}`: "cannot unmarshal"} {
		c := client(t, script(reply(200, body)))
		var out struct{ N int }
		err := c.JSON(t.Context(), "GET", "/rest/x", nil, nil, &out)
		require.ErrorContains(t, err, want)
		assert.NotEmpty(t, HintOf(err))
		assert.False(t, Ambiguous(err))

		err = c.JSON(t.Context(), "POST", "/rest/x", nil, struct{}{}, &out)
		assert.True(t, Ambiguous(err), "the write took effect")
	}
}

func TestOtherErrorsHaveNoStatus(t *testing.T) {
	t.Parallel()
	err := errors.New("disk full")
	assert.Zero(t, StatusOf(err))
	assert.Empty(t, HintOf(err))
	assert.False(t, Ambiguous(err))
	assert.False(t, Ambiguous(nil))
	wrapped := fmt.Errorf("reading: %w", &APIError{Product: "Jira", Method: "GET", Path: "/x", Status: 404, Hint: "look"})
	assert.Equal(t, 404, StatusOf(wrapped))
	assert.Equal(t, "look", HintOf(wrapped))
}

func TestLongMessagesAreCut(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "a b", shorten(" a\r\n\tb "))
	assert.Len(t, []rune(shorten(string(make([]rune, 2*maxMessage)))), maxMessage+1)
}
