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
