package jira

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

func TestBoardBacklog(t *testing.T) { // P1, P3
	deployments(t, func(t *testing.T, w *world) {
		require.NoError(t, w.jira.Load(strings.NewReader(`{"key":"PAY-5","fields":{"summary":"Being done","issuetype":{"name":"Story"},"sprint":{"id":7,"state":"active","name":"Sprint 7"}}}`)))
		id := w.jira.AddBoard("Payments", "project = PAY AND issuetype = Story")
		w.jira.AddBoard("Payments archive", "project = PAY")
		jql, err := w.BacklogJQL(ticket.BacklogQuery{Board: "payments", JQL: "project = PAY ORDER BY key DESC"})
		require.NoError(t, err)
		for _, board := range []string{"payments", strconv.FormatInt(id, 10)} {
			issues, total, capped, err := w.BoardBacklog(t.Context(), board, jql, 40)
			require.NoError(t, err)
			assert.Equal(t, []string{"PAY-2", "PAY-3"}, keysOf(issues), "neither what is done or in a sprint, in the board's order")
			assert.Equal(t, 2, total)
			assert.False(t, capped)
			assert.Equal(t, "What about vouchers?", issues[1].Comments[0].Body)
			require.NotNil(t, issues[0].StoryPoints)
		}
		issues, total, capped, err := w.BoardBacklog(t.Context(), "Payments", jql, 1)
		require.NoError(t, err)
		assert.Equal(t, []string{"PAY-2"}, keysOf(issues))
		assert.Equal(t, 2, total)
		assert.True(t, capped)
	})
}

func TestBoardThatIsNotOne(t *testing.T) {
	deployments(t, func(t *testing.T, w *world) {
		first := w.jira.AddBoard("Payments", "project = PAY")
		second := w.jira.AddBoard("PAYMENTS", "project = PAY")
		number := func(n int64) string { return strconv.FormatInt(n, 10) }
		for board, want := range map[string]string{
			"Payment":  `no board is called "Payment"; similar are "Payments" (` + number(first) + `), "PAYMENTS" (` + number(second) + `)`,
			"Refunds":  `no board is called "Refunds": check backlog.board`,
			"payments": `several boards are called "payments": "Payments" (` + number(first),
			"99":       "there is no backlog of board 99: check backlog.board, that the account may see the board",
		} {
			_, _, _, err := w.BoardBacklog(t.Context(), board, open, 0)
			assert.ErrorContains(t, err, want)
		}
		_, _, _, err := w.BoardBacklog(t.Context(), number(first), "nonsense = 1", 0)
		assert.ErrorContains(t, err, "with JQL “nonsense = 1”")
	})
}

// Boards have names like "2026": a number is the name of one before it is an id.
func TestBoardThatIsCalledLikeANumber(t *testing.T) { // R14
	deployments(t, func(t *testing.T, w *world) {
		stories := w.jira.AddBoard("2026", "issuetype = Story")
		number := strconv.FormatInt(stories, 10)
		others := w.jira.AddBoard(number, "issuetype != Story")
		lone := w.jira.AddBoard("Team 2026", "issuetype = Story")
		read := func(board string) []string {
			t.Helper()
			issues, _, _, err := w.BoardBacklog(t.Context(), board, open, 0)
			require.NoError(t, err)
			return keysOf(issues)
		}
		byID := read(strconv.FormatInt(lone, 10))
		assert.NotEmpty(t, byID)
		assert.Equal(t, byID, read("2026"))
		assert.NotEqual(t, byID, read(number), "another board is called like the id of the first")
		assert.Equal(t, read(strconv.FormatInt(others, 10)), read(number))

		for board, says := range map[string]string{
			"2025": "there is no backlog of board 2025: check backlog.board",
			"0":    `no board is called "0"; similar are`,
			"-1":   `no board is called "-1": check backlog.board`,
		} {
			_, _, _, err := w.BoardBacklog(t.Context(), board, open, 0)
			assert.ErrorContains(t, err, says)
		}
	})
}

// paged answers a GET with at most size of the values at a time.
func paged(size int, name string, all []object) func(*http.Request, string) any {
	return func(r *http.Request, _ string) any {
		start, _ := strconv.Atoi(r.URL.Query().Get("startAt"))
		end := min(start+size, len(all))
		return object{name: all[min(start, end):end], "startAt": start, "total": len(all), "isLast": end == len(all)}
	}
}

func TestBoardBacklogReadsAllPages(t *testing.T) { // P3
	t.Parallel()
	boards := []object{{"id": 1, "name": "Ledger A"}, {"id": 2, "name": "Ledger B"}, {"id": 3, "name": "Ledger"}}
	for _, deployment := range []string{cloudName, dcName} {
		c, s := serve(t, deployment, map[string]any{
			"GET /rest/agile/1.0/board":           paged(2, "values", boards),
			"GET /rest/agile/1.0/board/3/backlog": paged(2, "issues", stubs(1, 7)),
		})
		issues, total, capped, err := c.BoardBacklog(t.Context(), "ledger", open, 0)
		require.NoError(t, err)
		assert.Equal(t, []string{"PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-5", "PAY-6", "PAY-7"}, keysOf(issues))
		assert.Equal(t, 7, total)
		assert.False(t, capped)
		assert.Equal(t, 2, s.count("GET /rest/agile/1.0/board"))
		assert.Equal(t, 4, s.count("GET /rest/agile/1.0/board/3/backlog"))
	}
}

func TestASiteWithoutBoards(t *testing.T) {
	t.Parallel()
	c, _ := serve(t, dcName, nil)
	_, _, _, err := c.BoardBacklog(t.Context(), "Ledger", open, 0)
	assert.ErrorContains(t, err, "check that it has Jira Software")
}
