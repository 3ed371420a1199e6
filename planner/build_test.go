package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Equal input gives an equal plan: map order never shows.
func TestBuildIsDeterministic(t *testing.T) {
	t.Parallel()
	want := View(samplePlan())
	for range 20 {
		assert.Equal(t, want, View(samplePlan()))
	}
}

// P7: of an issue with a security level only the key is shown.
func TestRestrictedIssuesAreWithheld(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-2", Summary: "Invoice list"},
		{Key: "PAY-3", Summary: "Secret merger", Description: "with a bank", Restricted: true},
	}})
	require.Empty(t, Gate(p))
	assert.Equal(t, []string{"PAY-3"}, p.Withheld)
	var out strings.Builder
	require.NoError(t, WriteTagged(&out, p))
	assert.NotContains(t, out.String(), "merger")
	assert.Contains(t, out.String(), "PAY-3")
}

// P3 L6: a cap is stated.
func TestCapIsStated(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{{Key: "PAY-2", Summary: "Invoice list"}}, Matched: 240, Capped: true, Limit: 1})
	require.Empty(t, Gate(p))
	assert.Contains(t, p.Assumptions[0], "1 of the 240 tickets")
	assert.Contains(t, p.Assumptions[0], "the first 1 in the selection's order; 239 more were not read")
}

// L6: an item that is done in Jira is taken, and said to be.
func TestDoneItemsAreStated(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{{Key: "PAY-2", Summary: "Invoice list", StatusCategory: "done"}}})
	assert.Contains(t, strings.Join(p.Assumptions, "\n"), "PAY-2 is done in Jira")
}

// A ticket that says what it is for and when it is done is ready.
func TestReady(t *testing.T) {
	t.Parallel()
	plain := Issue{Key: "PAY-2", Summary: "As a payer, I want a monthly invoice so that I can file it",
		Description:        "Payers ask for an invoice after every month.",
		AcceptanceCriteria: "* An invoice of the past month is in the list on the first day of the next."}
	vague := Issue{Key: "PAY-3", Summary: "Make invoices better"}
	p := Build(Input{Session: testSession("x"), Issues: []Issue{plain, vague}})
	require.Empty(t, Gate(p))
	assert.True(t, p.Items[0].Ready)
	assert.False(t, p.Items[1].Ready)
	assert.Less(t, p.Items[0].Minutes, p.Items[1].Minutes, "a ready ticket gets less time")
}

// Durations other than the usual are stated, see also TestDurations.
func TestOverrideIsStated(t *testing.T) {
	t.Parallel()
	assert.Contains(t, strings.Join(longPlan().Assumptions, "\n"), "100 minutes were configured")
}
