package guide

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
	seeds, _ := filepath.Glob("../../../shared/seeds/000_*.txt")
	if len(seeds) == 0 {
		t.Skip("no seed beside this repository")
	}
	seed, err := os.ReadFile(seeds[0])
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(seed), "\n<refinement_guide>\n")
	want, _, _ := strings.Cut(rest, "</refinement_guide>")
	assert.Equal(t, want, BuiltIn(Default).Text())
}

// L2: phases and ranges are the guide's own, discussion management has no box.
func TestBuiltInPhases(t *testing.T) {
	t.Parallel()
	g := BuiltIn(Default)
	assert.Equal(t, []string{
		"Context Setting 15-20 context", "Problem Space Exploration 40-45 talk", "Success Criteria Definition 20-25 check",
		"Discussion Management 0-0", "Session Retrospective 10-15 retro closing",
	}, phasesOf(g))
	assert.Equal(t, "Discussion Management", g.Throughout())
	assert.False(t, g.Estimates())
	assert.False(t, g.Own())
	assert.Equal(t, Default, BuiltIn("unheard of").Name())
}

// L12 L17: popm agrees on sizes where the items are talked about; a weekly
// session is a short one of the first.
func TestOtherFormats(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{
		"Recap 10-10 context", "Walkthrough and estimation 50-50 talk size", "Order and dependencies 20-20 order",
		"Keeping the talk in bounds 0-0", "Summary 10-10 closing",
	}, phasesOf(BuiltIn(POPM)))
	assert.True(t, BuiltIn(POPM).Estimates())
	assert.Equal(t, []string{
		"Context Setting 6-9 context", "Problem Space Exploration 13-20 talk", "Success Criteria Definition 7-10 check",
		"Discussion Management 0-0", "Session Retrospective 4-6 retro closing",
	}, phasesOf(BuiltIn(Weekly)))
}

// Which boxes give each item its time.
func TestRoles(t *testing.T) {
	t.Parallel()
	var per []string
	for _, p := range BuiltIn(POPM).Boxes() {
		per = append(per, fmt.Sprintf("%s %t %t", p.Name, p.Role.PerItem(), p.Role.Own()))
	}
	assert.Equal(t, []string{"Recap false false", "Walkthrough and estimation true true", "Order and dependencies false true", "Summary false false"}, per)
}

// phasesOf lists phases with their minutes and what happens in them.
func phasesOf(g Guide) (out []string) {
	names := []string{"context", "talk", "check", "size", "order", "retro", "closing"}
	for _, p := range g.Phases() {
		line := fmt.Sprintf("%s %d-%d", p.Name, p.Min, p.Max)
		for n, name := range names {
			if p.Role.Has(1 << n) {
				line += " " + name
			}
		}
		out = append(out, line)
	}
	return out
}
