package planner

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L4: questions in the ticket's own words, and none where they do not fit.
func TestProbes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ title, text, ask string }{
		"wait":             {"Explain the 'month close' run", "It is best to wait till Ledger 2.0 to explain it.", "When is Ledger 2.0 expected, and what do people who need the 'month close' run do until then?"},
		"no longer be":     {"Reminders", "The reminder desk will no longer be a separate team.", "Who uses the reminder desk as a separate team today, and what do they lose?"},
		"no longer":        {"Reminders", "The clerk's desk should no longer print letters for every reminder.", "Who counts on the clerk's desk to print letters for every reminder today, and how would they find out?"},
		"for each":         {"Invoices", "Today the layout is duplicated for each market (Austria, Germany, Norway).", "Which change was last made for one of Austria, Germany and Norway and not for the others, and who met the difference?"},
		"to be named":      {"Invoices", "The file must match the TBD archive format.", "archive format"},
		"list in brackets": {"Invoices", "We need to look at how payment means (cards, transfers, vouchers, etc) are shown.", "With which payment means has somebody had trouble so far, with cards, transfers and vouchers or with others?"},
		"examples":         {"Invoices", "It has to do with customer and supplier records such as closing an account or changing a name.", "customer and supplier records"},
		"which ones":       {"Invoices", "Show how each is used by the various dunning letters.", "Which dunning letters are meant"},
		"which one":        {"Invoices", "Explain the import, the job list and the associated ledger.", "Which ledger is meant, and where did the last person who needed it get stuck?"},
		"already":          {"Invoices", "All of the rounding already exists in the old desk.", "the rounding"},
		"cannot":           {"Invoices", "Clerks cannot see reminders of a closed account.", "Who has to see reminders of a closed account, and what do they do instead today?"},
		"story's end":      {"Invoices", "As an auditor, I want an export of all reminders so that I can check the fees of a year.", "How does an auditor check the fees of a year today, and where does that fall short?"},
		"story's wish":     {"Invoices", "As a clerk, I want to close an account with open fees.", "a clerk do today when they have to close an account with open fees"},
		"story's other":    {"Invoices", "As a clerk I want the reminder list to show closed accounts.", "What does a clerk do today because the reminder list cannot show closed accounts?"},
		"does not":         {"Invoices", "The export does not include closed accounts.", "Who counts on the export there, and what do they do when it does not include closed accounts?"},
		"goes away":        {"Remove the printed reminder", "It is old.", "Who still works with the printed reminder, and how would they find out that it goes?"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(Issue{Key: "PAY-1", Summary: c.title, Description: c.text})
			var all []string
			for _, p := range r.probe() {
				all = append(all, p.questions()...)
				assert.True(t, holdsAny(r, p.ev.Quote), p.ev.Quote)
			}
			assert.Contains(t, strings.Join(all, "\n"), c.ask)
		})
	}
}

func holdsAny(r *reading, quote string) bool {
	for _, s := range r.sources {
		if s.holds(quote) {
			return true
		}
	}
	return false
}

// What a shape would catch wrongly is left alone.
func TestProbesKeepSilent(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"This will no longer be an issue.",
		"When somebody pays twice, the second payment needs to be shown.",
		"It already works.",
		"The run failed to remove the file.",
		"Use the card instead of printing the letter.",
		"I will investigate this further.",
		"Processes should not be confused with procedures.",
		"As a clerk, I want to improve the list so that it can be easily maintained.",
	} {
		r := read(Issue{Key: "PAY-1", Summary: "Invoices", Description: text})
		for _, p := range r.probe() {
			assert.Contains(t, []string{"story's wish"}, p.name, "%s: %v", text, p.questions())
		}
	}
}

func TestThing(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Document the 'month close' run":                   "the 'month close' run",
		"ledger: Account and Device APIs":                  "Account and Device APIs",
		"Add support for split payments to the desk":       "split payments",
		"Update and prioritize the samples in the archive": "samples",
		"LiveView 2.0": "LiveView 2.0",
		"Windows: Implement Pay.Calendar top-level module":     "the Pay.Calendar top-level module",
		"The export is empty":                                  "",
		"Composing jobs by name":                               "",
		"Find a way to connect the bank":                       "",
		"As a clerk, I want to see the sum":                    "",
		"Improve the reminder list and publish it for clerks":  "the reminder list",
		"Generate letters and parcels for customers abroad":    "letters and parcels",
		"Investigate why the reminder run takes until morning": "",
	} {
		assert.Equal(t, want, definite(read(Issue{Key: "PAY-1", Summary: title}).thing()), title)
	}
}

// A plan never asks two questions of one form.
func TestFormsAreUsedOnce(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x")}
	for _, key := range []string{"PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-5"} {
		in.Issues = append(in.Issues, Issue{Key: key, Summary: "Add a list of " + strings.ToLower(key), Description: "The export does not include closed accounts of " + key + "."})
	}
	p := Build(in)
	require.Empty(t, Gate(p))
	seen := map[string]bool{}
	for _, q := range p.Questions {
		form := strings.NewReplacer(strings.ToLower(q.Key), "", q.Key, "").Replace(ourQuote.ReplaceAllString(q.Text, ""))
		assert.False(t, seen[form], q.Text)
		seen[form] = true
	}
}

// What is named already, and the tickets themselves, are nothing to ask for.
func TestWhichOnesAreTold(t *testing.T) { // L14
	t.Parallel()
	asks := func(text string) bool {
		r := read(Issue{Key: "PAY-1", Summary: "Invoices", Description: text})
		return slices.ContainsFunc(r.probe(), func(p probed) bool { return p.name == "which ones" })
	}
	assert.True(t, asks("Show how each is used by several dunning letters."))
	assert.False(t, asks("This is one of several dunning letters that clerks print."))
	assert.False(t, asks("This may have to be broken into several smaller stories."))
}
