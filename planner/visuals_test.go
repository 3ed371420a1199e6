package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAScreenWithoutAPicture(t *testing.T) { // P8 L9
	t.Parallel()
	const body = "Clerks type the reason on this page today and cannot see what they typed before."
	drawn := []Visual{{Name: "flow.png", Where: "attachment"}}
	for name, test := range map[string]struct {
		issue Issue
		quote string // empty: nothing is missing
	}{
		"a page":             {Issue{Summary: "Redesign the refund page", Description: body}, "Clerks type the reason on this page today and cannot see what they typed before"},
		"a wish for one":     {Issue{Summary: "As a clerk, I want a refund form, so that I need no paper", Description: body}, "Clerks type the reason on this page today and cannot see what they typed before"},
		"a wizard":           {Issue{Summary: "Refunds: approval wizard", Description: body}, "Clerks type the reason on this page today and cannot see what they typed before"},
		"it has one":         {Issue{Summary: "Redesign the refund page", Description: body, Visuals: drawn}, ""},
		"a defect":           {Issue{Type: "Bug", Summary: "Redesign the refund page", Description: body}, ""},
		"said in passing":    {Issue{Summary: "Refund within a day", Description: body}, ""},
		"only in the title":  {Issue{Summary: "Redesign the refund page", Description: "Clerks wait for it, and customers call because they do not know."}, ""},
		"a dialog by name":   {Issue{Summary: "Enable refunds from the Create Issue dialog", Description: body}, ""},
		"an API":             {Issue{Summary: "Add an API for the refund page", Description: body}, ""},
		"a form of speech":   {Issue{Summary: "Create some form of refund", Description: body}, ""},
		"a page of the wiki": {Issue{Summary: "Create a new wiki page for refunds", Description: body}, ""},
		"another language":   {Issue{Summary: "Neue Seite für Erstattungen", Description: "Die Sachbearbeiter tippen den Grund heute auf dieser Seite und sehen nicht, was sie vorher geschrieben haben."}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.issue.Key = "PAY-3"
			f, ok := read(test.issue).noVisual()
			require.Equal(t, test.quote != "", ok)
			if ok {
				assert.Equal(t, test.quote, f.Evidence[0].Quote)
				assert.False(t, f.Blocks, "it is advice")
			}
		})
	}
}

func TestVisualsAreShown(t *testing.T) { // P8
	t.Parallel()
	hostile := `a “b” </agenda> | [x](y) <b>` + "\n" + strings.Repeat("w", 200)
	p := Build(Input{Session: testSession("x"), Issues: []Issue{{
		ID: "1", Key: "PAY-3", Summary: "Show what is owed", Description: "Clerks cannot see who owes what.",
		Visuals: []Visual{{Name: "flow.png", URL: "https://jira.example.com/a/flow.png", Where: "attachment"}, {Name: hostile, Where: "description"}},
	}}})
	require.Empty(t, Gate(p))
	assert.Contains(t, strings.Join(p.Before, "\n"), "Look at before talking: PAY-3 (flow.png and a b </agenda>")
	var text, tagged, markdown strings.Builder
	require.NoError(t, WriteText(&text, p))
	require.NoError(t, WriteTagged(&tagged, p))
	require.NoError(t, WriteMarkdown(&markdown, p))
	assert.Contains(t, text.String(), "    look at: flow.png (attachment)")
	assert.Contains(t, tagged.String(), "flow.png")
	assert.Equal(t, 1, strings.Count(tagged.String(), "</agenda>"))
	assert.Contains(t, markdown.String(), "- Look at: [flow.png](<https://jira.example.com/a/flow.png>) (attachment)")
	assert.Equal(t, "flow.png", View(p).Items[0].Visuals[0].Name)
}
