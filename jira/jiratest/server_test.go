package jiratest_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian/atlassiantest"
	"refine/internal/sampled"
	"refine/jira/jiratest"
)

const backlog = `
{"id":"20001","key":"PAY-1","fields":{"summary":"Invoices","issuetype":{"id":"10000","name":"Epic"},"priority":{"name":"High"},"created":"2026-01-05T09:00:00.000+0000"}}
{"id":"20002","key":"PAY-2","fields":{"summary":"Send an invoice by mail","description":"As a clerk I want *mail*.","issuetype":{"name":"Story"},"epic":{"id":20001,"key":"PAY-1","name":"Invoices"},"labels":["mail","billing"],"priority":{"name":"High"},"components":[{"name":"Outbox"}],"reporter":{"name":"ana","displayName":"Ana Ruiz"},"assignee":{"name":"bo","displayName":"Bo Chen"},"created":"2026-02-01T10:00:00.000+0000","updated":"2026-02-03T10:00:00.000+0000","duedate":"2026-12-01","x_story_points":5,"sprint":{"id":7,"state":"active","name":"Sprint 7","startDate":"2026-11-10T08:00:00.000Z"}}}
{"id":"20003","key":"PAY-3","fields":{"summary":"Retry a payment","issuetype":{"name":"Bug"},"epic":{"key":"PAY-1"},"status":{"name":"In Progress"},"priority":{"name":"Low"},"labels":["mail"],"created":"2026-03-01T10:00:00.000+0000","issuelinks":[{"type":{"inward":"is blocked by"},"inwardIssue":{"key":"PAY-2"}}],"x_story_points":2.5}}
{"id":"20004","key":"PAY-4","fields":{"summary":"Write the mail template","issuetype":{"name":"Sub-task","subtask":true},"parent":{"key":"PAY-2"},"status":{"name":"Resolved"},"resolution":{"name":"Fixed"},"created":"2026-03-02T10:00:00.000+0000"}}
{"id":"20005","key":"OPS-1","fields":{"summary":"Rotate the \"signing\" key","description":"Key 12 leaked; see invoice run","created":"2026-11-19T10:00:00.000+0000","comment":{"comments":[{"body":"rotated by hand"}]}}}
`

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// site is a server with the backlog above.
func site(t *testing.T, deployment jiratest.Deployment) *jiratest.Server {
	t.Helper()
	s := jiratest.New(jiratest.Options{Deployment: deployment, Now: func() time.Time { return noon }})
	require.NoError(t, s.Load(strings.NewReader(backlog)))
	return s
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

func (a answer) messages() []any { m, _ := a.body["errorMessages"].([]any); return m }

func (a answer) fault(field string) any {
	faults, _ := a.body["errors"].(map[string]any)
	return faults[field]
}

func (a answer) keys() []string {
	keys := []string{}
	issues, _ := a.body["issues"].([]any)
	for _, i := range issues {
		key, _ := i.(map[string]any)["key"].(string)
		keys = append(keys, key)
	}
	return keys
}

// client asks a handler as the account.
type client struct{ http.Handler }

func (c client) send(r *http.Request) answer {
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	a := answer{status: w.Code, header: w.Header(), raw: w.Body.String()}
	_ = json.Unmarshal(w.Body.Bytes(), &a.body) // some answers are lists or no JSON
	return a
}

func (c client) do(method, path string, body any) answer {
	return c.send(request(method, path, body))
}

func (c client) get(path string) answer { return c.do("GET", path, nil) }

func request(method, path string, body any) *http.Request {
	var sent bytes.Buffer
	switch body := body.(type) {
	case nil:
	case string:
		sent.WriteString(body)
	default:
		_ = json.NewEncoder(&sent).Encode(body) // only maps and lists come here
	}
	r := httptest.NewRequest(method, path, &sent)
	r.SetBasicAuth("refine@example.com", "token")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

type object = map[string]any

func both(t *testing.T, run func(t *testing.T, d jiratest.Deployment)) {
	t.Helper()
	for _, d := range []jiratest.Deployment{jiratest.Cloud, jiratest.DataCenter} {
		t.Run(string(d), func(t *testing.T) {
			t.Parallel()
			run(t, d)
		})
	}
}

// contract holds a server to Atlassian's documents.
func contract(t *testing.T, d jiratest.Deployment, next http.Handler) client {
	t.Helper()
	if d == jiratest.DataCenter {
		return client{atlassiantest.Contract(t, "jira-dc.json", next)}
	}
	return client{atlassiantest.Contract(t, "jira-cloud-agile.json", atlassiantest.Contract(t, "jira-cloud-v2.json", next))}
}

// Every endpoint answers as the documents say, to requests as they say.
func TestContract(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := site(t, d)
		c := contract(t, d, s)
		expect := func(status int, a answer) answer {
			t.Helper()
			require.Equal(t, status, a.status, a.raw)
			return a
		}

		for _, path := range []string{
			"serverInfo", "myself", "field", "issueLinkType", "project", "project/PAY", "issuetype", "status", "priority",
			"mypermissions?projectKey=PAY&permissions=ADD_COMMENTS",
			"issue/PAY-2?expand=changelog,names,transitions&properties=refine", "issue/OPS-1?fields=comment,summary", "issue/PAY-2/editmeta",
			"issue/PAY-2/transitions", "issue/PAY-2/comment", "issue/PAY-2/remotelink", "issue/PAY-2/properties",
		} {
			expect(200, c.get("/rest/api/2/"+path))
		}
		user := "user?username=ana"
		if d == jiratest.Cloud {
			user = "user?accountId=" + s.People()[1].AccountID
		}
		expect(200, c.get("/rest/api/2/"+user))

		created := expect(201, c.do("POST", "/rest/api/2/issue", object{
			"fields":     object{"project": object{"key": "PAY"}, "issuetype": object{"name": "Task"}, "summary": "New", "labels": []string{"x"}},
			"properties": []any{object{"key": "refine", "value": object{"v": 1}}},
		}))
		assert.Equal(t, "PAY-5", created.body["key"])
		expect(204, c.do("PUT", "/rest/api/2/issue/PAY-5", object{"fields": object{"summary": "Newer"}, "update": object{"labels": []any{object{"add": "y"}}}}))
		expect(204, c.do("POST", "/rest/api/2/issue/PAY-5/transitions", object{"transition": object{"id": "31"}}))

		comment := expect(201, c.do("POST", "/rest/api/2/issue/PAY-2/comment", object{
			"body": "hello", "properties": []any{object{"key": "refine", "value": object{"v": 1}}},
		}))
		id, _ := comment.body["id"].(string)
		expect(200, c.get("/rest/api/2/issue/PAY-2/comment/"+id))
		expect(200, c.do("PUT", "/rest/api/2/issue/PAY-2/comment/"+id, object{"body": "hello again"}))
		expect(200, c.get("/rest/api/2/comment/"+id+"/properties"))
		expect(200, c.get("/rest/api/2/comment/"+id+"/properties/refine"))
		expect(200, c.do("PUT", "/rest/api/2/comment/"+id+"/properties/refine", object{"v": 2}))
		expect(201, c.do("PUT", "/rest/api/2/comment/"+id+"/properties/other", []int{1}))
		expect(204, c.do("DELETE", "/rest/api/2/comment/"+id+"/properties/other", nil))
		expect(201, c.do("PUT", "/rest/api/2/issue/PAY-2/properties/refine", object{"v": 1}))

		link := object{"globalId": "page=1&x", "object": object{"url": "https://wiki.example.com/1", "title": "Session"}}
		fresh := map[jiratest.Deployment]int{jiratest.Cloud: 201, jiratest.DataCenter: 200}[d]
		expect(fresh, c.do("POST", "/rest/api/2/issue/PAY-2/remotelink", link))
		expect(200, c.do("POST", "/rest/api/2/issue/PAY-2/remotelink", link))
		expect(200, c.get("/rest/api/2/issue/PAY-2/remotelink?globalId=page%3D1%26x"))
		expect(200, c.get("/rest/api/2/issue/PAY-2/remotelink"))
		expect(204, c.do("DELETE", "/rest/api/2/issue/PAY-2/remotelink?globalId=page%3D1%26x", nil))
		expect(201, c.do("POST", "/rest/api/2/issueLink", object{
			"type": object{"name": "Blocks"}, "inwardIssue": object{"key": "OPS-1"}, "outwardIssue": object{"key": "PAY-3"},
		}))
		expect(200, c.get("/rest/agile/1.0/epic/PAY-1"))
		expect(200, c.get("/rest/agile/1.0/epic/PAY-1/issue"))
		board := "/rest/agile/1.0/board/" + strconv.FormatInt(s.AddBoard("Payments", "project = PAY"), 10)
		expect(200, c.get("/rest/agile/1.0/board?name=pay"))
		expect(200, c.get(board+"/backlog?startAt=1&maxResults=1&fields=summary,status&jql=labels+is+EMPTY"))
		expect(400, c.get(board+"/backlog?jql=nonsense"))
		expect(404, c.get("/rest/agile/1.0/board/1/backlog"))
		expect(200, c.get(board+"/configuration"))
		s.Estimate(s.AddBoard("Estimates", "project = PAY"), "Story Points")
		expect(404, c.get("/rest/agile/1.0/board/1/configuration"))

		if d == jiratest.Cloud {
			expect(200, c.get("/rest/api/2/search/jql?jql=project%3DPAY&fields=*all&maxResults=2"))
			expect(200, c.do("POST", "/rest/api/2/search/jql", object{"jql": "project = PAY", "fields": []string{"*all"}, "expand": "names"}))
			expect(200, c.do("POST", "/rest/api/2/search/approximate-count", object{"jql": "project = PAY"}))
			expect(200, c.do("POST", "/rest/api/2/issue/bulkfetch", object{"issueIdsOrKeys": []string{"PAY-2", "NO-1"}, "fields": []string{"*all"}}))
			expect(200, c.do("POST", "/rest/api/2/comment/list?expand=properties", object{"ids": []int{1, 2}}))
			changes := expect(200, c.do("POST", "/rest/api/2/changelog/bulkfetch", object{"issueIdsOrKeys": []string{"PAY-5", "PAY-2", "NO-1"}, "maxResults": 1}))
			require.NotEmpty(t, changes.body["nextPageToken"], "of two changes one is on the next page")
			next := expect(200, c.do("POST", "/rest/api/2/changelog/bulkfetch", object{"issueIdsOrKeys": []string{"PAY-5", "PAY-2", "NO-1"}, "maxResults": 1, "nextPageToken": changes.body["nextPageToken"]}))
			assert.NotEqual(t, changes.body["issueChangeLogs"], next.body["issueChangeLogs"])
			none := expect(200, c.do("POST", "/rest/api/2/changelog/bulkfetch", object{"issueIdsOrKeys": []string{"PAY-5"}, "fieldIds": []string{"duedate"}}))
			assert.Empty(t, none.body["issueChangeLogs"])
		} else {
			expect(200, c.get("/rest/api/2/search?jql=project%3DPAY&fields=*all&maxResults=2"))
			expect(200, c.do("POST", "/rest/api/2/search", object{"jql": "project = PAY", "fields": []string{"*all"}, "validateQuery": false}))
			expect(204, c.do("POST", "/rest/agile/1.0/epic/PAY-1/issue", object{"issues": []string{"OPS-1"}}))
		}
		expect(204, c.do("DELETE", "/rest/api/2/issue/PAY-2/comment/"+id, nil))
		expect(404, c.get("/rest/api/2/issue/PAY-99"))
	})
}

// All real issues load, and each of them passes the contract.
func TestRealIssues(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../shared/data/jira/*.jsonl")
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no real issues here")
	}
	both(t, func(t *testing.T, d jiratest.Deployment) {
		s := jiratest.New(jiratest.Options{Deployment: d})
		for _, name := range files {
			f, err := os.Open(name)
			require.NoError(t, err)
			require.NoError(t, s.Load(f), name)
			require.NoError(t, f.Close())
		}
		keys := s.Keys()
		require.Len(t, keys, 1478)
		c := contract(t, d, s)
		for n, key := range keys {
			if n%sampled.One(5, 5) != 0 {
				continue
			}
			a := c.get("/rest/api/2/issue/" + key)
			require.Equal(t, 200, a.status, key)
			fields, _ := a.body["fields"].(map[string]any)
			for _, id := range []string{"summary", "status", "issuetype", "project", "created", "updated"} {
				require.NotEmpty(t, fields[id], "%s %s", key, id)
			}
			if n%7 == 0 { // a page takes longer than an answer
				require.Equal(t, 200, c.get("/browse/"+key).status, key)
			}
		}
		assert.Equal(t, 200, c.get("/").status)
	})
}
