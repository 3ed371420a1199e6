package worker_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// changed is what stands below each heading "Changed since you read it".
func (w *world) changed(t *testing.T, page string) (texts []string) {
	t.Helper()
	p, ok := w.Confluence.Page(page)
	require.True(t, ok)
	doc, err := storage.Parse(p.Body)
	require.NoError(t, err)
	within := false
	for _, n := range doc.Blocks() {
		if n.Name == "h2" {
			if within = n.PlainText() == "Changed since you read it"; within {
				texts = append(texts, "")
			}
			continue
		}
		if within {
			texts[len(texts)-1] += n.PlainText() + "\n"
		}
	}
	return texts
}

func (w *world) body(t *testing.T, page string) string {
	t.Helper()
	p, ok := w.Confluence.Page(page)
	require.True(t, ok)
	return p.Body
}

func (w *world) edited(t *testing.T, key string, fields map[string]any) {
	t.Helper()
	require.NoError(t, w.Sandbox.Jira.Edit(key, w.Sandbox.Jira.Me(), fields))
}

// unchangedRerun publishes again and holds it to writing nothing.
func (w *world) unchangedRerun(t *testing.T, sel ticket.Selection) {
	t.Helper()
	w.requests(t)
	assert.Equal(t, worker.Unchanged, w.publish(t, sel).Action)
	_, writes := w.requests(t)
	assert.Zero(t, writes)
}

func TestChangesInTheTicketsAreListed(t *testing.T) { // C4
	onBoth(t, func(t *testing.T, w *world) {
		w.team.Hour = 15 // on Friday, say
		friday := ticket.Date{Year: 2026, Month: time.November, Day: 27}
		publish := func() worker.Published {
			p, err := w.Publish(t.Context(), worker.Request{Team: w.team, Date: friday})
			require.NoError(t, err)
			return p
		}
		page := publish().Page.ID
		assert.Empty(t, w.changed(t, page), "nobody has read it yet")

		w.renames(t, "PAY-3", "Show what is owed")
		_, err := w.Sandbox.Jira.Comment("PAY-3", w.Sandbox.Jira.AddPerson(jiratest.Person{DisplayName: "Lea"}), "The bank has\nagreed.")
		require.NoError(t, err)
		assert.Equal(t, worker.Updated, publish().Action)
		assert.Equal(t, []string{"2026-11-23\nPAY-3 Show what is owed: summary “Show the due date and the open amount on the invoice overview” → " +
			"“Show what is owed”; 1 new comment, the newest by Lea: “The bank has agreed.”\n"}, w.changed(t, page))
		assert.Regexp(t, `Show what is owed<(/h2|ac:structured-macro [^>]*ac:name="anchor")`, w.body(t, page), "a region that nobody touched is refreshed")

		w.now = w.now.AddDate(0, 0, 1)
		assert.Equal(t, worker.Unchanged, publish().Action, "the day does not churn")
		w.edited(t, "PAY-6", map[string]any{"description": "Another text."})
		require.NoError(t, w.Sandbox.Jira.Flag("PAY-1"))
		publish()
		text := w.changed(t, page)[0]
		assert.True(t, strings.HasPrefix(text, "2026-11-24\n"), "the newest day stands first: %s", text)
		assert.Contains(t, text, "description changed")
		assert.Contains(t, text, "2026-11-23\nPAY-3 Show what is owed:")

		require.NoError(t, w.Sandbox.Jira.Unflag("PAY-7"))
		w.now = w.now.AddDate(0, 0, 1)
		publish()
		assert.Contains(t, w.changed(t, page)[0], "2026-11-25\n")
		assert.Regexp(t, `PAY-7: no longer among the items of this session`, w.changed(t, page)[0])
		require.Len(t, w.changed(t, page), 1, "one block")

		require.NoError(t, w.Sandbox.Jira.Flag("PAY-7"))
		publish()
		assert.NotContains(t, w.changed(t, page)[0], "no longer among", "what is as it was is not told")
	})
}

func TestFromTheSessionsStartPublishingOnlyAdds(t *testing.T) { // C4
	onBoth(t, func(t *testing.T, w *world) {
		sel := ticket.Selection{Kind: ticket.Keys, Keys: []string{"PAY-3", "PAY-6"}}
		tuesday := ticket.Date{Year: 2026, Month: time.November, Day: 24}
		publish := func(sel ticket.Selection) worker.Published {
			p, err := w.Publish(t.Context(), worker.Request{Team: w.team, Selection: sel, Date: tuesday})
			require.NoError(t, err)
			return p
		}
		page := publish(sel).Page.ID
		before := w.body(t, page)
		w.now = tuesday.At(10, 0, time.UTC) // it begins
		w.renames(t, "PAY-3", "Show what is owed")
		assert.Equal(t, worker.Updated, publish(sel).Action)

		after := w.body(t, page)
		require.Len(t, w.changed(t, page), 1)
		assert.Contains(t, w.changed(t, page)[0], "→ “Show what is owed”")
		from := strings.Index(after, "<h2")
		to := from + strings.Index(after[from+1:], "<h2") + 1
		assert.Equal(t, before, after[:from]+after[to:], "nothing but the block has been added")

		assert.Equal(t, worker.Unchanged, publish(sel).Action)
		w.renames(t, "PAY-3", "Show all that is owed")
		publish(sel)
		require.Len(t, w.changed(t, page), 1)
		assert.Contains(t, w.changed(t, page)[0], "→ “Show all that is owed”")
		assert.Contains(t, w.changed(t, page)[0], "2026-11-24\n")
	})
}

func TestANewItemIsAddedWhileTheSessionRuns(t *testing.T) { // C4
	onBoth(t, func(t *testing.T, w *world) {
		require.NoError(t, w.Sandbox.Jira.Unflag("PAY-3"))
		page := w.publish(t, ticket.Selection{}).Page.ID
		tuesday := ticket.Date{Year: 2026, Month: time.November, Day: 24}
		w.now = tuesday.At(10, 5, time.UTC)
		require.NoError(t, w.Sandbox.Jira.Flag("PAY-3"))
		again, err := w.Publish(t.Context(), worker.Request{Team: w.team, Date: tuesday})
		require.NoError(t, err)
		assert.Equal(t, worker.Updated, again.Action)
		assert.Contains(t, w.changed(t, page)[0], "new in this session")
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		assert.Len(t, w.commented(t)["PAY-3"], 1)
		again, err = w.Publish(t.Context(), worker.Request{Team: w.team, Date: tuesday})
		require.NoError(t, err)
		assert.Equal(t, worker.Unchanged, again.Action)
	})
}

func TestATouchedRegionsNewsGoToTheBlock(t *testing.T) { // C3 C4
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.edits(t, page, func(body string) (string, error) {
			return strings.Replace(body, "<strong>Why now: ", "<strong>Why today: ", 1), nil
		})
		key := ""
		for _, id := range w.publish(t, ticket.Selection{}).Kept {
			key = strings.TrimPrefix(id, "item/")
		}
		require.NotEmpty(t, key)
		w.renames(t, key, "Quite another matter")
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, []string{"item/" + key}, again.Kept)
		assert.Contains(t, w.body(t, page), "Why today")
		assert.Contains(t, w.changed(t, page)[0], key+" Quite another matter: summary “")
	})
}

func TestABlockThatPeopleTouchedIsTheirs(t *testing.T) { // C3 C4
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.renames(t, "PAY-3", "Show what is owed")
		w.publish(t, ticket.Selection{})
		w.replaces(t, page, "Show what is owed: summary", "Show what is owed: we know; summary")
		w.publish(t, ticket.Selection{})
		w.unchangedRerun(t, ticket.Selection{})
		require.Len(t, w.changed(t, page), 1, "what people have read is not told again")

		w.renames(t, "PAY-6", "Remind people who pay late")
		w.publish(t, ticket.Selection{})
		texts := w.changed(t, page)
		require.Len(t, texts, 2)
		told := texts[0] + texts[1]
		assert.Equal(t, 1, strings.Count(told, "PAY-3"), "it stands in the people's block alone: %s", told)
		assert.Contains(t, told, "PAY-6 Remind people who pay late")
		w.unchangedRerun(t, ticket.Selection{})

		w.edits(t, page, func(body string) (string, error) { return withoutChanged(body), nil }) // read, and taken out
		w.publish(t, ticket.Selection{})
		w.unchangedRerun(t, ticket.Selection{})
		assert.Empty(t, w.changed(t, page))
		w.renames(t, "PAY-6", "Remind people who pay late twice")
		w.publish(t, ticket.Selection{})
		require.Len(t, w.changed(t, page), 1)
		assert.NotContains(t, w.changed(t, page)[0], "PAY-3")
	})
}

func TestARefreshLeavesWhatIsNotTheBody(t *testing.T) { // C3
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		width := json.RawMessage(`"full-width"`)
		require.NoError(t, w.Confluence.SetProperty(page, "content-appearance-published", width))
		require.NoError(t, w.Pages.AddLabels(t.Context(), page, "quarter-four"))
		before, _ := w.Confluence.Page(page)
		w.renames(t, "PAY-3", "Show what is owed")
		require.Equal(t, worker.Updated, w.publish(t, ticket.Selection{}).Action)
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		after, _ := w.Confluence.Page(page)
		assert.Equal(t, before.Labels, after.Labels)
		assert.Equal(t, width, after.Properties["content-appearance-published"])
		assert.Equal(t, 1, after.PropertyVersions["content-appearance-published"])
		assert.Equal(t, []string{before.Title, before.Space, before.ParentID}, []string{after.Title, after.Space, after.ParentID})
	})
}

// Another run publishes behind the request that finds the page, and before the next:
// then the page as it was does not go with the state as it is.
func TestAPublishWithinAReadIsNotTakenForAnEdit(t *testing.T) { // C4 S5
	t.Parallel()
	for name, options := range on(t.Name()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var armed, looked atomic.Bool
			var publishes func()
			w := newWorld(t, append(slices.Clone(options), func(o *sandbox.Options) {
				o.Instead = func(_ http.ResponseWriter, r *http.Request) bool {
					if looked.CompareAndSwap(true, false) {
						publishes()
					}
					if r.URL.Query().Has("cql") && armed.CompareAndSwap(true, false) {
						looked.Store(true)
					}
					return false
				}
			})...)
			other := w.connect(t)
			publishes = func() {
				_, err := other.Publish(t.Context(), worker.Request{Team: w.team})
				assert.NoError(t, err)
			}
			page := w.publish(t, ticket.Selection{}).Page.ID
			w.renames(t, "PAY-3", "Show what is owed")
			w.publish(t, ticket.Selection{})
			w.renames(t, "PAY-6", "Remind people who pay late twice")
			armed.Store(true)
			w.publish(t, ticket.Selection{})
			require.False(t, armed.Load() || looked.Load(), "the other has published")
			w.renames(t, "PAY-7", "Pay by card")
			w.publish(t, ticket.Selection{})
			require.Len(t, w.changed(t, page), 1)
			for _, key := range []string{"PAY-3", "PAY-6", "PAY-7"} {
				assert.Contains(t, w.changed(t, page)[0], key)
			}
		})
	}
}

// What syncs write into a ticket's text comes from the page, and what an undo takes out
// again is as it was.
func TestWhatASyncWroteIsNoNews(t *testing.T) { // C4 S3 S9
	for field, name := range map[outcome.Field]string{outcome.DescriptionField: "description", outcome.CriteriaField: "Acceptance Criteria"} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, w *world) {
				w.team.Criteria = field
				w.edit(t, "PAY-3", map[string]any{name: "What it is about.\n\n* One\n* Two"})
				page := w.publish(t, ticket.Selection{}).Page.ID
				news := func() string {
					w.publish(t, ticket.Selection{})
					return strings.Join(w.changed(t, page), "")
				}
				w.agrees(t, page, "PAY-3", "The fee is [shown] *once*", "Dates are shown")
				require.NotZero(t, applied(w.sync(t, page)))
				assert.NotContains(t, news(), strings.ToLower(name)+" changed")
				require.Contains(t, strings.Join(told(w.undo(t, page)), "\n"), "PAY-3 applied taken back: ", "a publish forgets nothing of what stood there before")
				assert.NotContains(t, news(), strings.ToLower(name)+" changed")

				w.sync(t, page)
				i, _ := w.Sandbox.Jira.Issue("PAY-3")
				text := i.Description
				if field == outcome.CriteriaField {
					text = i.AcceptanceCriteria
				}
				w.edit(t, "PAY-3", map[string]any{name: text + "\n\nAnd what Dana adds."})
				assert.Contains(t, news(), strings.ToLower(name)+" changed", "what people write there is")
			})
		})
	}
}
