package jira

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/jira/jiratest"
)

func TestPermissionsThatAreMissing(t *testing.T) { // O4
	deployments(t, func(t *testing.T, w *world) {
		wanted := []Permission{BrowseProjects, AddComments, EditOwnComments, LinkIssues}
		missing, err := w.Lacks(t.Context(), "PAY", wanted...)
		require.NoError(t, err)
		assert.Empty(t, missing)
		w.jira.Deny(jiratest.AddComments, "PAY")
		w.jira.Deny(jiratest.LinkIssues, "PAY")
		missing, err = w.Lacks(t.Context(), "PAY", wanted...)
		require.NoError(t, err)
		assert.Equal(t, []Permission{AddComments, LinkIssues}, missing)
		assert.Equal(t, "Add Comments", missing[0].String())
		_, err = w.Lacks(t.Context(), "NOPE", wanted...)
		assert.Equal(t, http.StatusNotFound, atlassian.StatusOf(err))
	})
}

func TestMatches(t *testing.T) { // O4
	deployments(t, func(t *testing.T, w *world) {
		w.jira.AddBoard("Payments", "project = PAY")
		m, err := w.Matches(t.Context(), "project = PAY", "")
		require.NoError(t, err)
		assert.Equal(t, map[string]bool{"PAY": false}, m.Projects)
		assert.Positive(t, m.Total)
		onBoard, err := w.Matches(t.Context(), open, "payments")
		require.NoError(t, err)
		assert.Positive(t, onBoard.Total)
		assert.LessOrEqual(t, onBoard.Total, m.Total)
		none, err := w.Matches(t.Context(), "project = PAY AND labels = nobody-has-it", "")
		require.NoError(t, err)
		assert.Zero(t, none.Total)
		for jql, says := range map[string]string{"project = NOPE": "The value 'NOPE' does not exist", FilterJQL("Ready"): "The value 'Ready' does not exist"} {
			_, err := w.Matches(t.Context(), jql, "")
			assert.ErrorContains(t, err, says)
		}
		_, err = w.Matches(t.Context(), "", "Refunds")
		assert.ErrorContains(t, err, `no board is called "Refunds"`)
	})
}

func TestNamedProjects(t *testing.T) { // O4
	t.Parallel()
	for jql, want := range map[string]string{
		"project = PAY":                                      "PAY",
		"Project=pay and labels = x":                         "PAY",
		`project in (PAY, "LIB",ops) OR a=1`:                 "LIB OPS PAY",
		`project = "Payments team"`:                          "",
		"project != PAY":                                     "",
		"project not in (PAY)":                               "",
		"labels = x":                                         "",
		"projectLead = ANA":                                  "",
		"project in (PAY) AND project = PAY":                 "PAY",
		"component = LIB and project = OPS ORDER BY project": "OPS",
	} {
		assert.Equal(t, want, strings.Join(NamedProjects(jql), " "), jql)
	}
}
