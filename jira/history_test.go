package jira

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
	"refine/planner"
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
		assert.Equal(t, &planner.History{}, issues[0].History, "nothing has changed on it")

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

func TestALongHistoryIsCutOnCloud(t *testing.T) { // P5
	deployments(t, func(t *testing.T, w *world) {
		dana := w.jira.AddPerson(jiratest.Person{Name: "dana"})
		require.NoError(t, w.jira.Edit("PAY-3", dana, object{"duedate": "2026-12-01"}))
		for n := range 19 {
			require.NoError(t, w.jira.Edit("PAY-3", dana, object{"summary": "Take " + strconv.Itoa(n)}))
		}
		issues, _, _, err := w.Search(t.Context(), "key = PAY-3", 0)
		require.NoError(t, err)
		assert.Equal(t, w.Cloud(), issues[0].History.Cut, "of twenty Cloud may have kept some back")
		assert.Len(t, issues[0].History.Changes, 1)

		require.NoError(t, w.jira.Edit("PAY-3", dana, map[string]any{"summary": "Take 20"}))
		issues, _, _, err = w.Search(t.Context(), "key = PAY-3", 0)
		require.NoError(t, err)
		assert.Equal(t, w.Cloud(), issues[0].History.Cut)
		assert.Equal(t, !w.Cloud(), len(issues[0].History.Changes) == 1)
	})
}

func TestABoardsHistory(t *testing.T) { // P5
	deployments(t, func(t *testing.T, w *world) {
		id := w.jira.AddBoard("Payments", "project = PAY AND issuetype = Story")
		issues, _, _, err := w.BoardBacklog(t.Context(), strconv.FormatInt(id, 10), "", 0)
		require.NoError(t, err)
		assert.Equal(t, !w.Cloud(), issues[0].History != nil, "Cloud tells none with a board's backlog")
	})
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
	assert.Equal(t, &planner.History{Cut: true, Changes: []planner.FieldChange{{Field: planner.PriorityChanged, At: at, To: "High"}}}, issues[0].History)
}
