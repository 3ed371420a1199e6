package jira

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

func decode(t *testing.T, text string) issue {
	t.Helper()
	var i issue
	require.NoError(t, json.Unmarshal([]byte(text), &i))
	return i
}

func TestIssueOfCloud(t *testing.T) { // P5
	t.Parallel()
	points := custom("customfield_1", "Story Points", "float")
	c := &Client{browse: "https://acme.atlassian.net", cloud: true, known: fields{
		storyPoints: {points, custom("customfield_2", "Story point estimate", "")}, flagged: {custom("customfield_3", "Flagged", checkboxes)},
		sprint: {custom("customfield_4", "Sprint", "")}, acceptanceCriteria: {custom("customfield_5", "AC", "")},
	}}
	got := c.issue(decode(t, `{"id":"10","key":"PAY-7","self":"https://api.atlassian.com/x","fields":{
		"summary":"Refund a card","description":"h2. Why\r\nPeople wait","issuetype":{"name":"Geschichte","hierarchyLevel":0},
		"status":{"name":"Offen","statusCategory":{"id":"2","key":"new"}},"priority":{"name":"High"},"labels":["a"],
		"components":[{"name":"API"}],"fixVersions":[{"name":"1.0","released":false,"releaseDate":"2026-12-24"}],
		"reporter":{"accountId":"5b:1","displayName":"Ana"},"assignee":null,
		"created":"2026-01-15T09:30:00.000+0100","updated":"2026-01-16T09:30:00.000Z","duedate":"2026-02-01",
		"comment":{"comments":[{"id":"2","body":"late","created":"2026-01-17T00:00:00.000+0000"},{"id":"1","author":{"accountId":"5b:1","displayName":"Ana"},"body":"early","created":"2026-01-16T00:00:00.000+0000"}],"total":25},
		"issuelinks":[{"type":{"name":"Blocks","inward":"is blocked by","outward":"blocks"},"inwardIssue":{"key":"PAY-3","fields":{"summary":"Limits","status":{"name":"Done","statusCategory":{"key":"done"}},"issuetype":{"name":"Task"}}}}],
		"subtasks":[{"key":"PAY-8","fields":{"summary":"Part"}}],"parent":{"key":"PAY-1","fields":{"summary":"Refunds","issuetype":{"name":"Epic"}}},
		"attachment":[{"filename":"flow.png"}],"security":{"id":"1","name":"Internal"},
		"customfield_1":null,"customfield_2":5,"customfield_3":[{"value":"Impediment"}],"customfield_5":"Money is back in a day",
		"customfield_4":[{"name":"S1","state":"closed"},{"name":"S2","state":"active","goal":"Refunds","startDate":"2026-01-01T00:00:00.000Z"},{"name":"S3","state":"future"}]
	}}`))
	five := 5.0
	assert.Equal(t, ticket.Issue{
		ID: "10", Key: "PAY-7", URL: "https://acme.atlassian.net/browse/PAY-7", Type: "Geschichte",
		Summary: "Refund a card", Description: "h2. Why\r\nPeople wait", AcceptanceCriteria: "Money is back in a day",
		Status: "Offen", StatusCategory: "new", Priority: "High", Labels: []string{"a"}, Components: []string{"API"},
		FixVersions: []ticket.Version{{Name: "1.0", Release: ticket.Date{Year: 2026, Month: 12, Day: 24}}},
		Sprint:      &ticket.Sprint{Name: "S2", Goal: "Refunds", State: "active", Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
		Reporter:    ticket.Person{ID: "5b:1", Name: "Ana"},
		Created:     time.Date(2026, 1, 15, 8, 30, 0, 0, time.UTC), Updated: time.Date(2026, 1, 16, 9, 30, 0, 0, time.UTC),
		Due: ticket.Date{Year: 2026, Month: 2, Day: 1},
		Comments: []ticket.Comment{
			{ID: "1", Author: ticket.Person{ID: "5b:1", Name: "Ana"}, Body: "early", Created: time.Date(2026, 1, 16, 0, 0, 0, 0, time.UTC)},
			{ID: "2", Body: "late", Created: time.Date(2026, 1, 17, 0, 0, 0, 0, time.UTC)},
		},
		CommentTotal: 25,
		Links: []ticket.Link{{Type: "Blocks", Phrase: "is blocked by", Inward: true, Ref: ticket.Ref{
			Key: "PAY-3", Summary: "Limits", Type: "Task", Status: "Done", Done: true,
		}}},
		Subtasks: []ticket.Ref{{Key: "PAY-8", Summary: "Part"}}, Parent: &ticket.Ref{Key: "PAY-1", Summary: "Refunds", Type: "Epic"},
		Attachments: []ticket.Attachment{{Name: "flow.png"}}, Visuals: []ticket.Visual{{Name: "flow.png", Where: "attachment"}}, StoryPoints: &five, Flagged: true, Restricted: true,
	}, got)
}

func TestIssueOfDataCenter(t *testing.T) { // P2, P5
	t.Parallel()
	c := &Client{browse: "https://jira.example.com/jira", known: fields{
		epicLink: {custom("customfield_6", "Epic Link", "")}, sprint: {custom("customfield_4", "Sprint", "")},
		epicName: {custom("customfield_7", "Epic-Name", "")}, rank: {custom("customfield_8", "Rank", "")},
	}}
	got := c.issue(decode(t, `{"id":"10","key":"PAY-7","fields":{"customfield_6":"PAY-1","customfield_8":"0|i0000f:",
		"reporter":{"key":"JIRAUSER1","name":"ana","displayName":"Ana"},
		"customfield_4":["com.atlassian.greenhopper.service.sprint.Sprint@1f[id=1,rapidViewId=2,state=CLOSED,name=One, two,startDate=2026-01-01T10:00:00.000+01:00,endDate=<null>,completeDate=<null>,sequence=1,goal=Ship, then [rest]]"]}}`))
	assert.Equal(t, &ticket.Ref{Key: "PAY-1"}, got.Parent)
	assert.Equal(t, "0|i0000f:", got.Rank)
	assert.Equal(t, ticket.Person{ID: "JIRAUSER1", Name: "Ana"}, got.Reporter)
	assert.Equal(t, &ticket.Sprint{
		Name: "One, two", Goal: "Ship, then [rest]", State: "closed", Start: time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC),
	}, got.Sprint)
	assert.False(t, got.Epic)

	assert.True(t, c.issue(decode(t, `{"fields":{"customfield_7":"Erstattungen","issuetype":{"name":"Epos"}}}`)).Epic)
	assert.True(t, c.issue(decode(t, `{"fields":{"issuetype":{"name":"Epic"}}}`)).Epic)
	assert.False(t, c.issue(decode(t, `{"fields":{"issuetype":{"name":"Epic","hierarchyLevel":2}}}`)).Epic)
}

func TestInternalCommentsAreLeftOut(t *testing.T) { // P7
	t.Parallel()
	got := (&Client{}).issue(decode(t, `{"fields":{"comment":{"total":5,"comments":[
		{"id":"1","body":"a","jsdPublic":true,"visibility":null}, {"id":"2","body":"b","jsdPublic":false}, {"id":"3","body":"c"},
		{"id":"4","body":"d","visibility":{"type":"group","value":"staff"}}]}}}`))
	require.Len(t, got.Comments, 2)
	assert.Equal(t, "a", got.Comments[0].Body)
	assert.Equal(t, "c", got.Comments[1].Body)
	assert.Equal(t, 3, got.CommentTotal, "one more was held back by the service")
}

func TestFieldsOfUnknownShapeAreLeftOut(t *testing.T) {
	t.Parallel()
	c := &Client{}
	for _, text := range []string{
		`{}`, `{"fields":null}`,
		`{"fields":{"summary":1,"description":{"type":"doc"},"status":"Open","comment":[],"issuelinks":{},"parent":{},"labels":null,"created":"yesterday","security":null}}`,
	} {
		got := c.issue(decode(t, text))
		assert.Empty(t, got.Summary+got.Description+got.Status)
		assert.Nil(t, got.Parent)
		assert.False(t, got.Restricted)
	}
}
