package worker_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/internal/worker"
	"refine/jira/jiratest"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A comment of ours that has lost its mark is taken up again, and marked anew;
// of one that only looks like it, people are told.
func TestACommentThatLostItsMark(t *testing.T) { // A4, S1, S5, S8
	lose := func(t *testing.T, w *world, u *understudy, id int64) {
		require.NoError(t, w.Sandbox.Jira.DeleteCommentProperty("PAY-3", id, "refine"))
	}
	tests := map[string]struct {
		spoil    func(t *testing.T, w *world, u *understudy, id int64)
		conflict string
	}{
		"its property is deleted": {lose, ""},
		"its property answers 404": {func(_ *testing.T, _ *world, u *understudy, _ int64) {
			u.play(func(rw http.ResponseWriter, r *http.Request) bool {
				unread := strings.HasSuffix(r.URL.Path, "/comment/list") || strings.HasSuffix(r.URL.Path, "/properties/refine") && r.Method == http.MethodGet
				if unread {
					status(http.StatusNotFound)(rw, r)
				}
				return unread
			})
		}, ""},
		"it is no mark any more": {func(t *testing.T, w *world, _ *understudy, id int64) {
			require.NoError(t, w.Sandbox.Jira.SetCommentProperty("PAY-3", id, "refine", json.RawMessage(`{"v":99}`)))
		}, "cannot be read"},
		"and a person copied it": {func(t *testing.T, w *world, u *understudy, id int64) {
			lose(t, w, u, id)
			_, err := w.Sandbox.Jira.Comment("PAY-3", w.Sandbox.Jira.AddPerson(jiratest.Person{DisplayName: "Ana Ruiz"}), w.Sandbox.Jira.Comments("PAY-3")[0].Body)
			require.NoError(t, err)
		}, "both look like this session's"},
		"a person changed it, too": {func(t *testing.T, w *world, u *understudy, id int64) {
			body := w.Sandbox.Jira.Comments("PAY-3")[0].Body
			require.NoError(t, w.Sandbox.Jira.EditComment("PAY-3", id, w.Sandbox.Jira.AddPerson(jiratest.Person{DisplayName: "Ana Ruiz"}), body+"* mine\n"))
			lose(t, w, u, id)
		}, "changed the comment"},
	}
	withUnderstudy(t, func(t *testing.T, w *world, u *understudy) {
		for name, test := range tests {
			for _, c := range w.Sandbox.Jira.Comments("PAY-3") {
				require.NoError(t, w.Sandbox.Jira.DeleteComment("PAY-3", c.ID))
			}
			w.team.Name = name
			page := w.publish(t, ticket.Selection{}).Page.ID
			w.decides(t, page, "PAY-3", "Refund within a day")
			w.decides(t, page, "PAY-3", "Tell the shops on Fridays")
			w.sync(t, page)
			ours := w.Sandbox.Jira.Comments("PAY-3")
			require.Len(t, ours, 1, name)
			w.remembers(t, page, func(s *confluence.State) { s.Comments = nil }) // by which alone it is known, too
			test.spoil(t, w, u, ours[0].ID)
			before := len(w.Sandbox.Jira.Comments("PAY-3"))
			w.replaces(t, page, "Refund within a day", "") // it stays on the ticket
			w.decides(t, page, "PAY-3", "By card")
			w.decides(t, page, "PAY-3", "No fee for schools")
			synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
			u.play(nil)
			after := w.Sandbox.Jira.Comments("PAY-3")
			assert.Len(t, after, before, "%s: no second one", name)
			assert.Contains(t, after[0].Body, "Refund within a day", name)
			if test.conflict != "" {
				require.Error(t, err, name)
				assert.Equal(t, outcome.Conflict, synced.Changes[0].Status, name)
				assert.Contains(t, synced.Changes[0].Reason, test.conflict, name)
				assert.NotContains(t, after[0].Body, "By card", name)
			} else {
				require.NoError(t, err, name)
				assert.Contains(t, after[0].Body, "By card", name)
				assert.NotEmpty(t, after[0].Properties["refine"], name)
				w.requests(t)
				w.sync(t, page)
				_, writes := w.requests(t)
				assert.Zero(t, writes, "%s: it is known by its mark again", name)
			}
		}
	})
}

// On Data Center a comment that stands as it was left is known by the page's memory and
// its own words, whatever became of its mark; one that people changed since is theirs.
func TestACommentIsKnownByWhatThePageRemembers(t *testing.T) { // S5, S6, S8
	t.Parallel()
	for name, spoil := range map[string]func(t *testing.T, w *world, id int64, body string){
		"nothing happened": func(*testing.T, *world, int64, string) {},
		"its mark is lost": func(t *testing.T, w *world, id int64, _ string) {
			require.NoError(t, w.Sandbox.Jira.DeleteCommentProperty("PAY-3", id, "refine"))
		},
		"a person changed it": func(t *testing.T, w *world, id int64, body string) {
			require.NoError(t, w.Sandbox.Jira.EditComment("PAY-3", id, w.Sandbox.Jira.AddPerson(jiratest.Person{DisplayName: "Ana Ruiz"}), body+"mine"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, deployments["datacenter"]...)
			page := w.publish(t, ticket.Selection{}).Page.ID
			w.decides(t, page, "PAY-3", "Refund within a day")
			w.acts(t, page, "PAY-3", "ask the bank", monday)
			w.sync(t, page)
			last := func() jiratest.Comment {
				all := w.Sandbox.Jira.Comments("PAY-3")
				return all[len(all)-1]
			}
			before := last()
			spoil(t, w, before.ID, before.Body)
			w.replaces(t, page, "ask the bank", "tell all shops in writing") // known by its id alone
			w.asked(t)
			synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
			asked := w.asked(t)
			after := last()
			require.Equal(t, before.ID, after.ID, "no second one")
			if name == "a person changed it" {
				require.Error(t, err)
				assert.Equal(t, outcome.Conflict, synced.Changes[0].Status)
				assert.Contains(t, after.Body, "mine")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "action “ask the bank”, due 2026-11-23 → action “tell all shops in writing”, due 2026-11-23", synced.Changes[0].Detail)
			assert.NotContains(t, after.Body, "ask the bank")
			assert.NotEmpty(t, after.Properties["refine"])
			assert.NotContains(t, asked, "GET /rest/api/2/myself")
		})
	}
}
