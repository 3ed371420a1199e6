package jira

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

var noor = outcome.User{Key: "JIRAUSER7", Name: "noor", Display: "Noor Haddad"}

// recalled is what a comment is known to have been written from without its mark, by
// what it says and what the page remembers of it; nil if its mark has to be read. The
// page says something else by now.
func recalled(t require.TestingT, body string, n outcome.Note) []outcome.Entry {
	c := new(Client)
	cm := comment{ID: "11", Body: body, Updated: "2026-11-24T12:00:00.000+0000"}
	c.leave(&n, cm)
	stood, err := c.stood(context.Background(), session{meeting, itsPage}, map[string][]comment{"PAY-1": {cm}}, map[string]string{"PAY-1": n.Left.String()})
	require.NoError(t, err)
	require.Contains(t, stood, "PAY-1")
	found := []outcome.Ticket{{Issue: ticket.Issue{Key: "PAY-1"}, Comment: stood["PAY-1"]}}
	owner := noor
	in := outcome.WritebackInput{Page: itsPage, Outcomes: outcome.Outcomes{Entries: []outcome.Entry{
		{Kind: outcome.Action, Text: typed("something else"), Owner: &owner, Section: "PAY-1"},
	}}}
	if len(in.Settle(found, nil)) > 0 {
		return nil
	}
	return stood["PAY-1"].Mark.Entries
}

// On Data Center each mark takes a request of its own. Of a comment that stands as it
// was left, its own words and the page's memory tell the same, or the mark is read.
func TestWhatACommentWasWrittenFrom(t *testing.T) { // S8
	t.Parallel()
	due := ticket.Date{Year: 2026, Month: 12, Day: 3}
	mentioned := outcome.Text{{User: &noor}, {Text: " asks legal"}}
	for name, c := range map[string]struct {
		entries []outcome.Entry
		change  func(body string) string // of the comment, by whoever wrote it last
		known   bool
	}{
		"in the page's order": {entries: []outcome.Entry{{Kind: outcome.Action, ID: "12", Text: typed("ask the bank"), Due: due}, agreed, {Kind: outcome.Decision, Text: typed("b")}}, known: true},
		"whose it is":         {entries: []outcome.Entry{{Kind: outcome.Action, ID: "12", Text: typed("ask the bank"), Owner: &noor, Done: true}}, known: true},
		"who is mentioned":    {entries: []outcome.Entry{{Kind: outcome.Action, ID: "12", Text: mentioned, Owner: &noor}}, known: true},
		"what left the page":  {entries: []outcome.Entry{agreed, {Kind: outcome.Decision, Text: typed("b"), Gone: true, Moved: "PAY-2"}}, known: true},
		"an issue of it":      {entries: []outcome.Entry{{Kind: outcome.Action, ID: "3", Text: typed("ask the bank"), Issue: "PAY-9"}}, known: true},
		"from another ticket": {entries: []outcome.Entry{{Kind: outcome.Decision, Text: typed("b"), From: "PAY-2"}}},
		"a name alone":        {entries: []outcome.Entry{{Kind: outcome.Decision, Text: outcome.Text{{User: &noor}, {Text: " decides"}}}}},
		"no room for all":     {entries: []outcome.Entry{agreed, {Kind: outcome.Decision, Text: typed(strings.Repeat("long ", 8000))}}},
		"somebody's words below": {[]outcome.Entry{agreed}, func(body string) string {
			return body + "\nI do not agree.\n"
		}, false},
		"another page": {[]outcome.Entry{agreed}, func(body string) string {
			return strings.ReplaceAll(body, "/x/42", "/x/43")
		}, false},
		"other words": {[]outcome.Entry{agreed}, func(body string) string {
			return strings.ReplaceAll(body, "card", "account")
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := note(c.entries...)
			body := WikiNote(n, false)
			if c.change != nil {
				changed := c.change(body)
				require.NotEqual(t, body, changed)
				body = changed
			}
			if got := recalled(t, body, n); c.known {
				assert.Equal(t, c.entries, got)
			} else {
				assert.Nil(t, got)
			}
		})
	}
}

// Whatever people typed, nothing else than what the mark says is known without it.
func TestNothingIsKnownThatTheMarkDoesNotSay(t *testing.T) { // S8
	t.Parallel()
	texts := rapid.OneOf(rapid.StringMatching(`[a-z]{1,4}( [a-z@]{1,5}){0,3}!?`), rapid.StringMatching(`[-*_{}\[\]|\\~^a-z –☐☑(),:]{1,12}`), rapid.SampledFrom([]string{"done", "a – due 2026-12-03", "a – owner noor", "b – PAY-2", "* x", "Reason: y"}))
	entries := rapid.Custom(func(t *rapid.T) (e outcome.Entry) {
		e.Kind = rapid.SampledFrom([]outcome.EntryKind{outcome.Decision, outcome.Action, outcome.Criterion, outcome.Estimate, outcome.Blocker, outcome.SplitStory, outcome.Result}).Draw(t, "kind")
		e.ID = rapid.SampledFrom([]string{"", "1", "22"}).Draw(t, "id")
		e.Text = typed(texts.Draw(t, "text"))
		e.Gone = rapid.Bool().Draw(t, "gone")
		if e.Kind == outcome.Decision && rapid.Bool().Draw(t, "reasoned") {
			e.Reason = typed(texts.Draw(t, "reason"))
		}
		if e.Kind == outcome.Action {
			e.Done = rapid.Bool().Draw(t, "done")
			e.Owner = rapid.SampledFrom([]*outcome.User{nil, &noor}).Draw(t, "owner")
		}
		if e.Gone {
			e.Moved = rapid.SampledFrom([]string{"", "PAY-2"}).Draw(t, "moved")
		}
		return e
	})
	rapid.Check(t, func(t *rapid.T) {
		n := note(rapid.SliceOfNDistinct(entries, 1, 4, outcome.Entry.Print).Draw(t, "entries")...)
		got := recalled(t, WikiNote(n, false), n)
		if got == nil {
			return
		}
		again := note(got...)
		require.Equal(t, n.Hash(), again.Hash())
		require.Len(t, got, len(n.Entries))
		for i, e := range n.Entries {
			is := got[i]
			require.Equal(t, []any{e.Kind, e.ID, e.Text, e.Gone, e.Moved}, []any{is.Kind, is.ID, is.Text, is.Gone, is.Moved})
		}
	})
}
