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

// L8 in part: where tickets say when they are done, in the shapes teams use.
func TestFindCriteria(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		issue Issue
		found bool
	}{
		{"own field", Issue{AcceptanceCriteria: "An invoice is shown"}, true},
		{"heading", Issue{Description: "h3. Acceptance Criteria\n* an invoice is shown"}, true},
		{"bold line", Issue{Description: "*Definition of Done*\nan invoice is shown"}, true},
		{"inline label", Issue{Description: "Completion criteria: an invoice is shown"}, true},
		{"given when then", Issue{Description: "Given a payer, when the month ends then an invoice is shown"}, true},
		{"checkable list", Issue{Description: "* it should show a\n* it must hide b\n* it can now do c"}, true},
		{"a number demanded", Issue{Description: "The list should open within 2 seconds"}, true},
		{"a heading with nothing beneath", Issue{Description: "Some text.\n\nAcceptance criteria:"}, false},
		{"prose", Issue{Description: "Payers want invoices."}, false},
		{"a list of signatures", Issue{Description: "- id : String\n- name : String\n- due : Date\n- to : String\n- a : B"}, false},
		{"a version", Issue{Description: "We should support Windows 10 machines"}, false},
		{"a bug that can be seen", Issue{Type: "Bug", Description: "Steps to reproduce: open the list\n\nThe list fails to open."}, true},
	} {
		c.issue.Key = "PAY-1"
		assert.Equal(t, c.found, len(read(c.issue).criteria) > 0, c.name)
	}
}

// Durations other than the usual are stated, see also TestDurations.
func TestOverrideIsStated(t *testing.T) {
	t.Parallel()
	assert.Contains(t, strings.Join(longPlan().Assumptions, "\n"), "100 minutes were configured")
}
