package planner

import (
	"slices"
	"time"
)

// defaultDuration is the longest session that needs no override, and the one
// that is planned when nothing is configured.
const defaultDuration = 90 * time.Minute

// minutes of d, the default when d is not set. A session of less than four
// minutes could not hold the guide's four boxes.
func sessionMinutes(d time.Duration) int {
	if d <= 0 {
		d = defaultDuration
	}
	return max(int(d/time.Minute), len(boxes()))
}

// phaseMinutes divides a session among the guide's boxes. Within the sum of the
// guide's ranges every box stays in its range; a shorter session scales them,
// a longer one is not filled beyond their upper limits.
func phaseMinutes(total int) []int {
	low, high := guideRange()
	switch {
	case total < low:
		return scaled(total)
	case total > high:
		total = high
	}
	return withinRanges(total)
}

// scaled is the default session in proportion; no box vanishes.
func scaled(total int) []int {
	out := share(total, usualMinutes(), 0)
	for n, m := range out {
		if m == 0 {
			out[slices.Index(out, slices.Max(out))]--
			out[n]++
		}
	}
	return out
}

// guideRange is the least and the most that the guide's boxes add up to.
func guideRange() (low, high int) {
	for _, b := range boxes() {
		low, high = low+b.Min, high+b.Max
	}
	return low, high
}

// usualMinutes are the boxes of the default session.
func usualMinutes() []int { return withinRanges(int(defaultDuration / time.Minute)) }

// Where minutes above the lower limits go first: the product owner's context
// and the retrospective get a little air, then the talk about the items.
var spareMinutes = []struct{ box, most int }{{0, 3}, {3, 2}, {1, 5}, {2, 5}, {0, 2}, {3, 3}}

func withinRanges(total int) []int {
	var out []int
	for _, b := range boxes() {
		out = append(out, b.Min)
		total -= b.Min
	}
	for _, s := range spareMinutes {
		more := min(total, s.most)
		out[s.box] += more
		total -= more
	}
	return out
}

// share divides total by weight into whole minutes of at least least each, the
// remainders going to the largest fractions, earlier ones first. With fewer
// minutes than that takes, the last ones get nothing.
func share(total int, weights []int, least int) []int {
	out := make([]int, len(weights))
	for i := range out {
		out[i] = min(least, total)
		total -= out[i]
	}
	sum := 0
	for _, w := range weights {
		sum += w
	}
	if sum == 0 || total == 0 {
		if len(out) > 0 {
			out[0] += total
		}
		return out
	}
	return spread(out, total, weights, sum)
}

func spread(out []int, total int, weights []int, sum int) []int {
	order := make([]int, len(weights))
	left := total
	for i, w := range weights {
		order[i] = i
		out[i] += total * w / sum
		left -= total * w / sum
	}
	slices.SortStableFunc(order, func(a, b int) int { return total*weights[b]%sum - total*weights[a]%sum })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

// slots lays keys end to end from start.
func slots(keys []string, minutes []int, start time.Time) (out []Slot) {
	for i, key := range keys {
		end := start.Add(time.Duration(minutes[i]) * time.Minute)
		out = append(out, Slot{Key: key, Start: start, End: end, Minutes: minutes[i]})
		start = end
	}
	return out
}
