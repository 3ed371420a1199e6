package guide

import "slices"

// Share divides a box by weight into whole minutes of at least least each, which
// add up to the box. What is left of a minute goes to the largest fractions,
// earlier ones first. A box too small for that gives its minutes to the first
// ones.
func Share(box int, weights []int, least int) []int {
	out := make([]int, len(weights))
	for i := range out {
		out[i] = min(least, box)
		box -= out[i]
	}
	sum := 0
	for _, w := range weights {
		sum += w
	}
	if sum == 0 || box == 0 {
		if len(out) > 0 {
			out[0] += box
		}
		return out
	}
	return spread(out, box, weights, sum)
}

func spread(out []int, box int, weights []int, sum int) []int {
	order := make([]int, len(weights))
	left := box
	for i, w := range weights {
		order[i] = i
		out[i] += box * w / sum
		left -= box * w / sum
	}
	slices.SortStableFunc(order, func(a, b int) int { return box*weights[b]%sum - box*weights[a]%sum })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}
