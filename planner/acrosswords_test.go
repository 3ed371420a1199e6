package planner

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/guide"
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
					assert.True(t, guide.BuiltIn(guide.Default).Has(x.guide), x.guide)
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

// One ticket makes use of what another is to change, and nobody linked them.
func TestUsedThings(t *testing.T) { // L14
	t.Parallel()
	change := Issue{Key: "PAY-1", Summary: "Let the ledger export take more currencies", Description: "Only euros are taken."}
	user := Issue{Key: "PAY-2", Summary: "Report every night", Description: "A job runs the ledger export and mails its totals."}
	found := usedThings(readings(change, user))
	require.Len(t, found, 1)
	assert.Equal(t, []string{"PAY-2", "PAY-1"}, found[0].keys)
	assert.Equal(t, "A job runs the ledger export and mails its totals", found[0].quote)

	user.Links = []Link{{Type: "Blocks", Phrase: "is blocked by", Ref: Ref{Key: "PAY-1"}}}
	assert.Empty(t, usedThings(readings(change, user)), "a link says so")
	user.Links = nil
	third := Issue{Key: "PAY-3", Summary: "Speed up the ledger export"}
	assert.Empty(t, usedThings(readings(change, user, third)), "the session's subject")
	user.Description = "A job runs over night and mails its totals."
	assert.Empty(t, usedThings(readings(change, user)))
}

// Two tickets say the same of two things.
func TestSameOfTwo(t *testing.T) { // L14
	t.Parallel()
	says := "The notice period in days, that is how long before the due date this %s leaves."
	alert := Issue{Key: "PAY-1", Summary: "Send an alert", Description: fmt.Sprintf(says, "alert") + " It names the amount."}
	reminder := Issue{Key: "PAY-2", Summary: "Send a reminder", Description: fmt.Sprintf(says, "reminder") + " Who has paid gets none of them, and clerks may stop it by hand."}
	found := sameOfTwo(readings(alert, reminder))
	require.Len(t, found, 1)
	assert.Contains(t, found[0].point, "PAY-1 and PAY-2 say the same of two things")

	third := Issue{Key: "PAY-3", Summary: "Send a warning", Description: fmt.Sprintf(says, "warning") + " Only for large sums."}
	assert.Empty(t, sameOfTwo(readings(alert, reminder, third)), "a form that three are made from")
	ios := Issue{Key: "PAY-4", Summary: "Pay on Android", Description: "Shows the open amount, the due date and the account on Android before it is paid. Tablets, too."}
	other := Issue{Key: "PAY-5", Summary: "Pay on Windows", Description: "Shows the open amount, the due date and the account on Windows before it is paid. A mouse is at hand."}
	assert.Empty(t, sameOfTwo(readings(ios, other)), "proper names tell themselves apart")
}

// A phrase is claimed where tickets do different things with it.
func TestSharedIsClaimed(t *testing.T) { // L14
	t.Parallel()
	claims := readings(
		Issue{Key: "PAY-1", Summary: "Overview", Description: "The screen loads the payment plan when it opens."},
		Issue{Key: "PAY-2", Summary: "Reminders", Description: "A reminder may change the payment plan of a customer."},
		Issue{Key: "PAY-3", Summary: "Nightly job", Description: "It will delete the payment plan once all of it is paid."},
		Issue{Key: "PAY-4", Summary: "Letters", Description: "Letters go out by post."},
	)
	found := shared(nil, claims)
	require.Len(t, found, 1)
	assert.Contains(t, found[0].point, "3 tickets claim the payment plan")
	spoken := readings(
		Issue{Key: "PAY-1", Summary: "Overview", Description: "Clerks look for the payment plan on paper."},
		Issue{Key: "PAY-2", Summary: "Reminders", Description: "Nobody knows of the payment plan in time."},
		Issue{Key: "PAY-3", Summary: "Nightly job", Description: "Currently the payment plan has five links to old sites."},
		Issue{Key: "PAY-4", Summary: "Letters", Description: "Letters go out by post."},
	)
	assert.Empty(t, shared(nil, spoken), "each speaks of it, and nobody owns it")
}

// What matters more later may well come first.
func TestAGainIsNoOrder(t *testing.T) { // L14
	t.Parallel()
	list := Issue{Key: "PAY-1", Summary: "Review the list of samples", Description: "A short list will matter more once the invoice samples are published."}
	publish := Issue{Key: "PAY-2", Summary: "Publish the invoice samples"}
	items := readings(list, publish)
	assert.Empty(t, implied(items, distinct(items)))
	list.Description = "It can begin once the invoice samples are published."
	items = readings(list, publish)
	assert.Len(t, implied(items, distinct(items)), 1)
}

// A number that a list has not is told only where the whole list is read.
func TestAnnounced(t *testing.T) { // L14
	t.Parallel()
	for name, c := range map[string]struct {
		list  string
		lists int
	}{
		"as many":                  {"There are 3 parts:\n* one list\n* one letter\n* one form\n", 0},
		"more":                     {"There are 2 parts:\n* one list\n* one letter\n* one form\n", 3},
		"parts of a part":          {"There are 2 parts:\n* one list\n** its head\n** its foot\n* one letter\n", 0},
		"a version in an entry":    {"There are 3 test suites:\n1) Latest to latest\n2) Latest to/from 4.2.1\n3) Latest to/from 3.3.1.3\n", 0},
		"machine text in between":  {"There are 3 settings:\n* one list\n* retry.limit=3\n* one form\n", 0},
		"an earlier list is apart": {"It allows:\n1) one list\n2) one letter\n\nThere should be 3 suites:\n1) by day\n2) by week\n3) by month\n", 0},
	} {
		found := announced(nil, readings(Issue{Key: "PAY-1", Summary: "Parts", Description: c.list}))
		if c.lists == 0 {
			assert.Empty(t, found, name)
			continue
		}
		require.Len(t, found, 1, name)
		assert.Contains(t, found[0].point, fmt.Sprintf("lists %d.", c.lists), name)
	}
	epic := read(Issue{Key: "PAY-9", Summary: "One desk", Description: "There are 2 parts:\n* write letters to customers\n* count the fees of a letter\n* print yellow labels\n"})
	assert.Empty(t, announced(epic, readings(
		Issue{Key: "PAY-1", Summary: "Write letters to customers"}, Issue{Key: "PAY-2", Summary: "Count the fees of a letter"},
	)), "the list has grown with its tickets")
}

// An entry that is a name has a ticket where a title names it: a text that says
// "run" is not about run.
func TestNamedEntries(t *testing.T) { // L14
	t.Parallel()
	epic := read(Issue{Key: "PAY-9", Summary: "Commands", Description: "Commands include:\n* build - makes the books\n* clean - drops what was made\n* run - starts the clerk's desk\n* help\n"})
	found := uncoveredBullets(epic, readings(
		Issue{Key: "PAY-1", Summary: "ledger build", Description: "Run it once a day."}, Issue{Key: "PAY-2", Summary: "ledger clean", Description: "Of help to clerks."},
	))
	require.Len(t, found, 1)
	assert.Equal(t, "PAY-9 lists run and help beside what has a ticket, and no title of the 2 tickets found names one of them. Find out who counts on them.", found[0].point)
}

// Where two tickets count differently, a comment may tell how that came.
func TestMovedAim(t *testing.T) { // L14
	t.Parallel()
	before := Issue{Key: "PAY-1", Summary: "The desk should have under 10 warnings"}
	after := Issue{Key: "PAY-2", Summary: "The desk should have 0 warnings", Comments: []Comment{
		{Author: Person{Name: "Ann"}, Body: "I had originally asked for 0 warnings at the desk, and somebody made it ten."},
	}}
	found := twoNumbers(readings(before, after))
	require.Len(t, found, 1)
	assert.Contains(t, found[0].point, "A comment on PAY-2 says “I had originally asked for 0 warnings at the desk, and somebody made it ten”. Agree who may move the aim.")
	after.Comments[0].Body = "I had originally asked for fewer letters at the desk, and somebody made it ten."
	found = twoNumbers(readings(before, after))
	require.Len(t, found, 1)
	assert.Contains(t, found[0].point, "One of them is the aim")
}
