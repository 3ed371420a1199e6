package planner

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// L8: what a plan calls ready beside what a person does. Package ready measures its
// rules by themselves; here doubts have their say, too.
func TestVerdictsOfPlans(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../shared/data/jira/verdicts/labels-*.tsv")
	if len(files) == 0 {
		t.Skip("no labelled tickets beside this repository")
	}
	right, all, blocked, rightly, should := 0, 0, 0, 0, 0
	for _, file := range files {
		issues := labelled(t, strings.Replace(strings.Replace(file, "labels-", "", 1), ".tsv", ".jsonl", 1))
		labels, err := os.ReadFile(file)
		require.NoError(t, err)
		for line := range strings.Lines(string(labels)) {
			cells := strings.Split(strings.TrimSpace(line), "\t")
			i, known := issues[cells[0]]
			if !known || cells[6] == "arguable" {
				continue
			}
			plan := Build(Input{Session: sessionOf(""), Issues: []ticket.Issue{i}})
			ready := plan.Items[0].Ready
			all++
			switch {
			case ready == (cells[6] == "ready"):
				right++
			default:
				t.Logf("%s is called %t: %s", cells[0], ready, plan.Items[0].Verdict)
			}
			if !ready {
				blocked++
			}
			if cells[6] == "not-ready" {
				should++
				if !ready {
					rightly++
				}
			}
		}
	}
	t.Logf("verdict right %d of %d; blocked %d, rightly %d, of %d that should be", right, all, blocked, rightly, should)
	assert.GreaterOrEqual(t, float64(right), 0.85*float64(all))
	assert.GreaterOrEqual(t, float64(rightly), 0.9*float64(blocked))
	assert.GreaterOrEqual(t, float64(rightly), 0.7*float64(should))
}

func labelled(t *testing.T, file string) map[string]ticket.Issue {
	t.Helper()
	out := map[string]ticket.Issue{}
	for _, line := range readLines(t, file) {
		var raw restIssue
		require.NoError(t, json.Unmarshal(line, &raw))
		i := raw.issue()
		i.Epic = false
		out[i.Key] = i
	}
	return out
}
