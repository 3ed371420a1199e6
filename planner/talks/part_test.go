package talks

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/brief"
)

// TestATalkIsParted divides talks as a writer wants them (L18).
func TestATalkIsParted(t *testing.T) {
	t.Parallel()
	b := (&brief.Brief{Doubts: []brief.Doubt{{ID: "D1", Keys: []string{"A-1"}, Weight: 7}, {ID: "D2", Keys: []string{"A-3", "A-4"}, Weight: 3}}}).Seal()
	all := []Talk{
		{Keys: []string{"A-1", "A-2", "A-3", "A-4"}, Bond: Component, Name: "pay", Doubts: []string{"D1", "D2"}, Weight: 20},
		{Keys: []string{"A-5"}, Bond: Ready},
	}
	for _, test := range []struct {
		name  string
		parts [][]string
		want  [][]string
	}{
		{"nothing wanted", nil, [][]string{{"A-1", "A-2", "A-3", "A-4"}, {"A-5"}}},
		{"two parts, in session order", [][]string{{"A-4", "A-3"}, {"A-1", "A-2"}}, [][]string{{"A-3", "A-4"}, {"A-1", "A-2"}, {"A-5"}}},
		{"one is left out", [][]string{{"A-1", "A-2"}, {"A-3"}}, [][]string{{"A-1", "A-2", "A-3", "A-4"}, {"A-5"}}},
		{"one stands twice", [][]string{{"A-1", "A-2"}, {"A-2", "A-3", "A-4"}}, [][]string{{"A-1", "A-2", "A-3", "A-4"}, {"A-5"}}},
		{"all of them anew", [][]string{{"A-1", "A-5"}, {"A-2", "A-3", "A-4"}}, [][]string{{"A-1", "A-5"}, {"A-2", "A-3", "A-4"}}},
		{"across two talks, one left out", [][]string{{"A-1", "A-5"}, {"A-2", "A-3"}}, [][]string{{"A-1", "A-2", "A-3", "A-4"}, {"A-5"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got [][]string
			for _, p := range part(b, all, test.parts) {
				got = append(got, p.Keys)
			}
			assert.Equal(t, test.want, got)
		})
	}
	parted := part(b, all, [][]string{{"A-3", "A-4"}, {"A-1"}, {"A-2"}})
	assert.Equal(t, []string{"D2"}, parted[0].Doubts)
	assert.Equal(t, Talk{Keys: []string{"A-1"}, Bond: Alone, Doubts: []string{"D1"}, Weight: 9}, parted[1])
}
