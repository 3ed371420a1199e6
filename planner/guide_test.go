package planner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L1: the guide is the one that was asked for, word for word.
func TestGuideIsVerbatim(t *testing.T) {
	t.Parallel()
	seeds, _ := filepath.Glob("../../shared/seeds/000_*.txt")
	if len(seeds) == 0 {
		t.Skip("no seed beside this repository")
	}
	seed, err := os.ReadFile(seeds[0])
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(seed), "\n<refinement_guide>\n")
	want, _, _ := strings.Cut(rest, "</refinement_guide>")
	assert.Equal(t, want, Guide)
}

// L2: phases and ranges are the guide's own, discussion management has no box.
func TestGuidePhases(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []guidePhase{
		{"Context Setting", 15, 20},
		{"Problem Space Exploration", 40, 45},
		{"Success Criteria Definition", 20, 25},
		{"Discussion Management", 0, 0},
		{"Session Retrospective", 10, 15},
	}, guidePhases)
	assert.Equal(t, "Discussion Management", throughout())
	assert.True(t, guideLines["Identify affected stakeholders"])
	assert.True(t, guideLines["Jumping to solutions too quickly"])
	assert.False(t, guideLines["Identify stakeholders"])
}

// Cues, crossings and gaps name lines that the guide has.
func TestCuesNameGuideLines(t *testing.T) {
	t.Parallel()
	for _, c := range append(cues, questionCue) {
		assert.True(t, guideLines[c.guide], c.guide)
		for _, ask := range c.asks {
			assert.True(t, strings.HasSuffix(ask, "?"), ask)
			assert.False(t, aboutSolution.MatchString(ask), ask)
		}
	}
}
