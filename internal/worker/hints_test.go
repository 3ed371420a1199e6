package worker_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner"
	"refine/planner/guide"

	"refine/planner/ticket"
)

// L16: a page that lists the objectives is read, by title or by id, and each item
// says which it serves.
func TestObjectivesOfAPage(t *testing.T) {
	t.Parallel()
	for _, deployment := range []option{func(*sandbox.Options) {}, dataCenter} {
		w := newWorld(t, deployment, issues(
			`{"key":"PAY-1","fields":{"summary":"Invoice list","description":"Q4-1 needs it.","flagged":true,"issuetype":{"name":"Story"}}}`,
			`{"key":"PAY-2","fields":{"summary":"Dark mode","flagged":true,"issuetype":{"name":"Story"}}}`))
		space, err := w.Pages.Space(t.Context(), w.team.Space)
		require.NoError(t, err)
		page, err := w.Pages.CreatePage(t.Context(), confluence.NewPage{Space: *space, Title: "Objectives of Q4", Body: "<ul><li>Q4-1: Invoices are paid in time</li></ul>"})
		require.NoError(t, err)
		for _, name := range []string{"Objectives of Q4", page.ID} {
			w.team.ObjectivePages = []string{name}
			planned, err := w.Plan(t.Context(), worker.Request{Team: w.team})
			require.NoError(t, err)
			assert.Equal(t, []string{"Q4-1 Invoices are paid in time"}, planned.Plan.Objectives)
			assert.Equal(t, []planner.Serves{{Objective: "Q4-1 Invoices are paid in time", Evidence: "names Q4-1"}}, planned.Plan.Items[0].Serves)
			assert.Empty(t, planned.Plan.Items[1].Serves)
		}
	}
}

// L17: sizes cost one request more, and only a format that agrees on them.
func TestRequestsForSizes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, issues(`{"key":"PAY-1","fields":{"summary":"Invoice list","flagged":true,"issuetype":{"name":"Story"}}}`))
	requests := func(format string) int64 {
		before := w.Requests()
		w.team.Guide = guide.BuiltIn(format)
		_, err := w.Plan(t.Context(), worker.Request{Team: w.team})
		require.NoError(t, err)
		return w.Requests() - before
	}
	assert.Equal(t, requests(guide.Default)+1, requests(guide.POPM))
}

// withoutExamples is a Jira that does not answer for finished issues.
type withoutExamples struct{ *jira.Client }

func (withoutExamples) Sized(context.Context, []string) ([]ticket.Issue, error) {
	return nil, errors.New("out of order")
}

// L17 L6: finished tickets that cannot be read are a hint that is missing, and said to be.
func TestSizesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, issues(`{"key":"PAY-1","fields":{"summary":"Invoice list","flagged":true,"issuetype":{"name":"Story"}}}`))
	w.team.Guide = guide.BuiltIn(guide.POPM)
	w.Worker.Jira = withoutExamples{w.Worker.Jira.(*jira.Client)}
	planned, err := w.Plan(t.Context(), worker.Request{Team: w.team})
	require.NoError(t, err)
	assert.Contains(t, strings.Join(planned.Plan.Assumptions, "\n"), "Past sizes: finished tickets could not be read")
}
