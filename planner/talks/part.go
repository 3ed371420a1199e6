package talks

import (
	"cmp"
	"slices"

	"refine/planner/brief"
)

// part divides each talk that some of the parts share out among themselves; the
// others stay as they are. A part that is the epic alone is a talk of its own. Where
// the parts are about all of them, the talks come in the parts' order.
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
	if e := b.Epic; e != nil && slices.ContainsFunc(parts, func(keys []string) bool { return len(keys) == 1 && keys[0] == e.Issue.Key }) {
		out = append([]Talk{{Keys: []string{e.Issue.Key}, Bond: OfEpic, Weight: weight(nil, 2)}}, out...)
	}
	place := func(t Talk) int {
		return slices.IndexFunc(parts, func(keys []string) bool {
			return len(keys) == len(t.Keys) && !slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(t.Keys, k) })
		})
	}
	if !slices.ContainsFunc(out, func(t Talk) bool { return place(t) < 0 }) {
		slices.SortStableFunc(out, func(a, b Talk) int { return cmp.Compare(place(a), place(b)) })
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
