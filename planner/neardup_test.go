package planner

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// L9 L14: what is compared by rare words only finds what comparing all with all
// finds.
func TestNearDuplicatesAreAllFound(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	var sets [][]string
	for range 300 {
		set := map[string]bool{}
		if len(sets) > 0 && rnd.IntN(2) == 0 { // a variation of an earlier one
			for _, w := range sets[rnd.IntN(len(sets))] {
				if rnd.IntN(6) > 0 {
					set[w] = true
				}
			}
		}
		for range 3 + rnd.IntN(6) {
			set[fmt.Sprint("w", rnd.ExpFloat64()*20)[:3]] = true
		}
		sets = append(sets, sortedTerms(set))
	}
	assert.Equal(t, nearDuplicatesSlowly(sets), nearDuplicates(sets))
	assert.NotEmpty(t, nearDuplicates(sets))
}

func nearDuplicatesSlowly(sets [][]string) (groups [][]int) {
	for n, set := range sets {
		joined := false
		for g := range groups {
			if first := sets[groups[g][0]]; min(len(set), len(first)) >= nearLeast && overlap(setOf(set), setOf(first)) >= nearShare {
				groups[g], joined = append(groups[g], n), true
			}
		}
		if !joined {
			groups = append(groups, []int{n})
		}
	}
	return slices.DeleteFunc(groups, func(g []int) bool { return len(g) < 2 })
}

func setOf(terms []string) map[string]bool {
	set := map[string]bool{}
	for _, t := range terms {
		set[t] = true
	}
	return set
}
