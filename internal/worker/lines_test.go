package worker_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/worker"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// cuts takes the block that says text off the page and returns it.
func (w *world) cuts(t *testing.T, page, text string) (block string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		at := strings.Index(body, text)
		require.GreaterOrEqual(t, at, 0, "%q is not on the page", text)
		from, tag := -1, ""
		for _, name := range []string{"p", "ac:adf-extension", "ac:task-list"} {
			if i := max(strings.LastIndex(body[:at], "<"+name+">"), strings.LastIndex(body[:at], "<"+name+" ")); i > from {
				from, tag = i, "</"+name+">"
			}
		}
		to := at + strings.Index(body[at:], tag) + len(tag)
		block = body[from:to]
		return body[:from] + body[to:], nil
	})
	return block
}

// pastes puts a block into an item's section, below its heading "Decisions".
func (w *world) pastes(t *testing.T, page, key, block string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		doc, err := storage.Parse(body)
		require.NoError(t, err)
		section := ""
		for _, n := range doc.Blocks() {
			if title := n.PlainText(); n.Name == "h2" {
				section = title
			} else if n.Name == "h3" && title == "Decisions" && strings.HasPrefix(section, key+" ") {
				return body[:n.End] + block + body[n.End:], nil
			}
		}
		return "", fmt.Errorf("%s has no section", key)
	})
}

// line is a decision as a person types it who knows no form.
func line(text string) string { return "<p>Decision: " + text + "</p>" }

// said is our comment on a ticket, below its heading; there is one at most.
func (w *world) said(t *testing.T, key string) string {
	t.Helper()
	comments := w.commented(t)[key]
	require.LessOrEqual(t, len(comments), 1, "one comment a ticket")
	if len(comments) == 0 {
		return ""
	}
	_, text, _ := strings.Cut(comments[0], "\n")
	return text
}

// rests holds a sync to changing nothing after one that has written.
func (w *world) rests(t *testing.T, page string) {
	t.Helper()
	w.requests(t)
	w.sync(t, page)
	_, writes := w.requests(t)
	assert.Zero(t, writes, "a second sync writes nothing")
}

func TestALineThatWasTakenOffStaysBesideTheNext(t *testing.T) { // S8, A1
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.acts(t, page, "PAY-6", "ask the bank", monday)
		open := w.cuts(t, page, "ask the bank")
		done := strings.Replace(open, ">incomplete<", ">complete<", 1)
		require.NotEqual(t, open, done)
		w.pastes(t, page, "PAY-6", done)
		w.sync(t, page)
		assert.Contains(t, w.said(t, "PAY-6"), "☑ ask the bank")
		decision := w.cuts(t, page, "Refund within a day")
		w.cuts(t, page, "ask the bank")
		assert.Equal(t, []string{"decision “Refund within a day”"}, removed(w.sync(t, page), "PAY-3"))
		w.rests(t, page)
		w.pastes(t, page, "PAY-3", line("Mail the customer"))
		w.pastes(t, page, "PAY-6", strings.Replace(open, "ask the bank", "call Lena", 1))
		synced := w.sync(t, page)
		assert.Equal(t, "\n*Decisions*\n* Mail the customer\n\n*Left the page*\n* Refund within a day – no longer on the page\n", w.said(t, "PAY-3"))
		assert.Equal(t, "\n*Action items*\n* ☐ call Lena – due 2026-11-23\n\n*Left the page*\n* ☑ ask the bank – due 2026-11-23, done, no longer on the page\n", w.said(t, "PAY-6"))
		assert.Contains(t, w.receipts(t, page)[0], "“Refund within a day”\nPAY-3\nNo longer on the page; it stays on the ticket")
		assert.Empty(t, removed(synced, "PAY-3"), "said once")
		w.rests(t, page)

		w.pastes(t, page, "PAY-3", decision)
		assert.Empty(t, removed(w.sync(t, page), "PAY-3"))
		assert.Equal(t, "\n*Decisions*\n* Refund within a day\n* Mail the customer\n", w.said(t, "PAY-3"), "the same words stand again")
		w.rests(t, page)
	})
}

// An entry of a list that somebody makes a paragraph has not left the page; its ticket
// keeps it, and a line below it is listed.
func TestAnEntryThatBecomesAParagraphStays(t *testing.T) { // S8 S11
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.pastes(t, page, "PAY-3", "<ul><li>Refund within a day</li></ul>")
		w.sync(t, page)
		w.edits(t, page, func(body string) (string, error) {
			return regexp.MustCompile(`<ul[^>]*><li[^>]*>(<p[^>]*>)?Refund within a day(</p>)?</li></ul>`).ReplaceAllString(body, "<p>Refund within a day</p><p>Mail the customer</p>"), nil
		})
		synced := w.sync(t, page)
		assert.Equal(t, "\n*Decisions*\n* Refund within a day\n", w.said(t, "PAY-3"))
		assert.Empty(t, removed(synced, "PAY-3"))
		require.Len(t, synced.Suggestions, 1)
		assert.Equal(t, "Mail the customer", synced.Suggestions[0].Text)
		assert.Contains(t, w.receipts(t, page)[0], "Not written (PAY-3, Decisions): loose text: make it an entry of a list, or begin it with “Decision:”")
		w.rests(t, page)
	})
}

// removed are the lines that a sync told to have left a ticket.
func removed(s worker.Synced, key string) (lines []string) {
	for _, c := range s.Changes {
		if c.Kind == outcome.RemovedLine && c.Issue == key {
			lines = append(lines, c.Detail)
		}
	}
	return lines
}

func TestALineThatMovedStandsAsMoved(t *testing.T) { // S1 S8, A16
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		w.pastes(t, page, "PAY-6", w.cuts(t, page, "Refund within a day"))
		dry, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		synced := w.sync(t, page)
		for _, s := range []worker.Synced{dry, synced} {
			require.Len(t, s.Changes, 5, "a comment and a link on each, and the line that left")
			assert.Equal(t, "moved to PAY-6; it stays on the ticket", s.Changes[1].Reason)
			assert.Equal(t, "PAY-3", s.Changes[1].Issue)
			assert.Equal(t, "decision “Refund within a day”", s.Changes[3].Detail)
		}
		assert.Equal(t, "\n*Left the page*\n* Refund within a day – moved to PAY-6\n", w.said(t, "PAY-3"))
		assert.Equal(t, "\n*Decisions*\n* Refund within a day\n", w.said(t, "PAY-6"))
		assert.Contains(t, w.receipts(t, page)[0], "“Refund within a day”\nPAY-3\nMoved to PAY-6; it stays on the ticket as moved")
		assert.Contains(t, w.receipts(t, page)[0], "“Refund within a day”\nPAY-6\nWritten as a decision")
		w.rests(t, page)

		w.pastes(t, page, "PAY-3", w.cuts(t, page, "Refund within a day"))
		w.sync(t, page)
		assert.Equal(t, "\n*Decisions*\n* Refund within a day\n", w.said(t, "PAY-3"))
		assert.Equal(t, "\n*Left the page*\n* Refund within a day – moved to PAY-3\n", w.said(t, "PAY-6"))
		w.rests(t, page)
	})
}

// deletes is a person deleting our comment on a ticket.
func (w *world) deletes(t *testing.T, key string) {
	t.Helper()
	for _, c := range w.Sandbox.Jira.Comments(key) {
		if _, ours := c.Properties["refine"]; ours {
			require.NoError(t, w.Sandbox.Jira.DeleteComment(key, c.ID))
		}
	}
}

func TestACommentThatPeopleDeletedStaysAway(t *testing.T) { // S1 S5, A15
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		w.deletes(t, "PAY-3")
		synced := w.sync(t, page)
		assert.Zero(t, applied(synced))
		assert.Empty(t, w.said(t, "PAY-3"))
		assert.Equal(t, "people deleted the comment; what it said is not said again (1)", synced.Changes[0].Reason)
		assert.Contains(t, w.receipts(t, page)[0], "“Refund within a day”\nPAY-3\nNot written: people deleted the comment that said it")
		w.rests(t, page)
		w.publish(t, ticket.Selection{})
		w.rests(t, page)

		w.decides(t, page, "PAY-3", "Mail the customer")
		synced = w.sync(t, page)
		assert.Equal(t, "people deleted the comment; what it said is not said again (1)", synced.Changes[0].Reason)
		assert.Equal(t, "\n*Decisions*\n* Mail the customer\n", w.said(t, "PAY-3"), "only what is new")
		w.rests(t, page)

		w.deletes(t, "PAY-3")
		w.sync(t, page)
		assert.Empty(t, w.said(t, "PAY-3"), "nor the second one")
		w.edits(t, page, func(body string) (string, error) {
			return strings.Replace(body, "Refund within a day", "Refund within two days", 1), nil
		})
		w.sync(t, page)
		assert.Equal(t, "\n*Decisions*\n* Refund within two days\n", w.said(t, "PAY-3"), "a line that was reworded is new")
		w.rests(t, page)
	})
}

// forgets makes the page's state forget what the tickets were told.
func (w *world) forgets(t *testing.T, page string) {
	t.Helper()
	w.remembers(t, page, func(s *confluence.State) {
		require.NotEmpty(t, s.Told)
		s.Told = nil
	})
}

// remembers changes what the page's state remembers.
func (w *world) remembers(t *testing.T, page string, change func(*confluence.State)) {
	t.Helper()
	state := w.state(t, page)
	change(&state)
	b, err := json.Marshal(state)
	require.NoError(t, err)
	require.NoError(t, w.Confluence.SetProperty(page, confluence.PropertyKey, b))
}

func (w *world) state(t *testing.T, page string) (s confluence.State) {
	t.Helper()
	p, ok := w.Confluence.Page(page)
	require.True(t, ok)
	require.NoError(t, json.Unmarshal(p.Properties[confluence.PropertyKey], &s))
	return s
}

// The page remembers what was said after it was said: a run that dies in between
// leaves a comment that the next one finds and remembers.
func TestACommentIsRememberedOnceItIsFound(t *testing.T) { // S5, A15
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		require.Len(t, w.state(t, page).Told["PAY-3"], 1)
		w.forgets(t, page)
		assert.Zero(t, applied(w.sync(t, page)))
		assert.Len(t, w.state(t, page).Told["PAY-3"], 1)
		w.rests(t, page)
		w.deletes(t, "PAY-3")
		w.sync(t, page)
		assert.Empty(t, w.said(t, "PAY-3"))

		w.forgets(t, page)
		w.sync(t, page)
		assert.NotEmpty(t, w.said(t, "PAY-3"), "what is forgotten is said once more")
		w.rests(t, page)
	})
}
