package jiratest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
)

// search runs JQL on either product.
func search(c client, d jiratest.Deployment, jql string) answer {
	path := "/rest/api/2/search"
	if d == jiratest.Cloud {
		path += "/jql"
	}
	return c.do("POST", path, object{"jql": jql, "fields": []string{"summary"}})
}

func TestJQL(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, jql, want string }{
		{"a project by key, newest first", "project = PAY", "PAY-4 PAY-3 PAY-2 PAY-1"},
		{"a project by name in any case", `project = "pay"`, "PAY-4 PAY-3 PAY-2 PAY-1"},
		{"ascending by key", "project in (PAY, OPS) order by key", "OPS-1 PAY-1 PAY-2 PAY-3 PAY-4"},
		{"descending by date", "project = PAY ORDER BY created DESC", "PAY-4 PAY-3 PAY-2 PAY-1"},
		{"two keys of order", "project = PAY order by status asc, key desc", "PAY-3 PAY-2 PAY-1 PAY-4"},
		{"by rank", "project = PAY order by Rank", "PAY-1 PAY-2 PAY-3 PAY-4"},
		{"least urgent first, none last", "project = PAY order by priority asc, key", "PAY-3 PAY-1 PAY-2 PAY-4"},
		{"keys", "key in (PAY-1, pay-3)", "PAY-3 PAY-1"},
		{"a key after another", "key > PAY-2 and project = PAY order by key", "PAY-3 PAY-4"},
		{"an id", "id = 20003", "PAY-3"},
		{"and binds closer than or", "project = OPS or project = PAY and type = Bug", "OPS-1 PAY-3"},
		{"parentheses", "(project = OPS or project = PAY) and type in (Bug, Task)", "OPS-1 PAY-3"},
		{"not", "project = PAY and not type = Epic order by key", "PAY-2 PAY-3 PAY-4"},
		{"not of a whole group", "project = PAY and not (type = Epic or type = Bug) order by key", "PAY-2 PAY-4"},
		{"double negation", "not not type = Bug", "PAY-3"},
		{"signs for words", "project = PAY && (type = Bug || ! type != Epic) order by key", "PAY-1 PAY-3"},
		{"a category", "statusCategory = \"In Progress\"", "PAY-3"},
		{"open", "project = PAY and statusCategory != Done order by key", "PAY-1 PAY-2 PAY-3"},
		{"a status not in a list", "project = PAY and status not in (Open, Resolved)", "PAY-3"},
		{"unresolved", "project = PAY and resolution = Unresolved order by key", "PAY-1 PAY-2 PAY-3"},
		{"unresolved too", "project = PAY and resolution is EMPTY order by key", "PAY-1 PAY-2 PAY-3"},
		{"a resolution but one", "project = PAY and resolution != Done", "PAY-4"},
		{"a label", "labels = billing", "PAY-2"},
		{"another label leaves out those without any", "project = PAY and labels != billing", "PAY-3"},
		{"no label turned around leaves them out as well", "project = PAY and not labels = billing", "PAY-3"},
		{"some labels or none", "project = PAY and labels in (billing, EMPTY) order by key", "PAY-1 PAY-2 PAY-4"},
		{"no labels", "project = PAY and labels is null order by key", "PAY-1 PAY-4"},
		{"has labels", "labels is not EMPTY order by key", "PAY-2 PAY-3"},
		{"a component", "component = Outbox", "PAY-2"},
		{"more urgent", "priority > Low order by key", "PAY-1 PAY-2"},
		{"a person by display name", `reporter = "Ana Ruiz"`, "PAY-2"},
		{"nobody", "project = PAY and assignee is EMPTY order by key", "PAY-1 PAY-3 PAY-4"},
		{"the account", "assignee = currentUser()", ""},
		{"a sprint", `sprint = "Sprint 7"`, "PAY-2"},
		{"sprints by function", "sprint in openSprints()", "PAY-2"},
		{"subtasks by function", "type in subTaskIssueTypes()", "PAY-4"},
		{"words in any order", `summary ~ "payment retry"`, "PAY-3"},
		{"a word that is not there", `summary ~ "payment refund"`, ""},
		{"a beginning", `summary ~ "invoic*"`, "PAY-2 PAY-1"},
		{"a phrase", `text ~ "\"invoice run\""`, "OPS-1"},
		{"a phrase that is not there", `text ~ "\"run invoice\""`, ""},
		{"in comments", "text ~ rotated", "OPS-1"},
		{"without a word", "project = PAY and summary !~ mail order by key", "PAY-1 PAY-3"},
		{"single quotes and escapes", `summary ~ 'the \'signing\' key' and project = OPS`, "OPS-1"},
		{"a date", `created < "2026-02-15" order by key`, "PAY-1 PAY-2"},
		{"a date with slashes and time", `created >= "2026/03/01 10:00" order by key`, "OPS-1 PAY-3 PAY-4"},
		{"in the last days", "created >= -2d", "OPS-1"},
		{"since the day began", "created >= startOfDay(-1d)", "OPS-1"},
		{"before now", "created < now() and project = OPS", "OPS-1"},
		{"due", "due <= 2026-12-31", "PAY-2"},
		{"a number", `"Story Points" >= 2.5 order by key`, "PAY-2 PAY-3"},
		{"a number by field id", "cf[10128] = 5", "PAY-2"},
		{"nothing flagged", "Flagged is not EMPTY", ""},
		{"a filter", `filter = "Mail work" order by key`, "PAY-2 PAY-3"},
		{"a filter in a filter", `filter = "outer"`, "PAY-2"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, d jiratest.Deployment) {
				s := site(t, d)
				s.AddFilter("Mail work", "labels = mail")
				s.AddFilter("outer", `filter = "Mail work" and type = Story`)
				a := search(client{s}, d, tc.jql)
				require.Equal(t, 200, a.status, a.raw)
				assert.Equal(t, tc.want, strings.Join(a.keys(), " "))
			})
		})
	}
}

func TestJQLOfOneProduct(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		d         jiratest.Deployment
		jql, want string
	}{
		{jiratest.Cloud, "parent = PAY-1 order by key", "PAY-2 PAY-3"},
		{jiratest.Cloud, "parentEpic = PAY-1 order by key", "PAY-2 PAY-3 PAY-4"},
		{jiratest.Cloud, `"Flagged[Checkboxes]" = Impediment`, "PAY-3"},
		{jiratest.DataCenter, "parent = PAY-1", ""},
		{jiratest.DataCenter, "parent = PAY-2", "PAY-4"},
		{jiratest.DataCenter, `"Epic Link" = PAY-1 order by key`, "PAY-2 PAY-3"},
		{jiratest.DataCenter, "Flagged = Impediment", "PAY-3"},
		{jiratest.DataCenter, "cf[10132] is not EMPTY", "PAY-3"},
		{jiratest.DataCenter, "order by key", "OPS-1 PAY-1 PAY-2 PAY-3 PAY-4"},
		{jiratest.DataCenter, "", "OPS-1 PAY-4 PAY-3 PAY-2 PAY-1"},
	} {
		t.Run(string(tc.d)+" "+tc.jql, func(t *testing.T) {
			t.Parallel()
			s := site(t, tc.d)
			require.NoError(t, s.Flag("PAY-3"))
			a := search(client{s}, tc.d, tc.jql)
			require.Equal(t, 200, a.status, a.raw)
			assert.Equal(t, tc.want, strings.Join(a.keys(), " "))
		})
	}
}

// A query that cannot be evaluated is refused in the service's words, never
// answered with nothing.
func TestRefusedJQL(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ jql, want string }{
		{"colour = red", "Field 'colour' does not exist or you do not have permission to view it."},
		{"project = PAY order by colour", "Field 'colour' does not exist or you do not have permission to view it."},
		{"project = PAY order by description", "Not able to sort using field 'description'."},
		{"project = NOPE", "The value 'NOPE' does not exist for the field 'project'."},
		{"status = Sleeping", "The value 'Sleeping' does not exist for the field 'status'."},
		{"assignee = nobody", "The value 'nobody' does not exist for the field 'assignee'."},
		{"Flagged = Yes", "The option 'Yes' for field 'Flagged' does not exist."},
		{"key = PAY-99", "An issue with key 'PAY-99' does not exist for field 'key'."},
		{"filter = nothing", "The value 'nothing' does not exist for the field 'filter'."},
		{"filter = loop", "Field 'filter' contains a cyclic reference to filter 'loop'."},
		{"key is EMPTY", "The operator 'is' is not supported by the 'key' field."},
		{"status in (Open, EMPTY)", "The field 'status' does not support searching for EMPTY values."},
		{"created > EMPTY", "The field 'created' does not support searching for EMPTY values."},
		{"project ~ PAY", "The operator '~' is not supported by the 'project' field."},
		{"summary = mail", "The operator '=' is not supported by the 'summary' field."},
		{"labels is mail", "The value 'mail' is not supported by the operator 'is': only EMPTY and NULL are."},
		{"assignee = membersOf(x)", "Unable to find JQL function 'membersOf(x)'."},
		{"status = currentUser()", "Unable to find JQL function 'currentUser()'."},
		{"due < soon", "Date value 'soon' for field 'due' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."},
		{`"Story Points" > many`, "'many' is an invalid numeric value for field 'Story Points'."},
		{"project PAY", "Error in the JQL Query: Expecting operator but got 'PAY'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 9)"},
		{"project =", "Error in the JQL Query: Expecting either a value, list or function before the end of the query."},
		{"project = PAY and", "Error in the JQL Query: Expecting a field name at the end of the query."},
		{"project = PAY type = Bug", "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'type'. (line 1, character 15)"},
		{"(project = PAY", "Error in the JQL Query: Expecting ')' before the end of the query."},
		{"project = PAY)", "Error in the JQL Query: Expecting either 'OR' or 'AND' but got ')'. (line 1, character 14)"},
		{"project in PAY", "Error in the JQL Query: Expecting '(' but got 'PAY'."},
		{`summary ~ "abc`, "Error in the JQL Query: The quoted string 'abc' has not been completed. (line 1, character 11)"},
		{`summary ~ "a\qc"`, `Error in the JQL Query: '\q' is an illegal JQL escape sequence. The valid escape sequences are \', \", \t, \n, \r, \\, '\ ' and \uXXXX. (line 1, character 11)`},

		{"labels = @b", `Error in the JQL Query: The character '@' is a reserved JQL character. You must enclose it in a string or use the escape '\u0040' instead. (line 1, character 10)`},
		{"labels = select", "Error in the JQL Query: 'select' is a reserved JQL word. You must surround it in quotation marks to use it in a query. (line 1, character 10)"},
		{"project = PAY\norder key", "Error in the JQL Query: Expecting 'BY' but got 'key'. (line 2, character 7)"},
		{"status was Open", "Error in the JQL Query: Expecting operator but got 'was'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 8)"},
	} {
		t.Run(tc.jql, func(t *testing.T) {
			t.Parallel()
			both(t, func(t *testing.T, d jiratest.Deployment) {
				s := site(t, d)
				s.AddFilter("loop", "filter = loop")
				a := search(client{s}, d, tc.jql)
				assert.Equal(t, 400, a.status)
				require.NotEmpty(t, a.messages(), a.raw)

				assert.Equal(t, tc.want, a.messages()[0])
			})
		})
	}
}

func TestSearchOfCloudIsBounded(t *testing.T) {
	t.Parallel()
	c := client{site(t, jiratest.Cloud)}
	for _, jql := range []string{"", "order by created"} {
		a := search(c, jiratest.Cloud, jql)
		assert.Equal(t, 400, a.status)
		assert.Equal(t, []any{"Unbounded JQL queries are not allowed here. Please add a search restriction to your query."}, a.messages())
	}
	a := search(c, jiratest.Cloud, "project = PAY order by key, key, key, key, key, key, key, key")
	assert.Equal(t, 400, a.status)
}

// An issue that is not on the site is a mistake in a query, unless Data
// Center is told not to validate.
func TestUnknownKeysOfDataCenter(t *testing.T) {
	t.Parallel()
	c := client{site(t, jiratest.DataCenter)}
	body := object{"jql": "key in (PAY-1, PAY-98, PAY-99)", "fields": []string{"summary"}}
	a := c.do("POST", "/rest/api/2/search", body)
	assert.Equal(t, 400, a.status)
	assert.Len(t, a.messages(), 2, "every unknown key is told")

	body["validateQuery"] = false
	a = c.do("POST", "/rest/api/2/search", body)
	assert.Equal(t, []string{"PAY-1"}, a.keys())
	assert.Len(t, a.body["warningMessages"], 2)
}

func FuzzJQL(f *testing.F) {
	for _, seed := range []string{
		`project = PAY and (labels in (a, "b c") or not summary ~ "x\"y") order by Rank, key desc`,
		"cf[10128] >= 2 && created > startOfDay(-1d)", `"Epic Link" is not EMPTY`, `text ~ "\u0041"`, "filter = x", `\`,
	} {
		f.Add(seed)
	}
	s := jiratest.New(jiratest.Options{Deployment: jiratest.DataCenter})
	if err := s.Load(strings.NewReader(backlog)); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, jql string) {
		if a := search(client{s}, jiratest.DataCenter, jql); a.status != 200 && a.status != 400 {
			t.Fatalf("%q: %d %s", jql, a.status, a.raw)
		}
	})
}
