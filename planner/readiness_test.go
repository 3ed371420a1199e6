package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

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
