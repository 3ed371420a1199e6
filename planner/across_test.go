package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func readings(issues ...Issue) (out []*reading) {
	for _, i := range issues {
		out = append(out, read(i))
	}
	return out
}

// L14: what the epic names and no child covers, and what only looks so.
func TestUncovered(t *testing.T) {
	t.Parallel()
	children := readings(
		Issue{Key: "PAY-2", Summary: "Invoices on Android", Description: "The invoice list is empty on Android."},
		Issue{Key: "PAY-3", Summary: "Invoices on iOS", Description: "We support the list on iOS."},
	)
	for _, c := range []struct{ description, name string }{
		{"Invoices are missing on every phone (iOS, Android, Windows).", "Windows"},
		{"The new list is to help Support answer questions.", "Support"},
		{"Invoices are missing on every phone (iOS, Android).", ""},
		{"The guide for Cocoa Touch tells how it is done.", ""},
		{"The list is built with JavaScript on the server.", ""},
	} {
		epic := read(Issue{Key: "PAY-1", Epic: true, Summary: "Invoices everywhere", Description: c.description})
		found := uncovered(epic, children)
		if c.name == "" {
			assert.Empty(t, found, c.description)
			continue
		}
		require.Len(t, found, 1, c.description)
		assert.Contains(t, found[0].point, "“"+c.name+"”")
	}
}

func TestUncoveredBullets(t *testing.T) {
	t.Parallel()
	epic := read(Issue{Key: "PAY-1", Summary: "Invoices", Description: "Parts:\n* invoice list on the phone\n* yearly tax statement\n"})
	found := uncovered(epic, readings(Issue{Key: "PAY-2", Summary: "Show the invoice list"}))
	require.Len(t, found, 1)
	assert.Equal(t, "yearly tax statement", found[0].quote)
}

func blockedBy(key string) Link {
	return Link{Phrase: "is blocked by", Ref: Ref{Key: key, Summary: key}}
}

// L10: cycles among blockers are reported; an epic that waits for its own item
// is none.
func TestCircles(t *testing.T) {
	t.Parallel()
	epic := read(Issue{Key: "PAY-1", Links: []Link{blockedBy("PAY-2")}})
	assert.Empty(t, circles(epic, readings(Issue{Key: "PAY-2"})))

	epic = read(Issue{Key: "PAY-1", Links: []Link{blockedBy("OPS-9")}})
	found := circles(epic, readings(Issue{Key: "PAY-2", Links: []Link{{Phrase: "blocks", Ref: Ref{Key: "OPS-9"}}}}))
	require.Len(t, found, 1)
	assert.Equal(t, []string{"OPS-9", "PAY-1", "PAY-2"}, found[0].keys)

	found = circles(nil, readings(Issue{Key: "A-1", Links: []Link{blockedBy("A-2")}}, Issue{Key: "A-2", Links: []Link{blockedBy("A-1")}}))
	require.Len(t, found, 1)
}

func TestLinkDirections(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string][2]bool{
		"is blocked by": {true, false}, "depends on": {true, false}, "blocks": {false, true},
		"is dependent of": {false, true}, "is depended on by": {false, true}, "relates to": {false, false},
	} {
		l := Link{Phrase: phrase}
		assert.Equal(t, want, [2]bool{needs(l), neededBy(l)}, phrase)
	}
}

func TestTwins(t *testing.T) {
	t.Parallel()
	text := " module against the latest kit so that payers keep their saved cards and merchants see settled invoices"
	found := twins(readings(
		Issue{Key: "PAY-2", Summary: "Recompile ledger" + text}, Issue{Key: "PAY-3", Summary: "Recompile refunds" + text},
		Issue{Key: "PAY-4", Summary: "Something else entirely, about holidays and calendars in every country"},
	))
	require.Len(t, found, 1)
	assert.Equal(t, []string{"PAY-2", "PAY-3"}, found[0].keys)
}

// L14: a number that differs between title and text.
func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		title, text string
		differ      bool
	}{
		{"Retry failed payments for three days", "A payment is retried for 5 days.", true},
		{"Retry failed payments for three days", "A payment is retried for 3 days, at most 5 days.", false},
		{"Support Windows 10 machines", "We have 4 machines.", false},
		{"Retry 3 times", "The 4 banks answer late.", false},
	} {
		r := read(Issue{Key: "PAY-1", Summary: c.title, Description: c.text})
		assert.Equal(t, c.differ, len(r.numbers()) > 0, c.title)
	}
}

// That two stories have the same role is nothing they share.
func TestSharedSkipsRoles(t *testing.T) {
	t.Parallel()
	stories := readings(
		Issue{Key: "PAY-2", Summary: "Overview", Description: "As an accounts clerk, I want to see the open amount in the overview."},
		Issue{Key: "PAY-3", Summary: "Reminders", Description: "As an accounts clerk, I want the second reminder to leave by itself."},
	)
	assert.Empty(t, shared(nil, stories))
}
