package jira

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readAll reads an export to its end; faults are "line: message".
func readAll(text string, configured ...FieldName) (found []Exported, faults []string) {
	for e, err := range ReadExport(strings.NewReader(text), configured) {
		if err != nil {
			faults = append(faults, fmt.Sprintf("%d: %v", e.Line, err))
		} else {
			found = append(found, e)
		}
	}
	return found, faults
}

func places(found []Exported) (out []string) {
	for _, e := range found {
		out = append(out, fmt.Sprintf("%d %s %s", e.Line, e.Key, e.Summary))
	}
	return out
}

// L8 in part: an export is read in each shape that the API has, and a broken
// line is named by its number.
func TestReadExport(t *testing.T) {
	t.Parallel()
	const one, two = `{"key":"PAY-1","fields":{"summary":"A"}}`, `{"key":"PAY-2","fields":{"summary":"B"}}`
	both := []string{"1 PAY-1 A", "2 PAY-2 B"}
	tests := []struct {
		name, text string
		want       []string
		faults     []string
	}{
		{"nothing", "", nil, nil},
		{"one a line", one + "\n" + two + "\n", both, nil},
		{"Windows line ends", one + "\r\n" + two, both, nil},
		{"blank lines", "\n\n" + one + "\n\n" + two, []string{"3 PAY-1 A", "5 PAY-2 B"}, nil},
		{"spread over lines", "\n{\n\"key\":\"PAY-1\",\n\"fields\":{\"summary\":\"A\"}}\n" + two, []string{"2 PAY-1 A", "5 PAY-2 B"}, nil},
		{"a list", "[" + one + ",\n" + two + "]\n", both, nil},
		{"a list over lines", "[\n  " + one + ",\n\n  " + two + "\n]", []string{"2 PAY-1 A", "4 PAY-2 B"}, nil},
		{"an empty list", "[]", nil, nil},
		{"a search's answer", `{"startAt":0,"issues":[` + one + "," + two + "]}", []string{"1 PAY-1 A", "1 PAY-2 B"}, nil},
		{"a search's answer over lines", "{\"startAt\":0,\n\"issues\":[\n" + one + ",\n" + two + "]}", []string{"1 PAY-1 A", "1 PAY-2 B"}, nil},
		{"two answers", `{"issues":[` + one + "]}\n" + `{"issues":[` + two + "]}", both, nil},
		{"an answer with nothing", `{"issues":[]}`, nil, nil},
		{"an answer of another kind", `{"issues":7}`, nil, []string{"1: not an issue: its issues are no list"}},
		{"an answer with something else in it", `{"issues":[7,` + one + "]}", []string{"1 PAY-1 A"}, []string{"1: not an issue: it is a number"}},
		{"no key", `{"fields":{"summary":"A"}}`, []string{"1 1 A"}, nil},
		{"a broken line", one + "\n{\"key\" \"PAY-9\"}\n" + two, []string{"1 PAY-1 A", "3 PAY-2 B"}, []string{"2: not an issue: invalid character '\"' after object key"}},
		{"a broken first line", "{\"key\" 7}\n" + two, []string{"2 PAY-2 B"}, []string{"1: not an issue: invalid character '7' after object key"}},
		{"a truncated line", one + "\n" + two[:20] + "\n" + two, []string{"1 PAY-1 A", "3 PAY-2 B"}, []string{"2: not an issue: unexpected end of JSON input"}},
		{"a truncated list", "[" + one + ",\n" + two[:20], []string{"1 PAY-1 A"}, []string{"2: not an issue: the file ends within it"}},
		{"a list that stays open", "[" + one + "\n", []string{"1 PAY-1 A"}, []string{"1: not an issue: the file ends within it"}},
		{"a broken list", "[" + one + ",\n{]", []string{"1 PAY-1 A"}, []string{"2: not an issue: invalid character ']' looking for beginning of object key string"}},
		{"no issue", one + "\n{\"key\":7}\n{\"name\":\"x\"}", []string{"1 PAY-1 A"}, []string{
			"2: not an issue: key is a number", "3: not an issue: it has no fields"}},
		{"not even an object", "[1, " + one + "]", []string{"1 PAY-1 A"}, []string{"1: not an issue: it is a number"}},
		{"read without its fields", `{"key":"PAY-1","fields":{}}`, nil, []string{"1: PAY-1 has no summary; was it read with its fields?"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found, faults := readAll(test.text)
			assert.Equal(t, test.want, places(found))
			assert.Equal(t, test.faults, faults)
		})
	}
}

// What is broken is named by its own line, whatever it is broken by, and the rest
// is read.
func TestReadExportGoesOn(t *testing.T) { // newcomer 4
	t.Parallel()
	const one, two, three = `{"key":"PAY-1","fields":{"summary":"A"}}`, `{"key":"PAY-2","fields":{"summary":"B"}}`, `{"key":"PAY-3","fields":{"summary":"C"}}`
	pretty := func(key string) string {
		return "  {\n    \"key\": \"" + key + "\",\n    \"fields\": {\n      \"summary\": \"A\",\n      \"subtasks\": [\n        {\"key\": \"PAY-99\", \"fields\": {\"summary\": \"S\"}}\n      ]\n    }\n  }"
	}
	broken := strings.Replace(pretty("PAY-2"), `"summary": "A",`, `"summary" "A",`, 1)
	open := strings.TrimSuffix(pretty("PAY-2"), "\n  }")
	tests := []struct {
		name, text string
		want       []string
		faults     []string
	}{
		{"the first line is cut in a text", `{"key":"PAY-1","fields":{"summ` + "\n" + two + "\n" + three, []string{"2 PAY-2 B", "3 PAY-3 C"}, []string{"1: not an issue: unexpected end"}},
		{"the first line is cut before a value", `{"key":"PAY-1","fields":` + "\n" + two + "\n" + three, []string{"2 PAY-2 B", "3 PAY-3 C"}, []string{"1: not an issue: unexpected end"}},
		{"the first line is cut before a key", `{"key":"PAY-1","fields":{` + "\n" + two + "\n" + three, []string{"2 PAY-2 B", "3 PAY-3 C"}, []string{"1: not an issue: unexpected end"}},
		{"the first line lacks a brace", `{"key":"PAY-1","fields":{"summary":"A"}` + "\n" + two + "\n" + three, []string{"2 PAY-2 B", "3 PAY-3 C"}, []string{"1: not an issue: unexpected end"}},
		{"the first two lines are cut", "{\"key\":\n{\"key\":\n" + three, []string{"3 PAY-3 C"}, []string{"1: not an issue", "2: not an issue"}},
		{"the last line is cut", one + "\n" + `{"key":"PAY-2"`, []string{"1 PAY-1 A"}, []string{"2: not an issue: the file ends within it"}},
		{"a brace too many", one + "}\n" + two, []string{"1 PAY-1 A", "2 PAY-2 B"}, []string{"1: not an issue: invalid character '}'"}},
		{"a comma after each line", one + ",\n" + two + ",\n", []string{"1 PAY-1 A", "2 PAY-2 B"}, nil},
		{"text between", one + "\nexported 3 issues, done\n" + two, []string{"1 PAY-1 A", "3 PAY-2 B"}, []string{"2: not an issue: invalid character 'e'"}},
		{"other values between", one + "\nnull\n7\n\"x\"\n" + two, []string{"1 PAY-1 A", "5 PAY-2 B"}, []string{"2: not an issue: it has no fields", "3: not an issue: it is a number", "4: not an issue: it is a string"}},
		{"single quotes", "{'key': 'PAY-1'}\n" + two, []string{"2 PAY-2 B"}, []string{`1: not an issue: invalid character '\''`}},
		{"a list's entry is cut", "[\n" + one + ",\n" + two[:20] + "\n" + three + "\n]", []string{"2 PAY-1 A", "4 PAY-3 C"}, []string{"3: not an issue: unexpected end"}},
		{"a list's entry is broken", "[\n" + one + ",\n{\"key\" 7},\n" + three + "\n]", []string{"2 PAY-1 A", "4 PAY-3 C"}, []string{"3: not an issue: invalid character '7'"}},
		{"a list's entry over lines is broken", "[\n" + pretty("PAY-1") + ",\n" + broken + ",\n" + pretty("PAY-3") + "\n]", []string{"2 PAY-1 A", "20 PAY-3 A"}, []string{"14: not an issue: invalid character '\"' after object key"}},
		{"a list's entry over lines stays open", "[\n" + pretty("PAY-1") + ",\n" + open + ",\n" + pretty("PAY-3") + "\n]", []string{"2 PAY-1 A", "19 PAY-3 A"}, []string{"19: not an issue: invalid character '{'"}},
		{"an answer's entry is broken", "{\"total\": 2,\n\"issues\": [\n" + one + ",\n{\"key\" 7},\n" + three + "\n]}\n", []string{"3 PAY-1 A", "5 PAY-3 C"}, []string{"4: not an issue: invalid character '7'"}},
		{"an answer's entry over lines is broken", "{\n\"issues\": [\n" + pretty("PAY-1") + ",\n" + broken + ",\n" + pretty("PAY-3") + "\n],\n\"names\": {\n\"a\": \"b\"\n}\n}", []string{"3 PAY-1 A", "21 PAY-3 A"}, []string{"15: not an issue: invalid character '\"'"}},
		{"an answer is cut", "{\"issues\": [\n" + one + ",\n" + two[:20], []string{"2 PAY-1 A"}, []string{"3: not an issue: the file ends within it"}},
		{"an answer's end is broken", "{\"issues\": [\n" + one + "\n],\n\"total\" 7}", []string{"2 PAY-1 A"}, []string{"4: not an issue: invalid character '7'"}},
		{"a list closed twice", "[" + one + "]]\n" + two, []string{"1 PAY-1 A", "2 PAY-2 B"}, []string{"1: not an issue: invalid character ']'"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found, faults := readAll(test.text)
			assert.Equal(t, test.want, places(found))
			require.Len(t, faults, len(test.faults), "%v", faults)
			for i, f := range test.faults {
				assert.True(t, strings.HasPrefix(faults[i], f), "%s, want %s", faults[i], f)
			}
		})
	}
}

// A file of nothing but broken lines takes no longer than one of whole ones.
func TestReadExportOfBrokenLines(t *testing.T) { // newcomer 4
	t.Parallel()
	for _, line := range []string{`{"key":"PAY-1","fields":{`, `{"key":"PAY-1","fields":{"summ`, `[{"key":`, "{", "[[["} {
		const lines = 20_000
		n := 0
		start := time.Now()
		for range ReadExport(strings.NewReader(strings.Repeat(line+"\n", lines)), nil) {
			n++
		}
		assert.Positive(t, n)
		assert.Less(t, time.Since(start), 20*time.Second, line)
	}
}

// A reader that has seen enough reads no further.
func TestReadExportStops(t *testing.T) {
	t.Parallel()
	for range ReadExport(strings.NewReader("[{\"key\":\"A-1\",\"fields\":{\"summary\":\"A\"}},\n???"), nil) {
		break
	}
}

// Fields without a name of their own are found as far as the file tells.
func TestExportedFields(t *testing.T) {
	t.Parallel()
	read := func(text string, configured ...FieldName) Exported {
		found, faults := readAll(text, configured...)
		require.Empty(t, faults)
		require.Len(t, found, 1)
		return found[0]
	}
	named := read(`{"names":{"customfield_7":"Story Points","customfield_8":"Acceptance Criteria"},"issues":[
		{"key":"PAY-1","fields":{"summary":"A","customfield_7":5,"customfield_8":"An invoice is shown"}}]}`)
	assert.InDelta(t, 5, *named.StoryPoints, 0)
	assert.Equal(t, "An invoice is shown", named.AcceptanceCriteria)

	other := read(`{"key":"PAY-1","fields":{"summary":"A","x_story_points":8,"x_created":"2026-01-02 10:00:00.405000","customfield_9":"Shown"}}`,
		FieldName{acceptanceCriteria, "customfield_9"})
	assert.InDelta(t, 8, *other.StoryPoints, 0)
	assert.Equal(t, 2026, other.Created.Year())
	assert.Equal(t, "Shown", other.AcceptanceCriteria)
}

// Version 3 of the API holds text in documents. They are read as version 2 would
// have them.
func TestExportedDocuments(t *testing.T) {
	t.Parallel()
	found, faults := readAll(`{"key":"PAY-1","fields":{"summary":"A","description":{"type":"doc","version":1,"content":[
		{"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"Why"}]},
		{"type":"paragraph","content":[{"type":"text","text":"See "},{"type":"text","text":"the plan","marks":[{"type":"link","attrs":{"href":"https://x.example"}}]},
			{"type":"text","text":" of "},{"type":"mention","attrs":{"id":"5b:1","text":"@Ana"}},{"type":"hardBreak"},{"type":"text","text":"by "},{"type":"date","attrs":{"timestamp":"1782864000000"}}]},
		{"type":"paragraph","content":[{"type":"text","text":"Usage","marks":[{"type":"strong"}]}]},
		{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"one"}]},
			{"type":"orderedList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"inner"}]}]}]}]},
			{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"two"}]}]}]},
		{"type":"codeBlock","content":[{"type":"text","text":"x = 1"}]},
		{"type":"panel","content":[{"type":"paragraph","content":[{"type":"text","text":"Note"}]}]},
		{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]}]},{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"b"}]}]}]}]},
		{"type":"taskList","content":[{"type":"taskItem","content":[{"type":"text","text":"ask"}]}]}
	]},"comment":{"comments":[{"author":{"displayName":"Ana"},"body":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Who pays?"}]}]}}],"total":1}}}`)
	require.Empty(t, faults)
	require.Len(t, found, 1)
	assert.Equal(t, "h3. Why\n\nSee [the plan|https://x.example] of [~5b:1]\nby 2026-07-01\n\n*Usage*\n\n* one\n*# inner\n* two\n\n{code}\nx = 1\n{code}\n\nNote\n\n| a | b |\n* ask",
		found[0].Description)
	require.Len(t, found[0].Comments, 1)
	assert.Equal(t, "Who pays?", found[0].Comments[0].Body)
}

// No file makes the reader panic or loop.
func FuzzReadExport(f *testing.F) {
	f.Add(`{"key":"PAY-1","fields":{"summary":"A","description":{"type":"doc","content":[{"type":"paragraph"}]}}}`)
	f.Add("[\n{},")
	f.Add("{\"issues\":[{\"fields\":{\"comment\":{\"comments\":[{\"body\":{\"type\":\"doc\"}}]}}}]}\n[]")
	f.Fuzz(func(t *testing.T, text string) {
		lines := 1 + strings.Count(text, "\n")
		for e := range ReadExport(strings.NewReader(text), nil) {
			if e.Line < 1 || e.Line > lines {
				t.Fatalf("line %d of %d", e.Line, lines)
			}
		}
	})
}
