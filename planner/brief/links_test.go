package brief_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/brief"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

func link(phrase, key, status string) ticket.Link {
	return ticket.Link{Type: "Depends", Phrase: phrase, Ref: ticket.Ref{Key: key, Summary: "Title of " + key, Status: status, Done: status == "Done"}}
}

// with is a ticket with links.
func with(key string, links ...ticket.Link) ticket.Issue {
	i := described(key, "A reader renews a loan.")
	i.Links = links
	return i
}

// L14: an open blocker is told with the other end's title and status.
func TestBlocked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		link ticket.Link
		want bool
	}{
		"an open blocker":             {link("is blocked by", "LIB-2", "Open"), true},
		"a need":                      {link("depends on", "LIB-2", "In Progress"), true},
		"a blocker that is done":      {link("is blocked by", "LIB-2", "Done"), false},
		"one whose status nobody has": {link("is blocked by", "LIB-2", ""), false},
		"the other one waits":         {link("blocks", "LIB-2", "Open"), false},
		"a relation":                  {link("relates to", "LIB-2", "Open"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := described("LIB-1", "A reader renews a loan.")
			i.Links = []ticket.Link{c.link}
			found := of(made(i), brief.Blocked)
			if !c.want {
				assert.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			assert.Equal(t, []ticket.Ref{c.link.Ref}, found[0].Others)
			assert.Equal(t, c.link.Phrase, found[0].Thing)
			assert.True(t, found[0].Blocks)
			assert.Equal(t, dana, found[0].Ask)
		})
	}
}

// L14 L18: what several tickets wait for is one doubt; an epic that its own ticket is
// linked to ends with that ticket.
func TestBlockedTogether(t *testing.T) {
	t.Parallel()
	child := func(key string, links ...ticket.Link) ticket.Issue {
		i := with(key, links...)
		i.Parent = &ticket.Ref{Key: "LIB-0", Status: "Open"}
		return i
	}
	found := of(made(
		child("LIB-1", link("is blocked by", "OUT-1", "Open")),
		child("LIB-2", link("is blocked by", "OUT-2", "Open")),
		child("LIB-3", link("depends on", "OUT-1", "Open")),
		child("LIB-4", link("is blocked by", "LIB-0", "Open")),
	), brief.Blocked)
	require.Len(t, found, 2)
	assert.Equal(t, []string{"LIB-1", "LIB-3"}, found[0].Keys)
	assert.Equal(t, []string{"LIB-2"}, found[1].Keys)
}

// L14: the one that came second is the duplicate, and duplicates of one issue are one
// doubt.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	found := of(made(
		with("LIB-1", link("duplicates", "OUT-1", "Open")), with("LIB-2", link("is duplicated by", "OUT-1", "Open")), with("LIB-3", link("duplicates", "OUT-1", "Open")),
	), brief.Duplicate)
	require.Len(t, found, 1)
	assert.Equal(t, []string{"LIB-1", "LIB-3"}, found[0].Keys)

	b := made(with("LIB-1", link("duplicates", "LIB-2", "Open")), with("LIB-2", link("is duplicated by", "LIB-1", "Open")))
	found = of(b, brief.Duplicate)
	require.Len(t, found, 1)
	assert.Equal(t, []string{"LIB-1"}, found[0].Keys)
	assert.Equal(t, "LIB-2", found[0].Others[0].Key)
	assert.False(t, b.Tickets[0].Ready)
}

// L14: an issue outside stands between the tickets where one waits for it and it for
// another.
func TestBetween(t *testing.T) {
	t.Parallel()
	b := made(
		with("LIB-1", link("is dependent of", "OUT-1", "Open"), link("blocks", "OUT-2", "Open"), link("blocks", "OUT-3", "Done")),
		with("LIB-2", link("depends on", "OUT-1", "Open"), link("depends on", "OUT-3", "Done")),
		with("LIB-3", link("depends on", "OUT-4", "Open")),
	)
	require.Len(t, b.Between, 1)
	assert.Equal(t, "OUT-1", b.Between[0].Key)
	assert.Equal(t, "Title of OUT-1", b.Between[0].Summary)
	assert.Equal(t, []string{"LIB-1"}, b.Between[0].For)
	assert.Equal(t, []string{"LIB-2"}, b.Between[0].Before)
}

// L14: circles are reported once each, those that lead out of the session too.
func TestCircles(t *testing.T) {
	t.Parallel()
	b := made(
		with("LIB-1", link("depends on", "LIB-2", "Open"), link("is dependent of", "LIB-3", "Open")),
		with("LIB-2", link("depends on", "LIB-3", "Open")),
		with("LIB-3"),
		with("LIB-4", link("depends on", "LIB-1", "Open")),
	)
	found := of(b, brief.Circle)
	require.Len(t, found, 1)
	assert.ElementsMatch(t, []string{"LIB-1", "LIB-2", "LIB-3"}, found[0].Keys)

	b = made(with("LIB-1", link("depends on", "OUT-1", "Open"), link("blocks", "OUT-1", "Open")))
	found = of(b, brief.Circle)
	require.Len(t, found, 1)
	assert.Equal(t, []string{"LIB-1"}, found[0].Keys)
	assert.Equal(t, "OUT-1", found[0].Others[0].Key)

	assert.Empty(t, of(made(with("LIB-1", link("depends on", "OUT-1", "Done"), link("blocks", "OUT-1", "Done"))), brief.Circle), "what is done holds nobody up")
	assert.Len(t, of(made(with("LIB-1", link("depends on", "LIB-2", "Done")), with("LIB-2", link("depends on", "LIB-1", "Open"))), brief.Circle), 1, "what is talked about is taken as open")
}

// L14: keys that a text names and no link leads to; of known projects only.
func TestUnlinked(t *testing.T) {
	t.Parallel()
	i := described("LIB-1", "See LIB-7 and LIB-8 for the rule. Files are UTF-8. It goes on where LIB-2 ends, as LIB-7 says.")
	i.Links = []ticket.Link{link("relates to", "LIB-2", "Open")}
	found := of(made(comments(i, by(eli, "LIB-9 is alike"))), brief.Unlinked)
	require.Len(t, found, 1)
	assert.Equal(t, []ticket.Ref{{Key: "LIB-7"}, {Key: "LIB-8"}}, found[0].Others)
	assert.Equal(t, []string{"See LIB-7 and LIB-8 for the rule"}, quotes(found))

	told := of(made(described("LIB-1", "Ends where LIB-2 begins."), described("LIB-2", "A reader returns a book.")), brief.Unlinked)
	require.Len(t, told, 1)
	assert.Equal(t, "Renew loans from the phone LIB-2", told[0].Others[0].Summary)
	assert.Equal(t, "Open", told[0].Others[0].Status)
}

// P6 L8: what the last session ticked as needing another one is not ready, whatever the
// ticket says.
func TestReturned(t *testing.T) {
	t.Parallel()
	left := &outcome.CarryOver{Parts: []outcome.CarriedPart{
		{Kind: outcome.Parked, Lines: []outcome.Carried{{Kind: outcome.Parked, Key: "LIB-2"}}},
		{Kind: outcome.AnotherTime, Lines: []outcome.Carried{{Kind: outcome.AnotherTime, Key: "LIB-1"}, {Kind: outcome.AnotherTime, Key: "LIB-9"}}},
	}}
	b := brief.Make(brief.Input{Issues: []ticket.Issue{described("LIB-1", "A reader renews a loan."), described("LIB-2", "A reader returns a loan at the desk of any branch, and the desk sends it home.")}, CarryOver: left})
	found := of(b, brief.Returned)
	require.Len(t, found, 1)
	assert.Equal(t, []string{"LIB-1"}, found[0].Keys)
	assert.False(t, b.Ticket("LIB-1").Ready)
	assert.True(t, b.Ticket("LIB-2").Ready)
}
