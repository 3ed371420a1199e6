package talks

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L15: whoever meets how often, the next one in the list begins the next session,
// over the end of the year, too.
func TestPresentersAreFair(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", -9*3600)
	for people := 1; people <= 7; people++ {
		for _, days := range []int{1, 7, 14, 21, 28} {
			start := time.Date(2026, 1, 6, 23, 0, 0, 0, zone)
			for n := range 60 {
				at := start.AddDate(0, 0, days*n)
				every := at.AddDate(0, 0, days).Sub(at)
				now, next := opening(at, every, people), opening(at.AddDate(0, 0, days), every, people)
				require.Equal(t, (now+1)%people, next, "%d people, every %d days, session %d", people, days, n)
			}
		}
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	before := time.Date(2026, 10, 20, 10, 0, 0, 0, berlin) // the clock is put back on the 25th
	after := before.AddDate(0, 0, 7)
	assert.Equal(t, opening(after, 0, 5), opening(after, after.Sub(before), 5), "an hour more is still a week")
}

// L15: each talk has a presenter, people one after the other, each name once.
func TestPresentersTakeTurns(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	set := Settings{Presenters: []string{"Dana", "Ivo", "", "Dana", "Mai"}}
	turns := map[string]int{}
	for n := range 6 {
		turns[presenter(set, start, n)]++
	}
	assert.Equal(t, map[string]int{"Dana": 2, "Ivo": 2, "Mai": 2}, turns)
	assert.Empty(t, presenter(Settings{}, start, 0), "nobody is named")
}
