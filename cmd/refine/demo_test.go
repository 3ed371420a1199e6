package main

import (
	"bufio"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the demo's transcript into the README")

const readme = "../../README.md"

// transcript is the first block of the README that is the demo's output.
var transcript = regexp.MustCompile("(?s)```\n(A Jira with .*?)```\n")

// steady leaves out what differs from run to run.
func steady(s string) string {
	s = regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(s, "127.0.0.1:PORT")
	return regexp.MustCompile(`\d{4}-\d{2}-\d{2}`).ReplaceAllString(s, "DAY")
}

func TestTheReadmeShowsTheRealDemo(t *testing.T) { // O7
	out := demoOutput(t, t.Context(), "demo")
	text, err := os.ReadFile(readme)
	require.NoError(t, err)
	if *update {
		fresh := transcript.ReplaceAllLiteralString(string(text), "```\n"+out+"```\n")
		require.NoError(t, os.WriteFile(readme, []byte(fresh), 0o644))
		return
	}
	shown := transcript.FindStringSubmatch(string(text))
	require.NotNil(t, shown, "the README has no transcript")
	assert.Equal(t, steady(shown[1]), steady(out), "go test ./cmd/refine -run Readme -update")
}

func TestDemoOnDataCenter(t *testing.T) { // O7
	out := demoOutput(t, t.Context(), "demo", "--deployment", "datacenter")
	assert.Contains(t, out, "6 changes\n")
	assert.Contains(t, out, "0 changes\n")
}

func TestDemoStaysUpUntilItIsInterrupted(t *testing.T) { // O7
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	reader, stdout, err := os.Pipe()
	require.NoError(t, err)
	code := make(chan int, 1)
	go func() {
		code <- newApp(os.Stdin, stdout, os.Stderr).execute(ctx, []string{"demo", "--keep"})
		stdout.Close()
	}()
	var out strings.Builder
	for lines := bufio.NewScanner(reader); lines.Scan(); {
		out.WriteString(lines.Text() + "\n")
		if strings.HasPrefix(lines.Text(), "Ctrl-C") {
			interrupt()
		}
	}
	assert.Zero(t, <-code)
	assert.Contains(t, out.String(), "Look at the page and type on it:  http://127.0.0.1:")
	assert.Contains(t, out.String(), "refine sync\nCtrl-C ends both.\n")
}

func demoOutput(t *testing.T, ctx context.Context, args ...string) string {
	t.Helper()
	stdout, err := os.Create(filepath.Join(t.TempDir(), "stdout"))
	require.NoError(t, err)
	defer stdout.Close()
	require.Zero(t, newApp(os.Stdin, stdout, os.Stderr).execute(ctx, args))
	out, err := os.ReadFile(stdout.Name())
	require.NoError(t, err)
	return string(out)
}
