package jiratest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
)

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		c := client{site(t, d)}
		for name, tc := range map[string]struct {
			set    func(*http.Request)
			status int
		}{
			"basic":             {func(r *http.Request) { r.SetBasicAuth("refine@example.com", "token") }, 200},
			"bearer":            {func(r *http.Request) { r.Header.Set("Authorization", "Bearer token") }, 200},
			"wrong token":       {func(r *http.Request) { r.SetBasicAuth("refine@example.com", "tokem") }, 401},
			"wrong user":        {func(r *http.Request) { r.SetBasicAuth("other@example.com", "token") }, 401},
			"wrong bearer":      {func(r *http.Request) { r.Header.Set("Authorization", "Bearer refine") }, 401},
			"nobody":            {func(r *http.Request) { r.Header.Del("Authorization") }, 401},
			"another scheme":    {func(r *http.Request) { r.Header.Set("Authorization", "Token token") }, 401},
			"a browser's write": {func(r *http.Request) { r.Method = "POST"; r.Header.Set("User-Agent", "Mozilla/5.0") }, 403},
		} {
			r := request("GET", "/rest/api/2/myself", nil)
			tc.set(r)
			a := c.send(r)
			assert.Equal(t, tc.status, a.status, name)
			if tc.status == 401 {
				assert.Equal(t, "AUTHENTICATED_FAILED", a.header.Get("X-Seraph-LoginReason"), name)
				assert.Equal(t, d == jiratest.DataCenter, strings.Contains(a.raw, "<html>"), name)
			}
		}
	})
}

func TestRefusalsOfAWholeSite(t *testing.T) {
	t.Parallel()
	s := site(t, jiratest.DataCenter)
	for refusal, want := range map[jiratest.Refusal]struct {
		status int
		text   string
	}{
		jiratest.ScopeMismatch: {401, `"message":"Unauthorized; scope does not match"`},
		jiratest.CAPTCHA:       {403, "<html>"},
		jiratest.BasicDisabled: {403, "Basic Authentication has been disabled"},
		jiratest.LoginPage:     {200, "<!DOCTYPE html>"},
		jiratest.Maintenance:   {503, "<html>"},
	} {
		s.Refuse(refusal)
		a := client{s}.get("/rest/api/2/myself")
		assert.Equal(t, want.status, a.status)
		assert.Contains(t, a.raw, want.text)
		if refusal == jiratest.CAPTCHA {
			assert.Contains(t, a.header.Get("X-Authentication-Denied-Reason"), "CAPTCHA_CHALLENGE")
		}
	}
	s.Refuse(0)
	assert.Equal(t, 200, client{s}.get("/rest/api/2/myself").status)
}

func TestBodiesAreStrict(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		c := client{s}
		for _, tc := range []struct{ name, method, path, body, fault, want string }{
			{"no JSON", "POST", "issue/PAY-2/comment", `{"body":`, "", "There was an error parsing JSON. Check that your request body is valid."},
			{"two values", "POST", "issue/PAY-2/comment", `{"body":"a"} {}`, "", "There was an error parsing JSON. Check that your request body is valid."},
			{"nothing", "POST", "issue/PAY-2/comment", ``, "", "No content to map to Object due to end of input"},
			{"an unknown field", "POST", "issue/PAY-2/comment", `{"body":"a","colour":"red"}`, "", "Invalid request payload. Refer to the REST API documentation and try again."},
			{"a wrong type", "POST", "issue/PAY-2/comment", `{"body":7}`, "", "Invalid request payload. Refer to the REST API documentation and try again."},
			{"no body", "POST", "issue/PAY-2/comment", `{}`, "comment", "Comment body can not be empty!"},
			{"an empty body", "POST", "issue/PAY-2/comment", `{"body":" \n"}`, "comment", "Comment body can not be empty!"},
			{"a long body", "POST", "issue/PAY-2/comment", `{"body":"` + strings.Repeat("ä", 32768) + `"}`, "comment", "The entered text is too long. It exceeds the allowed limit of 32,767 characters."},
			{"visible to two", "POST", "issue/PAY-2/comment", `{"body":"a","visibility":{"type":"role","value":"x","identifier":"y"}}`, "commentLevel", "The comment visibility is invalid."},
			{"a property without a key", "POST", "issue/PAY-2/comment", `{"body":"a","properties":[{"value":1}]}`, "", "The property key must not be empty and may have at most 255 characters."},
			{"an unknown field of an issue", "PUT", "issue/PAY-2", `{"fields":{"colour":"red"}}`, "colour", "Field 'colour' cannot be set. It is not on the appropriate screen, or unknown."},
			{"a field that is computed", "PUT", "issue/PAY-2", `{"fields":{"created":"2026-01-01"}}`, "created", "Field 'created' cannot be set. It is not on the appropriate screen, or unknown."},
			{"a summary of two lines", "PUT", "issue/PAY-2", `{"fields":{"summary":"a\nb"}}`, "summary", "The summary is invalid because it contains newline characters."},
			{"a summary that is a number", "PUT", "issue/PAY-2", `{"fields":{"summary":1}}`, "summary", "Operation value must be a string"},
			{"points in words", "PUT", "issue/PAY-2", `{"fields":{"customfield_10128":"five"}}`, "customfield_10128", "Operation value must be a number"},
			{"a label with a space", "PUT", "issue/PAY-2", `{"fields":{"labels":["a b"]}}`, "labels", "The label 'a b' contains spaces which is invalid."},
			{"a flag of another colour", "PUT", "issue/PAY-2", `{"fields":{"customfield_10132":[{"value":"Red"}]}}`, "customfield_10132", "Option value 'Red' is not valid"},
			{"a priority nobody has", "PUT", "issue/PAY-2", `{"fields":{"priority":{"name":"Soon"}}}`, "priority", "The priority selected is invalid."},
			{"an operation nobody knows", "PUT", "issue/PAY-2", `{"update":{"labels":[{"append":"x"}]}}`, "labels", "Operation 'append' is not supported."},
			{"a remote link without a title", "POST", "issue/PAY-2/remotelink", `{"object":{"url":"https://example.com"}}`, "title", "'title' is required."},
			{"a remote link to nowhere", "POST", "issue/PAY-2/remotelink", `{"object":{"url":"nowhere","title":"x"}}`, "url", "'url' is required and has to be a valid URL."},
			{"a remote link without an object", "POST", "issue/PAY-2/remotelink", `{"globalId":"x"}`, "object", "'object' is required."},
			{"a long global id", "POST", "issue/PAY-2/remotelink", `{"globalId":"` + strings.Repeat("x", 256) + `","object":{"url":"https://example.com","title":"x"}}`, "globalId", "'globalId' is too long, the maximum is 255 characters."},
			{"a transition nobody knows", "POST", "issue/PAY-2/transitions", `{"transition":{"id":"99"}}`, "", "It seems that you have tried to perform an illegal workflow operation."},
			{"a property that is no JSON", "PUT", "issue/PAY-2/properties/x", `{`, "", "The property value must be valid JSON."},
			{"a property that is too long", "PUT", "issue/PAY-2/properties/x", `"` + strings.Repeat("x", 32767) + `"`, "", "The property value is too long: 32769 characters, the maximum is 32768."},
			{"an issue without a project", "POST", "issue", `{"fields":{"summary":"x","issuetype":{"name":"Task"}}}`, "project", "valid project is required"},
			{"an issue without a type", "POST", "issue", `{"fields":{"summary":"x","project":{"key":"PAY"}}}`, "issuetype", "Specify a valid issue type"},
			{"an issue without a summary", "POST", "issue", `{"fields":{"project":{"key":"PAY"},"issuetype":{"name":"Task"}}}`, "summary", "You must specify a summary of the issue."},
			{"a sub-task of nothing", "POST", "issue", `{"fields":{"summary":"x","project":{"key":"PAY"},"issuetype":{"name":"Sub-task"}}}`, "parent", "Issue type is a sub-task but parent issue key or id not specified."},
		} {
			before, _ := s.Issue("PAY-2")
			a := c.do(tc.method, "/rest/api/2/"+tc.path, tc.body)
			assert.Equal(t, 400, a.status, tc.name)
			if tc.fault != "" {
				assert.Equal(t, tc.want, a.fault(tc.fault), tc.name)
			} else {
				assert.Equal(t, []any{tc.want}, a.messages(), tc.name)
			}
			after, _ := s.Issue("PAY-2")
			assert.Equal(t, before, after, "%s: nothing is half written", tc.name)
		}
		assert.Empty(t, s.Written())
	})
}

func TestContentType(t *testing.T) {
	t.Parallel()
	c := client{site(t, jiratest.Cloud)}
	r := request("POST", "/rest/api/2/issue/PAY-2/comment", `{"body":"a"}`)
	r.Header.Set("Content-Type", "text/plain")
	assert.Equal(t, 415, c.send(r).status)
	r = request("POST", "/rest/api/2/issue/PAY-2/comment", `{"body":"a"}`)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	assert.Equal(t, 201, c.send(r).status)
}

// Cloud's own type says who wrote a comment is read-only; Data Center's lets
// it pass and ignores it.
func TestAuthorOfAComment(t *testing.T) {
	t.Parallel()
	body := object{"body": "a", "author": object{}, "updateAuthor": object{}}
	assert.Equal(t, 400, client{site(t, jiratest.Cloud)}.do("POST", "/rest/api/2/issue/PAY-2/comment", body).status)

	s := site(t, jiratest.DataCenter)
	assert.Equal(t, 201, client{s}.do("POST", "/rest/api/2/issue/PAY-2/comment", body).status)
	assert.Equal(t, s.Me(), s.Comments("PAY-2")[0].Author)
}

func TestEndpointsOfOneProduct(t *testing.T) {
	t.Parallel()
	cloud, dc := client{site(t, jiratest.Cloud)}, client{site(t, jiratest.DataCenter)}
	removed := cloud.get("/rest/api/2/search?jql=project=PAY")
	assert.Equal(t, 410, removed.status)
	assert.Contains(t, removed.messages()[0], "The requested API has been removed.")
	for _, path := range []string{"issue/bulkfetch", "changelog/bulkfetch", "comment/list", "search/jql", "search/approximate-count"} {
		assert.Contains(t, []int{404, 405}, dc.do("POST", "/rest/api/2/"+path, object{}).status, path)
	}
	assert.Equal(t, 404, dc.get("/rest/api/2/search/jql?jql=project=PAY").status)
}

func TestLimitsOfCloud(t *testing.T) {
	t.Parallel()
	c := client{site(t, jiratest.Cloud)}
	many := make([]string, 101)
	ids := make([]int, 1001)
	for n := range many {
		many[n] = fmt.Sprint("PAY-", n+1)
	}
	for n := range ids {
		ids[n] = n
	}
	keys := make([]string, 1001)
	for n := range keys {
		keys[n] = fmt.Sprint("PAY-", n+1)
	}
	for _, body := range []object{
		{"issueIdsOrKeys": []string{}}, {"issueIdsOrKeys": keys}, {"issueIdsOrKeys": keys[:1], "fieldIds": many[:11]},
		{"issueIdsOrKeys": keys[:1], "maxResults": 10_001}, {"issueIdsOrKeys": keys[:1], "maxResults": 0},
		{"issueIdsOrKeys": keys[:1], "nextPageToken": "of another"}, {"issueIdsOrKeys": keys[:1], "fields": []string{"priority"}},
	} {
		assert.Equal(t, 400, c.do("POST", "/rest/api/2/changelog/bulkfetch", body).status, body)
	}
	for path, body := range map[string]any{
		"issue/bulkfetch": object{"issueIdsOrKeys": many},
		"comment/list":    object{"ids": ids},
		"search/jql":      object{"jql": "project = PAY", "reconcileIssues": ids[:51]},
	} {
		assert.Equal(t, 400, c.do("POST", "/rest/api/2/"+path, body).status, path)
	}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		id, err := s.Comment("PAY-2", s.Me(), "ours")
		require.NoError(t, err)
		s.DenyWrites()
		c := client{s}
		for _, tc := range []struct {
			method, path string
			body         any
			status       int
		}{
			{"GET", "issue/PAY-2", nil, 200},
			{"POST", "issue/PAY-2/comment", object{"body": "a"}, 400},
			{"PUT", fmt.Sprintf("issue/PAY-2/comment/%d", id), object{"body": "a"}, 400},
			{"DELETE", fmt.Sprintf("issue/PAY-2/comment/%d", id), nil, 400},
			{"PUT", fmt.Sprintf("comment/%d/properties/x", id), 1, 403},
			{"PUT", "issue/PAY-2", object{"fields": object{"summary": "x"}}, 400},
			{"PUT", "issue/PAY-2/properties/x", 1, 403},
			{"POST", "issue/PAY-2/remotelink", object{"object": object{"url": "https://example.com", "title": "x"}}, 403},
			{"POST", "issue/PAY-2/transitions", object{"transition": object{"id": "31"}}, 400},
			{"POST", "issueLink", object{"type": object{"name": "Blocks"}, "inwardIssue": object{"key": "PAY-2"}, "outwardIssue": object{"key": "PAY-3"}}, 401},
			{"POST", "issue", object{"fields": object{"project": object{"key": "PAY"}, "issuetype": object{"name": "Task"}, "summary": "x"}}, 400},
			{"DELETE", "issue/PAY-2", nil, 403},
		} {
			a := c.do(tc.method, "/rest/api/2/"+tc.path, tc.body)
			assert.Equal(t, tc.status, a.status, "%s %s: %s", tc.method, tc.path, a.raw)
		}
		assert.Empty(t, s.Written())
		a := c.get("/rest/api/2/mypermissions?projectKey=PAY&permissions=ADD_COMMENTS")
		assert.Contains(t, a.raw, `"havePermission":false`)
	})
}

// Without the right to link, the screen of a new issue has no field for links, and
// nobody links to what is hidden.
func TestLinksOfANewIssue(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		c := client{s}
		create := func(to string) answer {
			link := object{"add": object{"type": object{"name": "Relates"}, "outwardIssue": object{"key": to}}}
			return c.do("POST", "/rest/api/2/issue", object{
				"fields": object{"project": object{"key": "PAY"}, "issuetype": object{"name": "Task"}, "summary": "x"},
				"update": object{"issuelinks": []object{link}},
			})
		}
		assert.Equal(t, 201, create("PAY-3").status)
		require.NoError(t, s.Hide("PAY-2"))
		assert.Contains(t, create("PAY-2").raw, "no longer exists")
		s.Deny(jiratest.LinkIssues, "PAY")
		a := create("PAY-3")
		assert.Equal(t, 400, a.status)
		assert.Contains(t, a.raw, "not on the appropriate screen")
	})
}

func TestPermissionsAreAskedForByTheirKeys(t *testing.T) {
	t.Parallel()
	c := client{site(t, jiratest.Cloud)}
	assert.Equal(t, 400, c.get("/rest/api/2/mypermissions?projectKey=PAY&permissions=ADD_COMMENTS,ADD_COMMENT").status)
}

// P7, F6: what the account may not see is not there, whichever way it is
// asked for; only Data Center says that it is hidden.
func TestHiddenIssues(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		c := client{s}
		require.NoError(t, s.Restrict("Team only", "PAY-3"))
		require.NoError(t, s.Hide("PAY-2"))

		status := map[jiratest.Deployment]int{jiratest.Cloud: 404, jiratest.DataCenter: 403}[d]
		assert.Equal(t, status, c.get("/rest/api/2/issue/PAY-2").status)
		assert.Equal(t, []string{"PAY-4", "PAY-3", "PAY-1"}, search(c, d, "project = PAY").keys())
		assert.Equal(t, 400, search(c, d, "key = PAY-2").status)
		assert.NotContains(t, c.get("/rest/api/2/issue/PAY-3").raw, "Send an invoice", "nor is it told by the other end of a link")
		assert.Contains(t, c.get("/rest/api/2/issue/PAY-3?fields=security").raw, `"name":"Team only"`)
	})
}

// A write the account asks to keep quiet needs an administrator; only Data
// Center refuses it, Cloud notifies all the same.
func TestQuietEdit(t *testing.T) {
	t.Parallel()
	for d, status := range map[jiratest.Deployment]int{jiratest.Cloud: 204, jiratest.DataCenter: 403} {
		a := client{site(t, d)}.do("PUT", "/rest/api/2/issue/PAY-2?notifyUsers=false", object{"fields": object{"summary": "x"}})
		assert.Equal(t, status, a.status, d)
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{":                           "line 1: not an issue",
		"\n{}":                        `line 2: "" is no issue key`,
		`{"key":"pay-1"}`:             `"pay-1" is no issue key`,
		`{"key":"PAY-1","fields":{}}`: "PAY-1 has no summary",
		`{"key":"PAY-1","fields":{"summary":"a"}}` + "\n" + `{"key":"PAY-1","fields":{"summary":"b"}}`: "line 2: PAY-1 stands on line 1 already",
		`{"key":"PAY-1","fields":{"summary":"a","created":"yesterday"}}`:                               `"yesterday" is no time`,
		`{"key":"PAY-1","id":"x","fields":{"summary":"a"}}`:                                            `the id "x" is not a number`,
	} {
		s := jiratest.New(jiratest.Options{})
		assert.ErrorContains(t, s.Load(strings.NewReader(text)), want)
		assert.Empty(t, s.Keys())
	}
	s := site(t, jiratest.Cloud)
	assert.ErrorContains(t, s.Load(strings.NewReader(backlog)), "PAY-1 is on the site already")
	assert.Error(t, s.Flag("PAY-3", "PAY-99"))
	i, _ := s.Issue("PAY-3")
	assert.False(t, i.Flagged, "none is flagged when one is unknown")
	assert.True(t, utf8.ValidString(i.Summary))
}
