package talks

import (
	"slices"

	"refine/planner/brief"
)

// part makes the talks that a writer wants: where the parts share out all tickets
// among themselves, they are the talks, in their order; else each talk is divided
// that some of them share out. A part that is the epic alone is a talk of its own.
func part(b *brief.Brief, all []Talk, parts [][]string) (out []Talk) {
	own := slices.DeleteFunc(slices.Clone(parts), func(keys []string) bool { return ofEpic(b, keys) })
	whole := Talk{}
	for _, t := range all {
		whole.Keys, whole.Doubts = append(whole.Keys, t.Keys...), append(whole.Doubts, t.Doubts...)
	}
	if within := partsOf(whole, own); len(within) > 1 {
		for _, keys := range within {
			out = append(out, bonded(all, whole.partOf(b, keys)))
		}
	} else {
		for _, t := range all {
			within := partsOf(t, own)
			if len(within) < 2 {
				out = append(out, t)
				continue
			}
			for _, keys := range within {
				out = append(out, t.partOf(b, keys))
			}
		}
	}
	for n, keys := range parts {
		if ofEpic(b, keys) {
			epic := Talk{Keys: []string{b.Epic.Issue.Key}, Bond: OfEpic, Weight: weight(nil, 2)}
			return slices.Insert(out, min(n, len(out)), epic)
		}
	}
	return out
}

func ofEpic(b *brief.Brief, keys []string) bool {
	return b.Epic != nil && len(keys) == 1 && keys[0] == b.Epic.Issue.Key
}

// bonded is a talk with the bond of the one that all its tickets come from.
func bonded(all []Talk, t Talk) Talk {
	for _, from := range all {
		if of := setOf(from.Keys); !slices.ContainsFunc(t.Keys, func(k string) bool { return !of[k] }) {
			if t.Bond, t.Name = from.Bond, from.Name; t.Quiet() {
				t = t.quietly()
			}
			return t
		}
	}
	t.Bond = Alone
	return t
}

// partsOf are the parts that together are the talk's tickets, each of them once;
// nil if they are not.
func partsOf(t Talk, parts [][]string) (within [][]string) {
	left := setOf(t.Keys)
	for _, keys := range parts {
		if len(keys) == 0 || slices.ContainsFunc(keys, func(k string) bool { return !left[k] }) {
			continue
		}
		for _, key := range keys {
			delete(left, key)
		}
		within = append(within, keys)
	}
	if len(left) > 0 {
		return nil
	}
	return within
}

// partOf is the talk about some of its tickets, with the doubts about these.
func (t Talk) partOf(b *brief.Brief, keys []string) Talk {
	out, own := Talk{Bond: t.Bond, Name: t.Name}, setOf(keys)
	for _, key := range t.Keys { // in the talk's order, which is the one to discuss them in
		if own[key] {
			out.Keys = append(out.Keys, key)
		}
	}
	if len(out.Keys) == 1 && !t.Quiet() {
		out.Bond, out.Name = Alone, ""
	}
	var doubts []brief.Doubt
	for _, id := range t.Doubts {
		if d, _ := b.Doubt(id); slices.ContainsFunc(d.Keys, func(k string) bool { return own[k] }) {
			doubts = append(doubts, d)
			out.Doubts = append(out.Doubts, id)
		}
	}
	out.Weight = weight(doubts, len(out.Keys))
	if out.Quiet() {
		out = out.quietly()
	}
	return out
}
