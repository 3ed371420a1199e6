package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/config"
	"refine/planner"
)

// L8: the rules that a configuration may name are those that there are.
func TestReadyRulesOfTheConfiguration(t *testing.T) {
	t.Parallel()
	var known []string
	for _, r := range planner.ReadyRules() {
		known = append(known, r.ID)
	}
	slices.Sort(known)
	assert.Equal(t, known, config.ReadyRules)
}
