package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// checked runs refine check on a file of that name, and gives what it judged, as
// LINE KEY, and what it said on stderr.
func checked(t *testing.T, name, text string) (code int, judged []string, stderr string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	out, err := os.Create(filepath.Join(dir, "stdout"))
	require.NoError(t, err)
	defer out.Close()
	problems, err := os.Create(filepath.Join(dir, "stderr"))
	require.NoError(t, err)
	defer problems.Close()
	code = newApp(strings.NewReader(""), out, problems).execute(t.Context(), []string{"check", "--format", "json", file})
	for _, m := range judgedItem.FindAllStringSubmatch(written(t, out), -1) {
		judged = append(judged, m[2]+" "+m[1])
	}
	return code, judged, strings.ReplaceAll(written(t, problems), file, name)
}

var judgedItem = regexp.MustCompile(`(?m)^      "key": "(.*)",$[\s\S]*?^      "line": (\d+)$`)

// Whatever a file holds, each fault is one clear message with its line, and what
// can be read is judged.
func TestCheckReadsWhatItCan(t *testing.T) { // newcomer 4
	t.Parallel()
	const (
		one, two, three = `{"key":"PAY-1","fields":{"summary":"A"}}`, `{"key":"PAY-2","fields":{"summary":"B"}}`, `{"key":"PAY-3","fields":{"summary":"C"}}`
		story           = "As a payer, I want to see what I owe, so that I pay in time."
		neither         = "refine: f:1: neither issues as JSON nor stories as text, one a line"
	)
	for _, test := range []struct {
		name, text string
		code       int
		judged     []string
		says       []string // the lines of stderr, as they begin
	}{
		{"the first line is cut", `{"key":"PAY-1","fie` + "\n" + two + "\n" + three, 3, []string{"2 PAY-2", "3 PAY-3"}, []string{"refine: f:1: not an issue: unexpected end"}},
		{"the first line lacks its beginning", `PAY-1","fields":{"summary":"A"}}` + "\n" + two + "\n" + three, 3, []string{"2 PAY-2", "3 PAY-3"}, []string{"refine: f:1: not an issue: invalid character 'P'"}},
		{"the third line is broken", one + "\n" + two + "\n{\"key\" 7}\n\n" + three, 3, []string{"1 PAY-1", "2 PAY-2", "5 PAY-3"}, []string{"refine: f:3: not an issue: invalid character '7'"}},
		{"text first", "Exported 3 issues\n" + one + "\n" + two, 3, []string{"2 PAY-1", "3 PAY-2"}, []string{"refine: f:1: not an issue: invalid character 'E'"}},
		{"text first and one issue", "WARN: deprecated\n" + one, 3, []string{"2 PAY-1"}, []string{"refine: f:1: not an issue: invalid character 'W'"}},
		{"text first, then a list over lines", "Exported 2 issues\n[\n  " + one + ",\n  " + two + "\n]\n", 3, []string{"3 PAY-1", "4 PAY-2"}, []string{"refine: f:1: not an issue"}},
		{"an issue among stories", story + "\n" + two + "\nPAY-9: As a clerk, I want to find an invoice, so that I can answer.\n", 0, []string{"1 1", "2 PAY-2", "3 PAY-9"}, nil},
		{"an issue without a key among stories", story + "\n" + story + "\n{\"fields\":{\"summary\":\"A\"}}\n", 0, []string{"1 1", "2 2", "3 3"}, nil},
		{"a broken issue among stories", story + "\n{\"key\" 7}\nPAY-9: As a clerk, I want to find an invoice.\n", 3, []string{"1 1", "3 PAY-9"}, []string{"refine: f:2: not an issue: invalid character '7'"}},
		{"a list with a broken entry", "[\n" + one + ",\n{\"key\" 7},\n" + three + "\n]\n", 3, []string{"2 PAY-1", "4 PAY-3"}, []string{"refine: f:3: not an issue"}},
		{"a list that is cut", "[" + one + ",\n{\"key\":\"PA", 3, []string{"1 PAY-1"}, []string{"refine: f:2: not an issue: the file ends within it"}},
		{"an error of the API", `{"errorMessages":["No"],"errors":{}}`, 1, nil, []string{"refine: f:1: not an issue: it has no fields"}},
		{"single quotes", "{'key': 'PAY-1'}\n{'key': 'PAY-2'}", 1, nil, []string{"refine: f:1: not an issue", "f:2: not an issue"}},
		{"names without quotes", "{key: \"PAY-1\"}\n" + two, 3, []string{"2 PAY-2"}, []string{"refine: f:1: not an issue"}},
		{"a byte order mark", "\ufeff" + one, 0, []string{"1 PAY-1"}, nil},
		{"UTF-16", "\xff\xfe{\x00\"\x00", 1, nil, []string{neither + ": it is no text in UTF-8"}},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1, nil, []string{neither + ": it is no text in UTF-8"}},
		{"another character set", story + "\nAs a payer, I want a caf\xe9.\n", 3, []string{"1 1"}, []string{"refine: f:2: not text in UTF-8"}},
		{"Jira's CSV", "Summary,Issue key,Issue id,Status\nA,PAY-1,1,Open\n", 1, nil, []string{neither + ": it is a table"}},
		{"a CSV of another tool", "Key,Title,Description\nPAY-1,A,B\n", 1, nil, []string{neither + ": it is a table"}},
		{"a CSV with semicolons", "sep=;\n\"Key\";\"Summary\"\nPAY-1;A\n", 1, nil, []string{"refine: f:2: neither issues as JSON nor stories as text, one a line: it is a table"}},
		{"a table of stories", "As a\tI want\tSo that\npayer\tinvoices\tI pay\n", 1, nil, []string{neither + ": it is a table"}},
		{"a table of Markdown", "| Key | Summary |\n|---|---|\n| PAY-1 | A |\n", 1, nil, []string{neither + ": it is a table"}},
		{"one column of stories", "User Story\n\"As a payer, I want \"\"old\"\" invoices, so that I pay.\"\n", 0, []string{"2 2"}, nil},
		{"a login page", "\n<!DOCTYPE html><html>", 1, nil, []string{"refine: f:2: neither issues as JSON nor stories as text, one a line\n"}},
		{"a PDF", "%PDF-1.7\n%x\n", 1, nil, []string{neither}},
		{"line ends of old", "# stories\r" + story + "\rAs a clerk, I want lists, so that I answer.\r", 0, []string{"2 2", "3 3"}, nil},
		{"a story that begins with a bracket", "[Web] " + story + "\n", 0, []string{"1 1"}, nil},
		{"nothing but comments", "# none\n\n", 0, nil, []string{"time="}},
		{"an empty list", "[]", 0, nil, []string{"time="}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			code, judged, stderr := checked(t, "f", test.text)
			assert.Equal(t, test.code, code, stderr)
			assert.Equal(t, test.judged, judged)
			said := strings.Split(strings.TrimSuffix(stderr, "\n"), "\n")
			if test.says == nil {
				assert.Empty(t, stderr)
				return
			}
			require.Len(t, said, len(test.says), stderr)
			for i, want := range test.says {
				assert.True(t, strings.HasPrefix(said[i]+"\n", want), "%s, want %s", said[i], want)
			}
		})
	}
}

// Bad lines beyond what anybody reads are counted, and spoil no good one; a file
// that is something else altogether is not read to its end.
func TestCheckNamesFieldsItCannotRead(t *testing.T) { // R13
	t.Parallel()
	code, judged, stderr := checked(t, "f", `{"key":"PAY-1","fields":{"summary":"A","x_story_points":{"id":7},"x_acceptance_criteria":["renewed in 5 s","told by mail"]}}`)
	assert.Zero(t, code)
	assert.Equal(t, []string{"1 PAY-1"}, judged)
	assert.Contains(t, stderr, "Not read: the field x_story_points of PAY-1, which holds an object instead of a number.")
	assert.NotContains(t, stderr, "acceptance")
}

func TestCheckCountsBadLines(t *testing.T) { // newcomer 4
	t.Parallel()
	bad := strings.Repeat("{\"key\" 7}\n", 30)
	code, judged, stderr := checked(t, "f", bad+`{"key":"PAY-1","fields":{"summary":"A"}}`+"\n"+bad+`{"key":"PAY-2","fields":{"summary":"B"}}`)
	assert.Equal(t, 1, code)
	assert.Empty(t, judged)
	assert.Contains(t, stderr, "f: more than 20 bad lines and no good one; the rest was not read")

	code, judged, stderr = checked(t, "f", `{"key":"PAY-1","fields":{"summary":"A"}}`+"\n"+bad+`{"key":"PAY-2","fields":{"summary":"B"}}`)
	assert.Equal(t, 3, code)
	assert.Equal(t, []string{"1 PAY-1", fmt.Sprint(32, " PAY-2")}, judged)
	assert.Equal(t, 20, strings.Count(stderr, "not an issue"))
	assert.Contains(t, stderr, "f: 10 bad lines more")
}
