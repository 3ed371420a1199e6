package planner

import (
	"cmp"
	"math"
	"slices"
)

// When two texts share nearly all of their words.
const (
	nearShare = 0.6 // of the words of both together
	nearLeast = 6   // words that each must have
)

// nearDuplicates groups sets of terms that share nearly all of them: each group's first
// member is alike to all the others. A set that follows one in a group begins
// none of its own. The groups hold indices, in order.
//
// Comparing all with all would not do for a backlog of thousands. Two sets that
// share enough also share one of their rarest terms, so only sets that meet
// there are compared, which finds the same pairs (Bayardo and others, "Scaling
// up all pairs similarity search").
func nearDuplicates(sets [][]string) (groups [][]int) {
	ranked := byRarity(sets)
	leaders := map[int][]int{} // by each of the rarest terms, the groups led by a set that has it
	for n, set := range ranked {
		if len(set) < nearLeast {
			continue
		}
		joined := false
		seen := map[int]bool{}
		for _, t := range rarest(set) {
			for _, g := range leaders[t] {
				if !seen[g] && shares(set, ranked[groups[g][0]]) {
					groups[g], joined = append(groups[g], n), true
				}
				seen[g] = true
			}
		}
		if joined {
			continue
		}
		for _, t := range rarest(set) {
			leaders[t] = append(leaders[t], len(groups))
		}
		groups = append(groups, []int{n})
	}
	return slices.DeleteFunc(groups, func(g []int) bool { return len(g) < 2 })
}

// byRarity numbers the terms of all sets, the rarest first, and sorts each
// set's.
func byRarity(sets [][]string) [][]int {
	uses := map[string]int{}
	for _, set := range sets {
		for _, t := range set {
			uses[t]++
		}
	}
	terms := make([]string, 0, len(uses))
	for t := range uses {
		terms = append(terms, t)
	}
	slices.SortFunc(terms, func(a, b string) int { return cmp.Or(cmp.Compare(uses[a], uses[b]), cmp.Compare(a, b)) })
	rank := make(map[string]int, len(terms))
	for n, t := range terms {
		rank[t] = n
	}
	ranked := make([][]int, len(sets))
	for n, set := range sets {
		ranked[n] = make([]int, len(set))
		for m, t := range set {
			ranked[n][m] = rank[t]
		}
		slices.Sort(ranked[n])
	}
	return ranked
}

// rarest are the terms of which a set that is alike must have one: the others
// are too few to make up the share.
func rarest(set []int) []int {
	return set[:len(set)-int(math.Ceil(nearShare*float64(len(set))))+1]
}

// shares reports whether two sorted sets have enough of their terms in common.
func shares(a, b []int) bool {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			both, i, j = both+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(both) >= nearShare*float64(len(a)+len(b)-both)
}
