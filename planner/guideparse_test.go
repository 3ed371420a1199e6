package planner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func ownGuide(t testing.TB, file string) Guide {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "guides", file))
	require.NoError(t, err)
	g, err := ParseGuide(file, string(text))
	require.NoError(t, err)
	return g
}

// L12: a team's own guide, in the ways people write minutes.
func TestOwnGuide(t *testing.T) {
	t.Parallel()
	g := ownGuide(t, "team.md")
	assert.Equal(t, []string{
		"Recap of last time 5-10", "Stories 25-35 talk", "Acceptance criteria 10-10 check",
		"Planning poker 5-10 size", "Ground rules 0-0", "Wrap-up 5-5",
	}, phasesOf(g))
	assert.Equal(t, "Ground rules", g.Throughout())
	assert.True(t, g.Estimates())
	assert.Equal(t, 70*time.Minute, g.Usual())
	assert.Contains(t, g.Lines(), "Park what leads away")
	assert.NotContains(t, g.Lines(), "Ground rules", "a heading is no line")

	g = ownGuide(t, "team_de.md")
	assert.Equal(t, []string{
		"Rückblick und Ziel 5-5 retro", "Probleme verstehen 20-30 talk", "Schätzen und Reihenfolge 10-10 size",
		"Gesprächsregeln 0-0", "Abschluss 5-5",
	}, phasesOf(g))
	assert.Equal(t, 50*time.Minute, g.Usual())
}

// L12: the ways in which a heading may say its minutes.
func TestMinutesInHeadings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ heading, want string }{
		{"## Recap (5-10 minutes)", "Recap 5-10 talk"},
		{"## Recap (5–10 min)", "Recap 5-10 talk"},
		{"## Recap - 10 min", "Recap 10-10 talk"},
		{"## Recap: 10min.", "Recap 10-10 talk"},
		{"## 10 minutes", " 10-10 talk"},
		{"## 3) Recap [10 to 15 mins] ##", "Recap 10-15 talk"},
		{"## Rückblick (5 bis 10 Minuten)", "Rückblick 5-10 talk"},
		{"## Recap (1 minute)", "Recap 1-1 talk"},
		{"## Recap (10 min) and news", "Recap and news 10-10 talk"},
		{"## Items 1-2 (10 min)", "Items 1-2 10-10 talk"},
	} {
		g, err := ParseGuide("g.md", c.heading+"\n- a b\n- c d\n- e f\n")
		if c.want[0] == ' ' {
			assert.ErrorContains(t, err, "g.md:1: the phase has minutes and no name")
			continue
		}
		require.NoError(t, err, c.heading)
		assert.Equal(t, []string{c.want}, phasesOf(g), c.heading)
	}
}

// L12: what is wrong with a guide is said with its line, and what to write.
func TestBadGuides(t *testing.T) {
	t.Parallel()
	const lines = "- a b\n- c d\n- e f\n"
	for _, c := range []struct{ name, text, want string }{
		{"no minutes", "# Guide\n## Recap\n" + lines, "g.md:1: no heading has minutes; write them behind the name of each phase, as in “## Recap (5-10 minutes)”"},
		{"empty", "", "g.md:1: no heading has minutes"},
		{"only in a text", "# Guide\nIt takes 10 minutes\n" + lines, "no heading has minutes"},
		{"only in a fence", "```\n## Recap (10 min)\n```\n" + lines, "no heading has minutes"},
		{"backwards", "# Guide\n\n## Recap (10-5 minutes)\n" + lines, "g.md:3: \"(10-5 minutes)\" ends before it begins; write the smaller number first"},
		{"clock times", "## Recap (0-10 minutes)\n## Talk (10-60 minutes)\n" + lines, "g.md:1: \"(0-10 minutes)\" begins at no minute; write how long the phase takes, such as (10 minutes)"},
		{"too few lines", "## Recap (10 min)\n- a b\n", "g.md:1: 1 line beside the headings, and a plan cites at least 3; add list items"},
		{"only introductions", "## Recap (10 min)\n- a:\n- b:\n- c:\n", "0 lines beside the headings"},
		{"no text", "## Recap (10 min)\n\x00" + lines, "g.md: is no text in UTF-8"},
		{"no letters", "\xff\xfe#", "is no text in UTF-8"},
		{"a book", strings.Repeat("word ", MostGuide/5+1), "a guide has at most 64 KiB"},
		{"a day", "## Talk (600 minutes)\n" + lines, "g.md:1: the phases add up to 600 minutes at least; no session is longer than 480"},
	} {
		_, err := ParseGuide("g.md", c.text)
		assert.ErrorContains(t, err, c.want, c.name)
	}
}

// L12: several faults are told at once.
func TestAllFaultsOfAGuide(t *testing.T) {
	t.Parallel()
	_, err := ParseGuide("g.md", "## A (0 min)\n## B (9-3 min)\n")
	require.Error(t, err)
	assert.Len(t, strings.Split(err.Error(), "\n"), 3)
}

// L2 L12: an own guide says how long a session may be.
func TestGuideHolds(t *testing.T) {
	t.Parallel()
	g := ownGuide(t, "team.md")
	require.NoError(t, g.Holds(0))
	require.NoError(t, g.Holds(50*time.Minute))
	require.NoError(t, g.Holds(70*time.Minute))
	assert.EqualError(t, g.Holds(90*time.Minute), "team.md: its phases add up to 50 to 70 minutes, the session has 90; "+
		"set session.duration within that, or change the minutes of “Recap of last time” in line 8, “Stories” in line 12, “Acceptance criteria” in line 17, “Planning poker” in line 20 or “Wrap-up” in line 27")

	long, err := ParseGuide("long.md", "## Talk (100-120 min)\n- a b\n- c d\n- e f\n")
	require.NoError(t, err)
	assert.ErrorContains(t, long.Holds(0), "long.md: its phases add up to 100 to 120 minutes, and a session is kept to 90; set session.duration")
	require.NoError(t, long.Holds(100*time.Minute))
}

// L12: reading any text ends, without a panic, and what was read can be planned.
func FuzzParseGuide(f *testing.F) {
	f.Add(guideText)
	f.Add(popmText)
	f.Add("## A (10 min)\n- a b\n- c d\n- e f\n# B - 5-9 Minuten")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := ParseGuide("g.md", text)
		if err != nil {
			return
		}
		in := Input{Session: testSession("x"), Guide: g, Issues: formatIssues()}
		in.Session.Duration = g.Usual()
		if found := Gate(Build(in)); len(found) > 0 {
			t.Fatalf("%q: %v", text, found)
		}
	})
}
