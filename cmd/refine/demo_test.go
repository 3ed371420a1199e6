package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sandbox"
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
	assert.Contains(t, out, "6 changes (3 comments, 3 links to the page)\n")
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
	assert.Contains(t, out.String(), "  go run ./cmd/refine sync\nCtrl-C ends both.\n")
}

// One object and nothing around it.
func TestDemoForPrograms(t *testing.T) { // O7
	var got demoResult
	dec := json.NewDecoder(strings.NewReader(demoOutput(t, t.Context(), "demo", "--output", "json")))
	require.NoError(t, dec.Decode(&got))
	assert.ErrorIs(t, dec.Decode(new(any)), io.EOF)
	assert.NotEmpty(t, got.Site.Jira)
	assert.Equal(t, "created", got.Page.Action)
	assert.Len(t, got.Changes, 6)
	require.Len(t, got.Tickets, 3)
	assert.Equal(t, "PAY-3", got.Tickets[0].Key)
	assert.Len(t, got.Tickets[0].Comments, 1)
}

// The lines can be read by a shell as they are, and are enough.
func TestVariablesOfASandbox(t *testing.T) {
	t.Parallel()
	site := sandbox.Site{Jira: "http://127.0.0.1:1", Confluence: "http://127.0.0.1:2", User: "me", Token: "token", Space: "PAY"}
	var out strings.Builder
	require.NoError(t, sandboxFlags{env: true, deployment: "datacenter"}.announce(&out, site))
	assert.Equal(t, `export REFINE_JIRA_URL=http://127.0.0.1:1
export REFINE_JIRA_TOKEN=token
export REFINE_CONFLUENCE_URL=http://127.0.0.1:2
export REFINE_CONFLUENCE_SPACE=PAY
# To look at until Ctrl-C: http://127.0.0.1:1 and http://127.0.0.1:2
`, out.String())
	assert.Contains(t, variables(site, "cloud"), "REFINE_JIRA_USER=me")
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
