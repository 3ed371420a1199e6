package atlassian_test

import (
	"bytes"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

func connect(t *testing.T, o atlassian.Options) *atlassian.Client {
	t.Helper()
	if o.Auth == (atlassian.Auth{}) {
		o.Auth = atlassian.Auth{User: "ana", Token: atlassian.NewSecret("hunter2")}
	}
	o.Product = "Jira"
	c, err := atlassian.New(o)
	require.NoError(t, err)
	return atlassian.Hasty(c)
}

func answer(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, body)
}

func TestRequestsCarryCredentials(t *testing.T) { // F1
	t.Parallel()
	for name, test := range map[string]struct {
		auth atlassian.Auth
		want string
	}{
		"basic":    {atlassian.Auth{User: "ana", Token: atlassian.NewSecret("x")}, "Basic YW5hOng="},
		"bearer":   {atlassian.Auth{Token: atlassian.NewSecret("x")}, "Bearer x"},
		"explicit": {atlassian.Auth{Type: atlassian.Bearer, User: "ana", Token: atlassian.NewSecret("x")}, "Bearer x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
				assert.Equal(t, test.want, r.Header.Get("Authorization"))
				assert.Equal(t, "refine", r.Header.Get("User-Agent"))
				assert.Equal(t, "/jira/rest/x", r.URL.Path)
				answer(w, `{}`)
			})
			c := connect(t, atlassian.Options{BaseURL: srv.URL + "/jira", Auth: test.auth})
			require.NoError(t, c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil))
		})
	}
}

func TestCredentialsStayAtTheSite(t *testing.T) { // F4
	t.Parallel()
	var strangers atomic.Int64
	stranger := serve(t, func(w http.ResponseWriter, r *http.Request) {
		strangers.Add(1)
		answer(w, `{}`)
	})
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/inside":
			http.Redirect(w, r, "/here", http.StatusFound)
		case "/here":
			answer(w, `{"here":true}`)
		default:
			http.Redirect(w, r, stranger.URL+"/login?token=hunter2", http.StatusTemporaryRedirect)
		}
	})
	c := connect(t, atlassian.Options{BaseURL: srv.URL})

	for _, method := range []string{"GET", "POST"} {
		err := c.JSON(t.Context(), method, "/outside", nil, nil, nil)
		require.ErrorContains(t, err, "redirected to "+stranger.URL+"/login")
		assert.NotContains(t, err.Error()+atlassian.HintOf(err), "hunter2")
	}
	assert.Error(t, c.JSON(t.Context(), "POST", "/inside", nil, nil, nil), "a write is not repeated elsewhere")
	var out struct{ Here bool }
	require.NoError(t, c.JSON(t.Context(), "GET", "/inside", nil, nil, &out))
	assert.True(t, out.Here)

	req, err := http.NewRequestWithContext(t.Context(), "GET", stranger.URL, nil)
	require.NoError(t, err)
	_, err = c.Do(req)
	require.ErrorContains(t, err, "refusing to send credentials")
	assert.Zero(t, strangers.Load())
}

func TestPrivateCertificateAuthority(t *testing.T) { // F1
	t.Parallel()
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, `{}`) }))
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // the refused handshake
	srv.StartTLS()
	t.Cleanup(srv.Close)

	c := connect(t, atlassian.Options{BaseURL: srv.URL})
	err := c.JSON(t.Context(), "POST", "/rest/x", nil, nil, nil)
	require.ErrorContains(t, err, "certificate")
	assert.Contains(t, atlassian.HintOf(err), "http.ca_file")
	assert.False(t, atlassian.Ambiguous(err))
	assert.EqualValues(t, 1, c.Requests(), "trying again cannot help")

	file := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw})
	require.NoError(t, os.WriteFile(file, block, 0o600))
	c = connect(t, atlassian.Options{BaseURL: srv.URL, CAFile: file})
	require.NoError(t, c.JSON(t.Context(), "POST", "/rest/x", nil, nil, nil))
}

func TestProxy(t *testing.T) { // F1
	t.Parallel()
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "http://jira.example.invalid/rest/x", r.URL.String())
		answer(w, `{}`)
	})
	c := connect(t, atlassian.Options{BaseURL: "http://jira.example.invalid", Proxy: proxy.URL})
	require.NoError(t, c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil))
}

func TestADroppedConnection(t *testing.T) { // F2
	t.Parallel()
	var served atomic.Int64
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if served.Add(1) == 1 {
			panic(http.ErrAbortHandler)
		}
		answer(w, `{}`)
	})
	c := connect(t, atlassian.Options{BaseURL: srv.URL})
	err := c.JSON(t.Context(), "POST", "/rest/x", nil, map[string]int{}, nil)
	require.ErrorContains(t, err, "closed without an answer")
	assert.True(t, atlassian.Ambiguous(err))
	assert.EqualValues(t, 1, served.Load())

	served.Store(0)
	require.NoError(t, c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil))
	assert.EqualValues(t, 2, served.Load())
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) { <-release })
	t.Cleanup(func() { close(release) }) // before the server closes
	c := connect(t, atlassian.Options{BaseURL: srv.URL, Timeout: 10 * time.Millisecond})
	err := c.JSON(t.Context(), "POST", "/rest/x", nil, nil, nil)
	require.ErrorContains(t, err, "no answer in time")
	assert.Contains(t, atlassian.HintOf(err), "http.timeout")
	assert.True(t, atlassian.Ambiguous(err))
}

func TestNothingListens(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(nil)
	srv.Close()
	c := connect(t, atlassian.Options{BaseURL: srv.URL})
	err := c.JSON(t.Context(), "POST", "/rest/x", nil, nil, nil)
	require.ErrorContains(t, err, "connection refused")
	assert.False(t, atlassian.Ambiguous(err))
	assert.Greater(t, c.Requests(), int64(1), "what was not sent can be sent again")
}

func TestLogsHoldNoSecrets(t *testing.T) { // F4
	t.Parallel()
	var logged bytes.Buffer
	srv := serve(t, func(w http.ResponseWriter, r *http.Request) { answer(w, `{}`) })
	c := connect(t, atlassian.Options{
		BaseURL: srv.URL,
		Log:     slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.NoError(t, c.JSON(t.Context(), "GET", "/rest/x", map[string][]string{"q": {"salary"}}, nil, nil))
	assert.Contains(t, logged.String(), "path=/rest/x")
	for _, secret := range []string{"hunter2", "salary", "Authorization"} {
		assert.False(t, strings.Contains(logged.String(), secret), secret)
	}
}
