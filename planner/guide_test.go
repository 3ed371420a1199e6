package planner

import (
	"fmt"
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
	assert.Equal(t, want, BuiltInGuide(FormatGuide).Text())
}

// L2: phases and ranges are the guide's own, discussion management has no box.
func TestGuidePhases(t *testing.T) {
	t.Parallel()
	g := BuiltInGuide(FormatGuide)
	assert.Equal(t, []string{
		"Context Setting 15-20", "Problem Space Exploration 40-45 talk", "Success Criteria Definition 20-25 check",
		"Discussion Management 0-0", "Session Retrospective 10-15 retro",
	}, phasesOf(g))
	assert.Equal(t, "Discussion Management", g.Throughout())
	assert.False(t, g.Estimates())
	assert.True(t, g.has("Identify affected stakeholders"))
	assert.True(t, g.has("Jumping to solutions too quickly"))
	assert.False(t, g.has("Identify stakeholders"))
}

// phasesOf lists phases with their minutes and what happens in them.
func phasesOf(g Guide) (out []string) {
	names := map[phaseRole]string{roleTalk: " talk", roleCheck: " check", roleSize: " size", roleOrder: " order", roleRetro: " retro"}
	for _, p := range g.phases {
		out = append(out, fmt.Sprintf("%s %d-%d%s", p.Name, p.Min, p.Max, names[p.role]))
	}
	return out
}

// Cues, crossings and gaps name lines that the guide has.
func TestCuesNameGuideLines(t *testing.T) {
	t.Parallel()
	for _, c := range append(cues, questionCue) {
		assert.True(t, BuiltInGuide(FormatGuide).has(c.guide), c.guide)
		for _, ask := range c.asks {
			assert.True(t, strings.HasSuffix(ask, "?"), ask)
			assert.False(t, aboutSolution.MatchString(ask), ask)
		}
	}
}
