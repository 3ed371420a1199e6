package confluence_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/internal/atlassian"
)

// One list of version 1 tells all comments of a page. The API gateway, where it takes
// scopes of its own, is not asked for it; a site that has it no longer is asked for the
// two lists of version 2.
func TestCommentsByWhatTheSiteOffers(t *testing.T) { // S7, F1
	t.Parallel()
	const gateway = "/ex/confluence/1324a887-45db-4cb3-8cb1-5b4a9d5f3c11"
	two := []string{"inline-comments", "footer-comments"}
	for name, c := range map[string]struct {
		gateway string
		gone    int // status of the one list, 0 if the site has it
		asked   []string
	}{
		"one list":        {"", 0, []string{"comment"}},
		"gone":            {"", http.StatusGone, append([]string{"comment"}, two...)},
		"the API gateway": {gateway, http.StatusUnauthorized, two},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake := confluencetest.New(confluencetest.Options{Deployment: confluencetest.Cloud})
			var asked []string
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				path := strings.TrimPrefix(r.URL.Path, c.gateway)
				if strings.HasSuffix(path, "comment") || strings.HasSuffix(path, "comments") {
					asked = append(asked, path[strings.LastIndex(path, "/")+1:])
				}
				if c.gone != 0 && strings.HasSuffix(path, "/descendant/comment") {
					w.WriteHeader(c.gone)
					return
				}
				r.URL.Path = path
				fake.ServeHTTP(w, r)
			}))
			t.Cleanup(srv.Close)
			api, err := atlassian.New(atlassian.Options{Product: "Confluence", BaseURL: srv.URL + c.gateway, Auth: atlassian.Auth{User: "refine@example.com", Token: atlassian.NewSecret("token")}})
			require.NoError(t, err)
			pages := confluence.New(api, true)
			space, err := pages.Space(t.Context(), "PAY")
			require.NoError(t, err)
			made, err := pages.CreatePage(t.Context(), confluence.NewPage{Space: *space, Title: "Session", Body: "<p>One</p>"})
			require.NoError(t, err)
			require.NoError(t, fake.Comment(made.ID, "Noor Haddad", "", "<p>below</p>"))
			require.NoError(t, fake.Comment(made.ID, "Noor Haddad", "One", "<p>beside</p>"))

			found, err := pages.Comments(t.Context(), made.ID)
			require.NoError(t, err)
			require.Len(t, found, 2)
			assert.Equal(t, []bool{false, true}, []bool{found[0].Inline, found[1].Inline})
			assert.ElementsMatch(t, c.asked, asked)
		})
	}
}
