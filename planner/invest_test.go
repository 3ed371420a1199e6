package planner

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L9: what is more than one ticket shows by counting, against the team's limit.
func TestOversize(t *testing.T) {
	t.Parallel()
	points := func(n float64) Issue { i := clearIssue(); i.StoryPoints = &n; return i }
	long, many, parts := clearIssue(), clearIssue(), clearIssue()
	long.Description += strings.Repeat(" Payers ask for it in every month of the year.", 50)
	many.AcceptanceCriteria = strings.Repeat("* An invoice of the month is in the list.\n", 11)
	parts.Subtasks = make([]Ref, 9)
	for _, c := range []struct {
		name    string
		issue   Issue
		limit   float64
		message string
	}{
		{"usual points", points(13), 0, ""},
		{"more points", points(20), 0, "it has 20 story points, more than 13"},
		{"the team's limit", points(8), 5, "it has 8 story points, more than 5"},
		{"within the team's limit", points(20), 40, ""},
		{"subtasks", parts, 0, "it has 9 subtasks"},
		{"criteria", many, 0, "it lists 11 acceptance criteria"},
		{"words", long, 0, "its description has"},
		{"none of it", clearIssue(), 0, ""},
	} {
		by := ruled()
		by.ready.MaxPoints = c.limit
		r := judgedBy(c.issue, by)
		assert.Equal(t, c.message != "", r.found(ruleSize), c.name)
		assert.Contains(t, strings.Join(messages(r), "\n"), c.message, c.name)
		assert.True(t, r.ready(), "%s: large is no blocker unless the team says so", c.name)
		assert.Empty(t, Gate(Build(Input{Session: testSession("x"), Issues: []Issue{c.issue}, Ready: by.ready})), c.name)
	}
}

// L9: a ticket is stale a year after a person's last word, on the session's day.
func TestStale(t *testing.T) {
	t.Parallel()
	at := ruled().at
	created := func(years, days int, comments ...Comment) Issue {
		i := clearIssue()
		i.Created, i.Comments = at.AddDate(-years, 0, -days), comments
		return i
	}
	recent := at.AddDate(0, -1, 0)
	for _, c := range []struct {
		name  string
		issue Issue
		stale bool
	}{
		{"young", created(0, 300), false},
		{"old", created(1, 2), true},
		{"old, with a word of late", created(3, 0, Comment{Author: Person{Name: "Dana"}, Body: "Still needed.", Created: recent}), false},
		{"old, with a program's word of late", created(3, 0, Comment{Author: Person{Name: "Jenkins"}, Body: "Integrated in build 7", Created: recent}), true},
		{"without dates", clearIssue(), false},
	} {
		r := judgedBy(c.issue, ruled())
		assert.Equal(t, c.stale, r.found(ruleStale), c.name)
		assert.True(t, r.ready(), c.name)
	}
	assert.Contains(t, messages(judgedBy(created(1, 2), ruled())), "nobody has written in it since November 2025")
	assert.False(t, judgedBy(created(1, 2), standard{at: at.Add(-30 * 24 * time.Hour)}).found(ruleStale), "on an earlier day it was not")
}

// L9: what is true of most items is said once, unless the team asks for it.
func TestStaleIsSaidOnce(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x")}
	for n, key := range []string{"PAY-1", "PAY-2", "PAY-3"} {
		i := clearIssue()
		i.Key, i.Created = key, in.Session.Start.AddDate(-n, -1, 0)
		in.Issues = append(in.Issues, i)
	}
	stale := func() (keys []string) {
		p := Build(in)
		require.Empty(t, Gate(p))
		for _, i := range p.Items {
			for _, f := range i.Findings {
				if f.Rule == ruleStale {
					keys = append(keys, i.Issue.Key)
				}
			}
		}
		return keys
	}
	assert.Empty(t, stale())
	assert.Contains(t, strings.Join(Build(in).Assumptions, "\n"), "Age: nobody has written in PAY-3 and PAY-2 since")
	in.Ready.Rules = []ReadyRule{{ID: ruleStale, Severity: Required}}
	assert.Equal(t, []string{"PAY-3", "PAY-2"}, stale(), "the oldest comes first")
	in.Ready.Rules, in.Issues = nil, append(in.Issues[:2], clearIssue(), clearIssue())
	in.Issues[2].Key, in.Issues[3].Key = "PAY-4", "PAY-5"
	assert.Equal(t, []string{"PAY-2"}, stale(), "one of four is told by it")
}

// L9: two broken letters are too much, and the proposal to split comes from the
// ticket's own parts, if it has any.
func TestInvest(t *testing.T) {
	t.Parallel()
	const vague = "The export should be faster for accountants. We suspect that the bank needs another format.\n\n"
	for _, c := range []struct {
		name, text string
		broken     string
		verdict    string
		by         string
		parts      []string
	}{
		{"nothing", clearIssue().Description[:len(clearIssue().Description)-len(" It should open faster.")] + "\n\nAcceptance criteria:\n* The invoice shows the sum.", "", "", "", nil},
		{"no parts", vague, "ET", "too vague", "", nil},
		{"points", vague + "* Add the tax number to invoices\n* Remove the fax number from letters\n* Update the address on reminders", "ET", "too vague", "the points it lists",
			[]string{"Add the tax number to invoices", "Remove the fax number from letters", "Update the address on reminders"}},
		{"steps", vague + "# Add the tax number to invoices\n# Remove the fax number from letters\n# Update the address on reminders", "ET", "too vague", "its steps",
			[]string{"Add the tax number to invoices", "Remove the fax number from letters", "Update the address on reminders"}},
		{"options", vague + "There are three options for that:\n* Add the tax number to invoices\n* Remove the fax number from letters\n* Update the address on reminders", "ET", "too vague", "", nil},
		{"facts", vague + "* The tax number is long\n* The fax is broken\n* The address has moved", "ET", "too vague", "", nil},
		{"criteria", vague + "Acceptance criteria:\n* Add the tax number to invoices\n* Remove the fax number from letters\n* Update the address on reminders", "ET", "too vague", "", nil},
		{"two roles", vague + "As a clerk, I want to see the export of my colleagues.\n\nAs an auditor, I want to read every export of the year.", "VET", "too vague", "the roles it is for",
			[]string{"As a clerk, I want to see the export of my colleagues", "As an auditor, I want to read every export of the year"}},
	} {
		r := judgedBy(Issue{Key: "PAY-2", Summary: "Export", Description: c.text}, ruled())
		got := r.invest()
		assert.Equal(t, c.broken, strings.Join(got.Broken, ""), "%s: %v", c.name, messages(r))
		assert.Equal(t, c.verdict, got.Verdict, c.name)
		if c.by == "" {
			assert.Nil(t, got.Split, c.name)
			continue
		}
		require.NotNil(t, got.Split, c.name)
		assert.Equal(t, c.by, got.Split.By, c.name)
		var parts []string
		for _, p := range got.Split.Parts {
			parts = append(parts, p.Quote)
		}
		assert.Equal(t, c.parts, parts, c.name)
	}
}

func TestInvestLine(t *testing.T) {
	t.Parallel()
	i := Invest{Broken: []string{"V", "T"}, Verdict: "too vague", Split: &Split{"its wishes", []Evidence{{Quote: "see it"}, {Quote: "print it"}}}}
	assert.Equal(t, "IN[V]ES[T], too vague; could be split by its wishes: “see it” and “print it”", i.String())
	assert.Equal(t, "INVEST", Invest{}.String())
}

// L9: no part of a proposal is invented.
func TestSplitsOfRealIssues(t *testing.T) {
	t.Parallel()
	keys, issues, _ := realIssues(t)
	proposed := 0
	for _, key := range keys {
		r := judgedBy(issues[key], ruled())
		s := r.invest().Split
		if s == nil {
			continue
		}
		proposed++
		assert.Greater(t, len(s.Parts), 1, key)
		for _, p := range s.Parts {
			assert.Contains(t, letters(issues[key].Summary+"\n"+issues[key].Description), letters(p.Quote), key)
		}
	}
	assert.NotZero(t, proposed)
}
