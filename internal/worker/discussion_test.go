package worker_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// What is decided in a comment on the page is listed, and never written (A2).
func TestACommentOnThePageIsListed(t *testing.T) { // S7 S11
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		comment := func(selection, body string) {
			require.NoError(t, w.Confluence.Comment(page, "Noor Haddad", selection, body))
		}
		comment("", "<p>Decision: drop the old export</p>")
		comment("", "<p>Thanks, that was a good session.</p>")
		comment("", "<p>Entscheidung: PAY-4 bleibt wie es ist</p><p>Action: ask legal about the fee</p>")
		comment("", "<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>tell the bank</ac:task-body></ac:task></ac:task-list>")
		comment("the open amount", "<p>We decided to leave the fees out</p>")
		comment("settled", "<p>Decision: two reminders</p>")
		require.NoError(t, w.Confluence.Resolve(page, "settled"))

		synced := w.sync(t, page)
		assert.Empty(t, synced.Changes)
		assert.Empty(t, w.commented(t))
		var listed []string
		for _, s := range synced.Suggestions {
			listed = append(listed, s.Text+" | "+s.Where+" | "+s.Why())
		}
		const below, beside = " | a comment on the page | it stands in a comment: type it on the page", " | a comment beside a text of the page | it stands in a comment: type it on the page"
		assert.Equal(t, []string{
			"Decision: drop the old export" + below,
			"Decision: PAY-4 bleibt wie es ist" + below,
			"Action: ask legal about the fee" + below,
			"Action: tell the bank" + below,
			"We decided to leave the fees out" + beside,
		}, listed)

		again := w.sync(t, page)
		assert.Empty(t, again.Changes)
	})
}

// An account that may not read comments writes what is on the page.
func TestCommentsThatMayNotBeReadHoldNothingUp(t *testing.T) { // S11
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := new(understudy)
			w := newWorld(t, append([]option{u.option}, options...)...)
			published := w.publish(t, ticket.Selection{})
			w.decides(t, published.Page.ID, published.Plan.Items[0].Issue.Key, "Two reminders at most")
			refused := 0
			u.play(func(rw http.ResponseWriter, r *http.Request) bool {
				if !pageComments.MatchString(r.URL.Path) {
					return false
				}
				refused++
				status(http.StatusForbidden)(rw, r)
				return true
			})
			w.sync(t, published.Page.ID)
			assert.Len(t, w.commented(t), 1)
			assert.Equal(t, 1, refused)
		})
	}
}
