package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sandbox"
)

// A stage is a sandbox and the program in one bubble: a minute's wait for a rate
// limit or an answer takes no time.
type stage struct {
	*target
	wire   *wire
	dir    string
	config string

	mu        sync.Mutex
	skew      time.Duration // of the services' clock
	disturb   func(http.ResponseWriter, *http.Request) bool
	elsewhere []string // what another host was sent
}

// newStage must be called in a bubble.
func newStage(t *testing.T, deployment string, options ...func(*sandbox.Options)) *stage {
	t.Helper()
	time.Sleep(time.Until(time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)))
	s := &stage{wire: newWire(), dir: t.TempDir()}
	o := sandbox.Options{Deployment: deployment, Network: s.wire.listen, Instead: s.instead, Now: s.now}
	for _, set := range options {
		set(&o)
	}
	box, err := sandbox.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, box.Close()) })
	s.target = &target{Sandbox: box}
	s.listensElsewhere(t)
	auth := fmt.Sprintf("{type: bearer, token: %s}", box.Site.Token)
	if deployment == "cloud" {
		auth = fmt.Sprintf("{type: basic, user: %s, token: %s}", box.Site.User, box.Site.Token)
	}
	s.configure(t, fmt.Sprintf("jira: {url: %q, auth: %s}\nconfluence: {url: %q, space: PAY}\n", box.Site.Jira, auth, box.Site.Confluence))
	return s
}

func (s *stage) configure(t *testing.T, config string) {
	t.Helper()
	s.config = filepath.Join(s.dir, "refine.yaml")
	require.NoError(t, os.WriteFile(s.config, []byte(config), 0o600))
}

const otherHost = "127.0.0.9:80"

// listensElsewhere notes whatever a host that is not ours is sent.
func (s *stage) listensElsewhere(t *testing.T) {
	t.Helper()
	l, err := s.wire.listen("tcp", otherHost)
	require.NoError(t, err)
	server := &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.elsewhere = append(s.elsewhere, fmt.Sprint(r.Method, " ", r.URL, r.Header))
	})}
	go server.Serve(l) // ends with ErrServerClosed
	t.Cleanup(func() { assert.NoError(t, server.Close()) })
}

// now is the services' time.
func (s *stage) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.skew)
}

func (s *stage) setClocks(skew time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = skew
}

func (s *stage) instead(w http.ResponseWriter, r *http.Request) bool {
	s.mu.Lock()
	disturb := s.disturb
	s.mu.Unlock()
	return disturb != nil && disturb(w, r)
}

// plays lets a fault happen to the requests that a place means, until it is nil.
func (s *stage) plays(f func(http.ResponseWriter, *http.Request) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.disturb = f
}

// serve lets the service answer, as far as the fault leaves it to.
func (s *stage) serve(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	if strings.Contains(s.Site.Confluence, r.Host) {
		s.Confluence.ServeHTTP(w, r)
	} else {
		s.Jira.ServeHTTP(w, r)
	}
	return w
}

// execute runs one command line as main does. What the services still do for
// requests that the program gave up is done when it returns.
func (s *stage) execute(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	out, err := os.Create(filepath.Join(s.dir, "stdout"))
	require.NoError(t, err)
	defer out.Close()
	problems, err := os.Create(filepath.Join(s.dir, "stderr"))
	require.NoError(t, err)
	defer problems.Close()
	a := newApp(strings.NewReader(""), out, problems)
	a.dial = s.wire.dial
	code = a.execute(t.Context(), append([]string{"--config", s.config}, args...))
	synctest.Wait()
	return code, written(t, out), written(t, problems)
}

func written(t *testing.T, f *os.File) string {
	t.Helper()
	text, err := os.ReadFile(f.Name())
	require.NoError(t, err)
	return string(text)
}

// published is a page that is there already.
func (s *stage) published(t *testing.T) {
	t.Helper()
	code, _, stderr := s.execute(t, "publish")
	require.Zero(t, code, stderr)
}

// typed is what people have typed before a sync: two tickets are written.
func (s *stage) typed(t *testing.T) {
	t.Helper()
	s.published(t)
	s.types(t)
}

// changed is a ticket that has changed since the page was published.
func (s *stage) changed(t *testing.T) {
	t.Helper()
	s.published(t)
	require.NoError(t, s.Jira.Edit("PAY-3", s.Jira.Me(), map[string]any{"summary": "Show who owes what"}))
}

// clear holds stderr to one message that tells the request and what to try.
func (s *stage) clear(t *testing.T, stderr, says, try string) {
	t.Helper()
	assert.Regexp(t, `^refine: [^\n]+\n(  - [^\n]+\n)*try: [^\n]+\n$`, stderr, "one message")
	assert.Equal(t, 1, strings.Count(stderr, says), "%q is said once in\n%s", says, stderr)
	_, hint, _ := strings.Cut(stderr, "\ntry: ")
	assert.Contains(t, hint, try)
}

// keeps holds what was printed and what another host was sent to holding no
// secret.
func (s *stage) keeps(t *testing.T, printed string) {
	t.Helper()
	assert.NotContains(t, printed, "secret")
	for _, secret := range []string{s.Site.Token, base64.StdEncoding.EncodeToString([]byte(s.Site.User + ":" + s.Site.Token))} {
		assert.NotContains(t, printed, secret)
	}
	assert.Empty(t, s.elsewhere, "another host was sent something")
}
