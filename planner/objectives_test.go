package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L16: objectives are named in the context phase, and each item says which one
// it serves and by what that shows, or that it serves none.
func TestObjectives(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-2", Summary: "Remind customers of a late payment", Description: "Customers forget."},
		{Key: "PAY-3", Summary: "Invoice export", Description: "For Q4-2, clerks copy every invoice by hand."},
		{Key: "PAY-4", Summary: "Tax statement", FixVersions: []Version{{Name: "7.1"}}},
		{Key: "PAY-5", Summary: "Dark mode"},
		{Key: "PAY-6", Summary: "Sort by name", Parent: &Ref{Key: "PAY-1"}},
	}}
	in.Objectives = []Objective{
		{ID: "Q4-1", Text: "Fewer late payments"}, {ID: "Q4-2", Text: "Clerks go home at five"},
		{Text: "Ship 7.1 in time"}, {Text: "Finish PAY-1"}, {Text: "Win the audit"},
	}
	p := Build(in)
	require.Empty(t, Gate(p))
	want := map[string]string{
		"PAY-2": "Q4-1 Fewer late payments (shares “late” and “payment”)",
		"PAY-3": "Q4-2 Clerks go home at five (names Q4-2)",
		"PAY-4": "Ship 7.1 in time (its fix version is 7.1)",
		"PAY-5": "none recognised",
		"PAY-6": "Finish PAY-1 (its epic is PAY-1)",
	}
	got := map[string]string{}
	for _, i := range p.Items {
		got[i.Issue.Key] = p.ServesLine(i)
	}
	assert.Equal(t, want, got)
	assert.Contains(t, p.Agenda[0].Lines, "Objectives: Q4-1 Fewer late payments: PAY-2; Q4-2 Clerks go home at five: PAY-3; Ship 7.1 in time: PAY-4; "+
		"Finish PAY-1: PAY-6; Win the audit: no item recognised. PAY-5 serves none that was recognised; the product owner says what for.")

	var text, markdown strings.Builder
	require.NoError(t, WriteText(&text, p))
	require.NoError(t, WriteMarkdown(&markdown, p))
	assert.Contains(t, text.String(), "    serves: Q4-2 Clerks go home at five (names Q4-2)\n")
	assert.Contains(t, text.String(), "    serves: none recognised\n")
	assert.Contains(t, markdown.String(), "- Serves: Q4-2 Clerks go home at five (names Q4-2)\n")
}

// L16 L6: without any given, releases, sprint goals and epics stand for them,
// and that is stated.
func TestObjectivesOfTheTickets(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-2", Summary: "Invoice list", FixVersions: []Version{{Name: "7.0", Released: true}, {Name: "7.1"}}},
		{Key: "PAY-3", Summary: "Monthly export", Sprint: &Sprint{Name: "Sprint 9", Goal: "Clerks export alone", State: "active"}},
		{Key: "PAY-4", Summary: "Tax statement", Parent: &Ref{Key: "PAY-1", Summary: "Taxes"}},
		{Key: "PAY-5", Summary: "Dark mode"},
	}}
	p := Build(in)
	require.Empty(t, Gate(p))
	got := map[string]string{}
	for _, i := range p.Items {
		got[i.Issue.Key] = p.ServesLine(i)
	}
	assert.Equal(t, map[string]string{
		"PAY-2": "release 7.1 (its fix version)", "PAY-3": "sprint goal: Clerks export alone (it is in Sprint 9)",
		"PAY-4": "PAY-1 Taxes (its epic)", "PAY-5": "none recognised",
	}, got)
	assert.Contains(t, p.Assumptions, "Business priorities and objectives: none were given; what the tickets carry of priority, release, sprint goal and epic stands for them.")

	p = Build(Input{Session: testSession("x"), Issues: in.Issues[3:]})
	assert.Empty(t, p.ServesLine(p.Items[0]))
	assert.Contains(t, p.Assumptions, "Business priorities and objectives: none were given, and the tickets carry no priority, date, release, sprint goal or epic.")
}

// L16: an id at a line's beginning is how tickets name the objective.
func TestParseObjective(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]Objective{
		"Q4-1: Fewer late payments":   {"Q4-1", "Fewer late payments"},
		"OKR2.1 – Fewer late":         {"OKR2.1", "Fewer late"},
		"PI3-4 Fewer late payments":   {"PI3-4", "Fewer late payments"},
		"Fewer late payments in Q4-1": {"", "Fewer late payments in Q4-1"},
		"2026 is the year":            {"", "2026 is the year"},
	} {
		assert.Equal(t, want, ParseObjective(line), line)
	}
}

// L16: whatever the objectives come from, every format says of every item which
// it serves or that it serves none, and no format has a line for it where there
// is no objective at all.
func TestEveryFormatSaysWhatItemsServe(t *testing.T) {
	t.Parallel()
	serving := Issue{Key: "PAY-2", Summary: "Invoice list", Description: "Clerks look for late payments every day."}
	idle := Issue{Key: "PAY-5", Summary: "Dark mode", Description: "Payers read at night."}
	with := func(change func(*Issue)) []Issue {
		i := serving
		change(&i)
		return []Issue{i, idle}
	}
	for _, c := range []struct {
		source string
		in     Input
		serves string // what PAY-2 does; PAY-5 serves none
	}{
		{"config or a Confluence page", Input{Issues: with(func(i *Issue) { i.Labels = []string{"Q4-1"} }), Objectives: []Objective{{ID: "Q4-1", Text: "Clerks go home at five"}}},
			"Q4-1 Clerks go home at five (names Q4-1)"},
		{"a fix version", Input{Issues: with(func(i *Issue) { i.FixVersions = []Version{{Name: "7.1"}} })}, "release 7.1 (its fix version)"},
		{"a sprint goal", Input{Issues: with(func(i *Issue) { i.Sprint = &Sprint{Name: "Sprint 9", Goal: "Clerks export alone", State: "active"} })},
			"sprint goal: Clerks export alone (it is in Sprint 9)"},
		{"an epic", Input{Issues: with(func(i *Issue) { i.Parent = &Ref{Key: "PAY-1", Summary: "Late payments"} })}, "PAY-1 Late payments (its epic)"},
	} {
		c.in.Session = testSession("x")
		p := Build(c.in)
		require.Empty(t, Gate(p), c.source)
		said := formatted(t, p)
		assert.Contains(t, said["tagged"], "\nObjectives served:\n- PAY-2: "+c.serves+"\n- PAY-5: none recognised\n", c.source)
		assert.Contains(t, said["text"], "    serves: "+c.serves+"\n", c.source)
		assert.Contains(t, said["text"], "    serves: none recognised\n", c.source)
		assert.Contains(t, said["markdown"], "\n- Serves: "+md(c.serves)+"\n", c.source)
		assert.Contains(t, said["markdown"], "\n- Serves: none recognised\n", c.source)
		v := View(p)
		assert.NotEmpty(t, v.Objectives, c.source)
		assert.Len(t, v.Items[0].Serves, 1, c.source)
		assert.Equal(t, []Serves{}, v.Items[1].Serves, c.source)
	}

	p := Build(Input{Session: testSession("x"), Issues: []Issue{serving, idle}})
	for format, said := range formatted(t, p) {
		assert.NotContains(t, strings.ToLower(said), "serve", format)
		assert.Equal(t, 1, strings.Count(said, "objectives"), "%s: the assumption alone", format)
	}
}

func formatted(t *testing.T, p Plan) map[string]string {
	t.Helper()
	var text, markdown, tagged strings.Builder
	require.NoError(t, WriteText(&text, p))
	require.NoError(t, WriteMarkdown(&markdown, p))
	require.NoError(t, WriteTagged(&tagged, p))
	return map[string]string{"text": text.String(), "markdown": markdown.String(), "tagged": tagged.String()}
}
