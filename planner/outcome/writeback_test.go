package outcome_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

func session(kind ticket.SelectionKind, value string) ticket.Session {
	sel := ticket.Selection{Kind: kind, Value: value}
	day := ticket.Date{Year: 2026, Month: time.November, Day: 24}
	return ticket.Session{
		ID: ticket.SessionID("acme", "payments", sel, day), Owner: "acme", Team: "payments",
		Selection: sel, Topic: "Flagged items", Start: day.At(10, 0, time.UTC), Duration: 90 * time.Minute,
	}
}

func onTicket(key string) outcome.Ticket { return outcome.Ticket{Issue: ticket.Issue{Key: key}} }

func text(s string) outcome.Text { return outcome.Text{{Text: s}} }

func decision(section, s string) outcome.Entry {
	return outcome.Entry{Kind: outcome.Decision, Text: text(s), Section: section}
}

func action(section, s string) outcome.Entry {
	return outcome.Entry{Kind: outcome.Action, Text: text(s), Section: section}
}

// writeback runs one sync against tickets and returns what it decided, and the
// tickets as they stand once it is applied.
func writeback(s ticket.Session, entries []outcome.Entry, tickets []outcome.Ticket, missing ...string) (outcome.SyncPlan, []outcome.Ticket) {
	plan := outcome.Writeback(outcome.WritebackInput{
		Session: s, Page: outcome.PageRef{ID: "12", URL: "https://wiki.example/12", Title: "Session"},
		Outcomes: outcome.Outcomes{Entries: entries}, Tickets: tickets, Missing: missing,
	})
	after := append([]outcome.Ticket(nil), tickets...)
	for _, c := range plan.Changes {
		for i := range after {
			if after[i].Key == c.Issue && c.Note != nil && c.Writes() {
				after[i].Comment = &outcome.Marked{ID: "100", Mark: c.Note.Mark()}
			}
		}
	}
	return plan, after
}

func comments(p outcome.SyncPlan) map[string][]string {
	said := map[string][]string{}
	for _, c := range p.Changes {
		if c.Note == nil || !c.Writes() {
			continue
		}
		for _, e := range c.Note.Entries {
			said[c.Issue] = append(said[c.Issue], e.Text.String())
		}
	}
	return said
}

func TestLinesGoToTheTicketTheyMean(t *testing.T) { // S7
	t.Parallel()
	tests := []struct {
		name    string
		session ticket.Session
		entry   outcome.Entry
		want    string // the ticket, or nothing
		reason  string
	}{
		{"its section", session(ticket.Backlog, ""), decision("PAY-7", "Refund within a day"), "PAY-7", ""},
		{"the key it names, wherever it stands", session(ticket.Backlog, ""), decision("PAY-7", "PAY-8: keep the old flow"), "PAY-8", ""},
		{"its section's key among others", session(ticket.Backlog, ""), decision("PAY-7", "Unlike PAY-8, PAY-7 stays"), "PAY-7", ""},
		{"a word that only looks like a key", session(ticket.Backlog, ""), decision("PAY-7", "Export as UTF-8"), "PAY-7", ""},
		{"the epic", session(ticket.Epic, "PAY-1"), action("", "Ask legal"), "PAY-1", ""},
		{"nothing to go to", session(ticket.Backlog, ""), action("", "Ask legal"), "", "names no ticket"},
		{"a key mistyped", session(ticket.Backlog, ""), action("PAY-7", "PAY-99: ask legal"), "", "PAY-99 does not exist"},
		{"a section whose ticket is gone", session(ticket.Backlog, ""), action("PAY-50", "Ask legal"), "", "PAY-50 does not exist"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tickets := []outcome.Ticket{onTicket("PAY-1"), onTicket("PAY-7"), onTicket("PAY-8")}
			plan, _ := writeback(test.session, []outcome.Entry{test.entry}, tickets, "PAY-99", "PAY-50", "UTF-8")
			if test.want == "" {
				require.Len(t, plan.Unattributed, 1)
				assert.Contains(t, plan.Unattributed[0].Reason, test.reason)
				assert.Empty(t, comments(plan))
				return
			}
			assert.Empty(t, plan.Unattributed)
			assert.Equal(t, map[string][]string{test.want: {test.entry.Text.String()}}, comments(plan))
		})
	}
}

func TestAnAliasIsTheTicketsKey(t *testing.T) { // S7
	t.Parallel()
	moved := onTicket("PAY-7") // to another project, as NEW-1
	moved.Aliases = []string{"NEW-1"}
	entries := []outcome.Entry{
		decision("NEW-1", "By its section"), decision("PAY-8", "NEW-1 is named"),
		decision("NEW-1", "Unlike PAY-8, PAY-7 stays"), action("NEW-1", "NEW-2 is mistyped"),
	}
	plan, _ := writeback(session(ticket.Backlog, ""), entries, []outcome.Ticket{moved, onTicket("PAY-8")}, "NEW-2")
	assert.Equal(t, map[string][]string{"PAY-7": {"By its section", "NEW-1 is named", "Unlike PAY-8, PAY-7 stays"}}, comments(plan))
	require.Len(t, plan.Unattributed, 1)
	assert.Contains(t, plan.Unattributed[0].Reason, "NEW-2 does not exist")

	plan, _ = writeback(session(ticket.Epic, "NEW-1"), []outcome.Entry{action("", "Ask legal")}, []outcome.Ticket{moved})
	assert.Equal(t, map[string][]string{"PAY-7": {"Ask legal"}}, comments(plan))
}

func TestASecondSyncChangesNothing(t *testing.T) { // S1 S5
	t.Parallel()
	s := session(ticket.Backlog, "")
	entries := []outcome.Entry{decision("PAY-7", "Refund within a day"), action("PAY-7", "Ask legal")}
	plan, tickets := writeback(s, entries, []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-8")})
	require.Equal(t, map[string][]string{"PAY-7": {"Refund within a day", "Ask legal"}}, comments(plan))

	entries[0].ID, entries[1].ID = "new", "ids" // Confluence gave new ids on a save
	again, _ := writeback(s, entries, tickets)
	assert.Empty(t, comments(again))
	assert.Equal(t, outcome.Unchanged, again.Changes[0].Status)
}

func TestEditsAndRemovals(t *testing.T) { // S8
	t.Parallel()
	s := session(ticket.Backlog, "")
	first := []outcome.Entry{decision("PAY-7", "Refund within a day"), decision("PAY-7", "Mail the customer")}
	_, tickets := writeback(s, first, []outcome.Ticket{onTicket("PAY-7")})

	edited := []outcome.Entry{decision("PAY-7", "Refund within two days"), decision("PAY-7", "Mail the customer")}
	plan, tickets := writeback(s, edited, tickets)
	assert.Equal(t, []string{"Refund within two days", "Mail the customer"}, comments(plan)["PAY-7"])
	assert.Contains(t, plan.Changes[0].Detail, "“Refund within a day” → decision “Refund within two days”")
	assert.Equal(t, "100", plan.Changes[0].CommentID, "the same comment is edited")

	removed, tickets := writeback(s, edited[:1], tickets)
	assert.Equal(t, []string{"Refund within two days", "Mail the customer"}, comments(removed)["PAY-7"], "a line that left the page stays on the ticket")
	assert.True(t, removed.Changes[0].Note.Entries[1].Gone)
	require.Len(t, removed.Changes, 3)
	assert.Equal(t, outcome.RemovedLine, removed.Changes[1].Kind)
	assert.Contains(t, removed.Changes[1].Detail, "Mail the customer")

	more := append(edited[:1:1], decision("PAY-7", "Tell the bank first"), decision("PAY-7", "Then the shops"))
	added, _ := writeback(s, more, tickets)
	assert.Equal(t, []string{"Refund within two days", "Tell the bank first", "Then the shops", "Mail the customer"},
		comments(added)["PAY-7"])
}

func TestAPersonsEditOfTheCommentIsAConflict(t *testing.T) { // S8
	t.Parallel()
	s := session(ticket.Backlog, "")
	_, tickets := writeback(s, []outcome.Entry{decision("PAY-7", "Use SEPA")}, []outcome.Ticket{onTicket("PAY-7")})
	tickets[0].Comment.EditedBy = "Dana"

	plan, _ := writeback(s, []outcome.Entry{decision("PAY-7", "Use SEPA in Germany")}, tickets)
	assert.Equal(t, outcome.Conflict, plan.Changes[0].Status)
	assert.Contains(t, plan.Changes[0].Reason, "Dana changed the comment")

	plan, _ = writeback(s, []outcome.Entry{decision("PAY-7", "Use SEPA")}, tickets)
	assert.Equal(t, outcome.Unchanged, plan.Changes[0].Status, "nothing to write, nothing in conflict")
}

func TestLinesThatAreKnownInPartAreNotLost(t *testing.T) { // S8
	t.Parallel()
	s := session(ticket.Backlog, "")
	long := decision("PAY-7", "Use SEPA "+strings.Repeat("because cards cost more ", 50))
	short := decision("PAY-7", "Mail the customer")
	_, tickets := writeback(s, []outcome.Entry{long, short}, []outcome.Ticket{onTicket("PAY-7")})
	mark := &tickets[0].Comment.Mark
	mark.Entries = []outcome.Entry{mark.Entries[0].Shortened(200), mark.Entries[1].Shortened(200)}
	require.NotEmpty(t, mark.Entries[0].Cut)
	require.Empty(t, mark.Entries[1].Cut)
	require.Equal(t, mark.Entries[0], mark.Entries[0].Shortened(1), "no second time")
	comment := func(entries ...outcome.Entry) outcome.Change {
		plan, _ := writeback(s, entries, tickets)
		return plan.Changes[0]
	}

	assert.Equal(t, outcome.Unchanged, comment(long, short).Status)
	assert.Equal(t, outcome.Unchanged, comment(short).Status, "the comment still says it")
	bank, shops := decision("PAY-7", "Tell the bank"), decision("PAY-7", "Tell the shops")
	assert.Equal(t, outcome.Planned, comment(long, bank, shops).Status, "the one that left is known in full")
	lost := comment(short, bank, shops)
	assert.Equal(t, outcome.Conflict, lost.Status)
	assert.Contains(t, lost.Reason, "only it has the full text")

	longer := decision("PAY-7", long.Text.String()+" and fail more often")
	edited := comment(short, longer, shops)
	assert.Equal(t, outcome.Planned, edited.Status, "its beginning is enough to recognise it by")
	assert.Len(t, edited.Note.Entries, 3)
}

func TestLinksAreWrittenOnce(t *testing.T) { // S4
	t.Parallel()
	s := session(ticket.Backlog, "")
	in := outcome.WritebackInput{
		Session: s, Page: outcome.PageRef{ID: "12", URL: "https://wiki.example/12", Title: "Session"},
		Outcomes: outcome.Outcomes{Entries: []outcome.Entry{decision("PAY-7", "Use SEPA")}},
		Tickets:  []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-8")},
	}
	plan := outcome.Writeback(in)
	require.Len(t, plan.Changes, 2, "PAY-8 gets nothing")
	link := plan.Changes[1]
	assert.Equal(t, outcome.LinkChange, link.Kind)
	assert.Equal(t, outcome.Planned, link.Status)
	assert.LessOrEqual(t, len(link.Link.GlobalID), 255)

	in.Linked = map[string]string{"PAY-7": link.Link.Hash()}
	assert.Equal(t, outcome.Unchanged, outcome.Writeback(in).Changes[1].Status)
	in.Page.Title = "Session, renamed"
	assert.Equal(t, outcome.Planned, outcome.Writeback(in).Changes[1].Status)
}

func TestIssueKeys(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want []string
	}{
		{"PAY-7", []string{"PAY-7"}},
		{"PAY-7 PAY-8", []string{"PAY-7", "PAY-8"}},
		{"(PAY-7), PAY-8: x; PAY-7", []string{"PAY-7", "PAY-8"}},
		{"https://jira.example/browse/PAY-7", nil},
		{"pay-7 and XPAY and PAY-0 and PAY-7b", nil},
		{"A2B_C-12.", []string{"A2B_C-12"}},
		{"", nil},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, ticket.IssueKeys(test.in), test.in)
	}
}

func TestOnlyWordsNameATicket(t *testing.T) { // S7 F5
	t.Parallel()
	const browse = "https://jira.example/browse/"
	named := func(runs ...outcome.Run) outcome.Entry {
		return outcome.Entry{Kind: outcome.Decision, Text: append(outcome.Text{{Text: "it is for "}}, runs...), Section: "PAY-7"}
	}
	tests := map[string]struct {
		entry outcome.Entry
		want  string
	}{
		"a person's name":           {named(outcome.Run{User: &outcome.User{AccountID: "5", Display: "Dana PAY-8 Lead"}}), "PAY-7"},
		"a link to an issue":        {named(outcome.Run{Text: "the other one", URL: browse + "PAY-8"}), "PAY-8"},
		"a link to somebody else's": {named(outcome.Run{Text: "PAY-8", URL: "https://elsewhere.example/browse/PAY-8"}), "PAY-7"},
		"a word":                    {named(outcome.Run{Text: "PAY-8"}), "PAY-8"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			outcomes := outcome.Outcomes{Browse: browse, Entries: []outcome.Entry{test.entry}}
			assert.Equal(t, test.want == "PAY-8", slices.Contains(outcomes.KeysToRead(""), "PAY-8"), "only what may be written is read")
			plan := outcome.Writeback(outcome.WritebackInput{
				Session: session(ticket.Backlog, ""), Outcomes: outcomes,
				Tickets: []outcome.Ticket{onTicket("PAY-7"), onTicket("PAY-8")},
			})
			assert.Contains(t, comments(plan), test.want)
			assert.Len(t, comments(plan), 1)
		})
	}
}

func TestAHeadingThatIsNoTicketFallsBackToTheOneAround(t *testing.T) { // S7
	t.Parallel()
	entry := decision("SHA-256", "use it")
	entry.Outer = []string{"PAY-7"}
	plan, _ := writeback(session(ticket.Backlog, ""), []outcome.Entry{entry}, []outcome.Ticket{onTicket("PAY-7")}, "SHA-256")
	assert.Equal(t, map[string][]string{"PAY-7": {"use it"}}, comments(plan))
}

func TestTheSameLineTwiceIsOneLine(t *testing.T) { // S5
	t.Parallel()
	entries := []outcome.Entry{decision("PAY-7", "Refund"), decision("PAY-7", "Refund")}
	plan, _ := writeback(session(ticket.Backlog, ""), entries, []outcome.Ticket{onTicket("PAY-7")})
	assert.Equal(t, []string{"Refund"}, comments(plan)["PAY-7"])
}

func TestARemovedLineIsNotTakenForTheOneThatCame(t *testing.T) { // S8
	t.Parallel()
	s := session(ticket.Backlog, "")
	listed := func(id, text string) outcome.Entry {
		e := decision("PAY-7", text)
		e.ID = id
		return e
	}
	_, tickets := writeback(s, []outcome.Entry{listed("a", "Refund within a day"), listed("b", "Mail the customer")}, []outcome.Ticket{onTicket("PAY-7")})
	plan, _ := writeback(s, []outcome.Entry{listed("b", "Mail the customer"), listed("c", "New colours")}, tickets)
	assert.Equal(t, []string{"Mail the customer", "New colours", "Refund within a day"}, comments(plan)["PAY-7"])

	_, tickets = writeback(s, []outcome.Entry{listed("a", "Refund within a day")}, []outcome.Ticket{onTicket("PAY-7")})
	plan, _ = writeback(s, []outcome.Entry{decision("PAY-7", "New colours")}, tickets)
	assert.Equal(t, []string{"New colours", "Refund within a day"}, comments(plan)["PAY-7"], "a typed line is not the list's item")
}
