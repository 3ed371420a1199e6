package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L9: whoever carries its parts in the same session need not split it.
func TestUmbrella(t *testing.T) {
	t.Parallel()
	whole := Issue{Key: "PAY-1", Summary: "Letters", Description: "The letters should follow a template for clerks.\n\nAlso, the fee of a letter must be shown twice.\n\nIn addition, letters should be kept by month for clerks."}
	part := func(key, text string) Issue {
		return Issue{Key: key, Summary: "Template of letters", Description: "Clerks cannot find the template of a letter. " + text}
	}
	for _, c := range []struct {
		name     string
		others   []Issue
		umbrella bool
	}{
		{"alone", nil, false},
		{"supported", []Issue{part("PAY-2", "These tickets should all support PAY-1.")}, true},
		{"in a QA line", []Issue{part("PAY-2", "\n\nQA:\n* See that new tickets are clear. They all support PAY-1.")}, true},
		{"a sub-task in words", []Issue{part("PAY-2", "This is a sub-task of PAY-1.")}, true},
		{"part of the epic", []Issue{part("PAY-2", "It is part of the epic PAY-1.")}, true},
		{"of another one", []Issue{part("PAY-2", "These tickets should all support PAY-9.")}, false},
		{"only named", []Issue{part("PAY-2", "It looks like PAY-1, and the support of PAY-1 is slow.")}, false},
		{"said by whoever comments", []Issue{{Key: "PAY-2", Summary: "Fees", Description: "Clerks cannot find a fee.", Comments: []Comment{{Author: Person{Name: "Dana"}, Body: "These tickets should all support PAY-1."}}}}, false},
	} {
		items := []*reading{read(whole)}
		for _, i := range c.others {
			items = append(items, read(i))
		}
		judgeAll(items, ruled())
		assert.Equal(t, c.umbrella, items[0].umbrella, c.name)
		assert.Equal(t, !c.umbrella, items[0].found(ruleAtomic), "%s: %v", c.name, messages(items[0]))
		if c.umbrella {
			assert.Nil(t, items[0].invest().Split, c.name)
			for _, rule := range items[0].ruleResults(DefinitionOfReady{}) {
				if rule.Rule == ruleAtomic {
					assert.Equal(t, NotApplicable, rule.State, c.name)
				}
			}
		}
		require.Empty(t, Gate(Build(Input{Session: testSession("x"), Issues: append([]Issue{whole}, c.others...)})), c.name)
	}
}

// L9: two steps of one way are one wish.
func TestStepsAreOneWish(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wish string
		kind joinKind
	}{
		{"analyze the fees of a year and design a letter for them", noJoin},
		{"investigate late payers and report on them", noJoin},
		{"design and document the run of letters", noJoin},
		{"capture the present letters and continually update them", noJoin},
		{"add letters and remove them", actions},
		{"update the fees and capture letters", actions},
		{"review fees and delete letters", actions},
		{"print letters and notes of fees", things},
		{"design letters and fees", things},
	} {
		s := ParseStory("As a clerk, I want to " + c.wish + ".")
		assert.Equal(t, c.kind, s.join().kind, c.wish)
	}
}
