package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L11: tickets that share one doubt share one box, and none of them vanishes.
func TestOneDoubtOneBox(t *testing.T) {
	t.Parallel()
	issues := []Issue{
		{Key: "PAY-1", Summary: "Upgrade the letter printer"},
		{Key: "PAY-2", Summary: "Update the label printer"},
		{Key: "PAY-3", Summary: "Migrate the fee table"},
		{Key: "PAY-4", Summary: "Show what is owed", Description: "Clerks cannot see what a customer owes."},
	}
	p := Build(Input{Session: testSession("x"), Issues: issues})
	require.Empty(t, Gate(p))
	talk, check := p.Agenda[1].Items, p.Agenda[2].Items
	for _, slots := range [][]Slot{talk, check} {
		var found *Slot
		for n := range slots {
			if slots[n].Key == "PAY-1" {
				found = &slots[n]
			}
		}
		require.NotNil(t, found)
		assert.Equal(t, []string{"PAY-2", "PAY-3"}, found.With)
	}
	minutes := 0
	for _, i := range p.Items[:3] {
		minutes += i.Minutes
	}
	for _, s := range talk {
		if s.Key == "PAY-1" {
			assert.Equal(t, minutes, s.Minutes)
			assert.Equal(t, "one doubt, so one talk: find out what people cannot do with each today", s.Note)
		}
	}
	var text strings.Builder
	require.NoError(t, WriteText(&text, p))
	assert.Contains(t, text.String(), "PAY-1 Upgrade the letter printer, PAY-2 Update the label printer and PAY-3 Migrate the fee table")

	for n := range talk {
		p.Agenda[1].Items[n].With = nil
	}
	assert.NotEmpty(t, Gate(p), "an item without time is refused")
}

// A title with a doubt of its own keeps its box.
func TestADoubtOfItsOwnKeepsItsBox(t *testing.T) {
	t.Parallel()
	items := readings(
		Issue{Key: "PAY-1", Summary: "Upgrade the letter printer"},
		Issue{Key: "PAY-2", Summary: "Update the label printer", Description: "It is unclear whether the label printer is still in use."},
		Issue{Key: "PAY-3", Summary: "Describe the fee table"},
	)
	judgeAll(items, standard{})
	assert.Len(t, discussions(items), 3)
}

// People are named, and everything else is written.
func TestToWrite(t *testing.T) { // L2
	t.Parallel()
	assert.Equal(t, "write a result to check", toWrite("a result to check"))
	assert.Equal(t, "name somebody who needs it and one use of it", toWrite("somebody who needs it and one use of it"))
	assert.Equal(t, "write the people who need it, or a decision to do without", toWrite("the people who need it, or a decision to do without"))
}
