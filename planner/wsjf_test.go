package planner

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/guide"
)

func points(f float64) *float64 { return &f }

// L10: WSJF by what the issue has, with its formula.
func TestWSJF(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		issue      Issue
	}{
		{"value and points", "WSJF 6.5 = 13/2", Issue{BusinessValue: points(13), StoryPoints: points(2)}},
		{"all fields", "WSJF 6 = (8+3+1)/2", Issue{BusinessValue: points(8), TimeCriticality: points(3), RiskReduction: points(1), JobSize: points(2), StoryPoints: points(5)}},
		{"no business value", "WSJF 1.5 = 3/2", Issue{TimeCriticality: points(3), JobSize: points(2)}},
		{"rounded", "WSJF 2.7 ≈ 8/3", Issue{BusinessValue: points(8), StoryPoints: points(3)}},
		{"halves", "WSJF 16 = 8/0.5", Issue{BusinessValue: points(8), StoryPoints: points(0.5)}},
		{"no value", "", Issue{StoryPoints: points(3)}},
		{"no size", "", Issue{BusinessValue: points(3)}},
		{"a size of nothing", "", Issue{BusinessValue: points(3), StoryPoints: points(0)}},
		{"a value of nothing", "WSJF 0 = 0/3", Issue{BusinessValue: points(0), StoryPoints: points(3)}},
	} {
		assert.Equal(t, c.want, wsjfOf(c.issue).text, c.name)
	}
}

// L10: each way to an order, the last word of each, and the reason in plain words.
func TestOrderReasons(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name   string
		issues []Issue
		want   []string // key: reason
	}{
		{"WSJF before priority", []Issue{
			{Key: "A-1", Priority: "Blocker", BusinessValue: points(8), StoryPoints: points(8)},
			{Key: "A-2", Priority: "Low", BusinessValue: points(13), StoryPoints: points(2)},
			{Key: "A-3", Priority: "High"},
		}, []string{"A-2: WSJF 6.5 = 13/2", "A-1: WSJF 1 = 8/8", "A-3: priority High, behind those with a WSJF"}},
		{"too few with a WSJF", []Issue{
			{Key: "A-1", Priority: "Low", BusinessValue: points(8), StoryPoints: points(1)},
			{Key: "A-2", Priority: "High"}, {Key: "A-3", Priority: "High"},
		}, []string{"A-2: priority High", "A-3: priority High", "A-1: priority Low"}},
		{"equal WSJF, then priority", []Issue{
			{Key: "A-1", Priority: "Low", BusinessValue: points(4), StoryPoints: points(2)},
			{Key: "A-2", Priority: "High", BusinessValue: points(2), StoryPoints: points(1)},
		}, []string{"A-2: priority High", "A-1: priority Low"}},
		{"rank, what has none last", []Issue{{Key: "A-1"}, {Key: "A-2", Rank: "0|b"}, {Key: "A-3", Rank: "0|a"}},
			[]string{"A-3: place 1 of 3 by rank", "A-2: place 2 of 3 by rank", "A-1: place 3 of 3 as found"}},
		{"what most wait for", []Issue{
			{Key: "A-1"}, {Key: "A-2", Links: []Link{blockedBy("A-4")}}, {Key: "A-3", Links: []Link{blockedBy("A-4")}}, {Key: "A-4"},
		}, []string{"A-4: 2 tickets of the selection wait for it", "A-1: place 2 of 4 as found", "A-2: place 3 of 4 as found", "A-3: place 4 of 4 as found"}},
		{"a blocker moves", []Issue{
			{Key: "A-1", Rank: "a", Links: []Link{blockedBy("A-3")}}, {Key: "A-2", Rank: "b", Links: []Link{blockedBy("A-3")}}, {Key: "A-3", Rank: "c"},
		}, []string{"A-3: before A-1; 2 tickets of the selection wait for it", "A-1: place 1 of 3 by rank", "A-2: place 2 of 3 by rank"}},
		{"due dates, then age", []Issue{
			{Key: "A-1", Created: day(3)}, {Key: "A-2", Created: day(2)}, {Key: "A-3", Due: DateOf(day(20))}, {Key: "A-4", Due: DateOf(day(10))},
		}, []string{"A-4: due 2026-11-10", "A-3: due 2026-11-20", "A-2: place 3 of 4 by age", "A-1: place 4 of 4 by age"}},
	} {
		items := judged(c.issues...)
		reasons := order(items)
		var got []string
		for _, r := range items {
			got = append(got, r.issue.Key+": "+reasons[r.issue.Key])
		}
		assert.Equal(t, c.want, got, c.name)
	}
}

// L10: the order is a total one: it does not depend on how the issues were found,
// unless nothing else tells two apart.
func TestOrderIsTotal(t *testing.T) {
	t.Parallel()
	var issues []Issue
	for n := range 60 {
		i := Issue{Key: "A-" + number(float64(n+1)), Created: time.Date(2026, 1, 1, n, 0, 0, 0, time.UTC)}
		if n%3 > 0 {
			i.BusinessValue, i.StoryPoints = points(float64(n%7)), points(float64(n%4+1))
		}
		if n%2 == 0 {
			i.Rank = string(rune('a' + n%5))
		}
		if n%5 == 0 {
			i.Due = Date{Year: 2026, Month: 12, Day: n%9 + 1}
		}
		issues = append(issues, i)
	}
	want := judged(issues...)
	order(want)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		rng.Shuffle(len(issues), func(a, b int) { issues[a], issues[b] = issues[b], issues[a] })
		got := judged(issues...)
		order(got)
		require.Equal(t, keysOf(want), keysOf(got))
	}
}

// L10 L6: what ordered the items is stated.
func TestOrderRuleIsStated(t *testing.T) {
	t.Parallel()
	valued := Issue{Key: "A-1", Summary: "Invoice list", BusinessValue: points(8), StoryPoints: points(3)}
	other, bare, urgent, ranked := valued, Issue{Key: "A-3", Summary: "Tax statement"}, Issue{Key: "A-4", Summary: "Reminders", Priority: "High"}, Issue{Key: "A-5", Summary: "Refunds", Rank: "0|i0001"}
	other.Key, other.Summary = "A-2", "Monthly export"
	waiting := Issue{Key: "A-6", Summary: "Fees", Links: []Link{blockedBy("A-3")}}
	for want, issues := range map[string][]Issue{
		"Order: by WSJF, value by size as they are set.":                                       {valued, other},
		"Order: by WSJF, value by size as far as both are set; the 1 ticket without go behind": {valued, other, bare},
		"Order: as found; only 1 of 2 tickets has both a value and a size, too few":            {valued, bare},
		"Order: as found; no ticket has both a value and a size. Minutes follow doubt.":        {bare},
		"size. What others wait for comes first; minutes follow doubt.":                        {waiting, bare},
		"Order: by rank; no ticket":                {ranked, bare},
		"Order: by priority, then rank; no ticket": {urgent, ranked, bare},
	} {
		p := Build(Input{Session: testSession("x"), Issues: issues})
		assert.Contains(t, strings.Join(p.Assumptions, "\n"), want)
	}
}

// L15: whoever meets how often, the next one in the list begins the next session,
// over the end of the year, too.
func TestPresentersAreFair(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", -9*3600)
	for people := 1; people <= 7; people++ {
		for _, days := range []int{1, 7, 14, 21, 28} {
			start := time.Date(2026, 1, 6, 23, 0, 0, 0, zone)
			for n := range 60 {
				at := start.AddDate(0, 0, days*n)
				every := at.AddDate(0, 0, days).Sub(at)
				now, next := opening(at, every, people), opening(at.AddDate(0, 0, days), every, people)
				require.Equal(t, (now+1)%people, next, "%d people, every %d days, session %d", people, days, n)
			}
		}
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	before := time.Date(2026, 10, 20, 10, 0, 0, 0, berlin) // the clock is put back on the 25th
	after := before.AddDate(0, 0, 7)
	assert.Equal(t, opening(after, 0, 5), opening(after, after.Sub(before), 5), "an hour more is still a week")
	assert.Equal(t, []string{"Dana", "Ivo"}, turnsOf([]string{" Dana", "Ivo", "", "Dana"}))
}

// L15: one presenter per item; without a list the plan says how turns are taken.
func TestPresentersAreStated(t *testing.T) {
	t.Parallel()
	in := formatInput(guide.BuiltIn(guide.Default), 0)
	assert.Contains(t, strings.Join(Build(in).Assumptions, "\n"), "No presenters were named; people take turns.")
	in.Presenters = []string{"Dana", "Ivo", "Mai"}
	p := Build(in)
	assert.NotContains(t, strings.Join(p.Assumptions, "\n"), "No presenters")
	seen := map[string]int{}
	for _, s := range p.Agenda[1].Items {
		seen[s.Presenter]++
	}
	assert.Len(t, seen, 3)
	assert.Empty(t, seen[""])
}
