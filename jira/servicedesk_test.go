package jira

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
	"refine/jira/jiratest"

	"refine/planner/outcome"
)

// A desk is a service project with one ticket to write on.
type desk struct {
	*Client
	key string
}

// desks are the fakes and, where the environment names one, a real site: whether
// it takes the property that makes a comment internal no document says.
//
//	REFINE_TEST_JIRA_URL, REFINE_TEST_JIRA_USER, REFINE_TEST_JIRA_TOKEN
//	REFINE_TEST_SERVICE_ISSUE   a ticket of a service project, DESK-7
func desks(t *testing.T) map[string]desk {
	t.Helper()
	out := map[string]desk{}
	for _, deployment := range []jiratest.Deployment{jiratest.Cloud, jiratest.DataCenter} {
		fake := jiratest.New(jiratest.Options{Deployment: deployment})
		require.NoError(t, fake.Load(strings.NewReader(strings.TrimSpace(backlog))))
		require.NoError(t, fake.Serve("PAY"))
		srv := httptest.NewServer(fake)
		t.Cleanup(srv.Close)
		c, err := New(t.Context(), Options{Atlassian: dial(t, srv.URL)})
		require.NoError(t, err)
		out[string(deployment)] = desk{c, "PAY-2"}
	}
	if key := os.Getenv("REFINE_TEST_SERVICE_ISSUE"); key != "" {
		api, err := atlassian.New(atlassian.Options{
			Product: "Jira", BaseURL: os.Getenv("REFINE_TEST_JIRA_URL"),
			Auth: atlassian.Auth{User: os.Getenv("REFINE_TEST_JIRA_USER"), Token: atlassian.NewSecret(os.Getenv("REFINE_TEST_JIRA_TOKEN"))},
		})
		require.NoError(t, err)
		c, err := New(t.Context(), Options{Atlassian: api})
		require.NoError(t, err)
		out["real"] = desk{c, key}
	}
	return out
}

// customersRead lists the comments that the service desk shows to customers.
func (d desk) customersRead(t *testing.T) (ids []string) {
	t.Helper()
	var list struct {
		Values []struct{ ID string }
	}
	require.NoError(t, d.call(t.Context(), http.MethodGet, "rest/servicedeskapi/request/"+d.key+"/comment?public=true&internal=false&limit=50", nil, &list))
	for _, v := range list.Values {
		ids = append(ids, v.ID)
	}
	return ids
}

func TestAnInternalCommentStaysInternal(t *testing.T) { // R1, S12
	for name, d := range desks(t) {
		t.Run(name, func(t *testing.T) {
			n := note(agreed)
			n.Internal = true
			require.NoError(t, d.Apply(t.Context(), outcome.Change{Issue: d.key, Kind: outcome.CommentChange, Note: &n}))
			found, _, err := d.Tickets(t.Context(), meeting, itsPage, []string{d.key})
			require.NoError(t, err)
			require.Len(t, found, 1)
			assert.True(t, found[0].Service)
			require.NotNil(t, found[0].Comment, "it carries our mark, too")
			id := found[0].Comment.ID
			t.Cleanup(func() { _ = d.takeBack(t.Context(), d.key, id) })
			assert.False(t, found[0].Comment.Public)
			assert.NotContains(t, d.customersRead(t), id)

			n.Entries = append(n.Entries, agreed)
			require.NoError(t, d.Apply(t.Context(), outcome.Change{Issue: d.key, Kind: outcome.CommentChange, CommentID: id, Note: &n}))
			assert.NotContains(t, d.customersRead(t), id, "an update keeps it internal")
		})
	}
}

// An answer may lack the project's type: then the project is asked.
func TestWhetherAProjectIsAServiceProject(t *testing.T) { // S12, F6
	t.Parallel()
	of := func(project object) object {
		i := withComments(1, 0)
		i["fields"].(object)["project"] = project
		return object{"issues": []object{i}, "total": 1}
	}
	for name, test := range map[string]struct {
		routes map[string]any
		want   bool
		fails  string
	}{
		"the issue tells":    {map[string]any{"POST /search": of(object{"key": "PAY", "projectTypeKey": "service_desk"})}, true, ""},
		"it is a common one": {map[string]any{"POST /search": of(object{"key": "PAY", "projectTypeKey": "software"})}, false, ""},
		"the project tells":  {map[string]any{"POST /search": of(object{"key": "PAY"}), "GET /project/PAY": object{"key": "PAY", "projectTypeKey": "service_desk"}}, true, ""},
		"nobody tells":       {map[string]any{"POST /search": of(object{"key": "PAY"}), "GET /project/PAY": object{"key": "PAY"}}, false, ""},
		"it cannot be known": {map[string]any{"POST /search": of(object{"key": "PAY"}), "GET /project/PAY": http.StatusForbidden}, false, "whether PAY is a service project"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := serve(t, dcName, test.routes)
			found, _, err := c.Tickets(t.Context(), meeting, itsPage, []string{"PAY-1"})
			if test.fails != "" {
				require.ErrorContains(t, err, test.fails)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, test.want, found[0].Service)
		})
	}
}
