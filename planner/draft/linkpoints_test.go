package draft

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/talks"
	"refine/planner/ticket"
)

// L14: what stands between the tickets of an epic and the epic itself closes a circle,
// which the key point says.
func TestBetweenTellsACircle(t *testing.T) {
	t.Parallel()
	out := func(phrase string) []ticket.Link {
		return []ticket.Link{{Phrase: phrase, Ref: ticket.Ref{Key: "OUT-1", Summary: "The card reader", Status: "Open"}}}
	}
	w := writerOf(&ticket.Issue{Key: "LIB-0", Summary: "Loans", Epic: true, Links: out("depends on")},
		ticket.Issue{Key: "LIB-1", Summary: "Renewals", Description: "Readers renew their loans at the desk only.", Links: out("is dependent of")})
	points := w.betweenPoint()
	require.Len(t, points, 1)
	assert.Equal(t, "By their links OUT-1 “The card reader” (Open), which is not in this session, comes after LIB-1 and before LIB-0. LIB-1 is itself a part of LIB-0: that is a circle. Ask where it is to be cut.", points[0].Text)
}

// L14: a key that a ticket's text names and no link leads to is told with the sentence.
func TestKeyWithoutALinkIsTold(t *testing.T) {
	t.Parallel()
	w := writerOf(nil,
		ticket.Issue{Key: "LIB-1", Summary: "Renewals", Description: "The desk renews loans with the reader of LIB-2 once that is there."},
		ticket.Issue{Key: "LIB-2", Summary: "Card reader", Description: "Readers put their card on the desk and see all their loans."})
	points := w.namedPoint()
	require.Len(t, points, 1)
	assert.Equal(t, "LIB-1 names LIB-2 without a link: “The desk renews loans with the reader of LIB-2 once that is there”. Ask what the one needs of the other.", points[0].Text)
}

// writerOf is the built-in writer of a session with an epic, if any, and some tickets.
func writerOf(epic *ticket.Issue, issues ...ticket.Issue) *writer {
	known := brief.Make(brief.Input{Session: ticket.Session{Start: time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)}, Epic: epic, Issues: issues})
	a := &talks.Arrangement{By: "rank"}
	for _, i := range issues {
		a.Order = append(a.Order, i.Key)
	}
	return newWriter(Input{Brief: known, Talks: a})
}
