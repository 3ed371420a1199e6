package planner

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// L2: the default is 18+40+20+12, what the guide's ranges hold stays in them,
// what is shorter is scaled, what is longer is not filled.
func TestPhaseMinutes(t *testing.T) {
	t.Parallel()
	for total, want := range map[int][]int{
		90:  {18, 40, 20, 12},
		85:  {15, 40, 20, 10},
		87:  {17, 40, 20, 10},
		95:  {18, 45, 20, 12},
		100: {18, 45, 25, 12},
		105: {20, 45, 25, 15},
		150: {20, 45, 25, 15},
		45:  {9, 20, 10, 6},
		30:  {6, 13, 7, 4},
		4:   {1, 1, 1, 1},
	} {
		assert.Equal(t, want, BuiltInGuide(FormatGuide).phaseMinutes(total), "%d minutes", total)
	}
}

func TestSessionMinutes(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 90, BuiltInGuide(FormatGuide).sessionMinutes(0))
	assert.Equal(t, 45, BuiltInGuide(FormatGuide).sessionMinutes(45*time.Minute))
	assert.Equal(t, 4, BuiltInGuide(FormatGuide).sessionMinutes(time.Minute))
}

func TestShareAddsUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		total   int
		weights []int
		least   int
		want    []int
	}{
		{10, []int{1, 1, 1}, 1, []int{4, 3, 3}},
		{10, []int{0, 0}, 1, []int{9, 1}},
		{2, []int{5, 5, 5}, 1, []int{1, 1, 0}},
		{20, []int{1, 3}, 0, []int{5, 15}},
		{7, nil, 1, []int{}},
	} {
		assert.Equal(t, c.want, share(c.total, c.weights, c.least), "%+v", c)
	}
}
