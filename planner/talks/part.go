package talks

import (
	"slices"

	"refine/planner/brief"
)

// part divides each talk that some of the parts share out among themselves; the
// others stay as they are.
func part(b *brief.Brief, all []Talk, parts [][]string) (out []Talk) {
	for _, t := range all {
		within := partsOf(t, parts)
		if len(within) < 2 {
			out = append(out, t)
			continue
		}
		for _, keys := range within {
			out = append(out, t.partOf(b, keys))
		}
	}
	return out
}

// partsOf are the parts that together are the talk's tickets, each of them once;
// nil if they are not.
func partsOf(t Talk, parts [][]string) (within [][]string) {
	left := slices.Clone(t.Keys)
	for _, keys := range parts {
		if len(keys) == 0 || slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(left, k) }) {
			continue
		}
		left = slices.DeleteFunc(left, func(k string) bool { return slices.Contains(keys, k) })
		within = append(within, keys)
	}
	if len(left) > 0 {
		return nil
	}
	return within
}

// partOf is the talk about some of its tickets, with the doubts about these.
func (t Talk) partOf(b *brief.Brief, keys []string) Talk {
	out := Talk{Bond: t.Bond, Name: t.Name}
	for _, key := range t.Keys { // in session order
		if slices.Contains(keys, key) {
			out.Keys = append(out.Keys, key)
		}
	}
	if len(out.Keys) == 1 && t.Bond != Ready {
		out.Bond, out.Name = Alone, ""
	}
	var doubts []brief.Doubt
	for _, id := range t.Doubts {
		for _, d := range b.Doubts {
			if d.ID == id && slices.ContainsFunc(d.Keys, func(k string) bool { return slices.Contains(keys, k) }) {
				doubts = append(doubts, d)
				out.Doubts = append(out.Doubts, id)
			}
		}
	}
	out.Weight = weight(doubts, len(out.Keys))
	return out
}
