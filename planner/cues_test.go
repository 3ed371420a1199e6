package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/guide"
)

// L4 L14: wording that gives a doubt away, beside wording that only looks so.
func TestCues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ sentence, rule string }{
		{"Payouts run at the TBD hour of the day", ruleOpenQuestion},
		{"The hour of the payout is to be decided.", ruleOpenQuestion},
		{"Plugins are to be defined in the config file", ""},
		{"I'm not sure what other components there would be", ruleOpenQuestion},
		{"This could help determine if the ticket is old", ""},
		{"Let people choose whether to pay now or later", ""},
		{"It is unclear who pays the fee", ruleOpenQuestion},
		{"Should the payer see the fee before?", ruleOpenQuestion},
		{"Could you please have a look at it?", ""},
		{"Support cards, wallets, bank transfer, etc.", ruleOpenList},
		{"The list matters more and more easily to developers", ""},
		{"Cover such topics as fees and refunds", ruleOpenList},
		{"It is probably best to wait till the bank answers", ruleDependency},
		{"The export depends on the new ledger", ruleDependency},
		{"The test waits for the emulator to boot", ""},
		{"Make the checkout easier for guests", ruleVague},
		{"Make the checkout faster by 20 % on phones", ""},
		{"Errors must be handled properly in the export", ruleVague},
		{"We don't properly clean up the export files", ""},
		{"Some of the accounts are migrated next week", ""},
		{"Refunds will no longer be possible by phone", ruleStakeholder},
		{"Entries are removed because the cache is full", ""},
		{"This is probably the same in the other export", ruleAssumption},
		{"All of the logic already exists in the ledger", ruleAssumption},
		{"Find out what test cases already exist for it", ""},
		{"Old invoices must not change after the export", ruleConstraint},
		{"The export fails when an invoice has no payer", ruleProblem},
		{"Two reminders cause confusion at the desk", ruleProblem},
		{"The guide is to prevent confusion at the desk", ""},
		{"As before, the export fails over to paper", ""},
		{"This story needs to be broken into several stories", ruleSize},
		{"Please put it in your TODO list for the autumn", ""},
		{"Developers who are unclear on fees read the guide", ""},
		{"We must figure out how refunds reach the bank", ruleOpenQuestion},
		{"The form shows whether or not the invoice is paid", ""},
		{"Discuss whether refunds need a second signature", ruleOpenQuestion},
		{"The length of the page depends on its font", ""},
		{"A switch controls the lamp such as the red one", ""},
		{"Show the fields such as name and sum", ruleOpenList},
		{"It would be better to ask the bank for the file", ""},
		{"A smart card opens the door of the archive", ""},
		{"The guide is not really intuitive for clerks", ""},
		{"The page has to be easy to read for clerks", ruleVague},
		{"The ledger does this correctly since last year", ""},
		{"The way to properly close a year is in the guide", ""},
		{"Send the file in a suitable format to the bank", ruleVague},
		{"Some customers have invoices from two countries", ""},
		{"Move some invoices to the archive of the year", ruleVague},
		{"Support several formats, including PDF and plain text", ""},
		{"The optional parameter names the payer's account", ""},
		{"Optional: tell the payer by letter about it", ""},
		{"Nice to have: tell the payer by letter about it", ""},
		{"It would be nice to have a letter for the payer", ruleAssumption},
		{"If time permits, tell the payer by letter about it", ruleAssumption},
		{"Reminders are not written down, e.g. who sends them. For example, the desk could list fees, refunds, etc.", ""},
		{"For instance, add cases such as fees and refunds", ""},
		{"E.g. a clerk works with invoices, reminders, etc.", ""},
		{"List all fields for the bank, for example name, sum, etc.", ruleOpenList},
		{"The export doesn't provide for adequate tracking of fees", ruleProblem},
		{"There is no adequate place for a reminder there", ""},
		{"The export must provide for adequate tracking of fees", ruleVague},
		{"Upgrades to our tools make the closing easier", ""},
		{"New printers also make letters faster", ""},
		{"We want to make the closing easier for clerks", ruleVague},
		{"This makes the closing easier for clerks", ruleVague},
		{"Is this ticket even needed?", ruleOpenQuestion},
		{"If the bank sends it, then this ticket is probably invalid", ruleOpenQuestion},
		{"This story may no longer be needed by the clerks", ruleOpenQuestion},
		{"This ticket is needed by the clerks in May", ""},
		{"The old reminder is no longer needed after that", ""},
		{"This ticket is not obsolete as clerks use it", ""},
		{"An invoice without a payer is invalid by then", ""},
		{"It might be nice for the clerks on Mondays", ""},
		{"We suspect that the bank sends it twice", ruleAssumption},
		{"A name that already exists is shown in red", ""},
		{"Each invoice must have a number and a date", ""},
		{"The total has to stay compatible with the old ledger", ruleConstraint},
		{"The answer comes within 2 seconds on a phone", ruleConstraint},
		{"Remove the python file from the build folder", ""},
		{"Remove support for cheques from the payment page", ruleStakeholder},
		{"Three seconds later the note should be removed from the page", ""},
		{"Invoices are sent on the first day of the month", ""},
	} {
		r := read(Issue{Key: "PAY-1", Summary: "Invoice export", Description: c.sentence})
		got := ""
		for _, h := range r.hits {
			if h.ev.Where == "description" {
				got = h.rule
			}
		}
		assert.Equal(t, c.rule, got, c.sentence)
	}
}

// Cues, crossings and gaps name lines that the guide has.
func TestCuesNameGuideLines(t *testing.T) {
	t.Parallel()
	for _, c := range append(cues, questionCue) {
		assert.True(t, guide.BuiltIn(guide.Default).Has(c.guide), c.guide)
		for _, ask := range c.asks {
			assert.True(t, strings.HasSuffix(ask, "?"), ask)
			assert.False(t, aboutSolution.MatchString(ask), ask)
		}
	}
}
