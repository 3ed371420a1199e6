package jira

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// What a session wrote back is read by the next one as it was written.
func TestAgreedIsWhatNotesSay(t *testing.T) { // S1
	t.Parallel()
	entries := []outcome.Entry{
		{Kind: outcome.Decision, Text: typed("Three at a time"), Reason: typed("shelves are full")},
		{Kind: outcome.Decision, Text: typed("No fee")},
		{Kind: outcome.Criterion, Text: typed("The desk sees the limit")},
		{Kind: outcome.Action, Text: typed("tell the branches")},
	}
	for _, cloud := range []bool{true, false} {
		body := WikiNote(outcome.Note{PageTitle: "2026-11-24 Refinement – Library – Books", PageURL: "https://wiki.example/7", Entries: entries}, cloud)
		assert.Equal(t, []ticket.Agreed{{On: ticket.Date{Year: 2026, Month: 11, Day: 24}, Decisions: []string{"Three at a time", "No fee"}, Criteria: []string{"The desk sees the limit"}}},
			agreements([]comment{{Body: body}, {Body: "* Three at a time (2026-11-24)"}}), body)
	}
	assert.Empty(t, agreements([]comment{{Body: WikiNote(outcome.Note{PageTitle: "Renamed", PageURL: "https://wiki.example/7", Entries: entries}, true)}}), "no day")
	assert.Empty(t, agreements([]comment{{Body: WikiNote(outcome.Note{PageTitle: "2026-11-24 x", PageURL: "https://wiki.example/7", Entries: entries[3:]}, true)}}), "no decision")
}
