package planner

import (
	"testing"
	"time"

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
			kind:  "shut out", point: "PAY-1 says “It is on the wiki (internal access only)” (comment by somebody), yet PAY-9 says",
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
		"a thing of the epic's that no ticket is about": {
			epic:  &Issue{Key: "PAY-9", Summary: "New reminder pipeline", Description: "Today each market writes reminders by itself, which takes the clerks a day a week. We need to unify it."},
			items: []Issue{{Key: "PAY-1", Summary: "Write letters"}, {Key: "PAY-2", Summary: "Count fees"}, {Key: "PAY-3", Summary: "Print labels"}},
			kind:  "own thing", point: "none of the 3 tickets found is about the pipeline itself",
		},
		"one waits and the other goes ahead": {
			items: []Issue{
				{Key: "PAY-1", Summary: "Explain the 'month close' run", Description: "Explain which scripts close a month.", Comments: []Comment{{Body: "It is better to wait until the new ledger is there."}}},
				{Key: "PAY-2", Summary: "Add comments", Description: "Add comments to the scripts that close the books of a month."},
				{Key: "PAY-3", Summary: "Print labels"}, {Key: "PAY-4", Summary: "Count fees"},
			},
			kind: "waits apart", point: "while PAY-2 works on the same thing now",
		},
		"a list that could hold for both": {
			items: []Issue{
				{Key: "PAY-1", Summary: "Printer: device calls", Description: "The printer only detects devices and now needs to expose calls for working with a device."},
				{Key: "PAY-2", Summary: "Scanner: device calls", Description: "The scanner only detects devices and now needs to expose calls for working with a device.\n\n* start a device\n* stop a device\n* name a device\n* list the devices\n* forward a file"},
			},
			kind: "model", point: "PAY-2 lists 5 points, PAY-1 has no list",
		},
		"two titles that count one thing": {
			items: []Issue{{Key: "PAY-1", Summary: "The desk should have under 10 open warnings"}, {Key: "PAY-2", Summary: "The desk should have 0 open warnings"}},
			kind:  "two numbers", point: "PAY-2 says “The desk should have 0 open warnings”",
		},
		"two tickets that do the same to one thing": {
			items: []Issue{{Key: "PAY-1", Summary: "Upgrade the ledger to Postgres for safety"}, {Key: "PAY-2", Summary: "As a clerk, I want the desk upgraded to Postgres"}},
			kind:  "same aim", point: "do the same to Postgres",
		},
		"work that somebody else may be about to do": {
			items: []Issue{{Key: "PAY-1", Summary: "Explain the reminder run", Links: []Link{linkTo("relates to", "OPS-3", "Write wiki pages on the reminder run", false)}}},
			kind:  "elsewhere too", point: "is linked to OPS-3 “Write wiki pages on the reminder run”, which is open and not in this session",
		},
		"work that was done already": {
			items: []Issue{{Key: "PAY-1", Summary: "Explain the reminder run", Links: []Link{linkTo("relates to", "OPS-3", "Write wiki pages on the reminder run", true)}}},
			kind:  "elsewhere too", point: "which is done. Find out what that left open",
		},
		"all of them and some that go": {
			items: []Issue{
				{Key: "PAY-1", Summary: "One book of letters", Description: "Put all of the letters into one book that clerks can carry."},
				{Key: "PAY-2", Summary: "Go through the letters", Description: "We should look at our mix of letters. Some may no longer be needed."},
			},
			kind: "all and some", point: "PAY-1 takes all of them, “Put all of the letters into one book that clerks can carry”, while PAY-2 says “Some may no longer be needed”",
		},
		"a comment that speaks against it": {
			items: []Issue{{Key: "PAY-1", Summary: "Print the ledger", Description: "Make a nightly print of the whole ledger.", Comments: []Comment{{Author: Person{Name: "Noor"}, Body: "The ledger doesn't lend itself to a nightly print, as it never stands still."}}}},
			kind:  "spoken against", point: "PAY-1 asks: “Make a nightly print of the whole ledger”, and a comment speaks against it: “The ledger doesn't lend itself to a nightly print",
		},
		"a list longer than it was announced": {
			epic:  &Issue{Key: "PAY-9", Summary: "One desk", Description: "There are 2 parts to this project:\n\n# write letters\n# count fees\n# print labels\n"},
			items: []Issue{{Key: "PAY-1", Summary: "Write the letters"}},
			kind:  "announced", point: "PAY-9 announces “There are 2 parts to this project” and lists 3",
		},
		"parts of the epic's list": {
			epic:  &Issue{Key: "PAY-9", Summary: "One desk", Description: "Parts:\n* write letters to customers\n* count the fees of a letter\n* print yellow labels\n* teach new clerks\n"},
			items: []Issue{{Key: "PAY-1", Summary: "Write letters to customers"}, {Key: "PAY-2", Summary: "Count the fees"}},
			kind:  "part without a ticket", point: "PAY-9 lists “print yellow labels” and “teach new clerks”, but none of the 2 tickets found takes them up",
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

// L9: paragraphs with a demand each and no subject in common are several
// tickets; paragraphs that go on with the one before are not.
func TestConcerns(t *testing.T) {
	t.Parallel()
	r := read(Issue{Key: "PAY-1", Summary: "New desk", Description: "The desk is where clerks work.\n\n" +
		"Change all names of the old desk to those that the bank uses now.\n\n" +
		"All letters of a customer will be added to the archive so that auditors can read them.\n\n" +
		"When a payment fails, the till should be opened by the shift leader within a minute."})
	found := r.concerns()
	require.Len(t, found, 1)
	assert.Equal(t, "at least 3 concerns in one ticket", found[0].Message)

	r = read(Issue{Key: "PAY-1", Summary: "New desk", Description: "Change all names of the old desk to those that the bank uses now.\n\n" +
		"This should also be done for letters that auditors read in the archive.\n\nIt must work when a payment fails and the shift leader opens the till."})
	assert.Empty(t, r.concerns())
}

// L8: what looks ready by itself and shares a doubt with others is not.
func TestEntangledIsNotReady(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x"), Issues: []Issue{{
		Key: "PAY-1", Summary: "Move the rounding", Description: "All of the rounding already exists in the old desk.\n\nh3. Acceptance criteria\n* Sums of the old desk and the new one are equal to the cent.",
		Links: []Link{{Phrase: "relates to", Ref: Ref{Key: "OPS-3", Summary: "Sums are wrong after a refund"}}},
	}}}
	p := Build(in)
	require.Empty(t, Gate(p))
	assert.False(t, p.Items[0].Ready)
	assert.Contains(t, p.Items[0].verdict(), "it is open which of the reported faults PAY-1 ends")
	in.Issues[0].Links = nil
	assert.True(t, Build(in).Items[0].Ready)
}

// L11: a doubt that all tickets share has its own minutes at the beginning.
func TestSharedDoubtHasASlot(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x")}
	for _, key := range []string{"PAY-1", "PAY-2", "PAY-3"} {
		in.Issues = append(in.Issues, Issue{Key: key, Summary: "Show the " + key + " list", Description: "Clerks need the list of " + key + "."})
	}
	in.Issues[0].Links = []Link{blockedBy("PAY-2")}
	in.Issues[1].Links = []Link{blockedBy("PAY-1")}
	p := Build(in)
	require.Empty(t, Gate(p))
	talk := p.Agenda[1].Items
	require.Len(t, talk, 4)
	assert.Equal(t, Slot{Topic: "All tickets", Start: talk[0].Start, End: talk[0].End, Minutes: 6, Note: "settle which piece of the circle of links can come first (PAY-1 and PAY-2)"}, talk[0])
	assert.Contains(t, p.Closing, "which piece of the circle of links can come first")
	in.Session.Duration = 30 * time.Minute
	assert.Len(t, Build(in).Agenda[1].Items, len(Build(in).Items), "a short session has no room")
}
