package jiratest_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
)

// field reads a value deep inside an answer.
func field(a answer, path ...string) any {
	var at any = a.body
	for _, name := range path {
		o, _ := at.(map[string]any)
		at = o[name]
	}
	return at
}

// What a source left out is what every issue of a real site has.
func TestLoadCompletes(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		a := client{site(t, d)}.get("/rest/api/2/issue/OPS-1")
		assert.Equal(t, "Open", field(a, "fields", "status", "name"))
		assert.Equal(t, "new", field(a, "fields", "status", "statusCategory", "key"))
		assert.Equal(t, "Task", field(a, "fields", "issuetype", "name"))
		assert.Equal(t, "OPS", field(a, "fields", "project", "key"))
		assert.Nil(t, field(a, "fields", "resolution"))
		assert.Nil(t, field(a, "fields", "reporter"), "people are not made up")
		assert.Equal(t, "2026-11-19T10:00:00.000+0000", field(a, "fields", "updated"))
	})
}

// P2: the epic is a parent on Cloud and a field of its own on Data Center.
func TestEpics(t *testing.T) {
	t.Parallel()
	cloud := client{site(t, jiratest.Cloud)}.get("/rest/api/2/issue/PAY-2")
	assert.Equal(t, "PAY-1", field(cloud, "fields", "parent", "key"))
	assert.EqualValues(t, 1, field(cloud, "fields", "parent", "fields", "issuetype", "hierarchyLevel"))

	dc := client{site(t, jiratest.DataCenter)}.get("/rest/api/2/issue/PAY-2")
	assert.Nil(t, field(dc, "fields", "parent"))
	assert.Equal(t, "PAY-1", field(dc, "fields", "customfield_10107"))

	both(t, func(t *testing.T, d jiratest.Deployment) {
		c := client{site(t, d)}
		assert.Equal(t, []string{"PAY-2", "PAY-3"}, c.get("/rest/agile/1.0/epic/PAY-1/issue").keys())
		assert.Equal(t, []string{"PAY-3"}, c.get("/rest/agile/1.0/epic/PAY-1/issue?jql="+url.QueryEscape("type = Bug or type = Epic")).keys())
		assert.Equal(t, 404, c.get("/rest/agile/1.0/epic/PAY-2").status)
		assert.Equal(t, "PAY-2", field(c.get("/rest/api/2/issue/PAY-4"), "fields", "parent", "key"), "a sub-task has a parent on both")
	})
}

// An epic the source names and does not hold is shown where it is named.
func TestForeignIssues(t *testing.T) {
	t.Parallel()
	s := jiratest.New(jiratest.Options{})
	require.NoError(t, s.Load(strings.NewReader(`{"key":"AB-2","fields":{"summary":"x","epic":{"id":9,"key":"AB-1","name":"Old","summary":"Old epic"}}}`)))
	a := client{s}.get("/rest/api/2/issue/AB-2")
	assert.Equal(t, "Old epic", field(a, "fields", "parent", "fields", "summary"))
	assert.Equal(t, 404, client{s}.get("/rest/api/2/issue/AB-1").status)
}

func TestSprints(t *testing.T) {
	t.Parallel()
	cloud := field(client{site(t, jiratest.Cloud)}.get("/rest/api/2/issue/PAY-2"), "fields", "customfield_10126").([]any)
	assert.Equal(t, "Sprint 7", cloud[0].(map[string]any)["name"])
	dc := field(client{site(t, jiratest.DataCenter)}.get("/rest/api/2/issue/PAY-2"), "fields", "customfield_10126").([]any)
	assert.Regexp(t, `^com\.atlassian\.greenhopper\.service\.sprint\.Sprint@[0-9a-f]+\[id=7,.*state=ACTIVE,name=Sprint 7,.*completeDate=<null>`, dc[0])
}

// Both ends of a link show it, each in its own words.
func TestIssueLinks(t *testing.T) {
	t.Parallel()
	s := site(t, jiratest.Cloud)
	c := client{s}
	end := func(key string) map[string]any {
		return field(c.get("/rest/api/2/issue/"+key), "fields", "issuelinks").([]any)[0].(map[string]any)
	}
	assert.Equal(t, "PAY-2", end("PAY-3")["inwardIssue"].(map[string]any)["key"])
	assert.Equal(t, "PAY-3", end("PAY-2")["outwardIssue"].(map[string]any)["key"])
	assert.Equal(t, "Blocks", end("PAY-2")["type"].(map[string]any)["name"])

	body := object{"type": object{"name": "Blocks"}, "inwardIssue": object{"key": "PAY-2"}, "outwardIssue": object{"key": "PAY-3"}}
	assert.Equal(t, 201, c.do("POST", "/rest/api/2/issueLink", body).status)
	assert.Len(t, field(c.get("/rest/api/2/issue/PAY-2"), "fields", "issuelinks"), 1, "a duplicate is not added")
	assert.Equal(t, 204, c.do("DELETE", "/rest/api/2/issueLink/"+end("PAY-2")["id"].(string), nil).status)
	assert.Empty(t, field(c.get("/rest/api/2/issue/PAY-3"), "fields", "issuelinks"))
}

// A source may give one phrase of a link and no name of its type: neither end
// reads the other's phrase.
func TestLinksOfOnePhrase(t *testing.T) {
	t.Parallel()
	s := jiratest.New(jiratest.Options{})
	require.NoError(t, s.Load(strings.NewReader(`{"key":"PAY-1","fields":{"summary":"a","issuelinks":[{"type":{"inward":"is depended on by"},"inwardIssue":{"key":"PAY-2"}},{"type":{"outward":"triggers"},"outwardIssue":{"key":"PAY-3"}}]}}
{"key":"PAY-2","fields":{"summary":"b","issuelinks":[{"type":{"outward":"depends on"},"outwardIssue":{"key":"PAY-1"}}]}}
{"key":"PAY-3","fields":{"summary":"c"}}`)))
	reads := func(key string) (out []string) {
		for _, l := range field(client{s}.get("/rest/api/2/issue/"+key), "fields", "issuelinks").([]any) {
			shown, phrase := l.(map[string]any), "outward"
			end, _ := shown["outwardIssue"].(map[string]any)
			if end == nil {
				end, phrase = shown["inwardIssue"].(map[string]any), "inward"
			}
			out = append(out, fmt.Sprint(shown["type"].(map[string]any)[phrase], " ", end["key"]))
		}
		return out
	}
	assert.ElementsMatch(t, []string{"is depended on by PAY-2", "triggers PAY-3"}, reads("PAY-1"))
	assert.Equal(t, []string{"depends on PAY-1"}, reads("PAY-2"))
	assert.Equal(t, []string{"relates to PAY-1"}, reads("PAY-3"))
}

// P3
func TestPagesByToken(t *testing.T) {
	t.Parallel()
	s := jiratest.New(jiratest.Options{PageSize: 2})
	require.NoError(t, s.Load(strings.NewReader(backlog)))
	c := client{s}
	var keys []string
	body := object{"jql": "project in (PAY, OPS) order by key", "fields": []string{"summary"}, "maxResults": 100}
	for pages := 1; ; pages++ {
		a := c.do("POST", "/rest/api/2/search/jql", body)
		require.Equal(t, 200, a.status)
		keys = append(keys, a.keys()...)
		assert.NotContains(t, a.body, "total")
		if a.body["isLast"] == true {
			assert.NotContains(t, a.body, "nextPageToken")
			assert.Equal(t, 3, pages)
			break
		}
		body["nextPageToken"] = a.body["nextPageToken"]
	}
	assert.Equal(t, []string{"OPS-1", "PAY-1", "PAY-2", "PAY-3", "PAY-4"}, keys)

	body["jql"] = "project = PAY"
	assert.Equal(t, 400, c.do("POST", "/rest/api/2/search/jql", body).status, "a token belongs to its query")
}

// P3
func TestPagesByOffset(t *testing.T) {
	t.Parallel()
	s := jiratest.New(jiratest.Options{Deployment: jiratest.DataCenter, PageSize: 2})
	require.NoError(t, s.Load(strings.NewReader(backlog)))
	a := client{s}.do("POST", "/rest/api/2/search", object{"jql": "order by key", "startAt": 3, "maxResults": 100, "fields": []string{"summary"}})
	assert.Equal(t, []string{"PAY-3", "PAY-4"}, a.keys())
	assert.EqualValues(t, 5, a.body["total"])
	assert.EqualValues(t, 2, a.body["maxResults"], "the cap is told")
	assert.Empty(t, client{s}.get("/rest/api/2/search?startAt=9").keys())
}

func TestSelectedFields(t *testing.T) {
	t.Parallel()
	c := client{site(t, jiratest.Cloud)}
	ids := c.do("POST", "/rest/api/2/search/jql", object{"jql": "project = OPS"})
	assert.JSONEq(t, `[{"id":"20005"}]`, marshal(t, ids.body["issues"]), "ids only, unless asked")

	for query, want := range map[string][]string{
		"fields=summary,labels":           {"labels", "summary"},
		"fields=summary&fields=comment":   {"comment", "summary"},
		"fields=*all,-*navigable,-labels": nil,
	} {
		a := c.get("/rest/api/2/issue/PAY-2?" + query)
		fields, _ := a.body["fields"].(map[string]any)
		if want == nil {
			assert.NotContains(t, fields, "labels")
			assert.Contains(t, fields, "comment")
			continue
		}
		assert.Len(t, fields, len(want))
	}
	bulk := c.do("POST", "/rest/api/2/issue/bulkfetch", object{"issueIdsOrKeys": []string{"PAY-3", "OPS-9", "20002", "PAY-2"}})
	assert.Equal(t, []string{"PAY-2", "PAY-3"}, bulk.keys(), "once each, by id, unknown ones left out")
	assert.NotContains(t, marshal(t, bulk.body["issues"]), `"comment"`, "navigable fields are the default")
	assert.Contains(t, marshal(t, bulk.body["issueErrors"]), "OPS-9")
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}

// Search of Cloud lists 20 comments of an issue, and tells how many there are.
func TestCommentsInSearchAreCut(t *testing.T) {
	t.Parallel()
	s := site(t, jiratest.Cloud)
	for n := range 30 {
		_, err := s.Comment("PAY-2", s.Me(), fmt.Sprint("comment ", n+1))
		require.NoError(t, err)
	}
	c := client{s}
	a := c.do("POST", "/rest/api/2/search/jql", object{"jql": "key = PAY-2", "fields": []string{"comment"}})
	comments := a.body["issues"].([]any)[0].(map[string]any)["fields"].(map[string]any)["comment"].(map[string]any)
	assert.EqualValues(t, 30, comments["total"])
	assert.Len(t, comments["comments"], 20)

	second := c.get("/rest/api/2/issue/PAY-2/comment?startAt=25&maxResults=10")
	assert.Len(t, second.body["comments"], 5)
	assert.EqualValues(t, 30, second.body["total"])
}

// S5: a mark travels inside the write, is found again, and outlives people's edits.
func TestCommentProperties(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		c := client{s}
		a := c.do("POST", "/rest/api/2/issue/PAY-2/comment", object{"body": "a", "properties": []any{object{"key": "refine", "value": object{"page": "1"}}}})
		require.Equal(t, 201, a.status, a.raw)
		id := a.body["id"].(string)
		number, err := strconv.ParseInt(id, 10, 64)
		require.NoError(t, err)
		ana := s.AddPerson(jiratest.Person{Name: "ana"})
		require.NoError(t, s.EditComment("PAY-2", number, ana, "b"))

		assert.JSONEq(t, `{"key":"refine","value":{"page":"1"}}`, c.get("/rest/api/2/comment/"+id+"/properties/refine").raw)
		got := s.Comments("PAY-2")[0]
		assert.Equal(t, ana, got.UpdateAuthor)
		assert.Equal(t, s.Me(), got.Author)
		assert.NotContains(t, c.get("/rest/api/2/issue/PAY-2/comment?expand=properties").raw, "page", "this resource does not expand them")
		if d == jiratest.Cloud {
			listed := c.do("POST", "/rest/api/2/comment/list?expand=properties", object{"ids": []int64{number, 1}})
			assert.Contains(t, listed.raw, `"properties":[{"key":"refine","value":{"page":"1"}}]`)
		}
		assert.Equal(t, 404, c.get("/rest/api/2/comment/"+id+"/properties/other").status)
	})
}

// S4: the same global id is the same link, and what is left out is gone.
func TestRemoteLinksAreUpserted(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		c := client{s}
		first := object{"globalId": "p=1", "relationship": "mentioned in", "object": object{"url": "https://wiki.example.com/1", "title": "One", "summary": "s"}}
		require.Less(t, c.do("POST", "/rest/api/2/issue/PAY-2/remotelink", first).status, 300)
		require.Equal(t, 200, c.do("POST", "/rest/api/2/issue/PAY-2/remotelink", object{"globalId": "p=1", "object": object{"url": "https://wiki.example.com/1", "title": "Two"}}).status)

		links := s.RemoteLinks("PAY-2")
		require.Len(t, links, 1)
		assert.Equal(t, "Two", links[0].Title)
		assert.Empty(t, links[0].Summary)
		assert.Empty(t, links[0].Relationship)
		assert.Equal(t, "p=1", c.get("/rest/api/2/issue/PAY-2/remotelink?globalId=p%3D1").body["globalId"], "one object, no list")
		assert.Equal(t, 404, c.get("/rest/api/2/issue/PAY-2/remotelink?globalId=p%3D2").status)
	})
}

func TestSearchLags(t *testing.T) {
	t.Parallel()
	s := site(t, jiratest.Cloud)
	c := client{s}
	s.Lag()
	require.Equal(t, 204, c.do("PUT", "/rest/api/2/issue/PAY-2", object{"fields": object{"labels": []string{"new"}}}).status)

	assert.Empty(t, search(c, jiratest.Cloud, "labels = new").keys())
	assert.Contains(t, c.get("/rest/api/2/issue/PAY-2").raw, `"labels":["new"]`, "a read by key sees the write")
	reconciled := c.do("POST", "/rest/api/2/search/jql", object{"jql": "labels = new", "fields": []string{"labels"}, "reconcileIssues": []int{20002}})
	assert.Equal(t, []string{"PAY-2"}, reconciled.keys())
	s.Reindex()
	assert.Equal(t, []string{"PAY-2"}, search(c, jiratest.Cloud, "labels = new").keys())
}

// P1: the flag is found by its type where its name is another.
func TestTranslatedFields(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		s.Translate(map[string]string{"Flagged": "Markiert", "Impediment": "Hindernis"})
		require.NoError(t, s.Flag("PAY-3"))
		c := client{s}
		assert.Equal(t, []string{"PAY-3"}, search(c, d, "Markiert = Hindernis").keys())
		assert.Equal(t, []string{"PAY-3"}, search(c, d, "cf[10132] is not EMPTY").keys())
		assert.Equal(t, 400, search(c, d, "Flagged is not EMPTY").status)
		list := c.get("/rest/api/2/field").raw
		assert.Contains(t, list, `"name":"Markiert"`)
		assert.Equal(t, d == jiratest.Cloud, strings.Contains(list, `"untranslatedName":"Flagged"`))
		assert.Equal(t, 204, c.do("PUT", "/rest/api/2/issue/PAY-3", object{"fields": object{"customfield_10132": nil}}).status)
		assert.Empty(t, search(c, d, "cf[10132] is not EMPTY").keys())
	})
}

func TestAddedFields(t *testing.T) {
	t.Parallel()
	s := site(t, jiratest.Cloud)
	first, second := s.AddField("Hint", "textarea"), s.AddField("Hint", "textarea")
	assert.NotEqual(t, first, second)
	require.NoError(t, s.Edit("PAY-2", s.Me(), map[string]any{first: "shown"}))
	assert.Equal(t, "shown", field(client{s}.get("/rest/api/2/issue/PAY-2"), "fields", first))
	s.RemoveField("Hint")
	assert.NotContains(t, client{s}.get("/rest/api/2/field").raw, "Hint")
}

func TestHands(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		c := client{s}
		ana := s.AddPerson(jiratest.Person{Name: "ana"})
		require.NoError(t, s.Edit("PAY-2", ana, map[string]any{"summary": "Send it"}))
		require.NoError(t, s.Transition("Done", "PAY-2"))
		require.NoError(t, s.Move("PAY-2", "OPS-7"))
		require.NoError(t, s.Delete("PAY-4"))
		assert.Error(t, s.Delete("PAY-4"))

		a := c.get("/rest/api/2/issue/PAY-2?expand=changelog")
		assert.Equal(t, "OPS-7", a.body["key"], "the old key finds the moved issue")
		assert.Equal(t, "Done", field(a, "fields", "resolution", "name"))
		assert.EqualValues(t, 3, field(a, "changelog", "total"), "edited, done and moved")
		assert.Equal(t, []string{"OPS-7"}, search(c, d, "key = PAY-2").keys())
		next := c.do("POST", "/rest/api/2/issue", object{"fields": object{"project": object{"key": "OPS"}, "issuetype": object{"name": "Task"}, "summary": "next"}})
		assert.Equal(t, "OPS-8", next.body["key"])

		s.OpenAll()
		assert.Empty(t, search(c, d, "statusCategory = Done").keys())
		i, ok := s.Issue("ops-7")
		require.True(t, ok)
		assert.Equal(t, "Open", i.Status.Name)
	})
}

// Cloud stores a document, not the markup that was sent.
func TestMarkupOfCloudIsRewritten(t *testing.T) {
	t.Parallel()
	for d, want := range map[jiratest.Deployment]string{jiratest.Cloud: "a\n\nb\n", jiratest.DataCenter: "a \r\n\n\nb{anchor:x}\n"} {
		s := site(t, d)
		a := client{s}.do("POST", "/rest/api/2/issue/PAY-2/comment", object{"body": "a \r\n\n\nb{anchor:x}\n"})
		assert.Equal(t, want, a.body["body"])
	}
}

// F2
func TestWriteLimits(t *testing.T) {
	t.Parallel()
	now := noon
	s := jiratest.New(jiratest.Options{WriteLimits: true, Now: func() time.Time { return now }})
	require.NoError(t, s.Load(strings.NewReader(backlog)))
	c := client{s}
	write := func(key string) answer { return c.do("PUT", "/rest/api/2/issue/"+key+"/properties/x", 1) }
	for range 20 {
		require.Less(t, write("PAY-2").status, 300)
	}
	a := write("PAY-2")
	assert.Equal(t, 429, a.status)
	assert.Equal(t, "2", a.header.Get("Retry-After"))
	assert.Equal(t, "jira-per-issue-on-write", a.header.Get("RateLimit-Reason"))
	assert.Equal(t, 201, write("PAY-3").status, "another issue has its own limit")
	assert.Equal(t, 200, c.get("/rest/api/2/issue/PAY-2").status, "reading has none")
	now = now.Add(2 * time.Second)
	assert.Equal(t, 200, write("PAY-2").status)
}

func TestRetiredEndpoint(t *testing.T) {
	t.Parallel()
	s := site(t, jiratest.Cloud)
	s.Retire("POST", "/rest/api/2/issue/bulkfetch")
	assert.Equal(t, 404, client{s}.do("POST", "/rest/api/2/issue/bulkfetch", object{"issueIdsOrKeys": []string{"PAY-1"}}).status)
}

// O5: what reads and what writes can be told apart.
func TestJournal(t *testing.T) {
	t.Parallel()
	s := site(t, jiratest.Cloud)
	c := client{s}
	search(c, jiratest.Cloud, "project = PAY")
	c.get("/browse/PAY-2")
	c.do("POST", "/rest/api/2/issue/PAY-2/comment", object{"body": ""})
	assert.Empty(t, s.Written(), "neither a search nor a refused write")
	c.do("POST", "/rest/api/2/issue/PAY-2/comment", object{"body": "a"})
	assert.Equal(t, []jiratest.Exchange{{Method: "POST", Path: "/rest/api/2/issue/PAY-2/comment", Status: 201}}, s.Written())
	assert.Len(t, s.Journal(), 3)
	s.ForgetJournal()
	assert.Empty(t, s.Journal())
}
