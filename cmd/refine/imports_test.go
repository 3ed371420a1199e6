package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// allowed is who may import what of ours: imports point inward, and a fake is
// linked into the program only through the sandbox.
var allowed = map[string]string{
	"cmd/refine":                       "config confluence confluence/storage internal/assistant internal/atlassian internal/doctor internal/feed internal/files internal/model internal/notify internal/recur internal/sandbox internal/serve internal/worker jira planner planner/brief planner/check planner/draft planner/face planner/guide planner/outcome planner/ready planner/talks planner/text planner/ticket",
	"config":                           "internal/files internal/recur",
	"confluence":                       "confluence/draw confluence/storage internal/atlassian planner planner/brief planner/check planner/draft planner/guide planner/outcome planner/picture planner/ready planner/talks planner/text planner/ticket",
	"confluence/confluencetest":        "confluence/storage",
	"confluence/draw":                  "planner/picture",
	"confluence/storage":               "",
	"internal/assistant":               "",
	"internal/atlassian":               "internal/files",
	"internal/atlassian/atlassiantest": "",
	"internal/bench":                   "internal/sandbox",
	"internal/doctor":                  "confluence internal/atlassian internal/model internal/worker jira planner/outcome planner/ticket",
	"internal/feed":                    "internal/files",
	"internal/files":                   "",
	"internal/lazyregexp":              "",
	"internal/model":                   "internal/atlassian planner planner/check planner/draft",
	"internal/notify":                  "planner/outcome",
	"internal/people":                  "confluence/storage",
	"internal/recur":                   "",
	"internal/sampled":                 "",
	"internal/sandbox":                 "confluence/confluencetest confluence/storage jira/jiratest",
	"internal/sandbox/sandboxtest":     "confluence confluence/confluencetest confluence/storage internal/sandbox",
	"internal/serve":                   "internal/worker planner/outcome",
	"internal/worker":                  "confluence internal/atlassian internal/recur planner planner/brief planner/check planner/draft planner/guide planner/outcome planner/ready planner/talks planner/text planner/ticket",
	"jira":                             "internal/atlassian internal/files planner/outcome planner/ticket",
	"jira/jiratest":                    "",
	"planner":                          "planner/brief planner/check planner/draft planner/guide planner/outcome planner/ready planner/talks planner/text planner/ticket",
	"planner/brief":                    "planner/outcome planner/ready planner/text planner/ticket",
	"planner/check":                    "planner/brief planner/draft planner/text planner/ticket",
	"planner/draft":                    "planner/brief planner/guide planner/outcome planner/ready planner/talks planner/text planner/ticket",
	"planner/face":                     "planner planner/face/markdown planner/brief planner/check planner/draft planner/guide planner/outcome planner/picture planner/ready planner/talks planner/text planner/ticket",
	"planner/face/markdown":            "",
	"planner/guide":                    "",
	"planner/outcome":                  "planner/text planner/ticket",
	"planner/picture":                  "planner planner/ready planner/text planner/ticket",
	"planner/ready":                    "planner/text planner/ticket",
	"planner/talks":                    "planner/brief planner/guide planner/ticket",
	"planner/text":                     "",
	"planner/ticket":                   "",
}

// everybodys is what any folder may import, as it may the standard library.
const everybodys = "internal/lazyregexp"

func TestImportsPointInward(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "refine/...").Output()
	require.NoError(t, err)
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		name := strings.TrimPrefix(words[0], "refine/")
		permitted, known := allowed[name]
		assert.True(t, known, "%s: say here what it may import", name)
		for _, imported := range words[1:] {
			own, ours := strings.CutPrefix(imported, "refine/")
			if ours && own != everybodys {
				assert.Contains(t, strings.Fields(permitted), own, "%s must not import it", name)
			}
			viper := imported == "github.com/spf13/viper" && name != "config"
			assert.False(t, viper, "%s: viper stays in config", name)
			if name != "internal/atlassian/atlassiantest" {
				assert.NotEqual(t, "testing", imported, "%s is for programs too", name)
			}
		}
	}
}
