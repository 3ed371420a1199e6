package jira

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"

	"refine/planner/ticket"
)

// busy changes a ticket as a team does over some weeks.
func busy(t *testing.T, w *world, key string) {
	t.Helper()
	dana := w.jira.AddPerson(jiratest.Person{Name: "dana", DisplayName: "Dana"})
	for _, fields := range []object{
		{"priority": object{"name": "Low"}, "summary": "Refund in parts"},
		{"priority": object{"name": "High"}},
		{"duedate": "2026-12-01"},
		{"duedate": "2026-12-18"},
	} {
		require.NoError(t, w.jira.Edit(key, dana, fields))
	}
	for n, name := range []string{"Sprint 1, the first", "Sprint 2", "Sprint 3"} {
		id := int64(n + 1)
		require.NoError(t, w.jira.PutIntoSprint(dana, jiratest.Sprint{ID: id, Name: name, State: "active"}, key))
		if n < 2 {
			w.jira.CloseSprint(id)
		}
	}
	require.NoError(t, w.jira.Flag(key))
}

func TestHistory(t *testing.T) { // P5
	deployments(t, func(t *testing.T, w *world) {
		busy(t, w, "PAY-3")
		before := w.Requests()
		issues, _, _, err := w.Search(t.Context(), "key in (PAY-2, PAY-3) ORDER BY key", 0)
		require.NoError(t, err)
		assert.EqualValues(t, 1, w.Requests()-before, "the changes come with the search")
		require.Len(t, issues, 2)
		assert.Equal(t, &ticket.History{}, issues[0].History, "nothing has changed on it")

		h := issues[1].History
		require.NotNil(t, h)
		assert.Equal(t, 3, h.Sprints)
		assert.False(t, h.Cut)
		var got []string
		for _, c := range h.Changes {
			assert.False(t, c.At.IsZero())
			got = append(got, fmt.Sprintf("%s: %s to %s", c.Field, c.From, c.To))
		}
		require.NotEmpty(t, got)
		assert.Regexp(t, "^priority: .* to Low$", got[0])
		assert.Equal(t, []string{
			"priority: Low to High", "due date:  to 2026-12-01", "due date: 2026-12-01 to 2026-12-18",
			"sprint:  to Sprint 1, the first", "sprint: Sprint 1, the first to Sprint 1, the first, Sprint 2",
			"sprint: Sprint 1, the first, Sprint 2 to Sprint 1, the first, Sprint 2, Sprint 3",
			"flag:  to Impediment",
		}, got[1:], "the summary's change is none of these")
	})
}

func TestHistoryOfAnEpic(t *testing.T) { // P5
	deployments(t, func(t *testing.T, w *world) {
		dana := w.jira.AddPerson(jiratest.Person{Name: "dana"})
		require.NoError(t, w.jira.Edit("PAY-1", dana, object{"duedate": "2026-12-01"}))
		epic, err := w.Epic(t.Context(), "PAY-1")
		require.NoError(t, err)
		require.NotNil(t, epic.History)
		assert.Len(t, epic.History.Changes, 1)
	})
}

// retitled gives a ticket a due date and then new titles.
func retitled(t *testing.T, w *world, key string, times int) {
	t.Helper()
	dana := w.jira.AddPerson(jiratest.Person{Name: "dana"})
	require.NoError(t, w.jira.Edit(key, dana, object{"duedate": "2026-12-01"}))
	for n := range times {
		require.NoError(t, w.jira.Edit(key, dana, object{"summary": "Take " + strconv.Itoa(n)}))
	}
}

// requests counts what do sends.
func requests(w *world, do func()) int64 {
	before := w.Requests()
	do()
	return w.Requests() - before
}

// A long history is whole on both: Cloud's search lists twenty changes, and what
// it may have kept back costs one request for all such issues together.
func TestALongHistory(t *testing.T) { // P5
	deployments(t, func(t *testing.T, w *world) {
		further := int64(0)
		if w.Cloud() {
			further = 1
		}
		retitled(t, w, "PAY-2", 18)
		sent := requests(w, func() {
			issues, _, _, err := w.Search(t.Context(), "key = PAY-2", 0)
			require.NoError(t, err)
			assert.False(t, issues[0].History.Cut)
			assert.Len(t, issues[0].History.Changes, 1)
		})
		assert.EqualValues(t, 1, sent, "of nineteen changes none is kept back")

		retitled(t, w, "PAY-3", 25)
		busy(t, w, "PAY-3")
		require.NoError(t, w.jira.Edit("PAY-2", w.jira.Me(), object{"summary": "Take 19"}))
		sent = requests(w, func() {
			issues, _, _, err := w.Search(t.Context(), "key in (PAY-1, PAY-2, PAY-3) ORDER BY key", 0)
			require.NoError(t, err)
			require.Len(t, issues, 3)
			for _, i := range issues {
				require.NotNil(t, i.History, i.Key)
				assert.False(t, i.History.Cut, i.Key)
			}
			assert.Len(t, issues[1].History.Changes, 1, "the oldest of twenty")
			assert.Equal(t, 3, issues[2].History.Sprints)
			assert.Equal(t, "2026-12-01", issues[2].History.Changes[0].To, "the oldest change comes first, at its time")
			assert.WithinDuration(t, time.Now(), issues[2].History.Changes[0].At, time.Hour)
		})
		assert.Equal(t, 1+further, sent)
	})
}

func TestALongHistoryOfAnEpic(t *testing.T) { // P5
	deployments(t, func(t *testing.T, w *world) {
		retitled(t, w, "PAY-1", 30)
		read := func() (epic ticket.Issue) {
			epic, err := w.Epic(t.Context(), "PAY-1")
			require.NoError(t, err)
			assert.False(t, epic.History.Cut)
			assert.Len(t, epic.History.Changes, 1)
			return epic
		}
		once := requests(w, func() { read() })
		retitled(t, w, "PAY-1", 80) // an issue by itself comes with a hundred
		require.NoError(t, w.jira.Edit("PAY-1", w.jira.Me(), object{"duedate": nil}))
		sent := requests(w, func() {
			epic, err := w.Epic(t.Context(), "PAY-1")
			require.NoError(t, err)
			assert.False(t, epic.History.Cut)
			assert.Len(t, epic.History.Changes, 2)
		})
		if w.Cloud() {
			once++
		}
		assert.Equal(t, once, sent)
	})
}

func TestABoardsHistory(t *testing.T) { // P5
	deployments(t, func(t *testing.T, w *world) {
		busy(t, w, "PAY-2")
		w.jira.CloseSprint(3)
		id := w.jira.AddBoard("Payments", "project = PAY AND issuetype = Story")
		sent := requests(w, func() {
			issues, _, _, err := w.BoardBacklog(t.Context(), strconv.FormatInt(id, 10), "", 0)
			require.NoError(t, err)
			require.Len(t, issues, 2)
			assert.NotEmpty(t, issues[0].History.Changes)
			assert.Equal(t, &ticket.History{}, issues[1].History, "it has never changed")
		})
		if w.Cloud() {
			assert.EqualValues(t, 3, sent, "the board, its backlog, and the changes, which Cloud does not tell with it")
		} else {
			assert.EqualValues(t, 2, sent)
		}
	})
}

// A site that does not offer the changes of many issues, or not to this account,
// leaves what the search told; that it fails otherwise is an error.
func TestChangesThatCannotBeAsked(t *testing.T) { // P5
	t.Parallel()
	for status, cut := range map[int]bool{404: true, 403: true, 400: false} {
		c, _ := serve(t, cloudName, object{
			"POST /search/jql":          object{"isLast": true, "issues": []any{withChanges("7", "PAY-1", 20)}},
			"POST /changelog/bulkfetch": status,
		})
		issues, _, _, err := c.Search(t.Context(), "project = PAY", 0)
		if !cut {
			assert.ErrorContains(t, err, "reading what changed on the issues")
			continue
		}
		require.NoError(t, err, status)
		assert.True(t, issues[0].History.Cut)
	}
}

// TestHistoryInOtherShapes reads nulls, and items of fields without an id.
func TestHistoryInOtherShapes(t *testing.T) { // P5
	t.Parallel()
	c, _ := serve(t, dcName, object{
		"POST /search": object{"total": 1, "issues": []any{object{
			"id": "1", "key": "PAY-1", "fields": object{"summary": "Refunds"},
			"changelog": object{"total": 40, "histories": []any{
				object{"created": "2026-11-03T10:00:00.000+0000", "items": []any{
					object{"field": "priority", "from": nil, "fromString": nil, "to": "2", "toString": "High"},
					object{"field": "Sprint", "from": "", "to": "7", "toString": "Sprint 7"},
					object{"field": "Rank", "toString": "Ranked higher"},
				}},
				object{"created": "yesterday", "items": []any{object{"field": "priority", "toString": "Low"}}},
			}},
		}}},
	})
	issues, _, _, err := c.Search(t.Context(), "project = PAY", 0)
	require.NoError(t, err)
	at := time.Date(2026, time.November, 3, 10, 0, 0, 0, time.UTC)
	assert.Equal(t, &ticket.History{Cut: true, Changes: []ticket.FieldChange{{Field: ticket.PriorityChanged, At: at, To: "High"}}}, issues[0].History)
}

// withChanges is an issue as a search answers it, with so many changes.
func withChanges(id, key string, n int) object {
	histories := make([]any, n)
	for k := range histories {
		histories[k] = object{"id": strconv.Itoa(k), "created": "2026-11-03T10:00:00.000+0000", "items": []any{object{"field": "summary", "fieldId": "summary"}}}
	}
	return object{"id": id, "key": key, "fields": object{"summary": "Refunds"}, "changelog": object{"total": n, "histories": histories}}
}

// Changes are asked for by a thousand issues, by the fields that count, and page
// by page; their times come in milliseconds.
func TestChangesOfManyIssues(t *testing.T) { // P5 P3
	t.Parallel()
	var found []any
	for n := range 1001 {
		found = append(found, withChanges(strconv.Itoa(n+1), "PAY-"+strconv.Itoa(n+1), 20))
	}
	found = append(found, withChanges("2000", "PAY-2000", 19))
	id := 0
	due := func(ms any) object {
		id++
		return object{"id": strconv.Itoa(id), "created": ms, "items": []any{object{"field": "duedate", "fieldId": "duedate", "to": "2026-12-01", "toString": "2026-12-01 00:00:00.0"}}}
	}
	var asked []int
	c, s := serve(t, cloudName, object{
		"POST /search/jql": object{"isLast": true, "issues": found},
		"POST /changelog/bulkfetch": func(_ *http.Request, body string) any {
			var in struct {
				IDs    []string `json:"issueIdsOrKeys"`
				Fields []string `json:"fieldIds"`
				Next   string   `json:"nextPageToken"`
			}
			require.NoError(t, json.Unmarshal([]byte(body), &in))
			assert.Equal(t, []string{"priority", "duedate"}, in.Fields)
			asked = append(asked, len(in.IDs))
			if in.Next == "" && len(in.IDs) == maxChangelogs {
				return object{"nextPageToken": "more", "issueChangeLogs": []any{object{"issueId": "1", "changeHistories": []any{due(1793700000000)}}}}
			}
			return object{"issueChangeLogs": []any{object{"issueId": "1", "changeHistories": []any{due("2026-11-04T10:00:00.000+0000"), due(nil)}}}}
		},
	})
	issues, _, _, err := c.Search(t.Context(), "project = PAY", 0)
	require.NoError(t, err)
	require.Len(t, issues, 1002)
	assert.Equal(t, []int{1000, 1000, 1}, asked, "two pages for the first thousand; the last issue was whole")
	assert.Equal(t, 3, s.count("POST /changelog/bulkfetch"))
	require.Len(t, issues[0].History.Changes, 2, "a change without a time is none")
	assert.Equal(t, time.UnixMilli(1793700000000).UTC(), issues[0].History.Changes[0].At)
	for _, i := range issues {
		assert.False(t, i.History.Cut, i.Key)
	}
}
