package worker_test

import (
	"bytes"
	"html"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/internal/sandbox"
	"refine/internal/sandbox/sandboxtest"
	"refine/internal/worker"
	"refine/planner/ticket"
)

const (
	timeboxesFile = "refine-timeboxes.png"
	readinessFile = "refine-readiness.png"
	afterFile     = "refine-before-after.png"
)

// onBothWithPictures runs a test on both products for a team whose pages have
// pictures.
func onBothWithPictures(t *testing.T, do func(t *testing.T, w *world), options ...option) {
	for name, product := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, slices.Concat(options, product)...)
			w.team.Pictures = true
			do(t, w)
		})
	}
}

// files are the versions of a page's attachments, by name.
func (w *world) files(page string) map[string]int {
	versions := map[string]int{}
	for _, f := range w.Confluence.Files(page) {
		versions[f.Name] = f.Version
	}
	return versions
}

// uploads counts the requests that attach something.
func (w *world) uploads(t *testing.T) int {
	n := strings.Count(w.journal.String(), `/child/attachment`)
	w.journal.Reset()
	return n
}

// C6: a page has its pictures as attachments: all in one request at first, made anew only
// when what they show has changed, with one request each and none where nothing has.
func TestPictures(t *testing.T) {
	t.Parallel()
	onBothWithPictures(t, func(t *testing.T, w *world) {
		sel := ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-4", "PAY-6", "PAY-10"}}
		page := w.publish(t, sel).Page.ID
		assert.Equal(t, map[string]int{timeboxesFile: 1, readinessFile: 1}, w.files(page))
		assert.Equal(t, 1, w.uploads(t))
		for _, f := range w.Confluence.Files(page) {
			assert.True(t, f.Minor, "nobody is told")
			assert.Equal(t, "image/png", f.Media)
			assert.True(t, bytes.HasPrefix(f.Data, []byte("\x89PNG")))
			assert.True(t, strings.Contains(w.body(t, page), `ri:filename="`+f.Name+`"`))
		}
		assert.Contains(t, w.body(t, page), "ac:alt=\"Timeboxes to scale: ")

		assert.Equal(t, worker.Unchanged, w.publish(t, sel).Action)
		assert.Zero(t, w.uploads(t))

		w.edited(t, "PAY-4", map[string]any{"description": "Half of the reminders stay unread. Acceptance criteria:\n* 60 percent of them are opened within a day"})
		w.publish(t, sel)
		assert.Equal(t, 2, w.files(page)[readinessFile], "PAY-4 stands otherwise with its rules")
		assert.LessOrEqual(t, w.uploads(t), 2)

		// Where people have taken a picture off the page it is not made again.
		body := w.body(t, page)
		from := strings.Index(body, "<ac:image")
		to := from + strings.Index(body[from:], "</ac:image>") + len("</ac:image>")
		require.NoError(t, w.Confluence.Edit(page, "Priya Nair", func(string) string { return body[:from] + body[to:] }))
		before := w.files(page)[timeboxesFile]
		w.team.Duration = time.Hour
		w.publish(t, sel)
		assert.Equal(t, before, w.files(page)[timeboxesFile])
		assert.Equal(t, 1, strings.Count(w.body(t, page), "<ac:image"))
	})
}

// S5, C6: whatever becomes of an upload, the page ends with each picture once.
func TestAPictureIsAttachedOnce(t *testing.T) {
	t.Parallel()
	sel := ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-4", "PAY-6"}}
	for _, kind := range []sandbox.Kind{"lost", "500", "reset", "html"} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			onBothWithPictures(t, func(t *testing.T, w *world) {
				w.publish(t, sel)
				seen, err := sandboxtest.Requests(w.journal)
				require.NoError(t, err)
				n := slices.IndexFunc(seen, func(r sandboxtest.Request) bool { return strings.HasSuffix(r.Path, "/child/attachment") })
				require.Positive(t, n)

				again := newWorld(t, func(o *sandbox.Options) {
					o.Deployment = map[bool]string{true: "cloud", false: "datacenter"}[w.person.Native]
					o.Faults = []sandbox.Fault{{N: n + 1, Kind: kind}}
				})
				again.team.Pictures = true
				req := worker.Request{Team: again.team, Selection: sel}
				_, failed := again.Publish(t.Context(), req)
				if kind == "lost" {
					assert.NoError(t, failed, "settled by looking")
				}
				page := again.publish(t, sel).Page.ID
				assert.Equal(t, map[string]int{timeboxesFile: 1, readinessFile: 1}, again.files(page))
				assert.Equal(t, worker.Unchanged, again.publish(t, sel).Action)
			})
		})
	}
}

// C6: a service that takes no files keeps no page from being published.
func TestAServiceThatTakesNoPictures(t *testing.T) {
	t.Parallel()
	onBothWithPictures(t, func(t *testing.T, w *world) {
		w.Confluence.NoFiles(true)
		sel := ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-4", "PAY-6"}}
		assert.Equal(t, worker.Created, w.publish(t, sel).Action)
		w.journal.Reset()
		assert.Equal(t, worker.Unchanged, w.publish(t, sel).Action)
		assert.Zero(t, w.uploads(t), "not asked again until a picture changes")
	})
}

// C6: what a service does not take together it takes one by one.
func TestPicturesThatAreNotTakenTogether(t *testing.T) {
	t.Parallel()
	refusing := func(o *sandbox.Options) {
		met := new(atomic.Bool)
		o.Instead = func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasSuffix(r.URL.Path, "/child/attachment") || met.Swap(true) {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			w.Write([]byte(`{"statusCode":413,"message":"Too large"}`))
			return true
		}
	}
	onBothWithPictures(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-4", "PAY-6"}}).Page.ID
		assert.Equal(t, map[string]int{timeboxesFile: 1, readinessFile: 1}, w.files(page))
		assert.Equal(t, 3, w.uploads(t))
	}, refusing)
}

// L8, C4: a publish to a page whose session is over is about the items that it had,
// whatever the selection has become: a sync may have taken the flags off.
func TestPublishAfterTheSessionKeepsItsItems(t *testing.T) {
	t.Parallel()
	onBothWithPictures(t, func(t *testing.T, w *world) {
		published := w.publish(t, ticket.Selection{})
		page := published.Page.ID
		w.now = published.Plan.Session.End().Add(time.Minute)
		require.NoError(t, w.Sandbox.Jira.Unflag(published.Plan.Items[0].Issue.Key))
		again, err := w.Publish(t.Context(), worker.Request{Team: w.team, Date: ticket.DateOf(published.Plan.Session.Start)})
		require.NoError(t, err)
		assert.Len(t, again.Plan.Items, len(published.Plan.Items))
		assert.NotContains(t, w.body(t, page), "no longer among the items")
	})
}

// L8, C6: once the session is over the page tells in which items a gap is left.
func TestBeforeAndAfter(t *testing.T) {
	t.Parallel()
	onBothWithPictures(t, func(t *testing.T, w *world) {
		sel := ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-4", "PAY-6", "PAY-10"}}
		published := w.publish(t, sel)
		page := published.Page.ID
		w.edited(t, "PAY-4", map[string]any{"description": "Half of the reminders stay unread. Acceptance criteria:\n* 60 percent of them are opened within a day"})
		again := func() worker.Published {
			p, err := w.Publish(t.Context(), worker.Request{Team: w.team, Selection: sel, Date: ticket.DateOf(published.Plan.Session.Start)})
			require.NoError(t, err)
			return p
		}
		shown := func() bool {
			return strings.Contains(html.UnescapeString(w.body(t, page)), "No gap found in 1 of 3 → 2 of 3, since this page was published.")
		}
		w.now = published.Plan.Session.Start.Add(time.Minute)
		again()
		assert.False(t, shown(), "not while people meet")

		w.now = published.Plan.Session.End().Add(time.Minute)
		again()
		assert.True(t, shown())
		assert.Equal(t, 1, w.files(page)[afterFile])
		assert.Equal(t, 1, w.files(page)[readinessFile], "what people met with stays")
		assert.Equal(t, worker.Unchanged, again().Action)
	})
}

// C9: what the agenda leads to stands on the page, whatever people do to it.
func TestTheAgendaLeadsToTheItems(t *testing.T) {
	t.Parallel()
	onBothWithPictures(t, func(t *testing.T, w *world) {
		sel := ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-4", "PAY-6"}}
		page := w.publish(t, sel).Page.ID
		body := w.body(t, page)
		assert.Contains(t, body, `ac:anchor="PAY-4"`)
		assert.Contains(t, body, `ac:name="toc"`)
		assert.Empty(t, confluence.Unreachable(body))

		from := strings.Index(body, ">PAY-4</a>") // in its heading
		from = strings.LastIndex(body[:from], "<h2")
		to := from + strings.Index(body[from:], "</h2>") + len("</h2>")
		require.NoError(t, w.Confluence.Edit(page, "Priya Nair", func(string) string { return body[:from] + "<h2>Reminders</h2>" + body[to:] }))
		w.publish(t, sel)
		body = w.body(t, page)
		assert.Empty(t, confluence.Unreachable(body))
		assert.NotContains(t, body, `ac:anchor="PAY-4"`)
		assert.Contains(t, body, `ac:anchor="PAY-6"`)
	})
}
