package planner_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner"
)

func session(kind planner.SelectionKind, value string) planner.Session {
	sel := planner.Selection{Kind: kind, Value: value}
	day := planner.Date{Year: 2026, Month: time.November, Day: 24}
	return planner.Session{
		ID: planner.SessionID("acme", "payments", sel, day), Owner: "acme", Team: "payments",
		Selection: sel, Topic: "Flagged items", Start: day.At(10, 0, time.UTC), Duration: 90 * time.Minute,
	}
}

func ticket(key string) planner.Ticket { return planner.Ticket{Issue: planner.Issue{Key: key}} }

func text(s string) planner.Text { return planner.Text{{Text: s}} }

func decision(section, s string) planner.Entry {
	return planner.Entry{Kind: planner.Decision, Text: text(s), Section: section}
}

func action(section, s string) planner.Entry {
	return planner.Entry{Kind: planner.Action, Text: text(s), Section: section}
}

// writeback runs one sync against tickets and returns what it decided, and the
// tickets as they stand once it is applied.
func writeback(s planner.Session, entries []planner.Entry, tickets []planner.Ticket, missing ...string) (planner.SyncPlan, []planner.Ticket) {
	plan := planner.Writeback(planner.WritebackInput{
		Session: s, Page: planner.PageRef{ID: "12", URL: "https://wiki.example/12", Title: "Session"},
		Outcomes: planner.Outcomes{Entries: entries}, Tickets: tickets, Missing: missing,
	})
	after := append([]planner.Ticket(nil), tickets...)
	for _, c := range plan.Changes {
		for i := range after {
			if after[i].Key == c.Issue && c.Note != nil && c.Writes() {
				after[i].Comment = &planner.Marked{ID: "100", Mark: c.Note.Mark()}
			}
		}
	}
	return plan, after
}

func comments(p planner.SyncPlan) map[string][]string {
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
		session planner.Session
		entry   planner.Entry
		want    string // the ticket, or nothing
		reason  string
	}{
		{"its section", session(planner.Backlog, ""), decision("PAY-7", "Refund within a day"), "PAY-7", ""},
		{"the key it names, wherever it stands", session(planner.Backlog, ""), decision("PAY-7", "PAY-8: keep the old flow"), "PAY-8", ""},
		{"its section's key among others", session(planner.Backlog, ""), decision("PAY-7", "Unlike PAY-8, PAY-7 stays"), "PAY-7", ""},
		{"a word that only looks like a key", session(planner.Backlog, ""), decision("PAY-7", "Export as UTF-8"), "PAY-7", ""},
		{"the epic", session(planner.Epic, "PAY-1"), action("", "Ask legal"), "PAY-1", ""},
		{"nothing to go to", session(planner.Backlog, ""), action("", "Ask legal"), "", "names no ticket"},
		{"a key mistyped", session(planner.Backlog, ""), action("PAY-7", "PAY-99: ask legal"), "", "PAY-99 does not exist"},
		{"a section whose ticket is gone", session(planner.Backlog, ""), action("PAY-50", "Ask legal"), "", "PAY-50 does not exist"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tickets := []planner.Ticket{ticket("PAY-1"), ticket("PAY-7"), ticket("PAY-8")}
			plan, _ := writeback(test.session, []planner.Entry{test.entry}, tickets, "PAY-99", "PAY-50", "UTF-8")
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

func TestASecondSyncChangesNothing(t *testing.T) { // S1 S5
	t.Parallel()
	s := session(planner.Backlog, "")
	entries := []planner.Entry{decision("PAY-7", "Refund within a day"), action("PAY-7", "Ask legal")}
	plan, tickets := writeback(s, entries, []planner.Ticket{ticket("PAY-7"), ticket("PAY-8")})
	require.Equal(t, map[string][]string{"PAY-7": {"Refund within a day", "Ask legal"}}, comments(plan))

	entries[0].ID, entries[1].ID = "new", "ids" // Confluence gave new ids on a save
	again, _ := writeback(s, entries, tickets)
	assert.Empty(t, comments(again))
	assert.Equal(t, planner.Unchanged, again.Changes[0].Status)
}

func TestEditsAndRemovals(t *testing.T) { // S8
	t.Parallel()
	s := session(planner.Backlog, "")
	first := []planner.Entry{decision("PAY-7", "Refund within a day"), decision("PAY-7", "Mail the customer")}
	_, tickets := writeback(s, first, []planner.Ticket{ticket("PAY-7")})

	edited := []planner.Entry{decision("PAY-7", "Refund within two days"), decision("PAY-7", "Mail the customer")}
	plan, tickets := writeback(s, edited, tickets)
	assert.Equal(t, []string{"Refund within two days", "Mail the customer"}, comments(plan)["PAY-7"])
	assert.Contains(t, plan.Changes[0].Detail, "“Refund within a day” → decision “Refund within two days”")
	assert.Equal(t, "100", plan.Changes[0].CommentID, "the same comment is edited")

	removed, tickets := writeback(s, edited[:1], tickets)
	assert.Empty(t, comments(removed), "a line that left the page stays on the ticket")
	require.Len(t, removed.Changes, 3)
	assert.Equal(t, planner.RemovedLine, removed.Changes[1].Kind)
	assert.Contains(t, removed.Changes[1].Detail, "Mail the customer")

	more := append(edited[:1:1], decision("PAY-7", "Tell the bank first"), decision("PAY-7", "Then the shops"))
	added, _ := writeback(s, more, tickets)
	assert.Equal(t, []string{"Refund within two days", "Tell the bank first", "Then the shops", "Mail the customer"},
		comments(added)["PAY-7"])
}

func TestAReplacedLineIsAnEditOnlyInItsPlace(t *testing.T) { // S8
	t.Parallel()
	s := session(planner.Backlog, "")
	_, tickets := writeback(s, []planner.Entry{decision("PAY-7", "Use SEPA")}, []planner.Ticket{ticket("PAY-7")})

	plan, _ := writeback(s, []planner.Entry{decision("PAY-7", "Cards first, then everything else")}, tickets)
	assert.Equal(t, []string{"Cards first, then everything else"}, comments(plan)["PAY-7"], "one stood there, one stands there")

	plan, _ = writeback(s, []planner.Entry{decision("PAY-7", "Cards first"), decision("PAY-7", "Ask the bank")}, tickets)
	assert.Equal(t, []string{"Cards first", "Ask the bank", "Use SEPA"}, comments(plan)["PAY-7"])
}

func TestAPersonsEditOfTheCommentIsAConflict(t *testing.T) { // S8
	t.Parallel()
	s := session(planner.Backlog, "")
	_, tickets := writeback(s, []planner.Entry{decision("PAY-7", "Use SEPA")}, []planner.Ticket{ticket("PAY-7")})
	tickets[0].Comment.EditedBy = "Dana"

	plan, _ := writeback(s, []planner.Entry{decision("PAY-7", "Use SEPA in Germany")}, tickets)
	assert.Equal(t, planner.Conflict, plan.Changes[0].Status)
	assert.Contains(t, plan.Changes[0].Reason, "Dana changed the comment")

	plan, _ = writeback(s, []planner.Entry{decision("PAY-7", "Use SEPA")}, tickets)
	assert.Equal(t, planner.Unchanged, plan.Changes[0].Status, "nothing to write, nothing in conflict")
}

func TestLinksAreWrittenOnce(t *testing.T) { // S4
	t.Parallel()
	s := session(planner.Backlog, "")
	in := planner.WritebackInput{
		Session: s, Page: planner.PageRef{ID: "12", URL: "https://wiki.example/12", Title: "Session"},
		Outcomes: planner.Outcomes{Entries: []planner.Entry{decision("PAY-7", "Use SEPA")}},
		Tickets:  []planner.Ticket{ticket("PAY-7"), ticket("PAY-8")},
	}
	plan := planner.Writeback(in)
	require.Len(t, plan.Changes, 2, "PAY-8 gets nothing")
	link := plan.Changes[1]
	assert.Equal(t, planner.LinkChange, link.Kind)
	assert.Equal(t, planner.Planned, link.Status)
	assert.LessOrEqual(t, len(link.Link.GlobalID), 255)

	in.Linked = map[string]string{"PAY-7": link.Link.Hash()}
	assert.Equal(t, planner.Unchanged, planner.Writeback(in).Changes[1].Status)
	in.Page.Title = "Session, renamed"
	assert.Equal(t, planner.Planned, planner.Writeback(in).Changes[1].Status)
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
		assert.Equal(t, test.want, planner.IssueKeys(test.in), test.in)
	}
}
