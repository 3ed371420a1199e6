package planner

import (
	"fmt"
	"slices"
)

// mostExcepted is how many keys are named as missing from a whole.
const mostExcepted = 2

// among names keys of a whole by what they are of it, where that is shorter than
// to name each: all of it, all but one or two, else the keys themselves. Of a
// small whole each is named.
func among(whole, keys []string) string {
	rest := slices.DeleteFunc(slices.Clone(whole), func(k string) bool { return slices.Contains(keys, k) })
	outside := slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(whole, k) })
	switch {
	case outside || len(whole) < 3:
		return some(keys)
	case len(rest) == 0:
		return all(len(whole))
	case len(rest) <= mostExcepted && len(keys) > 2*len(rest):
		return "all but " + enumerate(rest)
	default:
		return some(keys)
	}
}

// those names items of the session, and their epic among them.
func (b *builder) those(keys []string) string { return withinSession(b.epic, b.taken, keys) }

// withinSession is the same for the parts that read the tickets together.
func withinSession(epic *reading, items []*reading, keys []string) string {
	if epic == nil || !slices.Contains(keys, epic.issue.Key) {
		return among(keysOf(items), keys)
	}
	key := epic.issue.Key
	children := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == key })
	switch n := len(children); {
	case n == 0:
		return key
	case n == len(items) && n > 2:
		return fmt.Sprintf("%s and %s", key, all(n))
	case n > mostExcepted:
		return fmt.Sprintf("%s and %d of its tickets", key, n)
	default:
		return some(keys)
	}
}
