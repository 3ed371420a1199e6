package worker_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/worker"

	"refine/planner/ticket"
)

// publishOn publishes the session of that day, which may have begun.
func (w *world) publishOn(t *testing.T, day ticket.Date) worker.Published {
	t.Helper()
	p, err := w.Publish(t.Context(), worker.Request{Team: w.team, Date: day})
	require.NoError(t, err)
	return p
}

// ours is the page without what people typed, and its property.
func (w *world) ours(t *testing.T, page string) string {
	t.Helper()
	p, err := w.Pages.Page(t.Context(), page)
	require.NoError(t, err)
	state, err := json.Marshal(p.Property.State)
	require.NoError(t, err)
	return p.Body + string(state)
}

// Of an issue that may not be shown any more the page says its key and nothing
// else, before the session and from its start; what people wrote stays.
func TestWhatMayNotBeShownAnyMoreIsNamedByItsKey(t *testing.T) { // A5, P7
	const summary, description = "open amount on the invoice overview", "As an accounts clerk, I want to see due date"
	tests := map[string]struct {
		hide  func(t *testing.T, w *world)
		later time.Duration // how long after the first publish
	}{
		"a security level":                     {func(t *testing.T, w *world) { require.NoError(t, w.Sandbox.Jira.Restrict("Board only", "PAY-3")) }, 0},
		"hidden from us":                       {func(t *testing.T, w *world) { require.NoError(t, w.Sandbox.Jira.Hide("PAY-3")) }, 0},
		"a security level, during the session": {func(t *testing.T, w *world) { require.NoError(t, w.Sandbox.Jira.Restrict("Board only", "PAY-3")) }, 26 * time.Hour},
		"hidden from us, during the session":   {func(t *testing.T, w *world) { require.NoError(t, w.Sandbox.Jira.Hide("PAY-3")) }, 26 * time.Hour},
		"both, one after the other": {func(t *testing.T, w *world) {
			require.NoError(t, w.Sandbox.Jira.Restrict("Board only", "PAY-3"))
			w.publish(t, ticket.Selection{})
			require.NoError(t, w.Sandbox.Jira.Hide("PAY-3"))
		}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, w *world) {
				first := w.publish(t, ticket.Selection{}).Page
				require.True(t, strings.Contains(w.ours(t, first.ID), summary) && strings.Contains(w.ours(t, first.ID), description))
				w.decides(t, first.ID, "PAY-3", "Refund within a day")
				w.now = w.now.Add(test.later)
				test.hide(t, w)
				day := ticket.DateOf(monday.AddDate(0, 0, 1))
				again := w.publishOn(t, day)
				require.Equal(t, first.ID, again.Page.ID)
				now := w.ours(t, first.ID)
				assert.False(t, strings.Contains(now, summary), "its summary")
				assert.False(t, strings.Contains(now, description), "its description")
				assert.Regexp(t, `<h2[^>]*>PAY-3</h2>`, now)
				assert.True(t, strings.Contains(now, "Refund within a day"), "people's words stay")
				for _, n := range again.Plan.Noticed {
					assert.NotContains(t, n.Summary+n.Text, summary)
				}
				w.requests(t)
				w.publishOn(t, day)
				_, writes := w.requests(t)
				assert.Zero(t, writes, "and it comes to rest")
			})
		})
	}
}

// The same where nothing but syncs run any more: what they read of the tickets says
// it, and they ask for nothing else. People's words stay, also among ours.
func TestASyncLeavesOfWhatMayNotBeShownItsKey(t *testing.T) { // A5, P7
	const summary, description = "open amount on the invoice overview", "As an accounts clerk, I want to see due date"
	for name, hide := range map[string]func(w *world) error{
		"a security level":                  func(w *world) error { return w.Sandbox.Jira.Restrict("Board only", "PAY-3") },
		"hidden from us, touched by people": func(w *world) error { return w.Sandbox.Jira.Hide("PAY-3") },
	} {
		t.Run(name, func(t *testing.T) {
			touched := strings.HasSuffix(name, "people")
			onBoth(t, func(t *testing.T, w *world) {
				page := w.publish(t, ticket.Selection{}).Page.ID
				w.decides(t, page, "PAY-4", "Refund within a day")
				if touched {
					w.edits(t, page, func(body string) (string, error) { // among its facts
						before, facts, _ := strings.Cut(body, summary+"<")
						at := strings.Index(facts, "</p>") + len("</p>")
						return before + summary + "<" + facts[:at] + "<p>we looked at it.</p>" + facts[at:], nil
					})
				}
				w.now = w.now.Add(26 * time.Hour)
				w.sync(t, page)
				w.requests(t)
				w.sync(t, page)
				reads, _ := w.requests(t)
				require.NoError(t, hide(w))
				w.requests(t)

				synced := w.sync(t, page)
				assert.Contains(t, synced.Hidden, "PAY-3")
				now := w.ours(t, page)
				assert.False(t, strings.Contains(now, summary), "its summary")
				assert.False(t, strings.Contains(now, description), "its description")
				assert.True(t, strings.Contains(now, "PAY-3") && strings.Contains(now, "Refund within a day"))
				assert.Equal(t, touched, strings.Contains(now, "we looked at it."), "people's words stay")

				w.requests(t)
				assert.Empty(t, w.sync(t, page).Hidden)
				again, writes := w.requests(t)
				assert.Zero(t, writes, "and it comes to rest")
				assert.LessOrEqual(t, again, reads+1, "nothing more is asked for")
				day := ticket.DateOf(monday.AddDate(0, 0, 1))
				w.publishOn(t, day)
				assert.False(t, strings.Contains(w.ours(t, page), summary))
				w.requests(t)
				w.publishOn(t, day)
				w.sync(t, page)
				_, writes = w.requests(t)
				assert.Zero(t, writes, "also beside a publish")
			})
		})
	}
}

// Where no ticket may be shown there is no plan, and no page.
func TestNothingMayBeShown(t *testing.T) { // P7
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, append([]option{issues(`{"key":"SEC-1","fields":{"summary":"Fees","security":{"name":"Board"}}}`), flag("SEC-1")}, options...)...)
			_, err := w.Publish(t.Context(), worker.Request{Team: w.team})
			require.ErrorContains(t, err, "none of the 1 items can be shown")
			require.Empty(t, w.Confluence.Pages())
		})
	}
}
