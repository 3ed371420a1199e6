package main

import (
	"errors"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A run does all that it was asked for, whoever listens. Its exit code is its
// own, and never that of a signal.
func TestNobodyListens(t *testing.T) { // A17 O6
	t.Parallel()
	binary := installed(t)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no full device")
	}
	t.Cleanup(func() { full.Close() })
	for name, streams := range map[string]struct {
		out, err *os.File // nil: the command's end of a pipe that nobody reads
		code     int      // of a sync, which prints its result last
	}{
		"neither": {},
		"stdout":  {err: os.Stderr},
		"stderr":  {out: os.Stdout},
		"full":    {out: full, err: os.Stderr, code: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newTarget(t, binary, "cloud")
			g.prepare(t, "publish")
			g.types(t)
			require.False(t, g.wrote())
			cmd := exec.CommandContext(t.Context(), binary, "sync", "--log-level", "debug")
			cmd.Env = g.environ()
			cmd.Stdout, cmd.Stderr = orUnread(t, streams.out), orUnread(t, streams.err)
			assert.Equal(t, streams.code, codeOf(t, cmd.Run()))
			assert.True(t, g.wrote(), "the tickets are written")
			require.NoError(t, g.run(t.Context(), "sync"))

			cmd = exec.CommandContext(t.Context(), binary, "sync", "--page", "1")
			cmd.Env = g.environ()
			cmd.Stdout, cmd.Stderr = orUnread(t, streams.out), orUnread(t, streams.err)
			assert.Equal(t, 1, codeOf(t, cmd.Run()), "a failure stays one")
		})
	}
}

// orUnread is f, or a pipe whose reader has gone.
func orUnread(t *testing.T, f *os.File) *os.File {
	t.Helper()
	if f != nil {
		return f
	}
	r, w, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, r.Close())
	t.Cleanup(func() { w.Close() })
	return w
}

func codeOf(t *testing.T, err error) int {
	t.Helper()
	if err == nil {
		return 0
	}
	exit, ok := errors.AsType[*exec.ExitError](err)
	require.True(t, ok, "%v", err)
	return exit.ExitCode()
}
