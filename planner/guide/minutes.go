package guide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// LongestUsual is the longest session that needs no override, and the usual one
// of guides that do not have a shorter.
const LongestUsual = 90 * time.Minute

// Span is the least and the most minutes that the guide's boxes add up to.
func (g Guide) Span() (low, high int) {
	for _, p := range g.phases {
		low, high = low+p.Min, high+p.Max
	}
	return low, high
}

// Usual is how long a session of the guide lasts unless told otherwise: as long
// as its phases allow, within 90 minutes.
func (g Guide) Usual() time.Duration {
	low, high := g.Span()
	usual := time.Duration(high) * time.Minute
	return max(min(usual, LongestUsual), time.Duration(low)*time.Minute)
}

// Session is the minutes of a session that is to last d, the guide's usual ones
// when d is not set. A session of fewer minutes than the guide has boxes could
// not hold them.
func (g Guide) Session(d time.Duration) int {
	if d <= 0 {
		d = g.Usual()
	}
	return max(int(d/time.Minute), len(g.Boxes()))
}

// Holds says why a session of the guide cannot last d, its usual duration if d
// is 0. Longer than usual sessions have to be asked for.
func (g Guide) Holds(d time.Duration) error {
	low, high := g.Span()
	span := fmt.Sprintf("%s: its phases add up to %s minutes", g.name, fromTo(low, high))
	longest, asked := int(LongestUsual/time.Minute), int(d/time.Minute)
	switch {
	case d == 0 && low > longest:
		return fmt.Errorf("%s, and a session is kept to %d; set session.duration if that is meant", span, longest)
	case d != 0 && (asked < low || asked > high):
		return fmt.Errorf("%s, the session has %d; set session.duration within that, or change the minutes of %s", span, asked, g.places())
	}
	return nil
}

func fromTo(low, high int) string {
	if low == high {
		return strconv.Itoa(low)
	}
	return fmt.Sprintf("%d to %d", low, high)
}

// places says where the minutes of the phases stand.
func (g Guide) places() string {
	var each []string
	for _, b := range g.Boxes() {
		each = append(each, fmt.Sprintf("“%s” in line %d", b.Name, b.Line))
	}
	if n := len(each); n > 1 {
		return strings.Join(each[:n-1], ", ") + " or " + each[n-1]
	}
	return each[0]
}

// Minutes divides a session of so many minutes among the guide's boxes. Within
// the sum of the guide's ranges every box stays in its range; a shorter session
// scales them, a longer one is not filled beyond their upper limits. Each box has
// at least a minute.
func (g Guide) Minutes(session int) []int {
	low, high := g.Span()
	switch {
	case high == 0:
		return nil
	case session < low:
		return g.scaled(max(session, len(g.Boxes())))
	}
	return g.withinRanges(min(session, high))
}

// scaled is the usual session in proportion; no box vanishes.
func (g Guide) scaled(session int) []int {
	out := Share(session, g.withinRanges(int(g.Usual()/time.Minute)), 0)
	for n, m := range out {
		if m == 0 {
			out[slices.Index(out, slices.Max(out))]--
			out[n]++
		}
	}
	return out
}

// Minutes that the opening and the end get first.
const (
	airAtStart = 3
	airAtEnd   = 2
)

// withinRanges gives each box its least, and then what is left: the opening and
// the end get a little air, then the talk about the items and the boxes between,
// then the ends again.
func (g Guide) withinRanges(session int) []int {
	boxes := g.Boxes()
	out := make([]int, len(boxes))
	for n, b := range boxes {
		out[n] = b.Min
		session -= b.Min
	}
	give := func(n, most int) {
		more := max(min(session, most, boxes[n].Max-out[n]), 0)
		out[n] += more
		session -= more
	}
	last := len(boxes) - 1
	give(0, airAtStart)
	give(last, airAtEnd)
	give(g.Box(Talk), session)
	for n := 1; n < last; n++ {
		give(n, session)
	}
	give(0, session)
	give(last, session)
	return out
}
