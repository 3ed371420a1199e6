package talks

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// anySession is a brief of tickets that share doubts, links and components at
// random.
func anySession(t *rapid.T) *brief.Brief {
	b := &brief.Brief{Session: ticket.Session{Start: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Duration: time.Duration(rapid.IntRange(4, 180).Draw(t, "minutes")) * time.Minute}}
	n := rapid.IntRange(0, 25).Draw(t, "tickets")
	for i := range n {
		one := ticket.Issue{Key: fmt.Sprintf("A-%d", i+1), Priority: rapid.SampledFrom([]string{"", "High", "Low"}).Draw(t, "priority")}
		if other := rapid.IntRange(0, n).Draw(t, "link"); other > 0 {
			one.Links = blockedBy(fmt.Sprintf("A-%d", other))
		}
		if c := rapid.SampledFrom([]string{"", "API", "Web"}).Draw(t, "component"); c != "" {
			one.Components = []string{c}
		}
		b.Tickets = append(b.Tickets, brief.Ticket{Judged: ready.Judged{Issue: one, Ready: rapid.Bool().Draw(t, "ready")}})
	}
	for i := range rapid.IntRange(0, n).Draw(t, "doubts") {
		keys := []string{fmt.Sprintf("A-%d", rapid.IntRange(1, n).Draw(t, "key")), fmt.Sprintf("A-%d", rapid.IntRange(1, n).Draw(t, "key"))}
		b.Doubts = append(b.Doubts, brief.Doubt{ID: fmt.Sprintf("D%d", i+1), Kind: brief.Asked, Keys: keys, Weight: rapid.IntRange(1, 10).Draw(t, "weight")})
	}
	return b.Seal()
}

// L2 L11 L18: whatever is brought to a session of any length, each ticket is in
// one talk or put off, the boxes follow one another within the guide's minutes,
// and the talks of a box fill it.
func TestArrange(t *testing.T) {
	t.Parallel()
	for _, format := range []string{guide.Default, guide.POPM, guide.Weekly} {
		g := guide.BuiltIn(format)
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				b := anySession(t)
				a := Arrange(b, g, Settings{Presenters: []string{"Dana"}})
				seen := map[string]int{}
				for _, talk := range a.Talks {
					for _, key := range talk.Keys {
						seen[key]++
					}
				}
				for _, p := range a.PutOff {
					seen[p.Key]++
				}
				require.Len(t, seen, len(b.Tickets))
				for key, times := range seen {
					require.Equal(t, 1, times, key)
				}
				wantEndToEnd(t, b.Session.Start, a)
			})
		})
	}
}

// L11 L18: what only has to be confirmed has a minute a ticket, up to four where the others have
// enough, and no question has more than a gap.
func TestMinutesFollowGaps(t *testing.T) {
	t.Parallel()
	b := &brief.Brief{Session: ticket.Session{Start: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Duration: 90 * time.Minute}}
	for n := range 6 {
		b.Tickets = append(b.Tickets, brief.Ticket{Judged: ready.Judged{Issue: ticket.Issue{Key: fmt.Sprintf("A-%d", n+1)}, Ready: n > 0}})
	}
	g := guide.BuiltIn(guide.Default)
	a := Arrange(b.Seal(), g, Settings{Parts: [][]string{{"A-1"}, {"A-2"}, {"A-3", "A-4", "A-5", "A-6"}}, Asked: map[string]int{"A-2": 3}})
	require.Len(t, a.Minutes, 3)
	require.Equal(t, 16, a.Minutes[2])
	require.Greater(t, a.Minutes[0], a.Minutes[1])
	require.Equal(t, 40, a.Minutes[0]+a.Minutes[1]+a.Minutes[2])
	slots := a.Boxes[g.Box(guide.Check)].Slots
	require.Len(t, slots, 3)
	require.Equal(t, []string{"A-3", "A-4", "A-5", "A-6"}, slots[2].Keys)
	require.Equal(t, a.Boxes[g.Box(guide.Check)].End, slots[2].End)
}

// L11: what is of low priority gets less time than the same of another, where there is one.
func TestLowPriorityGetsLessTime(t *testing.T) {
	t.Parallel()
	of := func(priorities ...string) *Arrangement {
		b := &brief.Brief{Session: ticket.Session{Start: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Duration: 90 * time.Minute}}
		for n, p := range priorities {
			key := fmt.Sprintf("A-%d", n+1)
			b.Tickets = append(b.Tickets, brief.Ticket{Judged: ready.Judged{Issue: ticket.Issue{Key: key, Priority: p}}})
			b.Doubts = append(b.Doubts, brief.Doubt{ID: fmt.Sprint("D", n), Kind: brief.Asked, Keys: []string{key}, Weight: 8, Blocks: true})
		}
		return Arrange(b.Seal(), guide.BuiltIn(guide.Default), Settings{})
	}
	require.Equal(t, []int{25, 15}, of("High", "Low").Minutes)
	require.Equal(t, []int{25, 15}, of("", "Trivial").Minutes, "none counts as medium")
	require.Equal(t, []int{20, 20}, of("Low", "Minor").Minutes, "nothing is more urgent")
	require.Equal(t, []int{20, 20}, of("High", "Medium").Minutes)

	b := &brief.Brief{Session: ticket.Session{Start: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Duration: 90 * time.Minute}}
	waits := ticket.Link{Phrase: "blocks", Ref: ticket.Ref{Key: "A-1", Status: "Open"}}
	b.Tickets = []brief.Ticket{
		{Judged: ready.Judged{Issue: ticket.Issue{Key: "A-1", Priority: "High"}}},
		{Judged: ready.Judged{Issue: ticket.Issue{Key: "A-2", Priority: "Low", Links: []ticket.Link{waits}}}},
	}
	require.False(t, (&Arrangement{By: "priority, then rank"}).Lesser(b.Seal(), []string{"A-2"}), "another waits for it")
	b.Tickets[1].Issue.Links = nil
	require.True(t, (&Arrangement{By: "priority, then rank"}).Lesser(b, []string{"A-2"}))
	require.False(t, (&Arrangement{By: "WSJF"}).Lesser(b, []string{"A-2"}), "something else orders them")
}

// L11: it comes last, but for what is only to be confirmed.
func TestLowPriorityComesLast(t *testing.T) {
	t.Parallel()
	for bare, want := range map[bool][]string{true: {"A-2", "A-1"}, false: {"A-1", "A-2"}} {
		b := &brief.Brief{Session: ticket.Session{Start: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Duration: 90 * time.Minute}}
		b.Tickets = []brief.Ticket{
			{Judged: ready.Judged{Issue: ticket.Issue{Key: "A-1", Priority: "Low"}}},
			{Judged: ready.Judged{Issue: ticket.Issue{Key: "A-2", Priority: "High"}, Ready: true}, Bare: bare},
		}
		b.Doubts = []brief.Doubt{{ID: "D1", Kind: brief.Asked, Keys: []string{"A-1"}, Weight: 8, Blocks: true}}
		var keys []string
		for _, talk := range Arrange(b.Seal(), guide.BuiltIn(guide.Default), Settings{}).Talks {
			keys = append(keys, talk.Keys...)
		}
		require.Equal(t, want, keys)
	}
}

// wantEndToEnd wants boxes, and the slots in them, without a gap.
func wantEndToEnd(t *rapid.T, at time.Time, a *Arrangement) {
	for _, box := range a.Boxes {
		require.Equal(t, at, box.Start, box.Name)
		require.Positive(t, box.Minutes, box.Name)
		at = at.Add(time.Duration(box.Minutes) * time.Minute)
		require.Equal(t, at, box.End, box.Name)
		within := box.Start
		for _, s := range box.Slots {
			require.Equal(t, within, s.Start, "%s, %v", box.Name, s.Keys)
			require.Positive(t, s.Minutes, "%s, %v", box.Name, s.Keys)
			within = within.Add(time.Duration(s.Minutes) * time.Minute)
			require.Equal(t, within, s.End, "%s, %v", box.Name, s.Keys)
		}
		if len(box.Slots) > 0 {
			require.Equal(t, box.End, within, box.Name)
		}
	}
}

// L18: what one doubt is about is one talk, however many, and so are up to four that
// lack the same; a component that most tickets have parts nothing.
func TestGroup(t *testing.T) {
	t.Parallel()
	lacking := func(kind brief.Kind, keys ...string) (all []brief.Doubt) {
		for _, key := range keys {
			all = append(all, brief.Doubt{ID: string(kind) + key, Kind: kind, Keys: []string{key}, Weight: 6})
		}
		return all
	}
	for name, c := range map[string]struct {
		doubts []brief.Doubt
		of     string // component of all
		want   [][]string
	}{
		"one doubt":       {[]brief.Doubt{{ID: "D1", Kind: brief.Blocked, Keys: []string{"A-1", "A-2", "A-3", "A-4", "A-5"}}}, "", [][]string{{"A-1", "A-2", "A-3", "A-4", "A-5"}}},
		"no result":       {lacking(brief.NoResult, "A-1", "A-2", "A-3", "A-4", "A-5"), "", [][]string{{"A-1", "A-2", "A-3", "A-4"}, {"A-5"}}},
		"two lacks":       {append(lacking(brief.NoResult, "A-1", "A-3"), lacking(brief.NoDescription, "A-2", "A-4")...), "", [][]string{{"A-1", "A-3"}, {"A-2", "A-4"}, {"A-5"}}},
		"their one thing": {nil, "Web", [][]string{{"A-1"}, {"A-2"}, {"A-3"}, {"A-4"}, {"A-5"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &brief.Brief{Doubts: c.doubts}
			for n := range 5 {
				one := ticket.Issue{Key: fmt.Sprintf("A-%d", n+1)}
				if c.of != "" {
					one.Components = []string{c.of}
				}
				b.Tickets = append(b.Tickets, brief.Ticket{Judged: ready.Judged{Issue: one}})
			}
			b.Seal()
			var tickets []*brief.Ticket
			for n := range b.Tickets {
				tickets = append(tickets, &b.Tickets[n])
			}
			var got [][]string
			for _, talk := range Group(b, tickets) {
				got = append(got, talk.Keys)
			}
			require.Equal(t, c.want, got)
		})
	}
}
