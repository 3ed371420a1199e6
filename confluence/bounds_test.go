package confluence_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/internal/atlassian"
)

// No list of Confluence is followed, and none brings more than was asked for.
func TestListsHaveABound(t *testing.T) { // F8, A10
	t.Parallel()
	results := make([]map[string]any, 5000)
	for i := range results {
		results[i] = map[string]any{"id": "7", "title": "A page", "status": "current", "version": map[string]int{"number": 1}}
	}
	for name, read := range map[string]func(context.Context, *confluence.Client) (int, error){
		"labels": func(ctx context.Context, c *confluence.Client) (int, error) {
			found, err := c.PagesByLabel(ctx, "PAY", []string{"refine"}, "")
			return len(found), err
		},
		"youngest": func(ctx context.Context, c *confluence.Client) (int, error) {
			pages, err := c.Youngest(ctx, confluence.Space{ID: "1", Key: "PAY"})
			return len(pages), err
		},
		"properties": func(ctx context.Context, c *confluence.Client) (int, error) {
			_, err := c.Property(ctx, "7")
			return 0, err
		},
	} {
		for deployment, cloud := range map[string]bool{"cloud": true, "datacenter": false} {
			t.Run(name+", "+deployment, func(t *testing.T) {
				t.Parallel()
				var requests atomic.Int64
				srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					requests.Add(1)
					w.Header().Set("Content-Type", "application/json")
					assert.NoError(t, json.NewEncoder(w).Encode(map[string]any{
						"results": results, "size": len(results), "_links": map[string]string{"next": r.URL.Path + "?cursor=again"},
					}))
				}))
				t.Cleanup(srv.Close)
				api, err := atlassian.New(atlassian.Options{Product: "Confluence", BaseURL: srv.URL, Auth: atlassian.Auth{Token: atlassian.NewSecret("token")}})
				require.NoError(t, err)
				n, _ := read(t.Context(), confluence.New(api, cloud))
				assert.LessOrEqual(t, n, confluence.MostFound)
				assert.LessOrEqual(t, requests.Load(), int64(1))
			})
		}
	}
}

func TestAPersonalAccessTokenGoesWithoutAUser(t *testing.T) { // R17
	t.Parallel()
	srv := httptest.NewServer(confluencetest.New(confluencetest.Options{Deployment: confluencetest.DataCenter, PersonalToken: true}))
	t.Cleanup(srv.Close)
	space := func(auth atlassian.Auth) error {
		api, err := atlassian.New(atlassian.Options{Product: "Confluence", BaseURL: srv.URL, Deployment: "datacenter", Auth: auth})
		require.NoError(t, err)
		_, err = confluence.New(api, false).Space(t.Context(), "PAY")
		return err
	}
	token := atlassian.NewSecret("token")
	err := space(atlassian.Auth{User: "refine@example.com", Token: token})
	assert.Equal(t, http.StatusUnauthorized, atlassian.StatusOf(err))
	assert.Contains(t, atlassian.HintOf(err), "goes without a user")
	require.NoError(t, space(atlassian.Auth{Token: token}))
}
