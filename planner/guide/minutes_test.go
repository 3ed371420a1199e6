package guide

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// L2 L12: the default is 18+40+20+12, what a guide's ranges hold stays in them,
// what is shorter is scaled, what is longer is not filled.
func TestMinutes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format  string
		session int
		want    []int
	}{
		{Default, 90, []int{18, 40, 20, 12}},
		{Default, 85, []int{15, 40, 20, 10}},
		{Default, 87, []int{17, 40, 20, 10}},
		{Default, 95, []int{18, 45, 20, 12}},
		{Default, 100, []int{18, 45, 25, 12}},
		{Default, 105, []int{20, 45, 25, 15}},
		{Default, 150, []int{20, 45, 25, 15}},
		{Default, 60, []int{12, 27, 13, 8}},
		{Default, 45, []int{9, 20, 10, 6}},
		{Default, 30, []int{6, 13, 7, 4}},
		{Default, 4, []int{1, 1, 1, 1}},
		{Default, 0, []int{1, 1, 1, 1}},
		{POPM, 90, []int{10, 50, 20, 10}},
		{POPM, 45, []int{5, 25, 10, 5}},
		{POPM, 120, []int{10, 50, 20, 10}},
		{Weekly, 45, []int{9, 20, 10, 6}},
		{Weekly, 38, []int{9, 16, 7, 6}},
		{Weekly, 30, []int{6, 13, 7, 4}},
	} {
		assert.Equal(t, c.want, BuiltIn(c.format).Minutes(c.session), "%s, %d minutes", c.format, c.session)
	}
	assert.Empty(t, Guide{}.Minutes(90))
}

func TestSession(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 90, BuiltIn(Default).Session(0))
	assert.Equal(t, 45, BuiltIn(Weekly).Session(0))
	assert.Equal(t, 45, BuiltIn(Default).Session(45*time.Minute))
	assert.Equal(t, 4, BuiltIn(Default).Session(time.Minute))
}

// L2 L12: an own guide says how long a session may be.
func TestHolds(t *testing.T) {
	t.Parallel()
	g := ownGuide(t, "team.md")
	require.NoError(t, g.Holds(0))
	require.NoError(t, g.Holds(50*time.Minute))
	require.NoError(t, g.Holds(70*time.Minute))
	assert.EqualError(t, g.Holds(90*time.Minute), "team.md: its phases add up to 50 to 70 minutes, the session has 90; "+
		"set session.duration within that, or change the minutes of “Recap of last time” in line 8, “Stories” in line 12, “Acceptance criteria” in line 17, “Planning poker” in line 20 or “Wrap-up” in line 27")

	long, err := Parse("long.md", "## Talk (100-120 min)\n"+threeLines)
	require.NoError(t, err)
	assert.ErrorContains(t, long.Holds(0), "long.md: its phases add up to 100 to 120 minutes, and a session is kept to 90; set session.duration")
	require.NoError(t, long.Holds(100*time.Minute))
}

func TestShare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		box     int
		weights []int
		least   int
		want    []int
	}{
		{10, []int{1, 1, 1}, 1, []int{4, 3, 3}},
		{2, []int{5, 5, 5}, 1, []int{1, 1, 0}},
		{20, []int{1, 3}, 0, []int{5, 15}},
		{7, nil, 1, []int{}},
	} {
		assert.Equal(t, c.want, Share(c.box, c.weights, c.least), "%+v", c)
	}
}

// L11: shares add up to the box, none is below the least where the box holds
// that, and more weight never gets less.
func TestShareProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.IntRange(0, 30), 1, 12).Draw(t, "weights")
		box, least := rapid.IntRange(0, 480).Draw(t, "box"), rapid.IntRange(0, 10).Draw(t, "least")
		sum := 0
		out := Share(box, weights, least)
		for i, m := range out {
			sum += m
			if box >= least*len(weights) && m < least {
				t.Fatalf("%v is below %d", out, least)
			}
			for j := range i {
				if weights[j] > weights[i] && out[j] < out[i] {
					t.Fatalf("%v for %v", out, weights)
				}
			}
		}
		if sum != box {
			t.Fatalf("%v is not %d", out, box)
		}
	})
}
