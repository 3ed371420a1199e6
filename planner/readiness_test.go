package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// L8: what is unsure of something and what has no criteria yet is counted by itself.
func TestCounts(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "1 of 4 ready → 2 of 4; no talk settles the other 2", Readiness{Items: 4, Before: 1, Aim: 2}.String())
	assert.Equal(t, "1 of 5 ready, 1 unsure, 2 without criteria yet → 5 of 5", Readiness{Items: 5, Before: 4, Unsure: 1, Bare: 2, Aim: 5}.String())
}

// L8: an item is called by what was found, and one that is only unsure of something so.
func TestWhatAnItemIsCalled(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		item         Item
		status, told string
	}{
		{Item{Ready: true}, "Ready", "Nothing found against it."},
		{Item{Ready: true, Verdict: "A criterion: “The fee is shown”."}, "Ready", "Nothing found against it. A criterion: “The fee is shown”."},
		{Item{Ready: true, Verdict: "Unsure: question 1."}, "Unsure", "Unsure: question 1."},
		{Item{Ready: true, Bare: true, Verdict: "Unsure: question 1."}, "No criteria yet", "No criteria yet. Unsure: question 1."},
		{Item{Verdict: "Undecided: question 1."}, "Not ready", "Not ready. Undecided: question 1."},
	} {
		assert.Equal(t, test.status, test.item.Status())
		assert.Equal(t, test.told, test.item.Told())
	}
}
