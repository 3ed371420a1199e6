package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/config"
	"refine/planner/ready"
)

// L8: the rules that a configuration may name are those that there are.
func TestReadyRulesOfTheConfiguration(t *testing.T) {
	t.Parallel()
	var known []string
	for _, r := range ready.Rules() {
		known = append(known, r.ID)
	}
	slices.Sort(known)
	assert.Equal(t, known, config.ReadyRules)
}

// L8: the rules are documented as they are.
func TestReadyRulesAreDocumented(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "ready.md"))
	require.NoError(t, err)
	var rows []string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "| `") {
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	var want []string
	for _, r := range ready.Rules() {
		want = append(want, fmt.Sprintf("| `%s` | %s | %s | %s |", r.ID, r.Sentence, r.Severity, r.INVEST))
	}
	assert.Equal(t, want, rows)
}
