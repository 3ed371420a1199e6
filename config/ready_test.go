package config

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const readyHead = least + `
teams:
  - name: Payments
    ready:
      rules:
`

// L8: rules are switched off, weighed, narrowed to types, and added.
func TestReadyRules(t *testing.T) {
	t.Parallel()
	c, err := Load(write(t, readyHead+`
        - {id: vague, severity: off}
        - {id: acceptance-criteria, severity: off, types: [Bug, Spike]}
        - {id: acceptance-criteria, severity: required}
        - {id: has-mockup, severity: advice, pattern: "(?i)figma|mock-?up", message: "links a mock-up", in: description, invest: V}
        - {id: no-customer, forbid: "(?i)acme"}
      max_points: 8
`))
	require.NoError(t, err)
	rules := c.Teams[0].Ready.Rules
	require.Len(t, rules, 5)
	assert.Equal(t, Rule{ID: "vague", Severity: "off"}, rules[0], "off is a word here, not a boolean")
	assert.Equal(t, Rule{ID: "acceptance-criteria", Severity: "off", Types: []string{"Bug", "Spike"}}, rules[1])
	assert.Equal(t, Rule{ID: "has-mockup", Severity: "advice", Pattern: "(?i)figma|mock-?up", Message: "links a mock-up", In: "description", INVEST: "V"}, rules[3])
	assert.Equal(t, "(?i)acme", rules[4].Forbid)
	assert.Equal(t, 8, c.Teams[0].Ready.MaxPoints)
}

// L8: what is wrong with a rule is said with its line and what it could be.
func TestReadyFaults(t *testing.T) {
	t.Parallel()
	first := 1 + strings.Count(readyHead, "\n")
	require.Equal(t, 9, first)
	tests := []struct{ name, rule, want string }{
		{"a slip", "{id: vauge, severity: off}", `:9: teams[0].ready.rules[0].id: unknown rule "vauge"; did you mean vague?`},
		{"nothing near", "{id: mockup, severity: off}", `:9: teams[0].ready.rules[0].id: unknown rule "mockup"; known here: acceptance-criteria, atomic,`},
		{"no id", "{severity: off}", ":9: teams[0].ready.rules[0].id: missing: one of acceptance-criteria,"},
		{"no severity", "{id: vague}", ":9: teams[0].ready.rules[0]: changes nothing: give it a severity"},
		{"a wrong severity", "{id: vague, severity: mandatory}", ":9: teams[0].ready.rules[0].severity: must be required or advice or off"},
		{"a bad expression", "{id: has-mockup, pattern: 'figma('}", ":9: teams[0].ready.rules[0].pattern: is no regular expression: missing closing ): `figma(`"},
		{"a bad second expression", "{id: has-mockup, forbid: '[z-a]'}", ":9: teams[0].ready.rules[0].forbid: is no regular expression: invalid character class range: `z-a`"},
		{"two expressions", "{id: has-mockup, forbid: a, pattern: b}", ":9: teams[0].ready.rules[0]: both pattern and forbid"},
		{"a taken id", "{id: vague, pattern: b}", ":9: teams[0].ready.rules[0].id: is one of refine's own rules: a rule with pattern or forbid needs another id"},
		{"an odd id", "{id: Has Mockup, pattern: b}", ":9: teams[0].ready.rules[0].id: must be lower-case letters, digits and dashes"},
		{"an odd text", "{id: has-mockup, pattern: b, in: title}", ":9: teams[0].ready.rules[0].in: must be summary or description or acceptance-criteria or comments"},
		{"a text of a rule that reads by itself", "{id: vague, severity: off, in: summary}", ":9: teams[0].ready.rules[0].in: is for rules with pattern or forbid"},
		{"an odd letter", "{id: has-mockup, pattern: b, invest: X}", ":9: teams[0].ready.rules[0].invest: must be I or N or V or E or S or T"},
		{"an unknown key", "{id: has-mockup, regex: b}", ":9: teams[0].ready.rules[0].regex: unknown key;"},
		{"twice", "{id: vague, severity: off}\n        - {id: vague, severity: advice}", ":10: teams[0].ready.rules[1]: never counts: an entry for vague before it is about the same types"},
		{"twice for a type", "{id: vague, severity: off, types: [Bug]}\n        - {id: vague, severity: advice, types: [bug]}", ":10: teams[0].ready.rules[1]: never counts"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(write(t, strings.TrimSuffix(readyHead, "\n")+"\n        - "+test.rule+"\n"))
			require.ErrorContains(t, err, test.want)
		})
	}
}

// What needs no service needs no address and no token; the teams' faults count.
func TestLoadTeams(t *testing.T) {
	t.Parallel()
	c, err := LoadTeams(write(t, "teams: [{name: Payments, ready: {rules: [{id: vague, severity: off}]}}]"))
	require.NoError(t, err)
	assert.Len(t, c.Teams[0].Ready.Rules, 1)
	_, err = LoadTeams(write(t, "teams: [{name: Payments, ready: {rules: [{id: vague}]}}]"))
	require.ErrorContains(t, err, "changes nothing")
	c, err = LoadTeams(write(t, "owner: acme"))
	require.NoError(t, err)
	_, err = c.Team("Payments")
	assert.EqualError(t, err, "no team is configured")
}
