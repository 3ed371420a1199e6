package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/internal/sampled"
	"refine/internal/sandbox"
)

// many tickets take a sync more than one round of writes.
var many = []string{"PAY-3", "PAY-4", "PAY-6", "PAY-7", "PAY-9", "PAY-10", "PAY-12"}

// typesOnAll types an action under each of many.
func (g *target) typesOnAll(t *testing.T) {
	t.Helper()
	for _, key := range many {
		g.edits(t, func(p sandbox.Person, body string) (string, error) {
			return p.Acts(body, key, "look at it", storage.User{}, time.Time{})
		})
	}
}

// signalled runs a sync and sends it a signal once n requests have been answered.
func (g *target) signalled(t *testing.T, sig os.Signal, n int) error {
	t.Helper()
	ctx, send := context.WithCancel(t.Context())
	defer send()
	cmd := exec.CommandContext(ctx, g.binary, g.args("sync")...)
	cmd.Cancel = func() error { return cmd.Process.Signal(sig) }
	g.journal.call(n, send)
	return g.finish(cmd)
}

// noon names a clock's file by which it is noon now, so that no midnight comes between
// runs that are compared: the next has other sessions.
func noon(t *testing.T) (file string) {
	t.Helper()
	now := time.Now()
	file = filepath.Join(t.TempDir(), "clock")
	require.NoError(t, os.WriteFile(file, []byte(now.Truncate(24*time.Hour).Add(12*time.Hour).Sub(now).String()), 0o600))
	return file
}

var stoppedAt = regexp.MustCompile(`refine: stopped by a signal; written: (.*?)(?:; in part: (.*))?; not written: (.*)\n`)

// TestASignalFinishesTheWriteInHand stops a sync after every third of its requests, or
// a sample of those: it says which tickets it has written and which not, what it says
// is true, and the next run makes up for the rest.
func TestASignalFinishesTheWriteInHand(t *testing.T) { // S5 O6 F2
	t.Parallel()
	binary, clock := installed(t), noon(t)
	for deployment, sig := range map[string]os.Signal{"cloud": syscall.SIGINT, "datacenter": syscall.SIGTERM} {
		t.Run(deployment, func(t *testing.T) {
			t.Parallel()
			start := func() *target {
				g := newTarget(t, binary, deployment, func(o *sandbox.Options) { o.Now = shifted(clock) })
				g.clock = clock
				g.prepare(t, "publish")
				g.typesOnAll(t)
				return g
			}
			g := start()
			before := g.journal.count()
			require.NoError(t, g.run(t.Context(), "sync"))
			want, requests, told := g.left(t), g.journal.count()-before, 0
			step := 3 * sampled.One(3, 3)
			for n := 2; n < requests; n += step {
				g := start()
				err := g.signalled(t, sig, n)
				if err != nil && g.holds(t, err) {
					told++
				}
				require.NoError(t, g.run(t.Context(), "sync"), "after request %d", n)
				assert.Equal(t, want, g.left(t), "stopped after request %d", n)
			}
			if step == 3 { // of a few signals each may come while a ticket is under way
				assert.Positive(t, told, "no run was stopped between two tickets")
			}
			t.Logf("%d requests, %d times stopped between tickets", requests, told)
		})
	}
}

// holds holds what a stopped run said to what stands on the tickets. It reports
// whether it had begun to write.
func (g *target) holds(t *testing.T, err error) bool {
	t.Helper()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok { // the last request was under way
		require.Contains(t, err.Error(), "receipt on the page: written")
		return false
	}
	require.Positive(t, exit.ExitCode(), "it ended by itself: %v", err)
	m := stoppedAt.FindStringSubmatch(err.Error())
	if m == nil {
		return false
	}
	written, left := append(strings.Split(m[1], ", "), strings.Split(m[2], ", ")...), strings.Split(m[3], ", ")
	for _, key := range many {
		comments := 0
		for _, c := range g.Jira.Comments(key) {
			if _, ours := c.Properties["refine"]; ours {
				comments++
			}
		}
		if comments > 0 {
			assert.Contains(t, written, key)
		} else {
			assert.Contains(t, left, key)
			assert.NotContains(t, written, key)
		}
	}
	assert.Equal(t, map[bool]int{true: 1, false: 3}[m[1] == "none" && m[2] == ""], exit.ExitCode())
	return true
}
