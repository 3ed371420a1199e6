package jira

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// looked is the backlog in which PAY-3 is to be ranked, and the change that does it.
func (w *world) looked(t *testing.T, within *ticket.BacklogQuery, place, beside string) (outcome.Screen, outcome.Change) {
	t.Helper()
	i, _ := w.jira.Issue("PAY-3")
	s := outcome.Setting{Field: outcome.RankField, Label: place, Beside: beside, Saw: i.Rank}
	screens, err := w.Screens(t.Context(), []outcome.Look{{
		Issue: "PAY-3", Fields: []outcome.Field{outcome.RankField}, IssueID: strconv.FormatInt(i.ID, 10), Beside: []string{beside}, Within: within,
	}})
	require.NoError(t, err)
	screen := screens["PAY-3"]
	s.ID = screen.Fields[outcome.RankField].ID
	return screen, outcome.Change{Issue: "PAY-3", Kind: outcome.RankChange, Status: outcome.Planned, To: place + " " + beside, Set: &s}
}

func TestRank(t *testing.T) { // S3 S5 S6
	deployments(t, func(t *testing.T, w *world) {
		project := &ticket.BacklogQuery{JQL: "project = PAY ORDER BY key DESC", Flagged: true}
		screen, change := w.looked(t, project, "before", "PAY-1")
		first := screen.Ranking.Keys
		assert.Equal(t, []string{"PAY-1", "PAY-2", "PAY-3"}, first[:3], "by rank, whatever the team orders by, and not only what is flagged")

		w.lose.Store("PUT /issue/rank")
		require.NoError(t, w.Apply(t.Context(), change), "its answer is lost")
		assert.Empty(t, w.lose.Load(), "nothing was lost")
		assert.Equal(t, []string{"PAY-3", "PAY-1", "PAY-2"}, w.jira.Ranked()[:3])
		left, _ := w.jira.Issue("PAY-3")
		assert.Equal(t, left.Rank, change.Set.Left)
		w.jira.ForgetJournal()
		require.NoError(t, w.Apply(t.Context(), change), "it stands already")
		assert.Empty(t, w.jira.Written())

		if w.cloud {
			w.jira.Lag()
		}
		_, change = w.looked(t, project, "after", "PAY-1")
		require.NoError(t, w.Apply(t.Context(), change))
		screen, _ = w.looked(t, project, "after", "PAY-1")
		assert.Equal(t, []string{"PAY-1", "PAY-3", "PAY-2"}, screen.Ranking.Keys[:3], "a search that lags is told what to look at")
		screen, _ = w.looked(t, nil, "after", "PAY-1")
		assert.Equal(t, []string{"PAY-1", "PAY-3"}, screen.Ranking.Keys, "the two alone, read themselves")
		if w.cloud {
			w.jira.Reindex()
		}

		_, change = w.looked(t, &ticket.BacklogQuery{}, "before", "PAY-1")
		require.NoError(t, w.jira.Rank(w.jira.Me(), "PAY-3", "PAY-2"))
		w.jira.Balance()
		var changed *ChangedError
		require.ErrorAs(t, w.Apply(t.Context(), change), &changed, "somebody was faster")

		_, change = w.looked(t, &ticket.BacklogQuery{}, "before", "PAY-1")
		w.jira.Unrankable("PAY-3")
		require.ErrorContains(t, w.Apply(t.Context(), change), "setting the rank: PAY-3: status 503: JIRA Agile cannot execute")
		w.jira.Deny(jiratest.ScheduleIssues)
		screen, _ = w.looked(t, project, "before", "PAY-1")
		assert.Equal(t, "this account may not rank issues of PAY (Schedule Issues)", screen.Fields[outcome.RankField].Missing)
		require.ErrorContains(t, w.Apply(t.Context(), change), "403")
	})
}

func TestTheBacklogThatIsRanked(t *testing.T) { // S3
	deployments(t, func(t *testing.T, w *world) {
		for want, q := range map[string]ticket.BacklogQuery{
			`(statusCategory != Done AND project in ("PAY", "WEB")) OR key in ("PAY-1", "WEB-2") ORDER BY Rank ASC`: {Flagged: true, Label: "x", Board: "7"},
			`(statusCategory != Done AND (a = 1 OR b = 2)) OR key in ("PAY-1", "WEB-2") ORDER BY Rank ASC`:          {JQL: "a = 1 OR b = 2 ORDER BY due"},
			`(statusCategory != Done AND filter = "Ours") OR key in ("PAY-1", "WEB-2") ORDER BY Rank ASC`:           {Filter: "Ours"},
		} {
			got, err := w.rankedJQL(q, []string{"PAY-1", "WEB-2"})
			require.NoError(t, err)
			assert.Equal(t, want, got)
		}
		_, err := w.rankedJQL(ticket.BacklogQuery{JQL: "a = (1"}, nil)
		require.ErrorContains(t, err, "a parenthesis is not closed")
	})
}

// A rank that cannot be read once it is set is set: an answer that is no success would
// say that it is not.
func TestARankThatCannotBeReadAfterwards(t *testing.T) { // S5
	t.Parallel()
	set := false
	ranked := func(key, rank string) any {
		return func(*http.Request, string) any {
			if set {
				return http.StatusForbidden
			}
			return object{"key": key, "fields": object{"customfield_9": rank}}
		}
	}
	c, s := serve(t, "cloud", map[string]any{
		"GET /field":       []object{{"id": "customfield_9", "name": "Rank", "custom": true, "schema": object{"custom": "com.pyxis.greenhopper.jira:gh-lexo-rank"}}},
		"GET /issue/PAY-1": ranked("PAY-1", "0|a:"), "GET /issue/PAY-3": ranked("PAY-3", "0|c:"),
		"PUT /rest/agile/1.0/issue/rank": func(*http.Request, string) any {
			set = true
			return object{"entries": []object{{"issueKey": "PAY-3", "status": http.StatusOK}}}
		},
	})
	require.NoError(t, c.Learn(t.Context()))
	change := outcome.Change{
		Issue: "PAY-3", Kind: outcome.RankChange, Status: outcome.Planned, To: "before PAY-1",
		Set: &outcome.Setting{Field: outcome.RankField, ID: "customfield_9", Beside: "PAY-1", Saw: "0|c:"},
	}
	require.NoError(t, c.Apply(t.Context(), change))
	assert.True(t, set)
	assert.Empty(t, change.Set.Left)
	assert.Equal(t, 2, s.count("GET /issue/PAY-3"))
	assert.Equal(t, 1, s.count("GET /issue/PAY-1"), "how the ticket is left it tells alone")
}
