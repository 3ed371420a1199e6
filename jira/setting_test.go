package jira

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
)

// setting is a change of PAY-2 that was looked up.
func (w *world) setting(t *testing.T, s outcome.Setting, from, to string) outcome.Change {
	t.Helper()
	screens, err := w.Screens(t.Context(), []outcome.Look{{Issue: "PAY-2", Fields: []outcome.Field{s.Field}, Heading: s.Heading}})
	require.NoError(t, err)
	f := screens["PAY-2"].Fields[s.Field]
	require.Empty(t, f.Missing)
	s.ID, s.Kind = f.ID, f.Kind
	for _, step := range screens["PAY-2"].Transitions {
		if step.To == to {
			s.ID = step.ID
		}
	}
	return outcome.Change{Issue: "PAY-2", Kind: outcome.FieldChange, From: from, To: to, Set: &s}
}

// settings are one of each kind, with what it is before and after.
func settings() map[string]struct {
	set      outcome.Setting
	from, to string
	request  string // whose answer may get lost
} {
	type setting = struct {
		set      outcome.Setting
		from, to string
		request  string
	}
	return map[string]setting{
		"flag":        {outcome.Setting{Field: outcome.FlagField}, outcome.Flagged, "", "PUT /issue/PAY-2"},
		"add label":   {outcome.Setting{Field: outcome.LabelField, Label: "refined"}, "", "refined", "PUT /issue/PAY-2"},
		"take label":  {outcome.Setting{Field: outcome.LabelField, Label: "old"}, "old", "", "PUT /issue/PAY-2"},
		"estimate":    {outcome.Setting{Field: outcome.EstimateField}, "3", "5", "PUT /issue/PAY-2"},
		"status":      {outcome.Setting{Field: outcome.StatusField}, "Open", "In Progress", "POST /transitions"},
		"blocker":     {outcome.Setting{Field: outcome.BlockerField, Label: "PAY-3"}, "", "PAY-3", "POST /issueLink"},
		"criteria":    {outcome.Setting{Field: outcome.CriteriaField, Heading: "Agreed on 2026-11-24"}, "", "Fees [and *tax*] are shown\nDates, too", "PUT /issue/PAY-2"},
		"description": {outcome.Setting{Field: outcome.DescriptionField, Heading: "Agreed on 2026-11-24"}, "", "h1. Nothing {color} does", "PUT /issue/PAY-2"},
	}
}

// Each is set once, also where the answer to it is lost, and never over what
// somebody set meanwhile.
func TestSettings(t *testing.T) { // S3 S5 S6
	deployments(t, func(t *testing.T, w *world) {
		me := w.jira.Me()
		for name, test := range settings() {
			require.NoError(t, w.jira.Transition("Open", "PAY-2"))
			require.NoError(t, w.jira.Flag("PAY-2"))
			require.NoError(t, w.jira.Edit("PAY-2", me, map[string]any{
				"labels": []string{"old"}, w.jira.FieldID("Story Points"): 3, "description": "Why", w.jira.FieldID("Acceptance Criteria"): nil,
			}))
			w.jira.Unlink("PAY-3", "PAY-2")
			change := w.setting(t, test.set, test.from, test.to)
			w.lose.Store(test.request)
			require.NoError(t, w.Apply(t.Context(), change), "%s: its answer is lost", name)
			assert.Empty(t, w.lose.Load(), "%s: nothing was lost", name)
			w.jira.ForgetJournal()
			require.NoError(t, w.Apply(t.Context(), change), "%s: it stands already", name)
			assert.Empty(t, w.jira.Written(), name)

			change.From, change.To = "something else", "a third thing"
			err := w.Apply(t.Context(), change)
			var changed *ChangedError
			require.ErrorAs(t, err, &changed, name)
			assert.Empty(t, w.jira.Written(), name)
		}
	})
}

// What version 2 has no word for stays when criteria are put below it.
func TestAPassageLeavesTheRestOfADocument(t *testing.T) { // S3
	deployments(t, func(t *testing.T, w *world) {
		if !w.cloud {
			return // which has no documents
		}
		panel := `{"type":"panel","attrs":{"panelType":"info"},"content":[{"type":"paragraph","content":[{"type":"text","text":"Keep me","marks":[{"type":"textColor","attrs":{"color":"#ff0000"}}]}]}]}`
		doc := `{"type":"doc","version":1,"content":[` + panel + `]}`
		require.NoError(t, w.call(t.Context(), "PUT", "rest/api/3/issue/PAY-2", map[string]any{"fields": map[string]any{"description": json.RawMessage(doc)}}, nil))
		set := outcome.Setting{Field: outcome.DescriptionField, Heading: "Agreed"}
		require.NoError(t, w.Apply(t.Context(), w.setting(t, set, "", "One\nTwo")))
		require.NoError(t, w.Apply(t.Context(), w.setting(t, set, "One\nTwo", "One\nTwo\nThree")))
		var now struct {
			Fields struct{ Description json.RawMessage }
		}
		require.NoError(t, w.call(t.Context(), "GET", "rest/api/3/issue/PAY-2?fields=description", nil, &now))
		item := func(s string) string {
			return `{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"` + s + `"}]}]}`
		}
		assert.JSONEq(t, `{"type":"doc","version":1,"content":[`+panel+`,{"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"Agreed"}]},
			{"type":"bulletList","content":[`+item("One")+","+item("Two")+","+item("Three")+`]}]}`, string(now.Fields.Description))
	})
}

func TestAPassageInWikiMarkup(t *testing.T) { // S3
	t.Parallel()
	for name, test := range map[string]struct{ before, after string }{
		"empty":             {"", "h3. Agreed\n* \\[x\\]"},
		"below the rest":    {"Why\r\n* because", "Why\r\n* because\n\nh3. Agreed\n* \\[x\\]"},
		"over what stood":   {"Why\nh3. Agreed\n* y\n* z\nh3. More\n* w", "Why\nh3. Agreed\n* \\[x\\]\nh3. More\n* w"},
		"its list is gone":  {"h3. Agreed\nMore", "h3. Agreed\n* \\[x\\]\nMore"},
		"CRLF, more behind": {"h3. Agreed\r\n* y\r\n\r\nMore", "h3. Agreed\n* \\[x\\]\r\n\r\nMore"},
	} {
		next, err := wikiText(test.before).with("Agreed", []string{"[x]"})
		require.NoError(t, err)
		assert.Equal(t, test.after, string(next.(wikiText)), name)
		assert.Equal(t, []string{"[x]"}, next.lines("Agreed"), name)
	}
}

func TestATextThatIsFullIsLeftAlone(t *testing.T) { // S3
	t.Parallel()
	_, err := wikiText(make([]byte, maxComment)).with("Agreed", []string{"x"})
	assert.ErrorContains(t, err, "of which Jira takes 32767")
}
