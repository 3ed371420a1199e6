package draft

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// L5: what the epic's story is good for begins the closing, in its own words.
func TestClosingBeginsWithTheValue(t *testing.T) {
	t.Parallel()
	epic := &ticket.Issue{Key: "LIB-0", Epic: true, Summary: "As a reader I want to renew from home so that I need not come to the desk"}
	l, ok := writerOf(epic, ticket.Issue{Key: "LIB-1", Summary: "Renewals"}).wanted()
	require.True(t, ok)
	assert.Equal(t, "What LIB-0 is for, in its words: “I need not come to the desk”.", l.Text)
	epic.Restricted = true
	_, ok = writerOf(epic, ticket.Issue{Key: "LIB-1", Summary: "Renewals"}).wanted()
	assert.False(t, ok)
}

// L5: what waits and what is too wide are told apart.
func TestClosingTellsWhatStays(t *testing.T) {
	t.Parallel()
	blocked := ticket.Issue{Key: "LIB-1", Summary: "Fees", Description: "Readers pay at the desk only.",
		Links: []ticket.Link{{Phrase: "is blocked by", Type: "Blocks", Inward: true, Ref: ticket.Ref{Key: "TILL-9", Summary: "The till", Status: "Open"}}}}
	other := blocked
	other.Key = "LIB-2"
	wide := ticket.Issue{Key: "LIB-3", Summary: "All", Description: "Readers do all of it at the desk.", Comments: []ticket.Comment{{Author: ticket.Person{Name: "Ann"}, Body: "This is at least three stories."}}, CommentTotal: 1}
	for want, issues := range map[string][]ticket.Issue{
		"LIB-1 is blocked by TILL-9, and LIB-3 is more than one ticket.":              {blocked, wide},
		"LIB-1 and LIB-2 wait for something else, and LIB-3 is more than one ticket.": {blocked, other, wide},
	} {
		assert.Contains(t, writerOf(nil, issues...).worth().Text, want)
	}
}
