package planner

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The tickets are shared on a day on which somebody reads them.
func TestSharedBy(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("CET", 3600)
	for day, want := range map[int]string{
		22: "By Fri 20 Nov 10:00 CET", // Sunday
		23: "By Fri 20 Nov 10:00 CET", // Monday
		24: "24 hours before the session, by Mon 23 Nov 10:00 CET",
		28: "24 hours before the session, by Fri 27 Nov 10:00 CET",
	} {
		assert.Equal(t, want, sharedBy(time.Date(2026, 11, day, 10, 0, 0, 0, zone)))
	}
}

// Only what is a criterion is kept as a result, without the markup of its box.
func TestSuccessNotesKeepCriteria(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, kept string
		issue      Issue
	}{
		{"a ticked list", "keep “a complaint pauses the reminders of its invoice only”",
			Issue{Description: "Who sees that the reminders pause?\n\n*Done when*\n- [ ] a complaint pauses the reminders of its invoice only\n- [x] accounts see why"}},
		{"an expectation", "keep “numbers without gaps”",
			Issue{Type: "Bug", Description: "Auditors cannot find every number. Who sees that a number is lost?\n\nExpected: numbers without gaps. Actual: one is lost."}},
		{"only a problem", "write an answer to the question",
			Issue{Type: "Bug", Description: "Auditors cannot find every number. Who sees that a number is lost?\n\nSteps: cancel a draft."}},
	} {
		c.issue.Key, c.issue.Summary = "PAY-9", "Invoices of a customer"
		p := Build(Input{Session: testSession("x"), Issues: []Issue{c.issue}})
		require.Empty(t, Gate(p), c.name)
		note := p.Agenda[2].Items[0].Note
		assert.Contains(t, note, c.kept, c.name)
		assert.Equal(t, strings.HasPrefix(c.kept, "keep"), strings.Contains(note, "keep"), c.name)
		assert.NotContains(t, fmt.Sprint(View(p)), "[ ]", c.name)
	}
}

// An epic among tickets is put aside, unless somebody named it or there is
// nothing else.
func TestEpicsAreNoItems(t *testing.T) {
	t.Parallel()
	epic := Issue{Key: "PAY-1", Epic: true, Summary: "Customers pay on time"}
	ticket := Issue{Key: "PAY-2", Summary: "Invoice list"}
	in := Input{Session: testSession("x"), Issues: []Issue{epic, ticket}}
	p := Build(in)
	require.Empty(t, Gate(p))
	require.Len(t, p.Items, 1)
	assert.Equal(t, []Deferred{{Key: "PAY-1", Summary: epic.Summary, Reason: "is an epic; plan its children with --epic PAY-1"}}, p.Deferred)
	assert.NotContains(t, strings.Join(p.After, "\n")+p.Closing, "PAY-1", "it did not run out of time")

	in.Session.Selection = Selection{Kind: Keys, Keys: []string{"PAY-1", "PAY-2"}}
	assert.Len(t, Build(in).Items, 2)
	assert.Len(t, Build(Input{Session: testSession("x"), Issues: []Issue{epic}}).Items, 1)
}

// The time of a talk that was held is looked back on, and of no other.
func TestRetroAsksAboutATalkThatWasHeld(t *testing.T) {
	t.Parallel()
	for want, issues := range map[string][]Issue{
		"which ticket, if any, was cut short for the 14 minutes on PAY-1?": asking(3),
		"which of the 40 minutes on PAY-1 brought most?":                   asking(1),
		"what of PAY-3 went unsaid in the 40 minutes that it shared with PAY-1 and PAY-2?": {
			{Key: "PAY-1", Summary: "Update the desk"}, {Key: "PAY-2", Summary: "Update the ledger"}, {Key: "PAY-3", Summary: "Update the journal"},
		},
	} {
		b := newBuilder(Input{Session: testSession("x"), Issues: issues})
		assert.Equal(t, want, b.retroTime())
	}
	eight := Build(Input{Session: testSession("x"), Issues: asking(7)})
	assert.Contains(t, strings.Join(eight.Agenda[3].Lines, " "), "1 ticket found no time; which ticket of today could have waited instead?")
}

// What is only to be confirmed has one slot, and every item its share of it (L2).
func TestReadyItemsAreConfirmedTogether(t *testing.T) {
	t.Parallel()
	done := "Clerks cannot see who owes what.\n\nAcceptance criteria:\n- a clerk sees the sum of each customer\n- the sum is that of the ledger"
	issues := asking(4)
	issues[0].Description, issues[2].Description = done, done+" of the day before"
	p := Build(Input{Session: testSession("x"), Issues: issues})
	require.Empty(t, Gate(p))
	slots := p.Agenda[2].Items
	require.Len(t, slots, 3)
	last := slots[2]
	assert.Equal(t, "confirm each result as it stands", last.Note)
	assert.Equal(t, []string{"PAY-1", "PAY-3"}, append([]string{last.Key}, last.With...))
	assert.Equal(t, p.Agenda[2].End, last.End)
}

// The aim that key points and questions quote is not quoted once more.
func TestTheEpicsAimIsNotWornOut(t *testing.T) {
	t.Parallel()
	epic := Issue{Key: "PAY-9", Epic: true, Summary: "Reminders", Description: "Remind payers so that clerks need not write each letter by hand."}
	b := newBuilder(Input{Session: testSession("x"), Epic: &epic, Issues: asking(3)})
	aim := quotesIn(b.epic.aim())[0]
	assert.Contains(t, b.epicLine(), aim)
	b.plan.KeyPoints = []KeyPoint{{Text: "PAY-9 says “" + aim + "”."}, {Text: "PAY-1 asks, and PAY-9 says “" + aim + "”."}}
	assert.Equal(t, "The product owner says in two sentences what PAY-9 is for, and for whom.", b.epicLine())
}
