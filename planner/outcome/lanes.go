package outcome

import (
	"cmp"
	"slices"
)

// Lanes cuts changes of several tickets into those that are made side by side: a ticket
// each, and one for all that are ranked, in whose order the ranks come out as decided.
func Lanes(tickets [][]Change) (lanes [][][]Change) {
	turn := func(t []Change) *Change {
		n := slices.IndexFunc(t, func(c Change) bool { return c.Kind == RankChange && c.Writes() })
		if n < 0 {
			return nil
		}
		return &t[n]
	}
	var ranked [][]Change
	for _, t := range tickets {
		if turn(t) != nil {
			ranked = append(ranked, t)
		} else {
			lanes = append(lanes, [][]Change{t})
		}
	}
	slices.SortStableFunc(ranked, func(a, b []Change) int { return turn(a).before(*turn(b)) })
	if len(ranked) > 0 {
		lanes = append([][][]Change{ranked}, lanes...)
	}
	return lanes
}

// before is the order in which two ranks are written. Those that are taken back were
// decided one by one: they keep the order that they have now.
func (c Change) before(o Change) int {
	if !c.Back {
		return cmp.Compare(c.Set.Turn, o.Set.Turn)
	}
	if by := cmp.Compare(count(c.follows()), count(o.follows())); by != 0 {
		return by
	}
	by := cmp.Compare(c.Set.Saw, o.Set.Saw)
	if c.follows() {
		return -by
	}
	return by
}
