package planner

import (
	"fmt"
	"slices"
)

// A crossing is what shows only when tickets are read together: with each
// other, with their links, with their epic.
type crossing struct {
	kind   string // how it was found; one of a kind is enough
	weight int
	guide  string
	guides []string // other lines it may stand under, if that one is taken
	keys   []string
	point  string // for a key point: what stands where, and what follows
	ask    string // a question about it, complete
	key    string // the item or epic the question is about
	quote  string // what of it is quoted
	lacks  string // what it does not say, where nothing is quoted
	gets   string // a clause: what the session has to bring, for the closing
	settle string // what has to be settled, as a clause: "whether Support still waits"
	parks  string // what of it is about how, and no matter for the session
	guest  string // who could answer and may not be in the room, if the tickets tell
	other  string // the issue elsewhere, with its title, of a doubt about what is done there
	speaks string // the key that speaks of the guest, if not key
	stops  bool   // a ticket that is ready but for it cannot be started
	second bool   // it says less of a ticket than what that lacks by itself
}

// weightyCrossing is what concerns the whole session.
const weightyCrossing = 36

// across reads the tickets together: items are those of the session, all those
// of the selection.
func across(epic *reading, items, all []*reading) (out []crossing) {
	if epic != nil && epic.english {
		out = append(out, uncovered(epic, all)...)
		out = append(out, ownThing(epic, all)...)
	}
	titles := distinct(items)
	for _, found := range [][]crossing{
		circles(epic, items), waitsApart(items), models(items), deniedNeeds(epic, items), shutOut(epic, items), undecided(items, titles), implied(items, titles),
		duplicates(epic, items, all), reports(items, all), leftWaiting(epic, items), endlessWork(items), versions(epic, items),
		twoNumbers(items), sameAim(items), twins(items), shared(epic, items), elsewhereToo(epic, items, all), allAndSome(items),
		spokenAgainst(epic, items), announced(epic, items), usedThings(items), sameOfTwo(items),
		opposed(epic, items),
	} {
		out = append(out, found...)
	}
	slices.SortStableFunc(out, func(a, b crossing) int { return b.weight - a.weight })
	return out
}

// circles are issues that wait for each other. What waits for an epic waits for
// all of its items, so an item stands for its epic here.
func circles(epic *reading, items []*reading) []crossing {
	issues := make([]*Issue, 0, len(items)+1)
	for _, r := range items {
		issues = append(issues, &r.issue)
	}
	if epic != nil {
		issues = append(issues, &epic.issue)
	}
	edges := waits(issues)
	if epic != nil {
		for _, r := range items { // an epic that waits for its own item says nothing
			own := edges[epic.issue.Key]
			edges[epic.issue.Key] = slices.DeleteFunc(own, func(k string) bool { return k == r.issue.Key })
			edges[r.issue.Key] = append(edges[r.issue.Key], epic.issue.Key)
		}
	}
	for _, i := range slices.Backward(issues) {
		if way := circle(edges, i.Key); way != nil {
			return []crossing{circleCrossing(way, epic, besideIn(way, edges, items))}
		}
	}
	return nil
}

// besideIn are the items that close the circle in the same place as the last of
// it does.
func besideIn(way []string, edges map[string][]string, items []*reading) (keys []string) {
	last, before := way[len(way)-2], way[max(len(way)-3, 0)]
	for _, r := range items {
		k := r.issue.Key
		if k != last && !slices.Contains(way, k) && slices.Contains(edges[before], k) && slices.Contains(edges[k], way[0]) {
			keys = append(keys, k)
		}
	}
	return keys
}

func circleCrossing(way []string, epic *reading, beside []string) crossing {
	var steps []string
	for i := range way[:len(way)-1] {
		verb := "waits for"
		if epic != nil && way[i+1] == epic.issue.Key {
			verb = "belongs to"
		}
		steps = append(steps, fmt.Sprintf("%s %s %s", way[i], verb, way[i+1]))
	}
	text := enumerate(steps)
	if len(beside) > 0 {
		text += fmt.Sprintf(" (so %s %s)", agree(len(beside), "does", "do"), enumerate(beside))
	}
	keys := slices.Compact(slices.Sorted(slices.Values(way)))
	advice := "None of them can be first until one link is found to be weaker than it looks."
	if epic != nil && slices.Contains(keys, epic.issue.Key) {
		advice = "Find the piece that can stand alone." // a child need not wait for its epic
	}
	return crossing{
		kind: "circle", weight: 50, guide: "Map out dependencies", keys: keys, key: way[0],
		point: "The links run in a circle: " + text + ". " + advice,
		ask:   fmt.Sprintf("%s stands in a circle: %s. Which of these links has held somebody up, and which could go without anybody noticing?", way[0], text),
		gets:  "one piece of the circle comes first", settle: "which piece of the circle of links can come first",
	}
}

// twins are tickets that share nearly all of their words. The largest group of
// them is one crossing.
func twins(items []*reading) []crossing {
	sets := make([][]string, len(items))
	for i, r := range items {
		sets[i] = sortedTerms(termSet(r.ownText()))
	}
	var best []int
	for _, group := range nearDuplicates(sets) {
		if len(group) > len(best) {
			best = group
		}
	}
	if best == nil {
		return nil
	}
	var same []*reading
	for _, n := range best {
		same = append(same, items[n])
	}
	return []crossing{twinCrossing(same)}
}

func twinCrossing(alike []*reading) crossing {
	keys := keysOf(alike)
	var names []string
	for _, r := range alike[:min(len(alike), 3)] {
		names = append(names, fmt.Sprintf("%s “%s”", r.issue.Key, r.subject()))
	}
	return crossing{
		kind: "twins", weight: 38, guide: "Timeboxed conversations", keys: keys, key: keys[0], quote: alike[0].subject(),
		point: fmt.Sprintf("%s share nearly all of their words. Talk about what they have in common once, then only about what is different.", enumerate(names)),
		ask:   fmt.Sprintf("%s differs in few words from %s. Which of them has held somebody up so far, and who would notice if the others stayed as they are?", names[0], some(keys[1:])),
		gets:  some(keys) + " share one talk", // and settle nothing that all others wait for
	}
}
