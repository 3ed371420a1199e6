package jira

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	gojira "github.com/andygrunwald/go-jira"

	"refine/planner"
)

func custom(id, name, kind string) field {
	return field{Field: gojira.Field{ID: id, Name: name, Custom: true, Schema: gojira.FieldSchema{Type: "any", Custom: kind}}}
}

func TestBacklogJQL(t *testing.T) { // P1
	t.Parallel()
	c := &Client{fields: fields{flagged: {custom("customfield_77", "Markiert", checkboxes)}}}
	for name, test := range map[string]struct {
		query planner.BacklogQuery
		want  string
	}{
		"flagged":           {planner.BacklogQuery{Flagged: true}, `cf[77] is not EMPTY AND statusCategory != Done`},
		"flagged in a base": {planner.BacklogQuery{Flagged: true, JQL: "project = A OR project = B ORDER BY due"}, `(project = A OR project = B) AND cf[77] is not EMPTY AND statusCategory != Done ORDER BY due`},
		"a label":           {planner.BacklogQuery{Label: `x" OR project = SECRET OR labels = "`}, `labels = "x\" OR project = SECRET OR labels = \"" AND statusCategory != Done`},
		"a filter":          {planner.BacklogQuery{Filter: "Team backlog"}, `filter = "Team backlog"`},
		"a board":           {planner.BacklogQuery{Board: "7"}, `statusCategory != Done`},
		"of a board's":      {planner.BacklogQuery{Board: "7", JQL: "project = A"}, `(project = A) AND statusCategory != Done`},
		"only JQL":          {planner.BacklogQuery{JQL: "project = A"}, `project = A`},
		"only an order":     {planner.BacklogQuery{JQL: "ORDER BY key", Label: "refine"}, `labels = "refine" AND statusCategory != Done ORDER BY key`},
		"everything":        {planner.BacklogQuery{JQL: "a = 1", Filter: "f", Label: "l", Flagged: true}, `(a = 1) AND filter = "f" AND labels = "l" AND cf[77] is not EMPTY AND statusCategory != Done`},
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
		query  planner.BacklogQuery
		want   string
	}{
		"nothing asked":       {nil, planner.BacklogQuery{}, "asks for nothing"},
		"no Flagged field":    {nil, planner.BacklogQuery{Flagged: true}, "no field Flagged"},
		"two Flagged fields":  {fields{flagged: {custom("customfield_1", "Flagged", checkboxes), custom("customfield_2", "Flagged", checkboxes)}}, planner.BacklogQuery{Flagged: true}, "Flagged (customfield_1), Flagged (customfield_2)"},
		"open quotation mark": {nil, planner.BacklogQuery{JQL: `summary ~ "x`}, "quotation mark"},
		"closes our clause":   {nil, planner.BacklogQuery{JQL: `a = 1) OR (b = 2`, Label: "x"}, "parenthesis"},
		"open parenthesis":    {nil, planner.BacklogQuery{JQL: `(a = 1`}, "parenthesis"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := (&Client{fields: test.fields}).BacklogJQL(test.query)
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
		`a = 1 ORDER BY Rank ASC`:    {fields: fields{rank: {custom("customfield_3", "Rank", greenhopper+"gh-lexo-rank")}}},
		`a = 1 ORDER BY cf[3] ASC`:   {fields: fields{rank: {custom("customfield_3", "Rang", greenhopper+"gh-lexo-rank")}}},
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
