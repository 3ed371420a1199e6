package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/internal/sampled"
	"refine/internal/sandbox"
	"refine/internal/sandbox/sandboxtest"
	"refine/jira/jiratest"
)

// A watched journal tells when a number of requests has been answered.
type watched struct {
	mu    sync.Mutex
	text  bytes.Buffer
	lines int
	at    int
	hit   func()
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text.Write(p)
	w.lines += bytes.Count(p, []byte("\n"))
	if w.at > 0 && w.lines >= w.at {
		w.at = 0
		w.hit()
	}
	return len(p), nil
}

// count is how many requests have been answered.
func (w *watched) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines
}

// requests are those that were answered since the last call.
func (w *watched) requests(t *testing.T) []sandboxtest.Request {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	seen, err := sandboxtest.Requests(&w.text)
	require.NoError(t, err)
	return seen
}

// call arms the journal: hit runs once n more requests have been answered.
func (w *watched) call(n int, hit func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at, w.hit = w.lines+n, hit
}

// installed is where the program is: the one that TestMain puts on the PATH.
func installed(t *testing.T) (binary string) {
	t.Helper()
	binary, err := exec.LookPath("refine")
	require.NoError(t, err)
	return binary
}

// target is a sandbox and the program as it is installed.
type target struct {
	*sandbox.Sandbox
	journal *watched
	binary  string
	config  string // the program's file, for a team that has more written back than comments
	clock   string // names the file that says how far the processes' clock is ahead; none if empty
}

func newTarget(t *testing.T, binary, deployment string, set ...func(*sandbox.Options)) *target {
	t.Helper()
	journal := new(watched)
	o := sandbox.Options{Deployment: deployment, Journal: journal, Latency: 5 * time.Millisecond}
	for _, set := range set {
		set(&o)
	}
	s, err := sandbox.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	g := &target{Sandbox: s, journal: journal, binary: binary, config: filepath.Join(t.TempDir(), "refine.yaml")}
	require.NoError(t, os.WriteFile(g.config, fmt.Appendf(nil, thorough,
		g.Site.Jira, g.Site.User, g.Site.Token, g.Site.Confluence, g.Site.Space), 0o600))
	return g
}

// thorough configures a team for which a sync makes every kind of change.
const thorough = `
jira: {url: %q, auth: {user: %s, token: %s}}
confluence: {url: %q, space: %s}
teams:
  - name: PAY
    sync:
      criteria: description
      estimate: field
      blocked_by: link
      split: issue
      rank: backlog
      on_ready: {remove_flag: true, add_label: refined, transition: In Progress, rank: first}
`

func (g *target) run(ctx context.Context, args ...string) error {
	return g.finish(exec.CommandContext(ctx, g.binary, g.args(args...)...))
}

func (g *target) args(args ...string) []string {
	return append(slices.Clone(args), "--config", g.config)
}

func (g *target) finish(cmd *exec.Cmd) error {
	cmd.Env = g.environ()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("refine %s: %w\n%s", cmd.Args[1], err, out)
	}
	return nil
}

// environ is what leads the program to the sandbox.
func (g *target) environ() []string {
	env := append(os.Environ(),
		"REFINE_JIRA_URL="+g.Site.Jira, "REFINE_JIRA_USER="+g.Site.User, "REFINE_JIRA_TOKEN="+g.Site.Token,
		"REFINE_CONFLUENCE_URL="+g.Site.Confluence, "REFINE_CONFLUENCE_SPACE="+g.Site.Space,
		"XDG_CACHE_HOME="+filepath.Dir(g.config))
	if g.clock != "" {
		env = append(env, clockFile+"="+g.clock)
	}
	return env
}

// prepare runs a command in this process, which is cheaper than another one: it
// is not the one that is tested. Where the environment might lead it to another
// site, and at another hour, it is a process of its own all the same.
func (g *target) prepare(t *testing.T, args ...string) {
	t.Helper()
	if g.clock != "" || slices.ContainsFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "REFINE_") }) {
		require.NoError(t, g.run(t.Context(), args...))
		return
	}
	said, err := os.Create(filepath.Join(t.TempDir(), "said"))
	require.NoError(t, err)
	defer said.Close()
	code := newApp(strings.NewReader(""), said, said).execute(t.Context(), g.args(args...))
	require.Zero(t, code, written(t, said))
}

// killed runs the command and kills it when n requests have taken effect: it
// does not live to hear the answer to the last one.
func (g *target) killed(t *testing.T, n int, args ...string) {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	cmd, dead := exec.CommandContext(ctx, g.binary, g.args(args...)...), make(chan struct{})
	g.journal.call(n, func() {
		kill() // SIGKILL, once the process is there
		<-dead
	})
	err := g.finish(cmd)
	close(dead)
	exit, ok := errors.AsType[*exec.ExitError](err)
	require.True(t, ok && !exit.Exited(), "it was not killed at request %d: %v", n, err)
}

// left is what stands on the page and the tickets, ids aside.
func (g *target) left(t *testing.T) string {
	t.Helper()
	snapshot, err := sandboxtest.Snapshot(g.Sandbox)
	require.NoError(t, err)
	return snapshot
}

// saves counts how often all pages were saved.
func (g *target) saves() (n int) {
	for _, p := range g.Confluence.Pages() {
		n += p.Version
	}
	return n
}

// types types a decision and an action.
func (g *target) types(t *testing.T) {
	t.Helper()
	g.edits(t, func(p sandbox.Person, body string) (string, error) { return p.Decides(body, "PAY-3", "Fees included") })
	g.edits(t, func(p sandbox.Person, body string) (string, error) {
		return p.Acts(body, "PAY-6", "ask legal", storage.User{}, time.Time{})
	})
	g.edits(t, func(p sandbox.Person, body string) (string, error) { // S3
		body, err := p.Agrees(body, "PAY-6", "Acceptance criteria", "Weekends count", "Estimate: 5", "Blocked by PAY-7", "Split into: Count holidays")
		if err != nil {
			return "", err
		}
		if body, err = p.Agrees(body, "PAY-3", "Acceptance criteria", "Rank: after PAY-7"); err != nil {
			return "", err
		}
		return p.Ticks(body, "PAY-6", "Ready", true)
	})
}

func (g *target) edits(t *testing.T, edit func(p sandbox.Person, body string) (string, error)) {
	t.Helper()
	person := sandbox.Person{Native: strings.HasSuffix(g.Site.Confluence, "/wiki")}
	require.NoError(t, g.Confluence.Edit(g.Confluence.Pages()[0].ID, "Dana", func(body string) string {
		edited, err := edit(person, body)
		require.NoError(t, err)
		return edited
	}))
}

// fatal is a command that is killed: what goes before it, and itself.
type fatal struct {
	before func(t *testing.T, g *target)
	args   []string
}

func fatals() map[string]fatal {
	// a day, since which one is next depends on the hour
	publish := []string{"publish", "--date", time.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly)}
	sync := []string{"sync"}
	played := func(t *testing.T, g *target) {
		g.prepare(t, publish...)
		g.types(t)
	}
	return map[string]fatal{
		"publish": {func(*testing.T, *target) {}, publish},
		"refresh": {func(t *testing.T, g *target) { // C3
			played(t, g)
			require.NoError(t, g.Jira.Edit("PAY-7", g.Jira.Me(), map[string]any{"summary": "Pay from the invoice by card"}))
		}, publish},
		"sync": {played, sync},
		"undo": {func(t *testing.T, g *target) { // S9
			played(t, g)
			g.Jira.Allow(jiratest.DeleteIssues)
			g.prepare(t, sync...)
		}, []string{"undo", "--page", "65626"}},
		"sync again": {func(t *testing.T, g *target) { // S8
			played(t, g)
			g.prepare(t, sync...)
			g.edits(t, func(p sandbox.Person, body string) (string, error) {
				body = strings.Replace(body, "Fees included", "Fees shown apart", 1)
				return p.Decides(body, "PAY-7", "By card only")
			})
		}, sync},
	}
}

// TestKilledAnywhere kills each command after each of its requests and runs it
// again: what stands is what an undisturbed run leaves, down to the marks and
// the page's state, and the dead run's hold keeps nobody waiting.
func TestKilledAnywhere(t *testing.T) { // S5 C2
	t.Parallel()
	binary := installed(t)
	for name, f := range fatals() {
		for _, deployment := range sampled.Deployments(name) {
			t.Run(deployment+"/"+name, func(t *testing.T) {
				t.Parallel()
				start := func() *target {
					g := newTarget(t, binary, deployment)
					f.before(t, g)
					return g
				}
				g := start()
				before := g.journal.count()
				require.NoError(t, g.run(t.Context(), f.args...))
				want, saves, requests, cases := g.left(t), g.saves(), g.journal.count()-before, 0
				step := min(sample, requests)
				for n := 1 + len(name)%step; n <= requests; n += step {
					cases++
					g := start()
					g.killed(t, n, f.args...)
					require.NoError(t, g.run(t.Context(), f.args...), "after request %d", n)
					assert.Equal(t, want, g.left(t), "killed after request %d", n)
					assert.Equal(t, saves, g.saves(), "killed after request %d", n)
				}
				t.Logf("%d requests, %d cases", requests, cases)
			})
		}
	}
}

// wrote reports whether a ticket has anything of ours.
func (g *target) wrote() bool {
	for _, key := range g.Jira.Keys() {
		if len(g.Jira.RemoteLinks(key)) > 0 {
			return true
		}
		for _, c := range g.Jira.Comments(key) {
			if _, ours := c.Properties["refine"]; ours {
				return true
			}
		}
	}
	return false
}

// TestKilledAndBackTooLate kills a publish after each of its requests; people meet on
// the page as it is, and only then somebody runs anything again: what stands is what
// an undisturbed run leaves, and where there was no page there is none.
func TestKilledAndBackTooLate(t *testing.T) { // S5 O1
	t.Parallel()
	binary := installed(t)
	over := time.Now().UTC().Add(12 * time.Hour) // the hour of the session, which ended yesterday
	schedule := fmt.Sprintf("    schedule: {cron: '%d %d * * *', lead: 1m}\n", over.Minute(), over.Hour())
	publish := []string{"publish", "--date", time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly)}
	for _, deployment := range []string{"cloud", "datacenter"} {
		t.Run(deployment, func(t *testing.T) {
			t.Parallel()
			start := func() *target {
				g := newTarget(t, binary, deployment)
				config, err := os.ReadFile(g.config)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(g.config, append(config, schedule...), 0o600))
				return g
			}
			g := start()
			before := g.journal.count()
			require.NoError(t, g.run(t.Context(), publish...))
			requests, cases := g.journal.count()-before, 0
			g.types(t)
			require.NoError(t, g.run(t.Context(), "run"))
			require.True(t, g.wrote())
			want, saves := g.left(t), g.saves()
			step := min(sample, requests)
			for n := 1 + len(deployment)%step; n <= requests; n += step {
				cases++
				g := start()
				g.killed(t, n, publish...)
				none := len(g.Confluence.Pages()) == 0
				if !none {
					g.types(t)
				}
				require.NoError(t, g.run(t.Context(), "run"), "after request %d", n)
				if none {
					assert.Empty(t, g.Confluence.Pages(), "killed after request %d", n)
					continue
				}
				assert.Equal(t, want, g.left(t), "killed after request %d", n)
				assert.Equal(t, saves, g.saves(), "killed after request %d", n)
			}
			t.Logf("%d requests, %d cases", requests, cases)
		})
	}
}
