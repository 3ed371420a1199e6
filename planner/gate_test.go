package planner

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func samplePlan() Plan {
	return Build(Input{
		Session: testSession("Invoices"),
		Epic:    &Issue{Key: "PAY-1", Epic: true, Summary: "Invoices everywhere", Description: "Payers need invoices on iOS, Android and Windows."},
		Issues: []Issue{
			{Key: "PAY-2", URL: "https://jira.example.com/browse/PAY-2", Summary: "Invoice list on Android", Description: "The list should be faster on Android and iOS."},
			{Key: "PAY-3", Summary: "Invoice export", Description: "Export all invoices, refunds, etc.\n\nWho may see the export of a colleague?"},
			{Key: "PAY-4", Summary: "Tax statement"},
		},
	})
}

// L7: each rule refuses the plan that breaks it, and says so.
func TestGateRefuses(t *testing.T) {
	t.Parallel()
	require.Empty(t, Gate(samplePlan()))
	for _, c := range []struct {
		name, rule string
		spoil      func(*Plan)
	}{
		{"no item", "items", func(p *Plan) { p.Items = nil }},
		{"an issue vanished", "items", func(p *Plan) { p.Matched++ }},
		{"put off without a reason", "items", func(p *Plan) { p.Deferred = []Deferred{{Key: "PAY-9"}}; p.Matched++ }},
		{"a promise that the items do not keep", "items", func(p *Plan) { p.Ready.Aim++ }},
		{"a restricted item", "items", func(p *Plan) { p.Items[0].Issue.Restricted = true }},
		{"a phase missing", "agenda", func(p *Plan) { p.Agenda = p.Agenda[:3] }},
		{"a phase renamed", "agenda", func(p *Plan) { p.Agenda[0].Name = "Welcome" }},
		{"a gap in the clock", "agenda", func(p *Plan) { p.Agenda[2].Start = p.Agenda[2].Start.Add(time.Minute) }},
		{"minutes that do not add up", "agenda", func(p *Plan) { p.Agenda[1].Minutes++ }},
		{"a box out of its range", "agenda", func(p *Plan) {
			p.Agenda[2].Minutes, p.Agenda[3].Minutes = 15, 17
			p.Agenda[2].End = p.Agenda[2].Start.Add(15 * time.Minute)
			p.Agenda[3].Start = p.Agenda[2].End
		}},
		{"an item without time", "agenda", func(p *Plan) { p.Agenda[1].Items = p.Agenda[1].Items[1:] }},
		{"no discussion management", "agenda", func(p *Plan) { p.Throughout = nil }},
		{"two key points", "key points", func(p *Plan) { p.KeyPoints = p.KeyPoints[:2] }},
		{"a line the guide does not have", "key points", func(p *Plan) { p.KeyPoints[0].Guide = "Be nice" }},
		{"a key nobody gave", "key points", func(p *Plan) { p.KeyPoints[0].Keys = []string{"XYZ-1"} }},
		{"two questions", "questions", func(p *Plan) { p.Questions = p.Questions[:2] }},
		{"no question", "questions", func(p *Plan) { p.Questions[0].Text += "." }},
		{"another issue's question", "questions", func(p *Plan) { p.Questions[0].Key = "XYZ-1" }},
		{"a question about the estimate", "questions", func(p *Plan) {
			p.Questions[0].Text = p.Questions[0].Key + ": how many story points is “" + p.Questions[0].Quote + "”?"
		}},
		{"the same wording twice", "questions", func(p *Plan) {
			for n := range 2 {
				q := &p.Questions[n]
				q.Text = q.Key + ": “" + q.Quote + "”. Who says so?"
			}
		}},
		{"an invented quote", "quotes", func(p *Plan) { p.Questions[0].Text = p.Questions[0].Key + ": “never said”. Who?" }},
		{"an invented quote in the closing", "quotes", func(p *Plan) { p.Closing += " PAY-2 is “never said”" }},
		{"invented evidence", "quotes", func(p *Plan) { p.Items[0].Findings[0].Evidence = []Evidence{{Quote: "never said"}} }},
		{"a closing of one sentence", "closing", func(p *Plan) { p.Closing = "PAY-2 comes first." }},
		{"a closing about anything", "closing", func(p *Plan) { p.Closing = "Refining is worth it. Next we go on." }},
		{"no assumptions", "assumptions", func(p *Plan) { p.Assumptions = nil }},
		{"an unstated override", "assumptions", func(p *Plan) { *p = longPlan(); p.Assumptions = []string{"none"} }},
	} {
		p := samplePlan()
		c.spoil(&p)
		rules := []string{}
		for _, v := range Gate(p) {
			rules = append(rules, v.Rule)
		}
		assert.Contains(t, rules, c.rule, c.name)
	}
}

func longPlan() Plan {
	in := Input{Session: testSession("x"), Issues: []Issue{{Key: "PAY-2", Summary: "Invoice list"}}}
	in.Session.Duration = 100 * time.Minute
	return Build(in)
}
