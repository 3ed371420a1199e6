package ready

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
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
		"German":  "h3. Akzeptanzkriterien\n* an invoice is shown",
		"French":  "*Critères d'acceptation :*\n* an invoice is shown",
		"Russian": "Критерии приёмки:\n* an invoice is shown",
		"Chinese": "验收标准\n- an invoice is shown",
		"lead-in": "Acceptance criteria:\n\nFor each of the open payments:\n- an invoice is shown",
		// R12
		"a sign before it":          "h3. ✅ Acceptance Criteria\n* an invoice is shown",
		"a number before it":        "3. Acceptance Criteria\n* an invoice is shown",
		"a numbered wiki heading":   "h2. 3. Acceptance Criteria\n* an invoice is shown",
		"an icon behind it":         "Acceptance Criteria (/)\n* an invoice is shown",
		"an icon in a heading":      "h3. (/) Acceptance Criteria\n* an invoice is shown",
		"small letters":             "cc:\n* an invoice is shown",
		"small letters, ac":         "ac:\n- an invoice is shown\n- it is due",
		"words run together":        "CompletionCriteria\n* an invoice is shown",
		"words run together, colon": "AcceptanceCriteria: an invoice is shown",
		"an emoji's name":           ":white_check_mark: Definition of Done\n* an invoice is shown",
		// R18
		"lone carriage returns": "Payers complain.\r\rAcceptance criteria:\r* an invoice is shown\r* it is due",
		"sentence":              "This story is complete when an invoice is shown",
	} {
		r := Read(ticket.Issue{Key: "PAY-1", Summary: "Invoices", Description: description})
		if assert.True(t, r.done.named, name) {
			assert.Contains(t, r.criteria()[0].Quote, criterion, name)
		}
	}
	r := Read(ticket.Issue{Key: "PAY-1", AcceptanceCriteria: criterion})
	assert.True(t, r.done.named, "own field")
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
		r := Read(ticket.Issue{Key: "PAY-1", Summary: "Invoices", Description: c.description})
		if assert.True(t, r.done.named, name) {
			assert.Equal(t, c.first, r.done.criteria[0].Text, name)
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
		"only where to look":              "h3. Acceptance criteria\nFor sample data, refer to the card index.",
		"only a note":                     "h3. Acceptance Test\n{code}\npay();\n{code}\n*Note* This must run on a phone.",
		"only an exclusion":               "h3. Acceptance criteria\n* Not part of this: the fees of schools",
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
		"a repeat of the title":           "Acceptance criteria:\n* Invoices",
		"all of it struck":                "Acceptance criteria:\n* -an invoice is shown-", // R5
		"struck in a sentence":            "Acceptance criteria: -an invoice is shown-",
		"an addressee in small letters":   "cc: [~dana] and Robin",
		"the section is over":             "Acceptance criteria:\n\nNotes:\n* ask the bank",
	} {
		r := Read(ticket.Issue{Key: "PAY-1", Summary: "Invoices", Description: description})
		assert.False(t, r.done.named, name)
	}
}
