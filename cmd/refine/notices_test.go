package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
)

// A listener is a program behind a webhook's address.
type listener struct {
	mu  sync.Mutex
	got []string
	hit func() // once, while a message is there and not answered
}

func hearing(t *testing.T) (l *listener, address string) {
	t.Helper()
	l, srv := newListener()
	t.Cleanup(srv.Close)
	return l, srv.URL
}

func newListener() (l *listener, srv *httptest.Server) {
	l = new(listener)
	srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		l.mu.Lock()
		l.got = append(l.got, r.Method+" "+r.URL.Path+" "+string(body))
		hit := l.hit
		l.hit = nil
		l.mu.Unlock()
		if hit != nil {
			hit()
		}
	}))
	return l, srv
}

// all is what has come.
func (l *listener) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string{}, l.got...)
}

// listenerKey finds a script's listener.
type listenerKey struct{}

func scriptListens(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: listens")
	}
	l, srv := newListener()
	ts.Defer(srv.Close)
	*ts.Value(listenerKey{}).(**listener) = l
	ts.Setenv("HOOK", srv.URL+"/s3cret")
}

func scriptHeard(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: heard COUNT TEXT")
	}
	n := 0
	for _, m := range (*ts.Value(listenerKey{}).(**listener)).all() {
		if strings.Contains(m, args[1]) {
			n++
		}
	}
	if fmt.Sprint(n) != args[0] {
		ts.Fatalf("%d messages say %q, want %s", n, args[1], args[0])
	}
}

// scriptBreaks is a person overwriting the page's property.
func scriptBreaks(ts *testscript.TestScript, neg bool, args []string) {
	s := *box(ts)
	ts.Check(s.Confluence.SetProperty(s.Confluence.Pages()[0].ID, "refine", []byte(`"nonsense"`)))
}

// notified is a target whose team has a webhook, by its configuration file.
func notified(t *testing.T, binary, deployment string) (*target, *listener) {
	t.Helper()
	g := newTarget(t, binary, deployment)
	l, address := hearing(t)
	file := filepath.Join(t.TempDir(), "refine.yaml")
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, "teams: [{name: PAY, notify: [{type: webhook, url: %q}]}]\n", address+"/s3cret"), 0o600))
	g.config = file
	return g, l
}

// Killed at any request of a publish or a sync, or while a message is on its way, a
// run tells nobody twice; and where it was not on its way nobody is left out.
func TestKilledAnywhereNobodyIsToldTwice(t *testing.T) { // S10, S5
	t.Parallel()
	binary := installed(t)
	for _, command := range []string{"publish", "sync"} {
		for _, deployment := range sampled.Deployments(command) {
			t.Run(deployment+"/"+command, func(t *testing.T) {
				t.Parallel()
				start := func() (*target, *listener) {
					g, l := notified(t, binary, deployment)
					if command == "sync" {
						require.NoError(t, g.run(t.Context(), "publish"))
						g.types(t)
					}
					return g, l
				}
				g, l := start()
				before := g.journal.count()
				require.NoError(t, g.run(t.Context(), command))
				requests, cases, want := g.journal.count()-before, 0, len(l.all())
				step := min(sample, requests)
				for n := 1 + len(command)%step; n <= requests; n += step {
					cases++
					g, l := start()
					g.killed(t, n, command)
					for range 2 {
						require.NoError(t, g.run(t.Context(), command), "after request %d", n)
					}
					assert.LessOrEqual(t, len(l.all()), want, "killed after request %d", n)
					assert.GreaterOrEqual(t, len(l.all()), want-1, "killed after request %d", n)
				}
				g, l = start()
				g.killedOver(t, l, command)
				out, err := g.output(t.Context(), command)
				require.NoError(t, err)
				assert.Contains(t, out, "perhaps told, not sent again: webhook: a run ended while it was being sent: ")
				out, err = g.output(t.Context(), command)
				require.NoError(t, err)
				assert.NotContains(t, out, "told")
				assert.Len(t, l.all(), want)
				t.Logf("%d requests, %d cases", requests, cases+1)
			})
		}
	}
}

// killedOver kills the command while its message is there and not answered.
func (g *target) killedOver(t *testing.T, l *listener, command string) {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	cmd, dead := exec.CommandContext(ctx, g.binary, g.args(command)...), make(chan struct{})
	l.mu.Lock()
	l.hit = func() {
		kill()
		<-dead
	}
	l.mu.Unlock()
	require.Error(t, g.finish(cmd))
	close(dead)
}

func (g *target) output(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, g.binary, g.args(args...)...)
	cmd.Env = g.environ()
	out, err := cmd.Output()
	return string(out), err
}

// The health address is called at the end of each refine run, and told whether
// something failed. No address is shown anywhere.
func TestARunIsReported(t *testing.T) { // S10, F4
	t.Parallel()
	g := newTarget(t, "", "cloud")
	l, address := hearing(t)
	run := func(code int, team, space string, args ...string) (said string) {
		dir := t.TempDir()
		file := filepath.Join(dir, "refine.yaml")
		require.NoError(t, os.WriteFile(filepath.Join(dir, "hook"), []byte(address+"/s3cret\n"), 0o600))
		require.NoError(t, os.WriteFile(file, fmt.Appendf(nil,
			"jira: {url: %q, auth: {user: %s, token: %s}}\nconfluence: {url: %q, space: %s}\nhealth: {url_file: hook}\nteams: [{name: %s, schedule: {cron: \"%s\"}, notify: [{type: slack, url_file: hook}, {type: mattermost, url: \"http://127.0.0.1:1/s3cret\"}]}]\n",
			g.Site.Jira, g.Site.User, g.Site.Token, g.Site.Confluence, space, team, time.Now().UTC().Add(2*time.Hour).Format("4 15 * * *")), 0o600))
		out, err := os.Create(filepath.Join(dir, "said"))
		require.NoError(t, err)
		defer out.Close()
		assert.Equal(t, code, newApp(strings.NewReader(""), out, out).execute(t.Context(), append([]string{"run", "--log-level", "debug", "--config", file}, args...)))
		said = written(t, out)
		assert.NotContains(t, said, "s3cret")
		return said
	}
	assert.Contains(t, run(0, "PAY", g.Site.Space, "--dry-run"), "would tell slack, mattermost: the page for ")
	assert.Empty(t, l.all(), "a dry run sends nothing")
	said := run(0, "PAY", g.Site.Space)
	assert.Contains(t, said, "told slack: the page for ")
	assert.Contains(t, said, "not told, the next run tries again: mattermost: dial tcp 127.0.0.1:1: connect: connection refused")
	require.Len(t, l.all(), 2)
	assert.Contains(t, l.all()[0], "POST /s3cret ")
	assert.Equal(t, "GET /s3cret ", l.all()[1])
	run(0, "PAY", g.Site.Space)
	require.Len(t, l.all(), 3, "the run alone")
	run(1, "Lost", "NOPE")
	assert.Equal(t, "GET /s3cret/fail ", l.all()[3])
}
