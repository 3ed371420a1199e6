package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
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
	"refine/internal/sandbox"
	"refine/internal/sandbox/sandboxtest"
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

// build makes the program as it is installed.
func build(t *testing.T) (binary string) {
	t.Helper()
	binary = filepath.Join(t.TempDir(), "refine")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	return binary
}

// target is a sandbox and the program as it is installed.
type target struct {
	*sandbox.Sandbox
	journal *watched
	binary  string
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
	return &target{s, journal, binary}
}

func (g *target) run(ctx context.Context, command string) error {
	return g.finish(exec.CommandContext(ctx, g.binary, command)) // a cancelled context kills it
}

func (g *target) finish(cmd *exec.Cmd) error {
	cmd.Env = append(os.Environ(),
		"REFINE_JIRA_URL="+g.Site.Jira, "REFINE_JIRA_USER="+g.Site.User, "REFINE_JIRA_TOKEN="+g.Site.Token,
		"REFINE_CONFLUENCE_URL="+g.Site.Confluence, "REFINE_CONFLUENCE_SPACE="+g.Site.Space)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("refine %s: %w\n%s", cmd.Args[1], err, out)
	}
	return nil
}

// killed runs the command and kills it once n requests have been answered.
func (g *target) killed(t *testing.T, command string, n int) {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	g.journal.call(n, kill)
	_ = g.run(ctx, command) // killed, or done if it was faster
}

// left is what stands on the page and the tickets, ids aside.
func (g *target) left(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, p := range g.Confluence.Pages() {
		doc, err := storage.Parse(p.Body)
		require.NoError(t, err)
		fmt.Fprintln(&b, p.Title, p.Labels, slices.Sorted(maps.Keys(p.Properties)), storage.Canonical(doc.Root.Children...))
	}
	for _, key := range g.Jira.Keys() {
		for _, c := range g.Jira.Comments(key) {
			if _, ours := c.Properties["refine"]; ours {
				_, text, _ := strings.Cut(c.Body, "\n")
				fmt.Fprintln(&b, key, text)
			}
		}
		for _, l := range g.Jira.RemoteLinks(key) {
			fmt.Fprintln(&b, key, l.Title)
		}
	}
	return strings.ReplaceAll(b.String(), g.Site.Jira, "")
}

func (g *target) types(t *testing.T, native bool) {
	t.Helper()
	person := sandbox.Person{Native: native}
	require.NoError(t, g.Confluence.Edit(g.Confluence.Pages()[0].ID, "Dana", func(body string) string {
		body, err := person.Decides(body, "PAY-3", "Fees included")
		require.NoError(t, err)
		body, err = person.Acts(body, "PAY-6", "ask legal", storage.User{}, time.Time{})
		require.NoError(t, err)
		return body
	}))
}

// TestKilledAnywhere kills a publish and a sync after each of their requests and
// runs the command again: what stands is what an undisturbed run leaves, and
// the dead run's hold keeps nobody waiting.
func TestKilledAnywhere(t *testing.T) { // S5 C2
	t.Parallel()
	binary := build(t)
	for _, deployment := range []string{"cloud", "datacenter"} {
		for _, command := range []string{"publish", "sync"} {
			t.Run(deployment+"/"+command, func(t *testing.T) {
				t.Parallel()
				start := func() *target {
					g := newTarget(t, binary, deployment)
					if command == "sync" {
						require.NoError(t, g.run(t.Context(), "publish"))
						g.types(t, deployment == "cloud")
					}
					return g
				}
				g := start()
				before := g.journal.count()
				require.NoError(t, g.run(t.Context(), command))
				want, requests := g.left(t), g.journal.count()-before
				for n := 1; n <= requests; n++ {
					g := start()
					g.killed(t, command, n)
					require.NoError(t, g.run(t.Context(), command), "after request %d", n)
					assert.Equal(t, want, g.left(t), "killed after request %d", n)
				}
				t.Logf("%d cases", requests)
			})
		}
	}
}
