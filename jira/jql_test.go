package jira

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"

	gojira "github.com/andygrunwald/go-jira"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
	"refine/planner/ticket"
)

func custom(id, name, kind string) field {
	return field{Field: gojira.Field{ID: id, Name: name, Custom: true, Schema: gojira.FieldSchema{Type: "any", Custom: kind}}}
}

func TestBacklogJQL(t *testing.T) { // P1
	t.Parallel()
	c := &Client{known: fields{flagged: {custom("customfield_77", "Markiert", checkboxes)}}}
	for name, test := range map[string]struct {
		query ticket.BacklogQuery
		want  string
	}{
		"flagged":           {ticket.BacklogQuery{Flagged: true}, `cf[77] is not EMPTY AND statusCategory != Done`},
		"flagged in a base": {ticket.BacklogQuery{Flagged: true, JQL: "project = A OR project = B ORDER BY due"}, `(project = A OR project = B) AND cf[77] is not EMPTY AND statusCategory != Done ORDER BY due`},
		"a label":           {ticket.BacklogQuery{Label: `x" OR project = SECRET OR labels = "`}, `labels = "x\" OR project = SECRET OR labels = \"" AND statusCategory != Done`},
		"a filter":          {ticket.BacklogQuery{Filter: "Team backlog"}, `filter = "Team backlog"`},
		"a board":           {ticket.BacklogQuery{Board: "7"}, `statusCategory != Done`},
		"of a board's":      {ticket.BacklogQuery{Board: "7", JQL: "project = A"}, `(project = A) AND statusCategory != Done`},
		"only JQL":          {ticket.BacklogQuery{JQL: "project = A"}, `project = A`},
		"only an order":     {ticket.BacklogQuery{JQL: "ORDER BY key", Label: "refine"}, `labels = "refine" AND statusCategory != Done ORDER BY key`},
		"everything":        {ticket.BacklogQuery{JQL: "a = 1", Filter: "f", Label: "l", Flagged: true}, `(a = 1) AND filter = "f" AND labels = "l" AND cf[77] is not EMPTY AND statusCategory != Done`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.BacklogJQL(test.query)
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
}

func TestBacklogJQLRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fields fields
		query  ticket.BacklogQuery
		want   string
	}{
		"nothing asked":       {nil, ticket.BacklogQuery{}, "asks for nothing"},
		"no Flagged field":    {nil, ticket.BacklogQuery{Flagged: true}, "no field Flagged"},
		"two Flagged fields":  {fields{flagged: {custom("customfield_1", "Flagged", checkboxes), custom("customfield_2", "Flagged", checkboxes)}}, ticket.BacklogQuery{Flagged: true}, "Flagged (customfield_1), Flagged (customfield_2)"},
		"open quotation mark": {nil, ticket.BacklogQuery{JQL: `summary ~ "x`}, "quotation mark"},
		"closes our clause":   {nil, ticket.BacklogQuery{JQL: `a = 1) OR (b = 2`, Label: "x"}, "parenthesis"},
		"open parenthesis":    {nil, ticket.BacklogQuery{JQL: `(a = 1`}, "parenthesis"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := (&Client{known: test.fields}).BacklogJQL(test.query)
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func TestSplitOrder(t *testing.T) {
	t.Parallel()
	for jql, want := range map[string][2]string{
		`project = A`:                           {`project = A`, ``},
		`project = A order by Rank, "Due date"`: {`project = A`, `order by Rank, "Due date"`},
		"a = 1\nORDER\tBY x":                    {"a = 1", "ORDER\tBY x"},
		`ORDER BY x`:                            {``, `ORDER BY x`},
		`summary ~ "order by" AND a = 1`:        {`summary ~ "order by" AND a = 1`, ``},
		`summary ~ 'it\'s order by' order by a`: {`summary ~ 'it\'s order by'`, `order by a`},
		`summary ~ "a \" order by b"`:           {`summary ~ "a \" order by b"`, ``},
		`(a = 1)order by b`:                     {`(a = 1)`, `order by b`},
		`reorder by = 1`:                        {`reorder by = 1`, ``},
		`order = 1`:                             {`order = 1`, ``},
		`orderby x`:                             {`orderby x`, ``},
		`a in (order, by) AND "order by" = "ä"`: {`a in (order, by) AND "order by" = "ä"`, ``},
		``:                                      {``, ``},
	} {
		where, order, err := splitOrder(jql)
		require.NoError(t, err, jql)
		assert.Equal(t, want, [2]string{where, order}, jql)
	}
}

func TestDefaultOrder(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]*Client{
		`a = 1 ORDER BY Rank ASC`:    {known: fields{rank: {custom("customfield_3", "Rank", greenhopper+"gh-lexo-rank")}}},
		`a = 1 ORDER BY cf[3] ASC`:   {known: fields{rank: {custom("customfield_3", "Rang", greenhopper+"gh-lexo-rank")}}},
		`a = 1 ORDER BY created ASC`: {},
	} {
		got, err := c.ordered("a = 1")
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	got, err := (&Client{}).ordered("a = 1 ORDER BY due")
	require.NoError(t, err)
	assert.Equal(t, "a = 1 ORDER BY due", got)
}

// unquote reads a JQL string as Jira does; ok is false if it ends early.
func unquote(s string) (text string, ok bool) {
	s, found := strings.CutPrefix(s, `"`)
	var b strings.Builder
	for i := 0; found && i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i < len(s) {
				b.WriteByte(s[i])
			}
		case '"':
			return b.String(), i == len(s)-1
		default:
			b.WriteByte(s[i])
		}
	}
	return "", false
}

func FuzzQuote(f *testing.F) { // F5
	for _, s := range []string{"", "PAY-1", `a" OR 1=1 --`, `\`, `\"`, "\x00\n\xff", "ä ❄"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		quoted := quote(s)
		text, ok := unquote(quoted)
		if !ok {
			t.Fatalf("%q does not end where it should", quoted)
		}
		if again := quote(text); again != quoted {
			t.Fatalf("%q does not survive: %q", quoted, again)
		}
		where, order, err := splitOrder("labels = " + quoted)
		if err != nil || order != "" || where != "labels = "+quoted {
			t.Fatalf("%q breaks out: %q %q %v", s, where, order, err)
		}
	})
}

func FuzzSplitOrder(f *testing.F) {
	for _, s := range []string{`a = 1 order by b`, `(a = "b)" ) ORDER BY "c`, `\`, `'`, `order by`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, jql string) {
		where, order, err := splitOrder(jql)
		if err != nil {
			return
		}
		if again, rest, err := splitOrder("(" + where + ")"); err != nil || rest != "" || again != "("+where+")" {
			t.Fatalf("%q: %q cannot be put into parentheses: %v", jql, where, err)
		}
		if order != "" && !strings.EqualFold(order[:5], "order") {
			t.Fatalf("%q: order %q", jql, order)
		}
	})
}

// FuzzBacklogJQL runs what is built on the fake service, whose reader of JQL is
// not ours: whatever stands in a label or in a team's own JQL, only open issues
// with that label are found, and a label or key is never anything but a value.
func FuzzBacklogJQL(f *testing.F) { // F5 P1
	for _, jql := range []string{"", "project = PAY", `project = PAY OR project = OPS ORDER BY due`, `summary ~ "x" or (status = Done)`, `a) OR (labels is EMPTY`, `not project = OPS order by key desc, "Due date"`} {
		for _, label := range []string{"refine", `x" OR labels = "secret`, `\`, `"`, "ä\x00b"} {
			f.Add(jql, label)
		}
	}
	f.Fuzz(func(t *testing.T, jql, label string) {
		label = strings.ToValidUTF8(label, "")
		if strings.TrimSpace(label) == "" || strings.ContainsFunc(label, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
			label = "refine" // Jira has no other labels
		}
		s := jiratest.New(jiratest.Options{Deployment: jiratest.DataCenter, Token: "t"})
		require.NoError(t, s.Load(strings.NewReader(issueWith("PAY-1", label)+issueWith("PAY-2", "secret")+issueWith("OPS-1", "secret"))))
		own, err := (&Client{}).BacklogJQL(ticket.BacklogQuery{Label: label})
		require.NoError(t, err)
		status, keys := found(t, s, own)
		require.Equal(t, 200, status, own)
		if label != "secret" {
			require.Equal(t, []string{"PAY-1"}, keys, own)
		}
		if within, err := (&Client{}).BacklogJQL(ticket.BacklogQuery{Label: label, JQL: jql}); err == nil && label != "secret" {
			if status, keys = found(t, s, within); status == 200 {
				require.Subset(t, []string{"PAY-1"}, keys, within)
			} else {
				require.Equal(t, 400, status, within)
			}
		}
		status, keys = found(t, s, keysJQL([]string{"PAY-1", label}))
		require.Contains(t, []int{200, 400}, status)
		require.NotContains(t, keys, "OPS-1")
	})
}

func issueWith(key, label string) string {
	line, err := json.Marshal(map[string]any{"key": key, "fields": map[string]any{"summary": key, "labels": []string{label}}})
	if err != nil {
		panic(err)
	}
	return string(line) + "\n"
}

// found are the keys that a service answers a search with.
func found(t *testing.T, s http.Handler, jql string) (status int, keys []string) {
	body, err := json.Marshal(map[string]any{"jql": jql, "fields": []string{"summary"}})
	require.NoError(t, err)
	r := httptest.NewRequest(http.MethodPost, "/rest/api/2/search", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer t")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var answer struct{ Issues []struct{ Key string } }
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &answer))
	for _, i := range answer.Issues {
		keys = append(keys, i.Key)
	}
	return w.Code, keys
}
