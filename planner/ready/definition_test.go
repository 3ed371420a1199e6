package ready

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// clear is a ticket that nothing blocks.
func clear() ticket.Issue {
	return ticket.Issue{
		Key: "PAY-2", Type: "Story", Summary: "Monthly invoice for payers",
		Description:        "Payers ask for an invoice after every month because the tax office wants one.",
		AcceptanceCriteria: "* An invoice of the past month is in the list on the first day of the next.",
	}
}

func judged(i ticket.Issue, rules ...Rule) Judged {
	return Judge([]ticket.Issue{i}, Definition{Rules: rules}, today)[0]
}

func (j Judged) finding(rule string) *Finding {
	if n := slices.IndexFunc(j.Findings, func(f Finding) bool { return f.Rule == rule }); n >= 0 {
		return &j.Findings[n]
	}
	return nil
}

// L8: a team makes a rule block, keeps it as advice or switches it off, for all
// issues or for those of some types.
func TestTeamChangesRules(t *testing.T) {
	t.Parallel()
	old, bare := clear(), clear()
	old.Created = today.AddDate(-2, 0, 0)
	bare.Description, bare.AcceptanceCriteria = "", ""
	for _, c := range []struct {
		name         string
		issue        ticket.Issue
		rules        []Rule
		rule         string
		found, ready bool
	}{
		{"advice", old, nil, RuleStale, true, true},
		{"required", old, []Rule{{ID: RuleStale, Severity: Required}}, RuleStale, true, false},
		{"off", old, []Rule{{ID: RuleStale, Severity: Off}}, RuleStale, false, true},
		{"off for another type", old, []Rule{{ID: RuleStale, Severity: Off, Types: []string{"Bug"}}}, RuleStale, true, true},
		{"off for this type", old, []Rule{{ID: RuleStale, Severity: Off, Types: []string{"story"}}}, RuleStale, false, true},
		{"the first entry counts", old, []Rule{{ID: RuleStale, Severity: Required, Types: []string{"Story"}}, {ID: RuleStale, Severity: Off}}, RuleStale, true, false},
		{"required by default", bare, nil, RuleNoDescription, true, false},
		{"made advice", bare, []Rule{{ID: RuleNoDescription, Severity: Advice}}, RuleNoDescription, true, true},
		{"switched off", bare, []Rule{{ID: RuleNoDescription, Severity: Off}}, RuleNoDescription, false, true},
	} {
		j := judged(c.issue, c.rules...)
		assert.Equal(t, c.found, j.finding(c.rule) != nil, c.name)
		assert.Equal(t, c.ready, j.Ready, c.name)
		assert.Equal(t, j.Ready, !j.Rules.Blocked(), c.name)
	}
}

// L8: a rule of the team's own, with the evidence or the plain absence.
func TestOwnRules(t *testing.T) {
	t.Parallel()
	mockUp := regexp.MustCompile(`(?i)figma|mock-?up`)
	for _, c := range []struct {
		name  string
		rule  Rule
		text  string // of the description
		quote string // of the finding
		found bool
	}{
		{"must match and does", Rule{Pattern: mockUp}, "See the mock-up.", "", false},
		{"must match and does not", Rule{Pattern: mockUp}, "See the picture.", "", true},
		{"must not match and does", Rule{Pattern: mockUp, Forbid: true}, "See the mock-up.", "mock-up", true},
		{"must not match and does not", Rule{Pattern: mockUp, Forbid: true}, "See the picture.", "", false},
		{"reads another text", Rule{Pattern: mockUp, In: InSummary}, "See the mock-up.", "", true},
		{"reads an empty text", Rule{Pattern: regexp.MustCompile("^$"), Forbid: true, In: InCriteria}, "", "", false},
		{"reads comments", Rule{Pattern: regexp.MustCompile("approved by legal"), In: InComments}, "", "", false},
		{"is about another type", Rule{Pattern: mockUp, Types: []string{"Bug"}}, "", "", false},
		{"is off", Rule{Pattern: mockUp, Severity: Off}, "", "", false},
	} {
		c.rule.ID, c.rule.Sentence = "has-mockup", "links a “mock-up”"
		i := clear()
		i.Description += " " + c.text
		i.Comments = []ticket.Comment{by("Dana", "This was approved by legal.")}
		j := judged(i, c.rule)
		f := j.finding("has-mockup")
		require.Equal(t, c.found, f != nil, c.name)
		assert.Equal(t, !c.found, j.Ready, c.name)
		if c.found {
			assert.Equal(t, "the team's rule is not met: links a mock-up", f.Message, c.name)
			assert.Equal(t, c.quote != "", len(f.Evidence) == 1, c.name)
		}
		if c.quote != "" {
			assert.Equal(t, ticket.Evidence{Where: "description", Quote: c.quote}, f.Evidence[0], c.name)
		}
	}
}

// L6 L8: how a team's definition differs from the default.
func TestDefinitionIsStated(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "the default rules", Definition{}.String())
	assert.Equal(t, "the default rules; stale required; vague and acceptance-criteria (Bug) off; at most 8 story points; rules of the team's own: advice has-mockup",
		Definition{MaxPoints: 8, Rules: []Rule{
			{ID: RuleVague, Severity: Off}, {ID: RuleCriteria, Severity: Off, Types: []string{"Bug"}}, {ID: RuleStale, Severity: Required},
			{ID: "has-mockup", Severity: Advice, Pattern: regexp.MustCompile("x")},
		}}.String())
}

// L9: a finding names the INVEST letter that it breaks, and its quotes stand in
// the ticket.
func TestFindingsOfRealIssues(t *testing.T) {
	t.Parallel()
	for _, k := range Rules() {
		assert.Len(t, k.INVEST, 1, k.ID)
		assert.Contains(t, "INVEST", k.INVEST, k.ID)
	}
	for n, i := range realIssues(t, "jira/*.jsonl") {
		if n%5 > 0 {
			continue // a sample; all of them take five times as long
		}
		j := judged(i)
		for _, f := range j.Findings {
			assert.NotNil(t, ruleOf(f.Rule), f.Rule)
			for _, e := range f.Evidence {
				assert.True(t, j.Reading.Holds(e.Quote, e.Where), "%s: %s", i.Key, e)
			}
		}
		if s := j.Invest.Split; s != nil {
			assert.Greater(t, len(s.Parts), 1, i.Key)
			for _, e := range s.Parts {
				assert.True(t, j.Reading.Holds(e.Quote, e.Where), "%s: %s", i.Key, e)
			}
		}
	}
}
