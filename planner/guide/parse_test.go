package guide

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func ownGuide(t testing.TB, file string) Guide {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", file))
	require.NoError(t, err)
	g, err := Parse(file, string(text))
	require.NoError(t, err)
	return g
}

// L12: a team's own guide, in the ways people write minutes.
func TestOwnGuide(t *testing.T) {
	t.Parallel()
	g := ownGuide(t, "team.md")
	assert.Equal(t, []string{
		"Recap of last time 5-10 context", "Stories 25-35 talk", "Acceptance criteria 10-10 check",
		"Planning poker 5-10 size", "Ground rules 0-0", "Wrap-up 5-5 closing",
	}, phasesOf(g))
	assert.Equal(t, "Ground rules", g.Throughout())
	assert.True(t, g.Estimates())
	assert.True(t, g.Own())
	assert.Equal(t, 70*time.Minute, g.Usual())
	assert.True(t, g.Has("Park what leads away"))
	assert.False(t, g.Has("Ground rules"), "a heading is no line")

	g = ownGuide(t, "team_de.md")
	assert.Equal(t, []string{
		"Rückblick und Ziel 5-5 context retro", "Probleme verstehen 20-30 talk", "Schätzen und Reihenfolge 10-10 size",
		"Gesprächsregeln 0-0", "Abschluss 5-5 closing",
	}, phasesOf(g))
	assert.Equal(t, 50*time.Minute, g.Usual())
}

const threeLines = "- a b\n- c d\n- e f\n"

// L12: the ways in which a heading may say its minutes.
func TestMinutesInHeadings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ heading, want string }{
		{"## Recap (5-10 minutes)", "Recap 5-10"},
		{"## Recap (5–10 min)", "Recap 5-10"},
		{"## Recap - 10 min", "Recap 10-10"},
		{"## Recap: 10min.", "Recap 10-10"},
		{"## 3) Recap [10 to 15 mins] ##", "Recap 10-15"},
		{"## Rückblick (5 bis 10 Minuten)", "Rückblick 5-10"},
		{"## Recap (1 minute)", "Recap 1-1"},
		{"## Recap (10 min) and news", "Recap and news 10-10"},
		{"## Items 1-2 (10 min)", "Items 1-2 10-10"},
		{"## **Recap** *(10 min)*", "Recap 10-10"},
		{"## [Recap](https://wiki.example/r) (10 min)", "Recap 10-10"},
		{"## Q&amp;A (10 min)", "Q&A 10-10"},
		{"Recap (10 min)\n---", "Recap 10-10"},
		{"Recap (10 min)\r\n===\r", "Recap 10-10"},
		{"   Recap,\nand news (10 min)\n-", "Recap, and news 10-10"},
	} {
		g, err := Parse("g.md", c.heading+"\n"+threeLines)
		require.NoError(t, err, c.heading)
		assert.Equal(t, []string{c.want + " context talk closing"}, phasesOf(g), c.heading)
	}
}

// L12: headings that are underlined count as the others do; a guide of 70 minutes
// is one of 70 minutes.
func TestUnderlinedHeadings(t *testing.T) {
	t.Parallel()
	g, err := Parse("g.md", `How we refine
=============

Recap (10 minutes)
------------------
1) Say why these are next
2) Say what became of the last

Stories (40-55 minutes)
-----------------------
* Who has the problem?
* What do we only assume?

Ground rules
------------
+ Park what leads away

## Wrap-up (5 minutes)
- Who does what?
`)
	require.NoError(t, err)
	assert.Equal(t, []string{"Recap 10-10 context", "Stories 40-55 talk", "Ground rules 0-0", "Wrap-up 5-5 closing"}, phasesOf(g))
	assert.Equal(t, 70*time.Minute, g.Usual())
	assert.Equal(t, []string{"Say why these are next", "Say what became of the last"}, g.Phases()[0].Lines)
	assert.Equal(t, 4, g.Phases()[0].Line)
}

// L12: a guide that cannot be followed is refused with its line, what is wrong
// and what to write.
func TestBrokenGuides(t *testing.T) {
	t.Parallel()
	const good = "## Stories (40 min)\n" + threeLines
	for _, c := range []struct{ name, text, want string }{
		{"no minutes", "# Guide\n## Recap\n" + threeLines, "g.md:1: no heading has minutes; write them behind the name of each phase, as in “## Recap (5-10 minutes)”"},
		{"nothing", "", "g.md:1: no heading has minutes; write them behind the name of each phase, as in “## Recap (5-10 minutes)”\ng.md:1: 0 lines beside the headings, and a plan cites at least 3; add list items that say what a phase is for"},
		{"minutes in a text", "# Guide\nIt takes 10 minutes\n" + threeLines, "g.md:2: no heading has minutes, and this line, which has, is no heading; write ## before the name of each phase, as in “## Recap (5-10 minutes)”"},
		{"bold for headings", "# Guide\n\n**Recap (10 min)**\n" + threeLines, "g.md:3: no heading has minutes, and this line, which has, is no heading; write ## before the name of each phase, as in “## Recap (5-10 minutes)”"},
		{"a table for headings", threeLines + "\n| Time | What |\n|---|---|\n| 10 min | Recap |\n", "g.md:7: no heading has minutes, and this line, which has, is no heading; write ## before the name of each phase, as in “## Recap (5-10 minutes)”"},
		{"code for headings", "```\n## Recap (10 min)\n```\n" + threeLines, "g.md:1: no heading has minutes; write them behind the name of each phase, as in “## Recap (5-10 minutes)”"},
		{"no space behind the marks", "##Recap (10 min)\n" + good, "g.md:1: no heading; put a space behind the #"},
		{"a hard space behind the marks", "##\u00a0Recap (10 min)\n" + good, "g.md:1: no heading; put a space behind the #"},
		{"far to the right", "Welcome\n\n    x\n    ## Recap (10 min)\n" + good, "g.md:4: no heading, since so many spaces make it code; begin the line with #"},
		{"a tab before it", "\t# Recap (10 min)\n" + good, "g.md:1: no heading, since so many spaces make it code; begin the line with #"},
		{"underlined within a list", good + "Wrap-up (5 min)\n---------------\n- g h\n", "g.md:5: no heading, though it is underlined, since it is part of a list; write ## before it"},
		{"underlined twice within a list", good + "Wrap-up (5 min)\n===============\n- g h\n", "g.md:5: no heading, though it is underlined, since it is part of a list; write ## before it"},
		{"underlined with a number", good + "\n2. Wrap-up (5 min)\n------\n- g h\n", "g.md:6: no heading, though it is underlined, since it is part of a list; write ## before it"},
		{"a phase in a list", good + "- ## Wrap-up (5 min)\n", "g.md:5: a phase inside a list or a quotation; begin its line with ##"},
		{"a phase in a quotation", good + "\n> ## Wrap-up (5 min)\n", "g.md:6: a phase inside a list or a quotation; begin its line with ##"},
		{"code without an end", good + "\n```\nx\n## Wrap-up (5 min)\n", "g.md:6: the code that begins here has no end; close it with the same marks on a line of their own"},
		{"code without an end in a list", good + "- ~~~\n  x\n\n## Wrap-up (5 min)\n", "g.md:5: the code that begins here has no end; close it with the same marks on a line of their own"},
		{"a comment without an end", good + "\n<!-- later:\n## Wrap-up (5 min)\n", "g.md:6: the comment that begins here has no end; close it with -->"},
		{"HTML", "<details><summary>\n\n" + good, "g.md:1: HTML, which the page would show as it is typed; write it as Markdown"},
		{"settings without an end", "---\ntitle: Guide\n\n" + good, "g.md:1: the settings that begin here have no end; close them with a line ---"},
		{"a table that is none", good + "\n| a | b |\n|---|\n| c | d |\n", "g.md:7: no table, since the line above it has not as many cells; give both the same number"},
		{"backwards", "# Guide\n\n## Recap (10-5 minutes)\n" + threeLines, "g.md:3: \"(10-5 minutes)\" ends before it begins; write the smaller number first"},
		{"clock times", "## Recap (0-10 minutes)\n## Talk (10-60 minutes)\n" + threeLines, "g.md:1: \"(0-10 minutes)\" begins at no minute; write how long the phase takes, such as (10 minutes)"},
		{"behind settings", "---\na: b\n---\n## Recap (10-5 minutes)\n" + threeLines, "g.md:4: \"(10-5 minutes)\" ends before it begins; write the smaller number first"},
		{"minutes alone", "## 10 minutes\n" + threeLines, "g.md:1: a phase without a name"},
		{"too few lines", "## Recap (10 min)\n- a b\n", "g.md:1: 1 line beside the headings, and a plan cites at least 3; add list items that say what a phase is for"},
		{"only introductions", "## Recap (10 min)\n- a:\n- b:\n- c:\n", "g.md:1: 0 lines beside the headings, and a plan cites at least 3; add list items that say what a phase is for"},
		{"control characters", "## Recap (10 min)\n\x00" + threeLines, "g.md: is no text in UTF-8"},
		{"another encoding", "\xff\xfe#", "g.md: is no text in UTF-8"},
		{"a book", strings.Repeat("word ", MostText/5+1), "g.md: a guide has at most 64 KiB, this one has 64"},
		{"a day", "## Talk (600 minutes)\n" + threeLines, "g.md:1: the phases add up to 600 minutes at least; no session is longer than 480"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, err := Parse("g.md", c.text)
			require.EqualError(t, err, c.want)
			assert.Equal(t, Guide{}, g)
		})
	}
}

// L12: all faults are told at once, from top to bottom, and last what is about the
// guide as a whole.
func TestAllFaultsOfAGuide(t *testing.T) {
	t.Parallel()
	_, err := Parse("g.md", "## A (0 min)\n<b>x</b>\n\n<p>\n\n## B (9-3 min)\n")
	require.Error(t, err)
	var at []string
	for line := range strings.Lines(err.Error()) {
		at = append(at, line[:len("g.md:1")])
	}
	assert.Equal(t, []string{"g.md:1", "g.md:4", "g.md:6", "g.md:1"}, at)
}

// L12: what looks like one of those faults and is none.
func TestUnusualGuides(t *testing.T) {
	t.Parallel()
	const want = "Stories 40-40 context talk closing"
	for _, c := range []struct{ name, text string }{
		{"a bullet above a dividing line", "- Say hello (5 min)\n---\n\n## Stories (40 min)\n" + threeLines},
		{"the last of a numbered list above one", "## Stories (40 min)\n" + threeLines + "\n1. One\n2. Say hello (5 min)\n---\n"},
		{"a dividing line first", "---\n\nWelcome\n\n---\n\n## Stories (40 min)\n" + threeLines},
		{"settings", "---\ntitle: Guide (90 minutes)\ntags: [a]\n---\n## Stories (40 min)\n" + threeLines},
		{"settings of another kind", "+++\ntitle = \"Guide\"\n+++\n## Stories (40 min)\n" + threeLines},
		{"settings that end in dots", "---\n# of the wiki\ntitle: Guide\n...\n## Stories (40 min)\n" + threeLines},
		{"a byte order mark", "\ufeff## Stories (40 min)\n" + threeLines},
		{"a comment", "<!-- ## Recap (10 min) -->\n## Stories (40 min)\n" + threeLines},
		{"code", "## Stories (40 min)\n~~~\n## Recap (10 min)\n~~~\n" + threeLines},
		{"minutes within a phase", "## Stories (40 min)\n- **Read it (5 min)**\n" + threeLines},
		{"an open fence of one line in a list", "## Stories (40 min)\n- ```\n  x\n  ```\n" + threeLines},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, err := Parse("g.md", c.text)
			require.NoError(t, err)
			assert.Equal(t, []string{want}, phasesOf(g))
			assert.NotContains(t, g.Text(), "title")
		})
	}
}

// L12: reading any text ends, without a panic, and what was read can be followed:
// its lines and names are text, and each length of a session fits its boxes.
func FuzzParse(f *testing.F) {
	for _, text := range []string{defaultText, popmText, weeklyText, "## A (10 min)\n- a b\n- c d\n- e f\n# B - 5-9 Minuten", "---\na: b\n---\nA (5 min)\n=\n> - | a | b |\n|-|-|\n```\n<!-- "} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := Parse("g.md", text)
		if err != nil {
			return
		}
		low, high := g.Span()
		for _, session := range []int{0, 1, low - 1, low, (low + high) / 2, high, high + 1} {
			sum := 0
			for _, m := range g.Minutes(session) {
				sum += m
				require.Positive(t, m, "%d of %q", session, text)
			}
			require.Equal(t, min(max(session, len(g.Boxes())), high), sum, "%d of %q", session, text)
		}
		require.GreaterOrEqual(t, g.Box(Talk), 0)
		require.False(t, slices.ContainsFunc(g.lines, func(l string) bool { return l == "" || strings.ContainsAny(l, "\n\x1b") }), text)
	})
}
