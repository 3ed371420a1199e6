package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// priorities ranks the names that Jira's default schemes use, most urgent first.
var priorities = map[string]int{
	"blocker": 1, "highest": 1, "critical": 2, "high": 3, "major": 3, "medium": 4, "normal": 4,
	"minor": 5, "low": 5, "lowest": 6, "trivial": 6,
}

// urgency is an issue's place by priority; unknown names stand in the middle.
func urgency(i Issue) int {
	return cmp.Or(priorities[strings.ToLower(i.Priority)], priorities["medium"])
}

// noPriority are the names that sites give to not having one.
var noPriority = regexp.MustCompile(`(?i)^(?:none|undefined|unset|unprioriti[sz]ed|not prioriti[sz]ed|no priority|-)?$`)

// order sorts readings in place: by priority, then rank, then as found; an
// issue that another one waits for comes before it. It returns each one's
// reason by key.
func order(items []*reading) map[string]string {
	slices.SortStableFunc(items, func(a, b *reading) int {
		return cmp.Or(cmp.Compare(urgency(a.issue), urgency(b.issue)), compareRank(a.issue, b.issue))
	})
	// Sorted by urgency, the ends tell whether all have the same.
	mixed := len(items) > 0 && urgency(items[0].issue) != urgency(items[len(items)-1].issue)
	reasons := map[string]string{}
	for n, r := range items {
		reasons[r.issue.Key] = placeReason(r.issue, n, len(items), mixed)
	}
	unblock(items, reasons)
	return reasons
}

func compareRank(a, b Issue) int {
	if a.Rank == "" || b.Rank == "" {
		return 0
	}
	return cmp.Compare(a.Rank, b.Rank)
}

// placeReason is why i is the nth of all, counted from 0; mixed tells that not
// all have the same priority.
func placeReason(i Issue, n, all int, mixed bool) string {
	switch {
	case mixed && !noPriority.MatchString(i.Priority):
		return "priority " + i.Priority
	case i.Rank != "":
		return fmt.Sprintf("place %d of %d by rank", n+1, all)
	default:
		return fmt.Sprintf("place %d of %d as found", n+1, all)
	}
}

// unblock moves what others wait for before them, in one stable pass; members
// of a circle stay where they are.
func unblock(items []*reading, reasons map[string]string) {
	at := map[string]*reading{}
	issues := make([]*Issue, len(items))
	for n, r := range items {
		at[r.issue.Key], issues[n] = r, &r.issue
	}
	edges := waits(issues)
	var sorted []*reading
	state := map[string]int{} // 1 being placed, 2 placed
	var place func(r *reading)
	place = func(r *reading) {
		if state[r.issue.Key] != 0 {
			return
		}
		state[r.issue.Key] = 1
		for _, key := range edges[r.issue.Key] {
			if first := at[key]; first != nil && state[key] == 0 {
				place(first)
				reasons[key] = "before " + r.issue.Key + ", which waits for it"
			}
		}
		state[r.issue.Key] = 2
		sorted = append(sorted, r)
	}
	for _, r := range slices.Clone(items) {
		place(r)
	}
	copy(items, sorted)
}

// The least minutes of exploration that an item is worth opening for.
const (
	leastMinutes      = 3 // ready: read it, object or move on
	leastOpenMinutes  = 6 // something has to be found out
	leastCheckMinutes = 1 // in success criteria
)

func (r *reading) least() int {
	if r.ready() {
		return leastMinutes
	}
	return leastOpenMinutes
}

// fit takes the items that the box for talk holds, in order and most of them at
// most, and says why the others have to wait: the first of them in full. The
// first item is always taken.
func fit(items []*reading, explore, most int) (in []*reading, out []Deferred) {
	used := 0
	for n, r := range items {
		need := r.least()
		if len(in) > 0 && (used+need > explore || len(in) >= most) {
			reason := fmt.Sprintf("no time left; place %d of %d", n+1, len(items))
			if len(out) == 0 {
				reason = fmt.Sprintf("place %d of %d; the %s before it %s the %d minutes of exploration, and it needs at least %d",
					n+1, len(items), tickets(len(in)), agree(len(in), "fills", "fill"), explore, need)
			}
			out = append(out, Deferred{Key: r.issue.Key, Summary: r.issue.Summary, URL: r.issue.URL, Reason: reason})
			continue
		}
		used += need
		in = append(in, r)
	}
	return in, out
}

// exploreMinutes shares a box by doubt: what is unclear gets the time.
func exploreMinutes(items []*reading, total int) []int {
	least := make([]int, len(items))
	weights := make([]int, len(items))
	for n, r := range items {
		least[n] = min(leastMinutes, total)
		total -= least[n]
		weights[n] = r.doubt()
	}
	more := share(total, weights, 0)
	for n := range more {
		more[n] += least[n]
	}
	return more
}

// successMinutes shares a box by how far each item is from a result to check.
func successMinutes(items []*reading, total int) []int {
	weights := make([]int, len(items))
	for n, r := range items {
		switch {
		case r.ready():
			weights[n] = 1
		case len(r.criteria) > 0:
			weights[n] = r.doubt()
		default:
			weights[n] = 5 + r.doubt()
		}
	}
	return share(total, weights, leastCheckMinutes)
}
