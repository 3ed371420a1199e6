package confluence_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/confluencetest"
	"refine/internal/atlassian"
	"refine/internal/atlassian/atlassiantest"
)

// service starts a Confluence whose every exchange is held against Atlassian's
// own documents.
func service(t *testing.T, deployment confluencetest.Deployment) (*confluencetest.Server, *confluence.Client) {
	t.Helper()
	fake := confluencetest.New(confluencetest.Options{Deployment: deployment})
	var h http.Handler = fake
	cloud := deployment == confluencetest.Cloud
	if cloud {
		h = atlassiantest.Contract(t, "confluence-cloud-v2.json", atlassiantest.Contract(t, "confluence-cloud-v1.json", h))
	} else {
		h = atlassiantest.Contract(t, "confluence-dc.json", h)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	api, err := atlassian.New(atlassian.Options{
		Product: "Confluence", BaseURL: srv.URL,
		Auth: atlassian.Auth{User: "refine@example.com", Token: atlassian.NewSecret("token")},
	})
	require.NoError(t, err)
	return fake, confluence.New(api, cloud)
}

func state(session, page string) confluence.State {
	return confluence.State{
		Version: 1, Owner: "acme", Team: "payments", Session: session, Page: page, Zone: "UTC", Minutes: 90,
		Start: time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC), Regions: map[string]string{"agenda": "2:ab"},
	}
}

func TestClient(t *testing.T) { // C1 C7 F1
	t.Parallel()
	for _, deployment := range []confluencetest.Deployment{confluencetest.Cloud, confluencetest.DataCenter} {
		t.Run(string(deployment), func(t *testing.T) {
			t.Parallel()
			fake, c := service(t, deployment)
			ctx := t.Context()

			missing, err := c.Space(ctx, "NOPE")
			require.NoError(t, err)
			assert.Nil(t, missing)
			space, err := c.Space(ctx, "PAY")
			require.NoError(t, err)
			require.NotNil(t, space)

			none, err := c.PageByTitle(ctx, *space, "A & B “session”")
			require.NoError(t, err)
			assert.Nil(t, none)
			made, err := c.CreatePage(ctx, confluence.NewPage{Space: *space, Title: "A & B “session”", Body: "<p>One</p>"})
			require.NoError(t, err)
			_, err = c.CreatePage(ctx, confluence.NewPage{Space: *space, Title: "A & B “session”", Body: "<p>One</p>"})
			assert.Equal(t, http.StatusBadRequest, atlassian.StatusOf(err))

			require.NoError(t, c.AddLabels(ctx, made.ID, "refine-1", "refine-1-2-2026-11-24"))
			prop, err := c.CreateProperty(ctx, made.ID, state("s", made.ID))
			require.NoError(t, err)
			_, err = c.CreateProperty(ctx, made.ID, state("s", made.ID))
			assert.Equal(t, http.StatusConflict, atlassian.StatusOf(err), "a second one is refused: %v", err)

			page, err := c.PageByTitle(ctx, *space, "A & B “session”")
			require.NoError(t, err)
			require.NotNil(t, page)
			assert.Equal(t, made.ID, page.ID)
			assert.Contains(t, page.Body, "One")
			assert.Contains(t, page.URL, made.ID)
			require.NotNil(t, page.Property)
			assert.Equal(t, prop.Version, page.Property.Version)
			assert.Equal(t, state("s", made.ID), page.Property.State)

			require.NoError(t, c.UpdatePage(ctx, *page, "<p>Two</p>", "refreshed"))
			err = c.UpdatePage(ctx, *page, "<p>Three</p>", "stale")
			assert.Equal(t, http.StatusConflict, atlassian.StatusOf(err))
			stored, _ := fake.Page(made.ID)
			assert.Contains(t, stored.Body, "Two")
			assert.True(t, stored.Minor, "nobody is notified of a later version")
			assert.Equal(t, 2, stored.Version)

			require.NoError(t, c.UpdateProperty(ctx, made.ID, *prop, state("s2", made.ID)))
			err = c.UpdateProperty(ctx, made.ID, *prop, state("s3", made.ID))
			assert.Equal(t, http.StatusConflict, atlassian.StatusOf(err))
			now, err := c.Property(ctx, made.ID)
			require.NoError(t, err)
			assert.Equal(t, "s2", now.State.Session)
			assert.Equal(t, prop.Version+1, now.Version)

			found, err := c.PagesByLabel(ctx, "PAY", []string{"refine-x", "refine-1"}, "")
			require.NoError(t, err)
			require.Len(t, found, 1)
			assert.Equal(t, made.ID, found[0].ID)
			assert.ElementsMatch(t, []string{"refine-1", "refine-1-2-2026-11-24"}, found[0].Labels)

			require.NoError(t, fake.Comment(made.ID, "Noor Haddad", "", "<p>below</p>"))
			require.NoError(t, fake.Comment(made.ID, "Noor Haddad", "Two", "<p>beside</p>"))
			require.NoError(t, fake.Comment(made.ID, "Noor Haddad", "One", "<p>settled</p>"))
			require.NoError(t, fake.Resolve(made.ID, "One"))
			comments, err := c.Comments(ctx, made.ID)
			require.NoError(t, err)
			require.Len(t, comments, 2)
			assert.Contains(t, comments[0].Body, "below")
			assert.False(t, comments[0].Inline)
			assert.Contains(t, comments[1].Body, "beside")
			assert.True(t, comments[1].Inline)

			gone, err := c.Page(ctx, "999999")
			require.NoError(t, err)
			assert.Nil(t, gone)
		})
	}
}
