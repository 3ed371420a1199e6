package atlassian_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

// A site of Cloud tells its id to anybody; the gateway takes the credentials.
func TestTheGatewayIsSentTheRequests(t *testing.T) { // F1
	t.Parallel()
	site := serve(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/_edge/tenant_info", r.URL.Path)
		assert.Empty(t, r.Header.Get("Authorization"), "nobody asked for credentials")
		answer(w, `{"cloudId":"0a1b-2c"}`)
	})
	gateway := serve(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/ex/confluence/0a1b-2c/wiki/rest/x", r.URL.Path)
		user, token, _ := r.BasicAuth()
		assert.Equal(t, "ana hunter2", user+" "+token)
		answer(w, `{}`)
	})
	c, err := atlassian.Connect(t.Context(), atlassian.Options{
		Product: "Confluence", BaseURL: site.URL, Gateway: gateway.URL + "/",
		Auth: atlassian.Auth{Type: atlassian.Scoped, User: "ana", Token: atlassian.NewSecret("hunter2")},
	})
	require.NoError(t, err)
	require.NoError(t, c.JSON(t.Context(), "GET", "/wiki/rest/x", nil, nil, nil))
	assert.EqualValues(t, 2, c.Requests(), "the look-up is one")
	assert.Equal(t, "0a1b-2c", c.CloudID())
	assert.Equal(t, "cloud", c.Deployment())
	assert.True(t, c.Gateway())

	// S12: people's links are the site's, whichever of the two a service tells.
	assert.Equal(t, site.URL, c.PeoplesURL(""))
	assert.Equal(t, site.URL+"/wiki", c.PeoplesURL(c.URL("/wiki")))
	assert.Equal(t, "https://acme.example/wiki", c.PeoplesURL("https://acme.example/wiki"))
}

func TestASiteThatTellsNoCloudID(t *testing.T) { // F1, F3
	t.Parallel()
	for body, says := range map[string]string{
		`{}`:                       "tells no cloud id",
		`{"cloudId":"../../else"}`: "tells no cloud id",
	} {
		site := serve(t, func(w http.ResponseWriter, r *http.Request) { answer(w, body) })
		_, err := atlassian.Connect(t.Context(), atlassian.Options{
			Product: "Jira", BaseURL: site.URL, Gateway: "https://api.atlassian.com", Auth: atlassian.Auth{Type: "bearer", Token: atlassian.NewSecret("x")},
		})
		require.ErrorContains(t, err, says)
		var hints interface{ Hint() string }
		require.ErrorAs(t, err, &hints)
		assert.Contains(t, hints.Hint(), "https://api.atlassian.com/ex/jira/CLOUD-ID")
	}
}

// An issuer gives access tokens to one OAuth client, and its service takes the
// newest of them alone.
type issuer struct {
	mu     sync.Mutex
	issued int
	lasts  int // seconds
	writes int
}

func (i *issuer) serve(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	switch {
	case r.URL.Path == "/jira/rest/oauth2/latest/token":
		if r.PostFormValue("grant_type") != "client_credentials" || r.PostFormValue("client_id") != "refine" ||
			r.PostFormValue("client_secret") != "hunter2" || r.PostFormValue("scope") != "WRITE READ" || r.Header.Get("Authorization") != "" {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"error":"invalid_client","error_description":"no such secret as hunter2"}`)
			return
		}
		i.issued++
		answer(w, fmt.Sprintf(`{"access_token":%q,"token_type":"bearer","expires_in":%d,"scope":"WRITE READ"}`, i.token(), i.lasts))
	case r.Header.Get("Authorization") != "Bearer "+i.token():
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"message":"no: %s"}`, r.Header.Get("Authorization"))
	default:
		i.writes++
		answer(w, `{}`)
	}
}

func (i *issuer) token() string { return fmt.Sprintf("access-token-%d-%d", i.issued, 1000+i.issued) }

func TestOAuthClientCredentials(t *testing.T) { // F1, F4
	t.Parallel()
	i := &issuer{lasts: 3600}
	srv := serve(t, i.serve)
	var logged bytes.Buffer
	options := atlassian.Options{
		BaseURL: srv.URL + "/jira", Deployment: "datacenter",
		Auth: atlassian.Auth{Type: atlassian.OAuth2, User: "refine", Token: atlassian.NewSecret("hunter2"), Scope: "WRITE READ"},
		Log:  slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	c := connect(t, options)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { assert.NoError(t, c.JSON(t.Context(), "POST", "/rest/x", nil, map[string]int{"a": 1}, nil)) })
	}
	wg.Wait()
	assert.Equal(t, 1, i.issued, "one token serves all requests")
	claims, err := c.Claims(t.Context())
	require.NoError(t, err)
	assert.Equal(t, atlassian.Claims{Scopes: []string{"WRITE", "READ"}}, claims)

	i.mu.Lock()
	i.issued++ // the token is revoked: there is a newer one
	i.mu.Unlock()
	require.NoError(t, c.JSON(t.Context(), "POST", "/rest/x", nil, map[string]int{"a": 1}, nil), "a write that was refused is sent again, with another token")
	assert.Equal(t, 3, i.issued)
	assert.Equal(t, 5, i.writes)

	i.lasts = 5 // ends before it could be used: each request gets one
	i.mu.Lock()
	i.issued++
	i.mu.Unlock()
	require.NoError(t, c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil))
	require.NoError(t, c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil))
	assert.Equal(t, 6, i.issued, "renewed")
	assertNoSecrets(t, logged.String())
}

func TestOAuthIsRefused(t *testing.T) { // F1, F3, F4
	t.Parallel()
	i := &issuer{lasts: 3600}
	srv := serve(t, i.serve)
	c := connect(t, atlassian.Options{BaseURL: srv.URL + "/jira", Deployment: "datacenter",
		Auth: atlassian.Auth{Type: atlassian.OAuth2, User: "other", Token: atlassian.NewSecret("hunter2")}})
	err := c.JSON(t.Context(), "POST", "/rest/x", nil, struct{}{}, nil)
	require.ErrorContains(t, err, "getting an access token for the OAuth client: Jira: POST /jira/rest/oauth2/latest/token: 401 Unauthorized: invalid_client: no such secret as [redacted]")
	assert.Contains(t, atlassian.HintOf(err), "auth.token")
	assert.True(t, atlassian.Unauthenticated(err))
	assert.False(t, atlassian.Ambiguous(err), "the write never left")

	// A service that does not take the token it is given is asked twice, and no more.
	deaf := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/token") {
			answer(w, `{"access_token":"access-token-1001","expires_in":60}`)
			return
		}
		http.Error(w, "I was sent "+r.Header.Get("Authorization"), http.StatusUnauthorized)
	})
	c = connect(t, atlassian.Options{BaseURL: deaf.URL,
		Auth: atlassian.Auth{Type: atlassian.OAuth2, User: "refine", Token: atlassian.NewSecret("hunter2"), TokenURL: deaf.URL + "/token"}})
	err = c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil)
	require.ErrorContains(t, err, "GET /rest/x: 401")
	assert.EqualValues(t, 2, c.Requests())
	assertNoSecrets(t, err.Error()+atlassian.HintOf(err))
}

func assertNoSecrets(t *testing.T, shown string) {
	t.Helper()
	for _, secret := range []string{"hunter2", "access-token-"} {
		assert.NotContains(t, shown, secret)
	}
}

// What a signed token says of itself is read; any other says nothing.
func TestClaims(t *testing.T) { // O4
	t.Parallel()
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for name, test := range map[string]struct {
		token string
		want  atlassian.Claims
	}{
		"signed":         {part(`{"alg":"RS256"}`) + "." + part(`{"exp":1798761600,"scope":"read:jira-work write:jira-work"}`) + ".sig", atlassian.Claims{Ends: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Scopes: []string{"read:jira-work", "write:jira-work"}}},
		"says little":    {part(`{}`) + "." + part(`{}`) + ".sig", atlassian.Claims{Scopes: []string{}}},
		"three parts":    {"one.two.three", atlassian.Claims{}},
		"personal token": {"MDA1NDQ3ODc0NDkxOg7jR7aA1Mq3", atlassian.Claims{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := connect(t, atlassian.Options{BaseURL: "https://jira.example.com", Auth: atlassian.Auth{Token: atlassian.NewSecret(test.token)}})
			got, err := c.Claims(t.Context())
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
}

func TestQuota(t *testing.T) { // O4
	t.Parallel()
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/told":
			w.Header().Set("X-RateLimit-Remaining", "37")
			w.Header().Set("X-RateLimit-Limit", "50")
		case "/refused":
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		answer(w, `{}`)
	})
	c := connect(t, atlassian.Options{BaseURL: srv.URL})
	require.NoError(t, c.JSON(t.Context(), "GET", "/untold", nil, nil, nil))
	_, told := c.Quota()
	assert.False(t, told)
	require.NoError(t, c.JSON(t.Context(), "GET", "/told", nil, nil, nil))
	require.NoError(t, c.JSON(t.Context(), "GET", "/untold", nil, nil, nil))
	q, _ := c.Quota()
	assert.Equal(t, atlassian.Quota{Left: 37, Limit: 50}, q)
	require.Error(t, c.JSON(t.Context(), "GET", "/refused", nil, nil, nil))
	q, _ = c.Quota()
	assert.Equal(t, atlassian.Quota{Wait: 10 * time.Minute}, q)
}
