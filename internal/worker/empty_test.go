package worker_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/internal/worker"

	"refine/planner/ticket"
)

// A page of which nothing can be read is neither written nor taken for one on
// which nothing was decided, by whatever command, in earnest or not.
func TestAPageOfWhichNothingStands(t *testing.T) { // F7, A14
	become := func(body string) func(*world, string) error {
		return func(w *world, page string) error {
			return w.Confluence.Edit(page, "Dana", func(string) string { return body })
		}
	}
	for name, change := range map[string]func(*world, string) error{
		"a live document":    func(w *world, page string) error { return w.Confluence.Live(page, true) },
		"nothing":            become(""),
		"an empty paragraph": become("<p />"),
		"somebody's text":    become("<h2>Minutes</h2><p>We met. Decision: refund within a day</p>"),
		"another's section":  become("<h2>OTHER-1 Search</h2><p>Decision: search later</p>"),
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, w *world) {
				w.team.Schedule = &worker.Schedule{Lead: 48 * time.Hour, Next: func(after time.Time) time.Time {
					if start := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC); !start.Before(after) {
						return start
					}
					return time.Time{}
				}}
				page := w.publish(t, ticket.Selection{}).Page
				w.decides(t, page.ID, "PAY-3", "Refund within a day")
				require.NoError(t, change(w, page.ID))
				w.renames(t, "PAY-7", "Pay by card")
				before, _ := w.Confluence.Page(page.ID)
				w.requests(t)

				published := func(dry bool) func(context.Context) error {
					return func(ctx context.Context) error {
						_, err := w.Publish(ctx, worker.Request{Team: w.team, DryRun: dry})
						return err
					}
				}
				synced := func(req worker.SyncRequest) func(context.Context) error {
					return func(ctx context.Context) error {
						req.Team = w.team
						_, err := w.Sync(ctx, req)
						return err
					}
				}
				run := func(dry bool) func(context.Context) error {
					return func(ctx context.Context) error {
						jobs, err := w.Run(ctx, []worker.Team{w.team}, dry)
						assert.NotEmpty(t, jobs)
						return err
					}
				}
				refuses := func(what string, do func(context.Context) error) {
					t.Helper()
					err := do(t.Context())
					require.ErrorContains(t, err, "cannot be read", what)
					assert.ErrorContains(t, err, page.Title, what)
					assert.ErrorContains(t, err, page.URL, what)
					_, writes := w.requests(t)
					assert.Zero(t, writes, what)
				}
				refuses("publish", published(false))
				refuses("publish, dry", published(true))
				refuses("run, before", run(false))
				refuses("sync by page", synced(worker.SyncRequest{Page: page.ID}))
				refuses("sync by page, dry", synced(worker.SyncRequest{Page: page.ID, DryRun: true}))
				refuses("sync", synced(worker.SyncRequest{}))
				w.now = w.now.Add(36 * time.Hour)
				refuses("run, after", run(false))
				refuses("run, after, dry", run(true))

				after, _ := w.Confluence.Page(page.ID)
				assert.Equal(t, before, after)
				assert.Empty(t, w.commented(t))
			})
		})
	}
}

// What little stands of a page is enough to know it by.
func TestAPageOfWhichLittleStands(t *testing.T) { // F7
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		for name, body := range map[string]string{
			"an item's heading, edited":   "<h2>PAY-3: refunds, talked over</h2><p>Decision: refund within a day</p>",
			"its heading within a panel":  `<ac:structured-macro ac:name="panel"><ac:rich-text-body><h3>PAY-3</h3><p>Decision: refund within a day</p></ac:rich-text-body></ac:structured-macro>`,
			"a region, and a text beside": "<h2>Closing</h2><p>PAY-3</p><p>Decision: PAY-3 refund within a day</p>",
		} {
			if strings.HasPrefix(name, "a region") {
				p, _ := w.Confluence.Page(page)
				body = p.Body[:strings.Index(p.Body, "</ac:structured-macro>")+len("</ac:structured-macro>")] + body
			}
			w.edits(t, page, func(string) (string, error) { return body, nil })
			s, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
			require.NoError(t, err, name)
			assert.NotEmpty(t, s.Changes, name)
		}
	})
}

// emptied is a Confluence in which somebody is faster, and makes a live document
// of the page.
type emptied struct {
	*confluence.Client
	first func()
}

func (e *emptied) UpdatePage(ctx context.Context, p confluence.Page, body, message string) error {
	if e.first != nil {
		e.first()
		e.first = nil
	}
	return e.Client.UpdatePage(ctx, p, body, message)
}

func TestAPageThatIsEmptiedMeanwhile(t *testing.T) { // F7, C3
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.renames(t, "PAY-7", "Pay by card")
		client := w.Pages.(*confluence.Client)
		faster := func() {
			w.edits(t, page, func(body string) (string, error) { return body + "<p>Dana was here</p>", nil })
			require.NoError(t, w.Confluence.Live(page, true))
		}
		w.Pages = &emptied{client, faster}
		_, err := w.Publish(t.Context(), worker.Request{Team: w.team})
		require.ErrorContains(t, err, "cannot be read")
		require.NoError(t, w.Confluence.Live(page, false))

		w.Pages = &emptied{client, faster}
		_, err = w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		require.ErrorContains(t, err, "cannot be read")
		p, _ := w.Confluence.Page(page)
		assert.Contains(t, p.Body, "Dana was here")
		assert.Contains(t, p.Body, "Refund within a day")

		require.NoError(t, w.Confluence.Live(page, false))
		w.Pages = client
		assert.Equal(t, worker.Updated, w.publish(t, ticket.Selection{}).Action, "nothing was spoilt")
	})
}

// What the last session left open is not known where its page shows nothing.
func TestNothingIsCarriedOverFromAnEmptyPage(t *testing.T) { // F7, P6
	onBoth(t, func(t *testing.T, w *world) {
		first := w.publish(t, ticket.Selection{}).Page.ID
		require.NoError(t, w.Confluence.Live(first, true))
		w.now = w.now.Add(7 * 24 * time.Hour)
		next := w.publish(t, ticket.Selection{})
		require.NotEqual(t, first, next.Page.ID)
		assert.Contains(t, strings.Join(next.Plan.Assumptions, "\n"), "its page could not be read")
	})
}
