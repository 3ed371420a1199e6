package planner

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func ruled(rules ...ReadyRule) standard {
	return standard{ready: DefinitionOfReady{Rules: rules}, at: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
}

func judgedBy(i Issue, by standard) *reading {
	r := read(i)
	r.judge(by)
	return r
}

// clear is a ticket that nothing blocks.
func clearIssue() Issue {
	return Issue{Key: "PAY-2", Type: "Story", Summary: "Monthly invoice for payers",
		Description:        "Payers ask for an invoice after every month because the tax office wants one. It should open faster.",
		AcceptanceCriteria: "* An invoice of the past month is in the list on the first day of the next."}
}

// L8: a team makes a rule block, keeps it as advice or switches it off, for all
// issues or for those of some types.
func TestTeamChangesRules(t *testing.T) {
	t.Parallel()
	noCriteria := Issue{Key: "PAY-3", Type: "Bug", Summary: "Invoice list", Description: "Clerks look for the list of invoices every morning and call support."}
	for _, c := range []struct {
		name  string
		issue Issue
		rules []ReadyRule
		rule  string
		found bool
		ready bool
	}{
		{"vague is advice", clearIssue(), nil, ruleVague, true, true},
		{"vague is required", clearIssue(), []ReadyRule{{ID: ruleVague, Severity: Required}}, ruleVague, true, false},
		{"vague is off", clearIssue(), []ReadyRule{{ID: ruleVague, Severity: Off}}, ruleVague, false, true},
		{"off for another type", clearIssue(), []ReadyRule{{ID: ruleVague, Severity: Off, Types: []string{"Bug"}}}, ruleVague, true, true},
		{"off for this type", clearIssue(), []ReadyRule{{ID: ruleVague, Severity: Off, Types: []string{"story"}}}, ruleVague, false, true},
		{"the first entry counts", clearIssue(), []ReadyRule{{ID: ruleVague, Severity: Required, Types: []string{"Story"}}, {ID: ruleVague, Severity: Off}}, ruleVague, true, false},
		{"criteria are required", noCriteria, nil, ruleCriteria, true, false},
		{"criteria are advice", noCriteria, []ReadyRule{{ID: ruleCriteria, Severity: Advice}}, ruleCriteria, true, true},
		{"criteria are off", noCriteria, []ReadyRule{{ID: ruleCriteria, Severity: Off}}, ruleCriteria, false, true},
	} {
		r := judgedBy(c.issue, ruled(c.rules...))
		assert.Equal(t, c.found, r.found(c.rule), c.name)
		assert.Equal(t, c.ready, r.ready(), c.name)
	}
}

// L8: a rule that is advice is not the one that blocks where criteria are missing.
func TestAdviceIsNotPromoted(t *testing.T) {
	t.Parallel()
	i := Issue{Key: "PAY-3", Summary: "Invoice list", Description: "Clerks want the list of invoices to be faster, as they look at it every morning."}
	require.True(t, judgedBy(i, ruled()).findings[0].Rule == ruleVague, "with nothing to check, the vague aim blocks")
	for _, f := range judgedBy(i, ruled(ReadyRule{ID: ruleVague, Severity: Advice})).findings {
		assert.Equal(t, f.Rule == ruleCriteria, f.Blocks, f.Rule)
	}
}

// What is switched off is not asked about.
func TestOffIsSilent(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x"), Issues: []Issue{clearIssue()}}
	said := func() string {
		p := Build(in)
		require.Empty(t, Gate(p))
		var b strings.Builder
		require.NoError(t, WriteText(&b, p))
		return b.String()
	}
	assert.Contains(t, said(), "open faster")
	in.Ready.Rules = []ReadyRule{{ID: ruleVague, Severity: Off}}
	assert.NotContains(t, said(), "open faster")
}

// L8: a rule of the team's own, with the evidence or the plain absence.
func TestOwnRules(t *testing.T) {
	t.Parallel()
	mockUp := regexp.MustCompile(`(?i)figma|mock-?up`)
	for _, c := range []struct {
		name  string
		rule  ReadyRule
		text  string // of the description
		quote string // of the finding
		found bool
	}{
		{"must match and does", ReadyRule{Pattern: mockUp}, "See the mock-up.", "", false},
		{"must match and does not", ReadyRule{Pattern: mockUp}, "See the picture.", "", true},
		{"must not match and does", ReadyRule{Pattern: mockUp, Forbid: true}, "See the mock-up.", "mock-up", true},
		{"must not match and does not", ReadyRule{Pattern: mockUp, Forbid: true}, "See the picture.", "", false},
		{"reads another text", ReadyRule{Pattern: mockUp, In: InSummary}, "See the mock-up.", "", true},
		{"reads comments", ReadyRule{Pattern: regexp.MustCompile("approved by legal"), In: InComments}, "", "", false},
		{"is about another type", ReadyRule{Pattern: mockUp, Types: []string{"Bug"}}, "", "", false},
		{"is off", ReadyRule{Pattern: mockUp, Severity: Off}, "", "", false},
	} {
		c.rule.ID, c.rule.Sentence = "has-mockup", "links a “mock-up”"
		i := clearIssue()
		i.Description += " " + c.text
		i.Comments = []Comment{{Author: Person{Name: "Dana"}, Body: "This was approved by legal."}}
		r := judgedBy(i, ruled(c.rule))
		require.Equal(t, c.found, r.found("has-mockup"), c.name)
		assert.Equal(t, !c.found, r.ready(), c.name)
		if c.found {
			assert.Equal(t, "the team's rule is not met: links a mock-up", r.findings[0].Message, c.name)
			assert.Equal(t, c.quote != "", len(r.findings[0].Evidence) == 1, c.name)
		}
		if c.quote != "" {
			assert.Equal(t, Evidence{Where: "description", Quote: c.quote}, r.findings[0].Evidence[0], c.name)
		}
		assert.Empty(t, Gate(Build(Input{Session: testSession("x"), Issues: []Issue{i}, Ready: ruled(c.rule).ready})), c.name)
	}
}

// L6 L8: the plan says by which rules it calls an item ready.
func TestReadyRulesAreStated(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("x"), Issues: []Issue{clearIssue()}}
	assert.Contains(t, strings.Join(Build(in).Assumptions, "\n"), "Ready: no Definition of Ready was given.")
	in.Ready.Rules = []ReadyRule{
		{ID: ruleVague, Severity: Off}, {ID: ruleCriteria, Severity: Off, Types: []string{"Bug"}}, {ID: ruleSolution, Severity: Required},
		{ID: "has-mockup", Severity: Advice, Pattern: regexp.MustCompile("x")},
	}
	assert.Contains(t, strings.Join(Build(in).Assumptions, "\n"),
		"Ready: the default rules; solution required; vague and acceptance-criteria (Bug) off; rules of the team's own: advice has-mockup.")
}

// L9: a finding names the INVEST letter that it breaks.
func TestFindingsNameALetter(t *testing.T) {
	t.Parallel()
	keys, issues, _ := realIssues(t)
	known := map[string]bool{}
	for _, k := range ReadyRules() {
		known[k.ID] = true
		assert.Contains(t, "INVEST", k.INVEST, k.ID)
		assert.Len(t, k.INVEST, 1, k.ID)
	}
	for _, key := range keys {
		for _, f := range judgedBy(issues[key], ruled()).findings {
			assert.True(t, known[f.Rule], "%s: %s is no rule of a Definition of Ready", key, f.Rule)
			assert.Len(t, f.INVEST, 1, f.Rule)
		}
	}
}
