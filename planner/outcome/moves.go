package outcome

import "slices"

// follow notes of each line that left a ticket where it went, if it stands on
// another one now. keys are the tickets in order.
func follow(histories map[string]*history, keys []string) {
	if !slices.ContainsFunc(keys, func(key string) bool { return len(histories[key].left) > 0 }) {
		return
	}
	arrived := make([]arrivals, len(keys))
	for i, key := range keys {
		arrived[i] = arrivalsOn(histories[key])
	}
	for _, from := range keys {
		left := histories[from].left
		for i := range left {
			left[i].Moved = destination(arrived, keys, from, lineOf(left[i]))
		}
	}
}

// destination is the ticket, but for the one that it left, to which a line came,
// by the surest sign there is; empty if it came to none.
func destination(arrived []arrivals, keys []string, from string, left line) string {
	for _, sign := range []func(was, is line) bool{line.sameID, line.sameWords, line.partOf} {
		for i, to := range keys {
			if to != from && arrived[i].take(from, func(is line) bool { return sign(left, is) }) {
				return to
			}
		}
	}
	return ""
}

// arrivals are the lines of a ticket among which one may be that came from
// another.
type arrivals struct {
	*history
	now, withheld []line
	fresh         map[string]bool // by hash, what did not stand there at the last sync
}

func arrivalsOn(h *history) arrivals {
	a := arrivals{h, linesOf(h.now), linesOf(h.withheld), map[string]bool{}}
	for _, e := range slices.Concat(h.added, h.returned) {
		a.fresh[e.hash()] = true
	}
	return a
}

// take reports whether the line that left another ticket has come to this one,
// and notes from where: should the other ticket's write fail, the next sync finds
// the line here already and knows it by that.
func (a arrivals) take(from string, is func(line) bool) bool {
	for i, l := range a.now {
		if is(l) && (l.From == from || a.fresh[l.hash]) {
			a.history.now[i].From = from
			return true
		}
	}
	return slices.ContainsFunc(a.withheld, is)
}
