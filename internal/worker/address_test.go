package worker_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/internal/atlassian"
	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/jira"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// outside is what people reach the services by; the program takes the sandbox's
// own addresses.
var outside = map[string]sandbox.Options{
	"a proxy":       {JiraURL: "https://jira.acme.example", ConfluenceURL: "https://wiki.acme.example"},
	"context paths": {JiraURL: "https://acme.example/jira", ConfluenceURL: "https://acme.example/confluence"},
	"ports":         {JiraURL: "http://acme.example:8080", ConfluenceURL: "http://acme.example:8090"},
	"one host":      {JiraURL: "https://acme.atlassian.net", ConfluenceURL: "https://acme.atlassian.net"},
}

func reached(by sandbox.Options) option {
	return func(o *sandbox.Options) { o.JiraURL, o.ConfluenceURL = by.JiraURL, by.ConfluenceURL }
}

// decidesOn types a decision in an item's section whose words are a link.
func (w *world) decidesOn(t *testing.T, page, section, address, rest string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		body, err := w.person.Decides(body, section, "LINK "+rest)
		return strings.Replace(body, "LINK", `<a href="`+address+`">that one</a>`, 1), err
	})
}

// Whatever address the program uses, people's is read and written; its own is read
// as well.
func TestLinksLeadToWherePeopleAre(t *testing.T) { // R3, S12
	t.Parallel()
	for name, by := range outside {
		t.Run(name, func(t *testing.T) {
			for deployment, options := range on(name) {
				t.Run(deployment, func(t *testing.T) {
					t.Parallel()
					w := newWorld(t, slices.Concat(options, []option{reached(by)})...)
					published := w.publish(t, ticket.Selection{})
					id := published.Page.ID
					page, _ := w.Confluence.Page(id)
					assert.Contains(t, page.Body, `href="`+by.JiraURL+`/browse/PAY-3"`)
					assert.NotContains(t, page.Body, w.Site.Jira)
					assert.True(t, strings.HasPrefix(published.Page.URL, by.ConfluenceURL+"/"), published.Page.URL)
					assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)

					w.decidesOn(t, id, "PAY-3", by.JiraURL+"/browse/PAY-6", "goes first")
					w.decidesOn(t, id, "PAY-3", w.Site.Jira+"/browse/PAY-7?focusedCommentId=1#x", "goes second")
					w.decidesOn(t, id, "PAY-3", "https://elsewhere.example/browse/PAY-5", "is another's")
					synced := w.sync(t, id)
					for key, said := range map[string]string{
						"PAY-6": "[that one|" + by.JiraURL + "/browse/PAY-6] goes first",
						"PAY-7": "[that one|" + by.JiraURL + "/browse/PAY-7?focusedCommentId=1#x] goes second",
						"PAY-3": "[that one|https://elsewhere.example/browse/PAY-5] is another's",
					} {
						comments := w.notesOn(key)
						require.Len(t, comments, 1, key)
						assert.Contains(t, comments[0], said)
						assert.Contains(t, comments[0], "|"+published.Page.URL+"]")
						assert.NotContains(t, comments[0], "127.0.0.1")
						links := w.Sandbox.Jira.RemoteLinks(key)
						require.Len(t, links, 1)
						assert.Equal(t, published.Page.URL, links[0].URL)
					}
					assert.Empty(t, w.notesOn("PAY-5"))
					page, _ = w.Confluence.Page(id)
					assert.Contains(t, page.Body, `href="`+by.JiraURL+`/browse/PAY-6"`)
					for _, c := range synced.Changes {
						assert.Equal(t, outcome.Applied, c.Status)
					}
					for _, c := range w.sync(t, id).Changes {
						assert.Equal(t, outcome.Unchanged, c.Status, "%s %s", c.Issue, c.Kind)
					}
				})
			}
		})
	}
}

// notesOn are the sessions' comments on a ticket.
func (w *world) notesOn(key string) (bodies []string) {
	for _, c := range w.Sandbox.Jira.Comments(key) {
		if strings.HasPrefix(c.Body, "h4. Refinement session") {
			bodies = append(bodies, c.Body)
		}
	}
	return bodies
}

// within is a program that takes its own addresses for people's, as earlier
// versions did.
func (w *world) within(t *testing.T) *worker.Worker {
	t.Helper()
	old := w.connect(t)
	api, err := atlassian.New(atlassian.Options{Product: "Jira", BaseURL: w.Site.Jira,
		Auth: atlassian.Auth{User: w.Site.User, Token: atlassian.NewSecret(w.Site.Token)}})
	require.NoError(t, err)
	deployment := "datacenter"
	if w.person.Native {
		deployment = "cloud"
	}
	old.Jira, err = jira.New(t.Context(), jira.Options{Atlassian: api, Deployment: deployment})
	require.NoError(t, err)
	old.Pages = innerPages{w.Pages.(*confluence.Client), w.Site.Confluence}
	return old
}

type innerPages struct {
	*confluence.Client
	at string
}

func (p innerPages) Page(ctx context.Context, id string) (*confluence.Page, error) {
	page, err := p.Client.Page(ctx, id)
	if page != nil {
		page.URL, page.Site = p.at+"/pages/viewpage.action?pageId="+id, ""
	}
	return page, err
}

// A page with inner links is still the same page: its parts are refreshed, no
// mark, comment or link is made twice, and the next session's page has none.
func TestAPageWithInnerLinksIsTakenOver(t *testing.T) { // R3, S12, S5
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			by := outside["context paths"]
			w := newWorld(t, slices.Concat(options, []option{reached(by)})...)
			now := w.Worker
			w.Worker = w.within(t)
			w.Now = now.Now
			id := w.publish(t, ticket.Selection{}).Page.ID
			page, _ := w.Confluence.Page(id)
			require.Contains(t, page.Body, w.Site.Jira+"/browse/PAY-3")
			w.decidesOn(t, id, "PAY-3", w.Site.Jira+"/browse/PAY-6", "goes first")
			w.meets(t, id)
			w.sync(t, id)
			require.Contains(t, w.Sandbox.Jira.RemoteLinks("PAY-6")[0].URL, w.Site.Confluence)

			w.Worker = now
			again := w.sync(t, id)
			for _, c := range again.Changes {
				if c.Kind == outcome.CommentChange {
					assert.Equal(t, outcome.Unchanged, c.Status, c.Issue)
				}
			}
			for _, key := range []string{"PAY-3", "PAY-6"} {
				assert.Len(t, w.notesOn(key), 1, key)
				links := w.Sandbox.Jira.RemoteLinks(key)
				require.Len(t, links, 1, key)
				assert.Contains(t, links[0].URL, by.ConfluenceURL)
			}
			for _, c := range w.sync(t, id).Changes {
				assert.Equal(t, outcome.Unchanged, c.Status, "%s %s", c.Issue, c.Kind)
			}
			refreshed := w.publish(t, ticket.Selection{})
			assert.Empty(t, refreshed.Kept, "nobody changed what we wrote")
			page, _ = w.Confluence.Page(id)
			typed := `<a href="` + w.Site.Jira + `/browse/PAY-6">that one</a>`
			assert.NotContains(t, strings.ReplaceAll(page.Body, typed, ""), "127.0.0.1")

			w.follow()
			next := w.publish(t, ticket.Selection{})
			page, _ = w.Confluence.Page(next.Page.ID)
			assert.Contains(t, page.Body, by.ConfluenceURL+"/")
			assert.NotContains(t, page.Body, "127.0.0.1")
			assert.NotEmpty(t, lines(next.Plan)[outcome.Unfinished])
		})
	}
}
