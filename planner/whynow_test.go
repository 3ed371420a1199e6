package planner

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func changed(field ChangedField, day string, from, to string) FieldChange {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return FieldChange{Field: field, At: at, From: from, To: to}
}

func TestWhyNowFromTheHistory(t *testing.T) { // P5
	t.Parallel()
	for name, test := range map[string]struct {
		issue Issue
		want  string
	}{
		"raised": {Issue{Priority: "High", History: &History{Changes: []FieldChange{changed(PriorityChanged, "2026-11-03", "Low", "High")}}},
			"priority raised from Low to High on 3 Nov"},
		"lowered":             {Issue{Priority: "Low", History: &History{Changes: []FieldChange{changed(PriorityChanged, "2026-11-03", "High", "Low")}}}, ""},
		"raised long ago":     {Issue{Priority: "High", History: &History{Changes: []FieldChange{changed(PriorityChanged, "2025-11-03", "Low", "High")}}}, ""},
		"first set":           {Issue{Priority: "High", History: &History{Changes: []FieldChange{changed(PriorityChanged, "2026-11-03", "None", "High")}}}, ""},
		"not what stands now": {Issue{Priority: "Low", History: &History{Changes: []FieldChange{changed(PriorityChanged, "2026-11-03", "Low", "High")}}}, ""},
		"names of the site's own": {Issue{Priority: "P1", History: &History{Changes: []FieldChange{changed(PriorityChanged, "2026-11-03", "P3", "P1")}}},
			"priority changed from P3 to P1 on 3 Nov"},
		"a due date moved": {Issue{Due: Date{Year: 2026, Month: 12, Day: 18}, History: &History{Changes: []FieldChange{
			changed(DueChanged, "2025-11-01", "", "2026-12-01"), changed(DueChanged, "2025-11-03", "2026-12-01", "2026-12-18")}}},
			"due 2026-12-18, moved from 2026-12-01 on 3 Nov 2025"},
		"a due date set":     {Issue{Due: Date{Year: 2026, Month: 12, Day: 1}, History: &History{Changes: []FieldChange{changed(DueChanged, "2026-11-01", "", "2026-12-01")}}}, "due 2026-12-01"},
		"sprints, no reason": {Issue{History: &History{Sprints: 4}}, ""},
		"flagged":            {Issue{Flagged: true, History: &History{Changes: []FieldChange{changed(FlagChanged, "2026-11-10", "", "Impediment")}}}, "flagged since 10 Nov"},
		"flagged yesterday":  {Issue{Flagged: true, History: &History{Changes: []FieldChange{changed(FlagChanged, "2026-11-23", "", "Impediment")}}}, ""},
		"no longer flagged":  {Issue{History: &History{Changes: []FieldChange{changed(FlagChanged, "2026-11-10", "", "Impediment")}}}, ""},
		"not told":           {Issue{Priority: "High"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.issue.Key, test.issue.Summary = "PAY-3", "Show what is owed"
			assert.Equal(t, test.want, read(test.issue).why(testSession("x").Start))
		})
	}
}

func TestWhyNowNamesTheGap(t *testing.T) { // P5 L6
	t.Parallel()
	plan := func(issues ...Issue) Plan {
		p := Build(Input{Session: testSession("x"), Issues: issues})
		require.Empty(t, Gate(p))
		return p
	}
	all := func(p Plan) string { return strings.Join(append(p.Agenda[0].Lines, p.Assumptions...), "\n") }
	bare := Issue{ID: "1", Key: "PAY-3", Summary: "Show what is owed", Description: "Clerks cannot see who owes what.", History: &History{}}

	text := all(plan(bare))
	assert.Contains(t, text, "Why now: no due date, release or sprint goal stands on the ticket. The product owner brings the reason.")
	assert.Contains(t, text, "the tickets carry no priority, date, release, sprint goal or epic")
	assert.NotContains(t, text, "History:")

	some := bare
	some.Due, some.Priority = Date{Year: 2026, Month: 12, Day: 18}, "High"
	some.History = &History{Sprints: 3, Changes: []FieldChange{changed(PriorityChanged, "2026-11-03", "Low", "High")}}
	text = all(plan(some))
	assert.Contains(t, text, "priority of PAY-3 raised from Low to High on 3 Nov; priority High for PAY-3. No ticket has a release or sprint goal: the product owner brings what there is. PAY-3 was moved through 3 sprints: what did it lack each time?")
	assert.Contains(t, text, "Business priorities: none were given beyond those of the tickets.")

	full := some
	full.FixVersions, full.Sprint = []Version{{Name: "2026.12", Release: Date{Year: 2026, Month: 12, Day: 11}}}, &Sprint{Goal: "Ready for the audit", State: "active"}
	text = all(plan(full))
	assert.Contains(t, text, "release 2026.12 on 2026-12-11: PAY-3; sprint goal: Ready for the audit. The product owner says what follows from it.")

	untold := bare
	untold.History = nil
	assert.Contains(t, all(plan(untold)), "History: what changed on PAY-3 was not told")
}

// What moved on is asked about, and is no reason for now.
func TestMovedOn(t *testing.T) { // P5
	t.Parallel()
	for want, h := range map[string]*History{
		" PAY-3 was moved through 4 sprints: what did it lack each time?":          {Sprints: 4},
		" PAY-3 was moved through at least 4 sprints: what did it lack each time?": {Sprints: 4, Cut: true},
		"": {Sprints: 2},
	} {
		b := newBuilder(Input{Session: testSession("x"), Issues: []Issue{{Key: "PAY-3", Summary: "Show what is owed", History: h}}})
		assert.Equal(t, want, b.movedOn())
	}
}

func TestPrioritiesTold(t *testing.T) { // P5
	t.Parallel()
	for want, priorities := range map[string][]string{
		"":                                  {"None", "", "None"},
		"priority Medium for all 3 tickets": {"Medium", "Medium", "Medium"},
		"priority High for PAY-2, Medium for PAY-1 and PAY-3":            {"Medium", "High", "Medium"},
		"priority High for PAY-1, Low for the other 3":                   {"High", "Low", "Low", "Low"},
		"priority High for PAY-1, Low for PAY-5, Medium for the other 3": {"High", "Medium", "Medium", "Medium", "Low"},
		"priority High for PAY-1, Low for PAY-2":                         {"High", "Low", ""},
	} {
		issues := asking(len(priorities))
		for n, p := range priorities {
			issues[n].Priority = p
		}
		assert.Equal(t, want, newBuilder(Input{Session: testSession("x"), Issues: issues}).prioritiesTold())
	}
}
