package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// criterion is what every ticket below is done by.
const criterion = "an invoice is shown"

// L8 L9: acceptance criteria are found in the shapes in which teams write them,
// and the first one can be quoted.
func TestAcceptanceCriteria(t *testing.T) {
	t.Parallel()
	const code = "{code:java}\nx();\n{code}\n"
	for name, description := range map[string]string{
		"wiki heading":               "Pay later.\n\nh3. Acceptance Criteria\n* an invoice is shown\n* it is due",
		"deep wiki heading":          "h6. Acceptance criteria:\nan invoice is shown",
		"its parts have headings":    "h3. Acceptance Criteria\nh4. List\n* an invoice is shown\nh4. Mail\n* it is sent",
		"bold line":                  "*Definition of Done*\nan invoice is shown",
		"bold line, colon within":    "*Acceptance criteria:*\n- an invoice is shown",
		"bold label before its text": "*Acceptance criteria:* an invoice is shown",
		"label":                      "Completion Criteria:\n\nan invoice is shown",
		"label in capitals":          "COMPLETION CRITERIA:\nan invoice is shown",
		"label before its text":      "Exit criteria: an invoice is shown",
		"success criteria":           "Success criteria:\n# an invoice is shown",
		"conditions of satisfaction": "Conditions of Satisfaction\n- an invoice is shown",
		"done when":                  "Done when: an invoice is shown",
		"this is done when":          "This is done when:\n* an invoice is shown",
		"qualified":                  "Proposed acceptance criteria (draft):\n* an invoice is shown",
		"criteria for something":     "Acceptance criteria for the list:\n* an invoice is shown",
		"AC":                         "AC: an invoice is shown",
		"numbered AC":                "AC1: an invoice is shown\nAC2: it is due",
		"numbered AC with a dash":    "* AC-1 - an invoice is shown",
		"DoD":                        "DoD:\nan invoice is shown",
		"COS":                        "COS:\n - an invoice is shown",
		"CC":                         "CC: an invoice is shown to payers",
		"glued stars":                "Acceptance criteria:\n*an invoice is shown\n*it is due",
		"checklist":                  "Acceptance criteria\n[ ] an invoice is shown\n[x] it is due",
		"numbers":                    "Acceptance criteria\n1. an invoice is shown\n2) it is due",
		"label within a line":        "Payers complain. Acceptance criteria: an invoice is shown",
		"label as a list's entry":    "* Acceptance criteria:\n** an invoice is shown",
		"flattened":                  "Payers complain.    Acceptance criteria:  - an invoice is shown  - it is due",
		"flattened with one space":   "Payers complain. COS: - an invoice is shown - it is due",
		"flattened heading":          "h2. Why  Payers complain.  h3. Acceptance Criteria # an invoice is shown # it is due",
		"flattened numbers":          "Payers complain.  Acceptance criteria: 1. an invoice is shown 2. it is due",
		"table":                      "|| Step || Expected result ||\n| Pay | an invoice is shown |",
		"table of Markdown":          "| Acceptance criteria | Who |\n|---|---|\n| an invoice is shown | payer |",
		"panel":                      "{panel:title=Acceptance Criteria}\nan invoice is shown\n{panel}",
		"acceptance test":            "h3. Acceptance Test\n" + code + "# Pay.\n# Verify that an invoice is shown",
		"result of an acceptance test": "h3. Acceptance Test\nDescription:\n1. Pay\n\nActual Results:\n1. nothing is shown\n\n" +
			"Expected Results:\n1. an invoice is shown",
		"German":   "h3. Akzeptanzkriterien\n* an invoice is shown",
		"French":   "*Critères d'acceptation :*\n* an invoice is shown",
		"Russian":  "Критерии приёмки:\n* an invoice is shown",
		"Chinese":  "验收标准\n- an invoice is shown",
		"lead-in":  "Acceptance criteria:\n\nFor each of the open payments:\n- an invoice is shown",
		"sentence": "This story is complete when an invoice is shown",
	} {
		r := read(Issue{Key: "PAY-1", Summary: "Invoices", Description: description})
		if assert.True(t, r.named, name) {
			ev, ok := r.criteria[0].from.quote(r.criteria[0].text)
			assert.True(t, ok, name)
			assert.Contains(t, ev.Quote, criterion, name)
		}
	}
	r := read(Issue{Key: "PAY-1", AcceptanceCriteria: criterion})
	assert.True(t, r.named, "own field")
}

// L8 L9: scenarios are criteria wherever they stand, and stay in one piece.
func TestScenarios(t *testing.T) {
	t.Parallel()
	const one = "Given a late payer When the month ends Then an invoice is shown And it is due"
	for name, c := range map[string]struct{ description, first string }{
		"one line":        {"Given a late payer, when the month ends then an invoice is shown", "Given a late payer, when the month ends then an invoice is shown"},
		"lines":           {"Given a late payer\nWhen the month ends\nThen an invoice is shown\nAnd it is due", one},
		"bold words":      {"*Given* a late payer\n*When* the month ends\n*Then* an invoice is shown\n*And* it is due", one},
		"capitals":        {"GIVEN a late payer\nWHEN the month ends\nTHEN an invoice is shown\nAND it is due", "GIVEN a late payer WHEN the month ends THEN an invoice is shown AND it is due"},
		"list":            {"* Given a late payer\n* When the month ends\n* Then an invoice is shown\n* And it is due", one},
		"numbers":         {"1. Given a late payer\n2. When the month ends\n3. Then an invoice is shown", "Given a late payer \uFFFCWhen the month ends \uFFFCThen an invoice is shown"},
		"code":            {"{code}\nGiven a late payer\nWhen the month ends\nThen an invoice is shown\nAnd it is due\n{code}", one},
		"noformat":        {"{noformat}Given a late payer\n  When the month ends\n  Then an invoice is shown\n  And it is due{noformat}", one},
		"fence":           {"```gherkin\nGiven a late payer\nWhen the month ends\nThen an invoice is shown\nAnd it is due\n```", one},
		"scenario":        {"Scenario: late payers\nGiven a late payer\nWhen the month ends\nThen an invoice is shown\nAnd it is due", "Scenario: late payers " + one},
		"two scenarios":   {"Given a late payer\nWhen the month ends\nThen an invoice is shown\nAnd it is due\nGiven another\nWhen x\nThen y", one},
		"behind a number": {"AC1: Given a late payer When the month ends Then an invoice is shown And it is due", one},
	} {
		r := read(Issue{Key: "PAY-1", Summary: "Invoices", Description: c.description})
		if assert.True(t, r.named, name) {
			assert.Equal(t, c.first, r.criteria[0].text, name)
		}
	}
}

// A false alarm costs more trust than a miss: what only looks like criteria.
func TestNoAcceptanceCriteria(t *testing.T) {
	t.Parallel()
	for name, description := range map[string]string{
		"a heading with nothing beneath":  "Some text.\n\nAcceptance criteria:",
		"a placeholder":                   "Acceptance criteria: TBD",
		"another placeholder":             "h3. Acceptance criteria\n* to be defined",
		"somewhere else":                  "Acceptance criteria: see PAY-7",
		"only code":                       "h3. Acceptance Test\n{code}\npay();\n{code}",
		"only a note":                     "h3. Acceptance Test\n{code}\npay();\n{code}\n*Note* This must run on a phone.",
		"an addressee":                    "CC: Dana Smith, Robin Jones",
		"a mention":                       "CC: [~dana] for the invoices",
		"tests as the subject":            "As a tester, I want acceptance tests for invoices",
		"tests that fail":                 "Acceptance tests failed with the following: none of them ran",
		"criteria as the subject":         "Filter the list by criteria that the payer sets. Success criteria come later.",
		"a heading about tests":           "h1. Run acceptance tests on these payers\n* Dana\n* Robin",
		"given in prose":                  "Given the size of the list, we pay late.",
		"given and then apart":            "It was given to us. We asked when it breaks and what happens then.",
		"when and then of a fault":        "When I open the list. Then it breaks.",
		"done when of something else":     "The payment is complete when the bank has answered",
		"AC of another kind":              "AC power is lost: the list is empty",
		"prose":                           "Payers want invoices.",
		"what is expected and what is so": "|| Expected || Actual ||\n| an invoice | nothing |",
		"steps":                           "Steps to reproduce:\n1. Open the list\n2. Pay",
		"QA":                              "QA:\n1. Run the tests\n2. Open the list",
		"the section is over":             "Acceptance criteria:\n\nNotes:\n* ask the bank",
	} {
		r := read(Issue{Key: "PAY-1", Summary: "Invoices", Description: description})
		assert.False(t, r.named, name)
	}
}

// L8 in part: weaker signs answer whether anyone can tell when a ticket is
// done, without being acceptance criteria.
func TestWeakSigns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		issue         Issue
		found, stated bool
	}{
		{"expected, on its line", Issue{Description: "Expected: the list opens"}, true, true},
		{"expected, beneath a heading", Issue{Description: "h5.Actual\n\nIt stays shut\n\nh5.Expected\n\nThe list opens"}, true, true},
		{"expected and actual in one line", Issue{Description: "Open it. Expected result: the list opens. Actual result: it stays shut."}, true, true},
		{"expected says nothing", Issue{Description: "h4. Expected result:\nIt is not working as expected."}, false, false},
		{"a bug that can be seen", Issue{Type: "Bug", Description: "Steps to reproduce: open the list\n\nThe list fails to open."}, true, false},
		{"checkable list", Issue{Description: "* it should show a\n* it must hide b\n* it can now do c"}, true, true},
		{"a number demanded", Issue{Description: "The list should open within 2 seconds"}, true, true},
		{"a version", Issue{Description: "We should support Windows 10 machines"}, false, false},
		{"a list of signatures", Issue{Description: "- id : String\n- name : String\n- due : Date\n- to : String\n- a : B"}, false, false},
		{"prose", Issue{Description: "Payers want invoices."}, false, false},
	} {
		c.issue.Key = "PAY-1"
		r := read(c.issue)
		assert.False(t, r.named, c.name)
		assert.Equal(t, c.found, len(r.criteria) > 0, c.name)
		assert.Equal(t, c.stated, r.stated, c.name)
	}
}

// What is demanded of each of some things can be gone through one by one.
func TestResultsToBeCountedOff(t *testing.T) { // L8
	t.Parallel()
	for text, want := range map[string]string{
		"Document the folders of the desk, noting the purpose of each.":         "noting the purpose of each",
		"List the fees and give the reason for every fee.":                      "give the reason for every fee",
		"Each clerk has a folder.":                                              "",
		"The desk prints a label for each letter, which takes the clerks hours": "",
	} {
		found := read(Issue{Key: "PAY-1", Summary: "Explain the desk", Description: text}).findCriteria()
		if want == "" {
			assert.Empty(t, found, text)
			continue
		}
		require.Len(t, found, 1, text)
		assert.Contains(t, found[0].text, want)
	}
}

// Ideas are no list that somebody has to close.
func TestIdeasAreNoOpenList(t *testing.T) {
	t.Parallel()
	r := read(Issue{Key: "PAY-1", Summary: "Tell customers about fees", Description: "Ideas might include a yearly letter, a page for every market, etc."})
	assert.False(t, r.says(ruleOpenList))
	r = read(Issue{Key: "PAY-1", Summary: "Tell customers about fees", Description: "The letter names the fees for cards, cash, etc."})
	assert.True(t, r.says(ruleOpenList))
}
