package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func kinds(found []crossing) (out []string) {
	for _, c := range found {
		out = append(out, c.kind)
	}
	return out
}

// L14: what shows only when the tickets are read together, kind by kind.
func TestCrossings(t *testing.T) {
	t.Parallel()
	linkTo := func(phrase, key, summary string, done bool) Link {
		return Link{Phrase: phrase, Ref: Ref{Key: key, Summary: summary, Done: done}}
	}
	for name, c := range map[string]struct {
		epic  *Issue
		items []Issue
		kind  string
		point string
	}{
		"an alternative that is a ticket already": {
			items: []Issue{
				{Key: "PAY-1", Summary: "Tell customers about fees", Description: "Ideas might include a page for every market, or one yearly letter with all fees."},
				{Key: "PAY-2", Summary: "Print the yearly letter with all fees"},
			},
			kind: "undecided", point: "PAY-2, “Print the yearly letter with all fees”, is a ticket already",
		},
		"an order that no link tells": {
			items: []Issue{
				{Key: "PAY-1", Summary: "Close old accounts", Description: "This makes sense once the reminder archive is searchable."},
				{Key: "PAY-2", Summary: "Make the reminder archive searchable"},
			},
			kind: "implied order", point: "that sounds like PAY-2",
		},
		"work without an end": {
			items: []Issue{{Key: "PAY-1", Summary: "Explain the desk", Description: "Write it down.", Comments: []Comment{{Body: "The text is never done, but closing it for now."}}}},
			kind:  "endless", point: "PAY-1 says “The text is never done, but closing it for now”",
		},
		"a need that a comment denies": {
			epic:  &Issue{Key: "PAY-9", Summary: "Support the calendar", Comments: []Comment{{Author: Person{Name: "Lena"}, Body: "Avalon actually doesn't need the calendar, they have their own."}}},
			items: []Issue{{Key: "PAY-1", Summary: "Show holidays"}},
			kind:  "denied need", point: "A comment on PAY-9 puts the need in doubt",
		},
		"a reader who is kept out": {
			epic:  &Issue{Key: "PAY-9", Summary: "Explain the desk", Description: "The pages help partners to connect their own tills."},
			items: []Issue{{Key: "PAY-1", Summary: "Explain the tools", Comments: []Comment{{Body: "It is on the wiki (internal access only)"}}}},
			kind:  "shut out", point: "PAY-1 is “",
		},
		"a duplicate that is open": {
			items: []Issue{{Key: "PAY-1", Summary: "Show holidays", Links: []Link{linkTo("is duplicated by", "OPS-3", "Calendar of holidays", false)}}},
			kind:  "claimed twice", point: "OPS-3 “Calendar of holidays”",
		},
		"a wish that was absorbed and forgotten": {
			items: []Issue{{Key: "PAY-1", Summary: "New export", Description: "Write the file.", Links: []Link{linkTo("is duplicated by", "OPS-3", "Desk: Increase export speed", true)}}},
			kind:  "absorbed wish", point: "no text here speaks of “speed”",
		},
		"open reports beside what is taken for granted": {
			items: []Issue{{Key: "PAY-1", Summary: "Move the rounding", Description: "All of the rounding already exists in the old desk.", Links: []Link{linkTo("relates to", "OPS-3", "Sums are wrong after a refund", false)}}},
			kind:  "open reports", point: "PAY-1 says “All of the rounding already exists in the old desk” and is linked to OPS-3 “Sums are wrong after a refund”",
		},
		"somebody waits for what nobody hurries": {
			items: []Issue{{Key: "PAY-1", Summary: "New export", Priority: "Low", Links: []Link{linkTo("blocks", "OPS-3", "Yearly audit", false)}}},
			kind:  "left waiting", point: "PAY-1 has priority Low while OPS-3 “Yearly audit” waits for it",
		},
		"two versions of one thing": {
			items: []Issue{{Key: "PAY-1", Summary: "Upgrade to Ledger 1.0", Description: "Do it soon.", Comments: []Comment{{Author: Person{Name: "Noor"}, Body: "The bank's Ledger is 2.1 already."}}}},
			kind:  "versions", point: "Settle which Ledger people have",
		},
		"two titles that count one thing": {
			items: []Issue{{Key: "PAY-1", Summary: "The desk should have under 10 open warnings"}, {Key: "PAY-2", Summary: "The desk should have 0 open warnings"}},
			kind:  "two numbers", point: "PAY-2 says “The desk should have 0 open warnings”",
		},
		"two tickets that do the same to one thing": {
			items: []Issue{{Key: "PAY-1", Summary: "Upgrade the ledger to Postgres for safety"}, {Key: "PAY-2", Summary: "As a clerk, I want the desk upgraded to Postgres"}},
			kind:  "same aim", point: "do the same to Postgres",
		},
		"a list of the epic's": {
			epic:  &Issue{Key: "PAY-9", Summary: "One desk", Description: "The desk does things like writing letters, counting fees, printing labels."},
			items: []Issue{{Key: "PAY-1", Summary: "Write the letters"}, {Key: "PAY-2", Summary: "Count the fees of a letter"}},
			kind:  "part without a ticket", point: "no ticket found takes up printing labels",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var epic *reading
			if c.epic != nil {
				epic = read(*c.epic)
			}
			items := readings(c.items...)
			for _, r := range items {
				r.judge(standard{})
				r.probed = r.probe()
			}
			found := across(epic, items, items)
			require.Contains(t, kinds(found), c.kind)
			for _, x := range found {
				if x.kind == c.kind {
					assert.Contains(t, x.point, c.point)
					assert.NotEmpty(t, x.gets)
					assert.True(t, BuiltInGuide(FormatGuide).has(x.guide), x.guide)
				}
			}
		})
	}
}

// What only looks like a crossing is none.
func TestNoCrossings(t *testing.T) {
	t.Parallel()
	items := readings(
		Issue{Key: "PAY-1", Summary: "Show holidays", Description: "Bank holidays of each market are listed. Runs on Ledger 1.0 and Ledger 2.1 alike.",
			Links:    []Link{{Phrase: "relates to", Ref: Ref{Key: "OPS-3", Summary: "Sums are wrong after a refund", Done: true}}, {Phrase: "blocks", Ref: Ref{Key: "OPS-4", Summary: "Audit"}}},
			Comments: []Comment{{Body: "We need the calendar by May."}}, Priority: "High"},
		Issue{Key: "PAY-2", Summary: "Refund a payment", Description: "A refund is shown beside its payment."},
	)
	assert.Empty(t, across(nil, items, items))
}

// L14: personal data in a ticket is named and never shown.
func TestPersonalData(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{
		{Key: "PAY-1", Summary: "Call customers", Description: "Ask Mrs Brandt, lena.brandt@example.org or +49 30 5550 1234, about the list of the open reminders."},
		{Key: "PAY-2", Summary: "Import", Description: "The machine 10.1.2.3 takes the password: hunter2hunter.", Comments: []Comment{{Body: "The token is in the vault."}}},
		{Key: "PAY-3", Summary: "Nothing", Description: "Version 1.2.3.4 came out on 2026-11-24 at 10:00, order 4711-2231."},
	}})
	line := ""
	for _, l := range p.Before {
		if l != "" && l[0] == 'B' {
			line = l
		}
	}
	assert.Equal(t, "Before sharing, take out what is nobody's business: PAY-1 holds an e-mail address (description) and a phone number (description) and PAY-2 holds a password or a token (description) and an address of a machine (description).", line)
	assert.NotContains(t, line, "hunter2")
}
