package planner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/guide"
)

// formatIssues are tickets of several kinds, one of them ready.
func formatIssues() []Issue {
	return []Issue{
		{Key: "PAY-2", URL: "https://jira.example.com/browse/PAY-2", Summary: "Invoice list on Android", Description: "The list should be faster on Android and iOS.", Priority: "High"},
		{Key: "PAY-3", Summary: "Invoice export", Description: "Export all invoices, refunds, etc.\n\nWho may see the export of a colleague?", Links: []Link{blockedBy("PAY-4")}},
		{Key: "PAY-4", Summary: "Tax statement"},
		{Key: "PAY-5", Summary: "As a payer, I want a monthly invoice so that I can file it",
			Description:        "Payers ask for an invoice after every month.",
			AcceptanceCriteria: "* An invoice of the past month is in the list on the first day of the next."},
	}
}

func formatInput(g Guide, minutes int) Input {
	in := Input{Session: testSession("Invoices"), Guide: g, Issues: formatIssues()}
	in.Session.Format, in.Session.Duration = g.Name(), time.Duration(minutes)*time.Minute
	return in
}

func guidesToTry(t testing.TB) []Guide {
	return []Guide{guide.BuiltIn(guide.Default), guide.BuiltIn(guide.POPM), guide.BuiltIn(guide.Weekly), ownGuide(t, "team.md"), ownGuide(t, "team_de.md")}
}

func ownGuide(t testing.TB, file string) Guide {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("guide", "testdata", file))
	require.NoError(t, err)
	return guideOf(t, file, string(text))
}

func guideOf(t testing.TB, name, text string) Guide {
	t.Helper()
	g, err := guide.Parse(name, text)
	require.NoError(t, err)
	return g
}

func minutesOf(p Plan) (out []int) {
	for _, ph := range p.Agenda {
		out = append(out, ph.Minutes)
	}
	return out
}

// L2 L12: the minutes of each format.
func TestFormatMinutes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format  string
		minutes int // 0: as usual
		want    []int
	}{
		{guide.Default, 0, []int{18, 40, 20, 12}},
		{guide.Default, 60, []int{12, 27, 13, 8}},
		{guide.POPM, 0, []int{10, 50, 20, 10}},
		{guide.POPM, 45, []int{5, 25, 10, 5}},
		{guide.POPM, 120, []int{10, 50, 20, 10}},
		{guide.Weekly, 0, []int{9, 20, 10, 6}},
		{guide.Weekly, 30, []int{6, 13, 7, 4}},
		{guide.Weekly, 38, []int{9, 16, 7, 6}},
	} {
		p := Build(formatInput(guide.BuiltIn(c.format), c.minutes))
		assert.Equal(t, c.want, minutesOf(p), "%s %d", c.format, c.minutes)
		require.Empty(t, Gate(p))
	}
}

// L2 L7 L12: every guide at every length makes a plan that keeps its rules: the
// minutes add up, stay in the guide's ranges or are scaled as a whole, and
// whatever is unusual is stated.
func TestEveryLengthOfEveryGuide(t *testing.T) {
	t.Parallel()
	for _, g := range guidesToTry(t) {
		for minutes := 15; minutes <= 180; minutes += sample {
			p := Build(formatInput(g, minutes))
			require.Empty(t, Gate(p), "%s, %d minutes", g.Name(), minutes)
			_, high := g.Span()
			total := 0
			for _, m := range minutesOf(p) {
				assert.Positive(t, m)
				total += m
			}
			assert.Equal(t, min(minutes, high), total, "%s, %d minutes", g.Name(), minutes)
		}
	}
}

// L7: the gate holds a plan against its own guide, whichever that is.
func TestGateOfEveryGuide(t *testing.T) {
	t.Parallel()
	for _, g := range guidesToTry(t) {
		for name, spoil := range map[string]func(*Plan){
			"another guide":           func(p *Plan) { p.Guide = guideOf(t, "x", "## Talk (90 min)\n- a b\n- c d\n- e f\n") },
			"no guide":                func(p *Plan) { p.Guide = Guide{} },
			"a phase missing":         func(p *Plan) { p.Agenda = p.Agenda[1:] },
			"a phase renamed":         func(p *Plan) { p.Agenda[1].Name = "Talk" },
			"a minute too many":       func(p *Plan) { p.Agenda[0].Minutes++ },
			"an item without time":    func(p *Plan) { n := g.Box(guide.Talk); p.Agenda[n].Items = p.Agenda[n].Items[1:] },
			"a line of another guide": func(p *Plan) { p.KeyPoints[0].Guide = "Be nice to each other" },
			"a phase moved": func(p *Plan) {
				last := len(p.Agenda) - 1
				p.Agenda[0], p.Agenda[last] = p.Agenda[last], p.Agenda[0]
			},
			"a question about the estimate": func(p *Plan) {
				q := &p.Questions[0]
				q.Text = q.Key + ": how many story points is “" + q.Quote + "”?"
			},
		} {
			p := Build(formatInput(g, 0))
			require.Empty(t, Gate(p), g.Name())
			spoil(&p)
			assert.NotEmpty(t, Gate(p), "%s: %s", g.Name(), name)
		}
	}
}

// L3: whichever the guide, key points cite different lines that stand in it.
func TestKeyPointsCiteTheirGuide(t *testing.T) {
	t.Parallel()
	for _, g := range guidesToTry(t) {
		p := Build(formatInput(g, 0))
		cited := map[string]bool{}
		for _, k := range p.KeyPoints {
			assert.Contains(t, g.Text(), k.Guide, g.Name())
			assert.False(t, cited[k.Guide], "%s cites %q twice", g.Name(), k.Guide)
			cited[k.Guide] = true
		}
	}
}

// L1 L12: another format shows its own guide in the same five sections.
func TestTaggedShowsThePlansGuide(t *testing.T) {
	t.Parallel()
	for _, g := range guidesToTry(t) {
		var out strings.Builder
		require.NoError(t, WriteTagged(&out, Build(formatInput(g, 0))))
		assert.True(t, strings.HasPrefix(out.String(), "<refinement_guide>\n"+g.Text()), g.Name())
		for _, ph := range g.Boxes() {
			assert.Contains(t, out.String(), fmt.Sprintf(" min) %s\n", ph.Name))
		}
	}
}

// L12: how a team's own guide was read is an assumption.
func TestOwnGuideIsStated(t *testing.T) {
	t.Parallel()
	text := strings.Join(Build(formatInput(ownGuide(t, "team.md"), 0)).Assumptions, "\n")
	assert.Contains(t, text, "Guide: the team's own, team.md; the items are talked about in its longest phase, “Stories”; success criteria belong to “Acceptance criteria”; estimates belong to “Planning poker”.")
	assert.Contains(t, strings.Join(Build(formatInput(guide.BuiltIn(guide.Weekly), 0)).Assumptions, "\n"), "Time: 45 minutes as 9+20+10+6. A weekly session has the phases of the 90-minute one, scaled to 30 to 45 minutes, and fewer items.")
}

// L12: whatever can be read as a guide can be planned.
func FuzzGuide(f *testing.F) {
	for _, format := range []string{guide.Default, guide.POPM, guide.Weekly} {
		f.Add(guide.BuiltIn(format).Text())
	}
	f.Add("## A (10 min)\n- a b\n- c d\n- e f\n# B - 5-9 Minuten")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := guide.Parse("g.md", text)
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
