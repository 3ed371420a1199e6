package outcome

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

func TestReceiptTellsEachLine(t *testing.T) { // C5 S7 S8
	t.Parallel()
	line := func(kind EntryKind, text string) Entry { return Entry{Kind: kind, Text: Text{{Text: text}}} }
	gone := line(Decision, "old")
	gone.Gone = true
	note := func(entries ...Entry) *Note { return &Note{Entries: entries} }
	plan := SyncPlan{
		Changes: []Change{
			{Issue: "PAY-1", Kind: CommentChange, Status: Planned, Note: note(line(Decision, "a"), line(Action, "b"), gone)},
			{Issue: "PAY-1", Kind: RemovedLine, Status: Unchanged, Detail: "decision “old”"},
			{Issue: "PAY-1", Kind: LinkChange, Status: Applied, Link: &RemoteLink{}},
			{Issue: "PAY-2", Kind: CommentChange, Status: Failed, Reason: "403\nForbidden", Note: note(line(Decision, "c"))},
			{Issue: "PAY-2", Kind: LinkChange, Status: Failed, Reason: "not tried", Link: &RemoteLink{}},
			{Issue: "PAY-3", Kind: CommentChange, Status: Applied, Reason: "no room for 1 of its 2 lines", Note: note(line(Decision, strings.Repeat("x", 300)))},
		},
		Unattributed: []Unattributed{{Text: "d", Where: "Notes", Reason: "it names no ticket"}},
		Suggestions: []Suggestion{
			{Text: "Action: e", Where: "Notes"},
			{Text: "f", Where: "PAY-1, Notes", Reason: "a note", Note: true},
			{Text: "g", Where: "PAY-1, Notes", Reason: "a note", Note: true},
			{Text: strings.Repeat("h", 300), Where: "PAY-1, Notes", Reason: "a note", Note: true},
			{Text: "TODO: i", Where: "PAY-1, Notes"},
			{Text: "j", Where: "PAY-1, Notes", Reason: "a note", Note: true},
			{Text: "k", Where: "PAY-2, Notes", Reason: "a note", Note: true},
		},
	}
	assert.Equal(t, []ReceiptLine{
		{Decision, "“a”", "PAY-1", "j/PAY-1", "Written as a decision"},
		{Action, "“b”", "PAY-1", "j/PAY-1", "Written as an action item"},
		{Decision, "“old”", "PAY-1", "j/PAY-1", "No longer on the page; it stays on the ticket"},
		{Decision, "“c”", "PAY-2", "j/PAY-2", "Not written: 403 Forbidden"},
		{"", "The link to this page", "PAY-2", "j/PAY-2", "Not written: not tried"},
		{Decision, "“" + strings.Repeat("x", 198) + "…", "PAY-3", "j/PAY-3", "Written as a decision"},
		{"", "The comment", "PAY-3", "j/PAY-3", "no room for 1 of its 2 lines"},
		{"", "“d”", "", "", "Not written (Notes): it names no ticket"},
		{"", "“Action: e”", "", "", "Not written (Notes): it only looks like an outcome: type it below Decisions or Action items of its item"},
		{"", "3 notes: “f”, “g”, “" + strings.Repeat("h", 59) + "…”", "", "", "Not written (PAY-1, Notes): a note"},
		{"", "“TODO: i”", "", "", "Not written (PAY-1, Notes): it only looks like an outcome: type it below Decisions or Action items of its item"},
		{"", "“j”", "", "", "Not written (PAY-1, Notes): a note"},
		{"", "“k”", "", "", "Not written (PAY-2, Notes): a note"},
	}, plan.Receipt("j/"))
}

// What is taken off is called so, and what nobody could set says what was typed.
func TestAReceiptSaysWhatWasToBeSet(t *testing.T) { // C5 S3
	t.Parallel()
	line := func(kind EntryKind, text string) Entry {
		return Entry{Kind: kind, Text: Text{{Text: text}}, Section: "PAY-3"}
	}
	plan := Writeback(WritebackInput{
		Outcomes:    Outcomes{Keys: []string{"PAY-3"}, Entries: []Entry{line(Estimate, "8"), line(Estimate, "5"), line(Rank, RankFirst), line(Rank, RankLast), line(Result, "Ready")}},
		Tickets:     []Ticket{{Issue: ticket.Issue{Key: "PAY-3", Flagged: true, Labels: []string{"raw"}}}},
		SetEstimate: true, SetRank: true, Effects: map[Box]Effect{BoxReady: {RemoveFlag: true, RemoveLabel: "raw", AddLabel: "refined"}},
	})
	var rows []string
	for _, row := range plan.Receipt("") {
		if row.Kind == "" {
			rows = append(rows, row.Text)
		}
	}
	assert.Equal(t, []string{"“estimate” typed as 8, 5", "“flag” taken off", "“label” set to “refined”", "“label raw” taken off", "“rank” typed as first, last"}, rows)
}

func TestAReceiptIsTheSameForWhatIsDoneAndWhatStood(t *testing.T) { // C5
	t.Parallel()
	account := func(s Status) []ReceiptLine {
		return SyncPlan{Changes: []Change{{Issue: "PAY-1", Kind: CommentChange, Status: s, Note: &Note{Entries: []Entry{{Kind: Decision, Text: Text{{Text: "a"}}}}}}}}.Receipt("")
	}
	assert.Equal(t, account(Planned), account(Applied))
	assert.Equal(t, account(Unchanged), account(Applied))
}
