package guide

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// L3: each topic has a line of its own meaning in the built-in guides.
func TestTopicsHaveLines(t *testing.T) {
	t.Parallel()
	for topic := range topics {
		assert.True(t, BuiltIn(Default).Has(string(topic)), topic)
		for _, format := range []string{POPM, Weekly} {
			_, near := BuiltIn(format).Cite(topic, nil)
			assert.True(t, near, "%s on %q", format, topic)
		}
	}
}

// L3: a guide is cited by its own words.
func TestCite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		guide Guide
		topic Topic
		want  string
	}{
		{BuiltIn(Default), Assumptions, "Clarify assumptions"},
		{BuiltIn(POPM), Assumptions, "Say what is assumed, and who could know it"},
		{BuiltIn(POPM), Criteria, "Agree on acceptance criteria: what done means"},
		{BuiltIn(Weekly), Problem, "Name the problem: what goes wrong today, and for whom"},
		{BuiltIn(Weekly), Questions, "Write down open questions with a name"},
		{ownGuide(t, "team_de.md"), Dependencies, "Wovon ist es abhängig?"},
	} {
		line, near := c.guide.Cite(c.topic, nil)
		assert.True(t, near, c.topic)
		assert.Equal(t, c.want, line)
		assert.True(t, c.guide.Has(line))
	}
}

// L3: no line is cited for two topics, and a topic that a guide does not speak of
// still finds a line.
func TestCiteOnce(t *testing.T) {
	t.Parallel()
	g := ownGuide(t, "team.md")
	used := map[string]bool{}
	for range len(citable(g.lines)) {
		line, _ := g.Cite(Dependencies, used)
		assert.NotEmpty(t, line)
		assert.False(t, used[line])
		used[line] = true
	}
	line, near := g.Cite(Dependencies, used)
	assert.Empty(t, line)
	assert.False(t, near)
}

// L3: what a writer chooses from is of the phases and the pitfalls, and enough.
func TestPoints(t *testing.T) {
	t.Parallel()
	points := BuiltIn(Default).Points()
	assert.Contains(t, points, "Identify affected stakeholders")
	assert.Contains(t, points, "Jumping to solutions too quickly")
	assert.NotContains(t, points, "Define clear outcomes:")
	assert.NotContains(t, points, "Share session notes")
	assert.False(t, BuiltIn(Default).Has("Identify stakeholders"))

	g, err := Parse("g.md", "## Talk (10 min)\nAsk who.\n\nAsk why.\n\nAsk when.\n")
	assert.NoError(t, err)
	assert.Equal(t, []string{"Ask who.", "Ask why.", "Ask when."}, g.Points())
}
