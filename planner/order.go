package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"refine/planner/guide"
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

// An orderKey orders issues and says of one why it stands where it does. Where
// it does not tell two apart, the next one does.
type orderKey struct {
	name    string
	compare func(a, b Issue) int
	reason  func(i Issue, n, all int) string // of the nth of all; empty: it says nothing of i
}

// orderKeys are, in this order, WSJF where enough issues have it, priority, rank,
// how many issues wait for it, its due date and its age. What is left equal stays
// as it was found.
func orderKeys(items []*reading, waiting map[string]int) []orderKey {
	out := []orderKey{
		{"priority", func(a, b Issue) int { return cmp.Compare(urgency(a), urgency(b)) }, priorityReason},
		{"rank", compareRank, rankReason},
		{"what others wait for", func(a, b Issue) int { return cmp.Compare(waiting[b.Key], waiting[a.Key]) }, func(i Issue, _, _ int) string {
			if n := waiting[i.Key]; n > 0 {
				return fmt.Sprintf("%s of the selection %s for it", tickets(n), agree(n, "waits", "wait"))
			}
			return ""
		}},
		{"due date", compareDue, func(i Issue, _, _ int) string {
			if i.Due.IsZero() {
				return ""
			}
			return "due " + i.Due.String()
		}},
		{"age", compareAge, func(i Issue, n, all int) string {
			if i.Created.IsZero() {
				return ""
			}
			return fmt.Sprintf("place %d of %d by age", n+1, all)
		}},
	}
	if weighs(items) {
		value := map[string]float64{}
		for _, r := range items {
			value[r.issue.Key] = wsjfOf(r.issue).value
		}
		byWeight := orderKey{"WSJF", func(a, b Issue) int { return cmp.Compare(value[b.Key], value[a.Key]) }, weightReason}
		return append([]orderKey{byWeight}, out...)
	}
	return out
}

func weightReason(i Issue, n, all int) string {
	if w := wsjfOf(i).text; w != "" {
		return w
	}
	if p := priorityReason(i, n, all); p != "" {
		return p + ", behind those with a WSJF"
	}
	return "behind those with a WSJF"
}

func priorityReason(i Issue, _, _ int) string {
	if noPriority.MatchString(i.Priority) {
		return ""
	}
	return "priority " + i.Priority
}

func rankReason(i Issue, n, all int) string {
	if i.Rank == "" {
		return ""
	}
	return fmt.Sprintf("place %d of %d by rank", n+1, all)
}

// compareRank puts what has no rank behind what has one.
func compareRank(a, b Issue) int {
	if a.Rank == "" || b.Rank == "" {
		return cmp.Compare(b.Rank, a.Rank)
	}
	return cmp.Compare(a.Rank, b.Rank)
}

// compareDue puts what has no due date behind what has one.
func compareDue(a, b Issue) int {
	if a.Due.IsZero() || b.Due.IsZero() {
		return b.Due.Compare(a.Due)
	}
	return a.Due.Compare(b.Due)
}

// compareAge puts the older one first, and last what has no known age.
func compareAge(a, b Issue) int {
	if a.Created.IsZero() || b.Created.IsZero() {
		return b.Created.Compare(a.Created)
	}
	return a.Created.Compare(b.Created)
}

// order sorts readings in place by [orderKeys]; an issue that another one
// waits for comes before it. It returns each one's reason by key.
func order(items []*reading) map[string]string {
	edges := waitsOf(items)
	keys := orderKeys(items, waiters(items, edges))
	slices.SortStableFunc(items, func(a, b *reading) int {
		for _, c := range keys {
			if by := c.compare(a.issue, b.issue); by != 0 {
				return by
			}
		}
		return 0
	})
	reasons := map[string]string{}
	for n, r := range items {
		reasons[r.issue.Key] = placeReason(keys, items, n)
	}
	unblock(items, edges, reasons)
	return reasons
}

// placeReason is why the nth of items stands there: what the first key says
// by which not all are equal, and that says something of it.
func placeReason(keys []orderKey, items []*reading, n int) string {
	first, last := items[0].issue, items[len(items)-1].issue
	for _, c := range keys {
		if c.compare(first, last) == 0 {
			continue
		}
		if reason := c.reason(items[n].issue, n, len(items)); reason != "" {
			return reason
		}
	}
	return fmt.Sprintf("place %d of %d as found", n+1, len(items))
}

// orderedBy names what told items apart that stand beside each other. Not every
// backlog has priorities, or different ones.
func (b *builder) orderedBy() string {
	keys := orderKeys(b.all, waiters(b.all, waitsOf(b.all)))
	deciding := make([]bool, len(keys))
	for n := 1; n < len(b.all); n++ {
		first := func(k orderKey) bool { return k.compare(b.all[n-1].issue, b.all[n].issue) != 0 }
		if at := slices.IndexFunc(keys, first); at >= 0 {
			deciding[at] = true
		}
	}
	var names []string
	for n, k := range keys {
		if deciding[n] {
			names = append(names, k.name)
		}
	}
	if len(names) == 0 {
		return "as found"
	}
	return "by " + strings.Join(names, ", then ")
}

// waitsOf maps an item to what it waits for.
func waitsOf(items []*reading) map[string][]string {
	issues := make([]*Issue, len(items))
	for n, r := range items {
		issues[n] = &r.issue
	}
	return waits(issues)
}

// waiters counts the items that wait for each item.
func waiters(items []*reading, edges map[string][]string) map[string]int {
	out := map[string]int{}
	for _, r := range items {
		for _, key := range edges[r.issue.Key] {
			out[key]++
		}
	}
	return out
}

// unblock moves what others wait for before them, in one stable pass; members
// of a circle stay where they are.
func unblock(items []*reading, edges map[string][]string, reasons map[string]string) {
	at := map[string]*reading{}
	for _, r := range items {
		at[r.issue.Key] = r
	}
	waiting := waiters(items, edges)
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
				if n := waiting[key]; n > 1 {
					reasons[key] = fmt.Sprintf("before %s; %s of the selection wait for it", r.issue.Key, tickets(n))
				}
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
		if used+leastAlong <= explore {
			r.probed = r.probe() // costly, and of no use where nothing fits any more
		}
		if len(in) > 0 && in[len(in)-1].sharesDoubt(r) {
			need = leastAlong
		}
		if len(in) > 0 && (used+need > explore || len(in) >= most) {
			reason := fmt.Sprintf("no time left; place %d of %d", n+1, len(items))
			if len(out) == 0 {
				reason = fmt.Sprintf("place %d of %d; the %s before it %s the %d minutes of talk, and it needs at least %d",
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
		least[n], weights[n] = min(leastMinutes, total), r.doubt()
		if n > 0 && items[n-1].sharesDoubt(r) {
			least[n], weights[n] = min(leastAlong, total), 0
		}
		total -= least[n]
	}
	more := guide.Share(total, weights, 0)
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
		case r.ready() || n > 0 && items[n-1].sharesDoubt(r):
			weights[n] = 1
		case len(r.criteria) > 0:
			weights[n] = r.doubt()
		default:
			weights[n] = 5 + r.doubt()
		}
	}
	return guide.Share(total, weights, leastCheckMinutes)
}
