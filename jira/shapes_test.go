package jira

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

func TestNumbersInManyShapes(t *testing.T) { // R13
	t.Parallel()
	for raw, want := range map[string]float64{
		`5`: 5, `20.0`: 20, `"20.0"`: 20, `" 8 "`: 8, `"0,5"`: 0.5, `"5 points"`: 5, `"3 SP"`: 3, `"-1"`: -1,
		`{"value":"5"}`: 5, `{"self":"x","value":"13 pts","id":"10"}`: 13, `{"name":"2.5"}`: 2.5, `{"value":8}`: 8,
		`[{"value":"5"}]`: 5, `["3"]`: 3, `{"value":{"value":"1"}}`: 1,
	} {
		n, ok := readNumber(json.RawMessage(raw), deepest)
		require.True(t, ok, raw)
		require.NotNil(t, n, raw)
		assert.InDelta(t, want, *n, 0, raw)
	}
	for _, raw := range []string{``, `null`, `""`, `" "`, `[]`, ` null `} {
		n, ok := readNumber(json.RawMessage(raw), deepest)
		assert.True(t, ok, raw)
		assert.Nil(t, n, raw)
	}
	for _, raw := range []string{`"M"`, `"NaN"`, `"1,000"`, `"0x10"`, `"3-5"`, `{"value":"XL"}`, `{"id":"5"}`, `{}`, `[3,5]`, `true`, `[[[[[[5]]]]]]`, `"1e400"`} {
		n, ok := readNumber(json.RawMessage(raw), deepest)
		assert.False(t, ok, raw)
		assert.Nil(t, n, raw)
	}
}

func TestCriteriaInManyShapes(t *testing.T) { // R13
	t.Parallel()
	const doc = `{"type":"doc","version":1,"content":[{"type":"bulletList","content":[
		{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"renewed in 5 s"}]}]},
		{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"told by mail"}]}]}]}]}`
	const both = "* renewed in 5 s\n* told by mail"
	for raw, want := range map[string]string{
		`"renewed in 5 s"`:                      "renewed in 5 s",
		doc:                                     both,
		`["renewed in 5 s","told by mail"]`:     both,
		`["* renewed in 5 s","* told by mail"]`: both,
		`[{"value":"renewed in 5 s"},{"value":"told by mail"}]`:                            both,
		`[{"id":1,"name":"renewed in 5 s","checked":true},{"id":2,"name":"told by mail"}]`: both,
		`[{"text":"renewed in 5 s"},null,{"title":"told by mail"}]`:                        both,
		`{"value":"renewed in 5 s","child":{"value":"by day"}}`:                            "renewed in 5 s – by day",
		`["renewed in 5 s"]`: "renewed in 5 s",
		`[` + doc + `]`:      both,
		`null`:               "",
		`[]`:                 "",
	} {
		text, ok := readShape(json.RawMessage(raw), deepest)
		assert.True(t, ok, raw)
		assert.Equal(t, want, text, raw)
	}
	for raw, want := range map[string]string{
		`5`: "", `true`: "", `{}`: "", `{"id":"1"}`: "", `["renewed in 5 s",7]`: "* renewed in 5 s", `[[[[[["deep"]]]]]]`: "", `{"value":{"value":{"value":{"value":{"value":"deep"}}}}}`: "",
	} {
		text, ok := readShape(json.RawMessage(raw), deepest)
		assert.False(t, ok, raw)
		assert.Equal(t, want, text, raw)
	}
}

// What a site holds elsewhere or otherwise is read, and what cannot be is named
// with its field and shape.
func TestFieldsOfOtherShapes(t *testing.T) { // R13
	deployments(t, func(t *testing.T, w *world) {
		points, criteria := w.jira.AddField("Effort", "select"), w.jira.AddField("Checks", "checklist")
		set := func(key, points, criteria string, values ...string) {
			require.NoError(t, w.jira.Edit(key, w.jira.Me(), map[string]any{
				values[0]: json.RawMessage(points), values[1]: json.RawMessage(criteria),
			}))
		}
		set("PAY-2", `{"value":"5"}`, `[{"name":"renewed in 5 s"},{"name":"told by mail"}]`, points, criteria)
		set("PAY-3", `{"value":"XL"}`, `{"version":3}`, points, criteria)
		c, err := New(t.Context(), Options{Atlassian: w.http, Fields: []FieldName{{storyPoints, "Effort"}, {acceptanceCriteria, criteria}}})
		require.NoError(t, err)
		found, _, _, err := c.Search(t.Context(), "key in (PAY-2, PAY-3) ORDER BY key ASC", 0)
		require.NoError(t, err)
		require.Len(t, found, 2)
		require.NotNil(t, found[0].StoryPoints)
		assert.InDelta(t, 5, *found[0].StoryPoints, 0)
		assert.Equal(t, "* renewed in 5 s\n* told by mail", found[0].AcceptanceCriteria)
		assert.Empty(t, found[0].Unread)
		assert.Nil(t, found[1].StoryPoints)
		assert.Equal(t, []ticket.Unread{{Field: "Checks", Holds: "an object", Wanted: "text"}, {Field: "Effort", Holds: "an object", Wanted: "a number"}}, found[1].Unread)
	})
}

// A field of text called "Story Points" is one, unless there is a field of numbers.
func TestPointsInATextField(t *testing.T) { // R13
	t.Parallel()
	text, number := custom("customfield_2", "Story Points", "textfield"), custom("customfield_1", "Story point estimate", "float")
	text.Schema.Type, number.Schema.Type = "string", "number"
	c, _ := serve(t, "datacenter", map[string]any{"GET /field": []field{text}})
	got := c.issue(decode(t, `{"key":"PAY-7","fields":{"customfield_2":"20.0"}}`))
	require.NotNil(t, got.StoryPoints)
	assert.InDelta(t, 20, *got.StoryPoints, 0)
	c, _ = serve(t, "datacenter", map[string]any{"GET /field": []field{text, number}})
	assert.Equal(t, []field{number}, c.fields()[storyPoints])
}

func TestShapesOfAnExport(t *testing.T) { // R13
	t.Parallel()
	const file = `{"key":"PAY-1","fields":{"summary":"Renew","description":["for","readers"],"x_story_points":"20.0","x_acceptance_criteria":["a","b"]}}
{"key":"PAY-2","fields":{"summary":"Renew","x_story_points":[3,5],"x_acceptance_criteria":true}}`
	var got []ticket.Issue
	for e, err := range ReadExport(strings.NewReader(file), nil) {
		require.NoError(t, err)
		got = append(got, e.Issue)
	}
	require.Len(t, got, 2)
	assert.Equal(t, "* for\n* readers", got[0].Description)
	assert.Equal(t, "* a\n* b", got[0].AcceptanceCriteria)
	require.NotNil(t, got[0].StoryPoints)
	assert.InDelta(t, 20, *got[0].StoryPoints, 0)
	assert.Equal(t, []ticket.Unread{
		{Field: "x_acceptance_criteria", Holds: "true or false", Wanted: "text"}, {Field: "x_story_points", Holds: "a list", Wanted: "a number"},
	}, got[1].Unread)
}
