package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sandbox"
	"refine/planner/guide"
)

// realData is where the real issues are, if they are.
const realData = "../../../shared/data/jira"

// realEpics are eight epics of three real projects.
var realEpics = map[string][]string{
	"timob":  {"TIMOB-19699", "TIMOB-19816", "TIMOB-19794"},
	"aloy":   {"ALOY-974", "ALOY-1024"},
	"daemon": {"DAEMON-48", "DAEMON-74", "DAEMON-231"},
}

// sections are the first seed's, in its order, and nothing around them.
var sections = regexp.MustCompile(`(?s)\A<refinement_guide>\n(.*)\n</refinement_guide>\n\n<agenda>\n(.+)\n</agenda>\n\n<key_points>\n(.+)\n</key_points>\n\n<discussion_questions>\n(.+)\n</discussion_questions>\n\n<closing_statement>\n(.+)\n</closing_statement>\n\z`)

func TestTaggedPlansOfRealEpics(t *testing.T) { // L1 L2 L3 L4 L5
	if _, err := os.Stat(realData); err != nil {
		t.Skip("the real issues are not here")
	}
	for project, epics := range realEpics {
		for _, deployment := range []string{"cloud", "datacenter"} {
			box := startSandbox(t, deployment, filepath.Join(realData, project+".jsonl"))
			for _, epic := range epics {
				t.Run(deployment+"/"+epic, func(t *testing.T) {
					out := runOn(t, box, "plan", "--epic", epic, "--format", "tagged")
					found := sections.FindStringSubmatch(out)
					require.NotNil(t, found, "not the five sections:\n%s", out)
					assert.Equal(t, strings.TrimSpace(guide.BuiltIn(guide.Default).Text()), found[1], "the guide, word for word")
					assert.Regexp(t, `10:00.*\d+ min.*Context Setting`, found[2])
					assert.Regexp(t, `Discussion Management`, found[2])
					assertCount(t, found[3], `(?m)^\d\. `, 3, 5)
					assertCount(t, found[4], `(?m)^\d\. `, 3, 5)
					assertCount(t, found[5], `[.!?]["”]?(?:\s|\z)`, 2, 3)
				})
			}
		}
	}
}

func assertCount(t *testing.T, text, pattern string, low, high int) {
	t.Helper()
	n := len(regexp.MustCompile(pattern).FindAllString(text, -1))
	assert.True(t, low <= n && n <= high, "%d, want %d to %d:\n%s", n, low, high, text)
}

// runOn runs one command line against a sandbox and returns its stdout.
func runOn(t *testing.T, env map[string]string, args ...string) string {
	t.Helper()
	for name, value := range env {
		t.Setenv(name, value)
	}
	stdout, err := os.Create(filepath.Join(t.TempDir(), "stdout"))
	require.NoError(t, err)
	defer stdout.Close()
	code := newApp(os.Stdin, stdout, os.Stderr).execute(t.Context(), args)
	require.Zero(t, code)
	out, err := os.ReadFile(stdout.Name())
	require.NoError(t, err)
	return string(out)
}

// startSandbox serves the issues of a file, all open, and returns the
// environment that points at it.
func startSandbox(t *testing.T, deployment, file string) map[string]string {
	t.Helper()
	issues, err := os.Open(file)
	require.NoError(t, err)
	defer issues.Close()
	s, err := sandbox.Start(sandbox.Options{Deployment: deployment, Backlog: []io.Reader{issues}, Open: true})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return map[string]string{
		"REFINE_JIRA_URL": s.Site.Jira, "REFINE_JIRA_USER": s.Site.User, "REFINE_JIRA_TOKEN": s.Site.Token,
		"REFINE_CONFLUENCE_URL": s.Site.Confluence, "REFINE_CONFLUENCE_SPACE": s.Site.Space,
	}
}
