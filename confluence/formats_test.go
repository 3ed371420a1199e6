package confluence_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/planner"
	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/outcome"
	"refine/planner/talks"
	"refine/planner/ticket"
)

var styles = map[string]confluence.Style{
	"Cloud":       {Decisions: true, Issues: storage.IssueCard},
	"Data Center": {Issues: storage.IssueMacro},
}

func formatPlan(t *testing.T, follows guide.Guide) planner.Plan {
	t.Helper()
	p := planner.Build(planner.Input{
		Session: ticket.Session{ID: "refine-1-2", Team: "Payments", Topic: "Invoices", Start: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)},
		Guide:   follows,
		Issues: []ticket.Issue{
			{Key: "PAY-2", Summary: "Remind customers of a late payment", Description: "Customers forget.", Labels: []string{"Q4-1"}},
			{Key: "PAY-3", Summary: "Invoice export"},
		},
		Objectives: []brief.Objective{{ID: "Q4-1", Text: "Fewer late payments"}},
		Estimation: talks.Estimation{Poker: "https://poker.example/acme"},
	})
	require.Empty(t, planner.Gate(p))
	return p
}

func pageOf(t *testing.T, p planner.Plan, style confluence.Style) (body, text string) {
	t.Helper()
	body = confluence.Assemble(confluence.Render(p, style))
	doc, err := storage.Parse(body)
	require.NoError(t, err)
	return body, doc.Root.PlainText()
}

// L12 L17 C1: on either product a page shows its own guide, and the place for a
// size only where the guide agrees on sizes.
func TestPageOfEachFormat(t *testing.T) {
	t.Parallel()
	own, err := guide.Parse("our.md", "# Ours\n\n## Talk & size (20 min)\n* Who has <it>?\n\t* and what\n1) One\n\n## Bye (5 min)\n- What now?\n")
	require.NoError(t, err)
	for _, c := range []struct {
		guide    guide.Guide
		shows    []string
		estimate bool
	}{
		{guide.BuiltIn(guide.Default), []string{"Product Refinement Session Guide", "Problem Space Exploration", "What worked, what did not?"}, false},
		{guide.BuiltIn(guide.POPM), []string{"Refinement with a Product Owner", "Agree on a size.", "Walkthrough and estimation", "Sizes, relative to items that are known"}, true},
		{guide.BuiltIn(guide.Weekly), []string{"Weekly Refinement", "Success Criteria Definition"}, false},
		{own, []string{"Talk & size", "Who has <it>?", "and what"}, true},
	} {
		for product, style := range styles {
			body, text := pageOf(t, formatPlan(t, c.guide), style)
			for _, want := range c.shows {
				assert.Contains(t, text, want, "%s, %s", c.guide.Name(), product)
			}
			assert.Equal(t, c.estimate, strings.Contains(body, "<h3>Estimate</h3>"), "%s, %s", c.guide.Name(), product)
			assert.Equal(t, c.estimate, strings.Contains(body, `href="https://poker.example/acme"`), "%s, %s", c.guide.Name(), product)
		}
	}
}

// L16: objectives stand near the top, and one line with each item.
func TestPageShowsObjectives(t *testing.T) {
	t.Parallel()
	for product, style := range styles {
		_, text := pageOf(t, formatPlan(t, guide.BuiltIn(guide.Default)), style)
		objective := strings.Index(text, "Objective: Q4-1 Fewer late payments")
		assert.Positive(t, objective, product)
		assert.Less(t, objective, strings.Index(text, "Discussion topics"), product)
		assert.Contains(t, text, "Serves: Q4-1 Fewer late payments (names Q4-1)", product)
		assert.Contains(t, text, "Serves: none of the objectives, as far as the ticket says", product)
	}
}

// L16: so do objectives that the tickets have by themselves, and without any
// there is no line.
func TestPageShowsObjectivesOfTheTickets(t *testing.T) {
	t.Parallel()
	in := planner.Input{
		Session: ticket.Session{ID: "refine-1-2", Team: "Payments", Topic: "Invoices", Start: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)},
		Issues: []ticket.Issue{
			{Key: "PAY-2", Summary: "Remind customers", Description: "Customers forget.", FixVersions: []ticket.Version{{Name: "7.1"}}},
			{Key: "PAY-3", Summary: "Invoice export"},
		},
	}
	_, text := pageOf(t, planner.Build(in), styles["Cloud"])
	assert.Contains(t, text, "Why now: planned for 7.1") // which no second line repeats
	assert.Contains(t, text, "Serves: none of the objectives, as far as the ticket says")
	in.Issues[0].FixVersions = nil
	_, text = pageOf(t, planner.Build(in), styles["Cloud"])
	assert.NotContains(t, text, "Serves")
}

// L17 S3: a size that somebody types is an estimate; what the page itself says there
// is none.
func TestTypedEstimateIsRead(t *testing.T) {
	t.Parallel()
	for product, style := range styles {
		body, _ := pageOf(t, formatPlan(t, guide.BuiltIn(guide.POPM)), style)
		out, err := confluence.State{}.Outcomes(body, "")
		require.NoError(t, err)
		assert.Empty(t, out.Entries, product)
		at := strings.Index(body, "<h3>Estimate</h3>")
		require.Positive(t, at)
		end := at + strings.Index(body[at:], "<li>")
		out, err = confluence.State{}.Outcomes(body[:end]+"<li><p>5 points</p></li>"+body[end:], "")
		require.NoError(t, err)
		assert.Equal(t, []outcome.Entry{{Kind: outcome.Estimate, Text: outcome.Text{{Text: "5 points"}}, Section: "PAY-2", Where: "PAY-2, Estimate"}}, out.Entries, product)
	}
}

// L16: a page's objectives are the items of its lists, each by itself.
func TestListItems(t *testing.T) {
	t.Parallel()
	items, err := confluence.ListItems(`<h1>Q4</h1><p>We want:</p><ul><li><p>Q4-1: Fewer <strong>late</strong> payments</p><ul><li>in <em>all</em> countries</li></ul></li><li></li></ul><ol><li>Win the audit</li></ol>`)
	require.NoError(t, err)
	assert.Equal(t, []string{"Q4-1: Fewer late payments", "in all countries", "Win the audit"}, items)
	_, err = confluence.ListItems("<p>")
	assert.Error(t, err)
}
