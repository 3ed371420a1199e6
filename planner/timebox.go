package planner

import (
	"slices"
	"time"
)

// defaultDuration is the longest session that needs no override, and the usual
// one of guides that do not have a shorter.
const defaultDuration = 90 * time.Minute

// Usual is how long a session of the guide lasts unless told otherwise: as long
// as its phases allow, within 90 minutes.
func (g Guide) Usual() time.Duration {
	low, high := g.minutes()
	usual := time.Duration(high) * time.Minute
	return max(min(usual, defaultDuration), time.Duration(low)*time.Minute)
}

// minutes is the least and the most that the guide's boxes add up to.
func (g Guide) minutes() (low, high int) {
	for _, b := range g.boxes() {
		low, high = low+b.Min, high+b.Max
	}
	return low, high
}

// sessionMinutes of d, the guide's usual ones when d is not set. A session of
// fewer minutes than the guide has boxes could not hold them.
func (g Guide) sessionMinutes(d time.Duration) int {
	if d <= 0 {
		d = g.Usual()
	}
	return max(int(d/time.Minute), len(g.boxes()))
}

// phaseMinutes divides a session among the guide's boxes. Within the sum of the
// guide's ranges every box stays in its range; a shorter session scales them,
// a longer one is not filled beyond their upper limits.
func (g Guide) phaseMinutes(total int) []int {
	low, high := g.minutes()
	switch {
	case total < low:
		return g.scaled(total)
	case total > high:
		total = high
	}
	return g.withinRanges(total)
}

// scaled is the usual session in proportion; no box vanishes.
func (g Guide) scaled(total int) []int {
	out := share(total, g.withinRanges(int(g.Usual()/time.Minute)), 0)
	for n, m := range out {
		if m == 0 {
			out[slices.Index(out, slices.Max(out))]--
			out[n]++
		}
	}
	return out
}

// withinRanges gives each box its least, and then what is left: the opening and
// the end get a little air, then the talk about the items and the boxes between,
// then the ends again.
func (g Guide) withinRanges(total int) []int {
	boxes := g.boxes()
	out := make([]int, len(boxes))
	for n, b := range boxes {
		out[n] = b.Min
		total -= b.Min
	}
	give := func(n, most int) {
		more := max(min(total, most, boxes[n].Max-out[n]), 0)
		out[n] += more
		total -= more
	}
	last := len(boxes) - 1
	give(0, airAtStart)
	give(last, airAtEnd)
	give(g.box(roleTalk), total)
	for n := 1; n < last; n++ {
		give(n, total)
	}
	give(0, total)
	give(last, total)
	return out
}

// Minutes that the opening and the end get first.
const (
	airAtStart = 3
	airAtEnd   = 2
)

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
