package confluence_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/internal/atlassian"
	"refine/internal/atlassian/atlassiantest"
)

func TestExamining(t *testing.T) { // O4, F1
	t.Parallel()
	for _, deployment := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		t.Run(string(deployment), func(t *testing.T) {
			t.Parallel()
			fake, c := service(t, deployment)
			cloud := deployment == confluencetest.Cloud
			who, err := c.Whoami(t.Context())
			require.NoError(t, err)
			assert.Contains(t, who, "Refinement Bot")
			space, err := c.Space(t.Context(), "PAY")
			require.NoError(t, err)
			for _, readOnly := range []bool{false, true} {
				fake.ReadOnly(readOnly)
				lacking, told, err := c.MayNotAdd(t.Context(), *space, confluence.Pages, confluence.Attachments)
				require.NoError(t, err)
				assert.Equal(t, cloud, told)
				assert.Equal(t, cloud && readOnly, len(lacking) == 2)
			}
			fake.ReadOnly(false)
			fake.NoFiles(true)
			lacking, _, err := c.MayNotAdd(t.Context(), *space, confluence.Pages, confluence.Attachments)
			require.NoError(t, err)
			assert.Equal(t, cloud, slices.Contains(lacking, confluence.Attachments))
			assert.NotContains(t, lacking, confluence.Pages)
			id, err := fake.Create("Dana", "", "Notes", "<p>x</p>")
			require.NoError(t, err)
			for _, on := range []bool{false, true} {
				require.NoError(t, fake.Live(id, on))
				live, err := c.Live(t.Context(), id)
				require.NoError(t, err)
				assert.Equal(t, cloud && on, live)
			}
		})
	}
}

// On some sites of Data Center pages are not listed by title: the search index
// tells as well. Credentials that are not taken, and a search that fails, are no
// answer that there is none.
func TestATitleIsSearchedWherePagesAreNotListed(t *testing.T) { // F1, F6
	t.Parallel()
	fake := confluencetest.New(confluencetest.Options{Deployment: confluencetest.DataCenter})
	listing, searching, searched := 0, 0, 0
	contract := atlassiantest.Contract(t, "confluence-dc.json", fake)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/rest/api/content" && listing != 0:
			http.Error(w, "no", listing)
			return
		case r.URL.Path == "/rest/api/content/search":
			searched++
			if searching != 0 {
				http.Error(w, "no", searching)
				return
			}
		}
		contract.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	api, err := atlassian.New(atlassian.Options{Product: "Confluence", BaseURL: srv.URL, Auth: atlassian.Auth{Token: atlassian.NewSecret("token")}, MaxWait: time.Second})
	require.NoError(t, err)
	c, pay := confluence.New(api, false), confluence.Space{Key: "PAY"}
	plan, err := fake.Create("Dana", "", `Plan "A"`, "<p>One</p>")
	require.NoError(t, err)
	gone, err := fake.Create("Dana", "", "Gone", "<p>One</p>")
	require.NoError(t, err)
	require.NoError(t, fake.Trash(gone))

	for _, listing = range []int{http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed} {
		page, err := c.PageByTitle(t.Context(), pay, `Plan "A"`)
		require.NoError(t, err)
		require.NotNil(t, page, "%d", listing)
		assert.Equal(t, plan, page.ID)
		for _, absent := range []string{"Gone", "Plan", `plan "a"`, "Other"} {
			page, err = c.PageByTitle(t.Context(), pay, absent)
			require.NoError(t, err)
			assert.Nil(t, page, "%d %s", listing, absent)
		}
	}
	searching = http.StatusForbidden
	_, err = c.PageByTitle(t.Context(), pay, `Plan "A"`)
	assert.ErrorContains(t, err, "GET /rest/api/content/search: 403")

	searched, searching, listing = 0, 0, http.StatusUnauthorized
	_, err = c.PageByTitle(t.Context(), pay, `Plan "A"`)
	assert.True(t, atlassian.Unauthenticated(err))
	assert.Zero(t, searched, "nobody else would take the credentials")
}

// S12: through the gateway, people's addresses are the site's, whichever of the
// two an answer names, and both are recognised.
func TestLinksThroughTheGateway(t *testing.T) { // F1, S12
	t.Parallel()
	for name, told := range map[string]string{"the site": "https://acme.atlassian.net", "the gateway": "https://api.atlassian.com/ex/confluence/0a1b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := confluencetest.New(confluencetest.Options{BaseURL: func(*http.Request) string { return told }})
			srv := httptest.NewServer(fake)
			t.Cleanup(srv.Close)
			id, err := fake.Create("Dana", "", "Notes", "<p>x</p>")
			require.NoError(t, err)
			api, err := atlassian.Connect(t.Context(), atlassian.Options{
				Product: "Confluence", BaseURL: "https://acme.atlassian.net", Gateway: "https://api.atlassian.com", CloudID: "0a1b",
				Auth: atlassian.Auth{Type: atlassian.Scoped, User: "refine@example.com", Token: atlassian.NewSecret("token")}, Network: below{srv, "/ex/confluence/0a1b"},
			})
			require.NoError(t, err)
			c := confluence.New(api, true)
			page, err := c.Page(t.Context(), id)
			require.NoError(t, err)
			assert.Equal(t, "https://acme.atlassian.net/wiki/pages/viewpage.action?pageId="+id, page.URL)
			for _, address := range []string{page.URL, "https://api.atlassian.com/ex/confluence/0a1b/wiki/pages/viewpage.action?pageId=" + id, "https://acme.atlassian.net/wiki/spaces/PAY/pages/" + id} {
				assert.True(t, c.Leads(address, page), address)
				assert.True(t, c.Leads(address, nil), address)
			}
			assert.False(t, c.Leads("https://other.atlassian.net/wiki/pages/1", page))
			assert.Equal(t, page.URL, c.ForPeople("https://api.atlassian.com/ex/confluence/0a1b/wiki/pages/viewpage.action?pageId="+id, *page))
		})
	}
}

// below is a network on which everything is one server's, below a path.
type below struct {
	srv  *httptest.Server
	path string
}

func (b below) RoundTrip(req *http.Request) (*http.Response, error) {
	inner := req.Clone(req.Context())
	inner.URL.Scheme, inner.URL.Host = "http", b.srv.Listener.Addr().String()
	inner.URL.Path = req.URL.Path[len(b.path):]
	return http.DefaultTransport.RoundTrip(inner)
}
