package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A crossing is what shows only when tickets are read together: with each
// other, with their links, with their epic.
type crossing struct {
	weight int
	guide  string
	keys   []string
	point  string // for a key point: what stands where, and what follows
	ask    string // a question about it, complete
	key    string // the item or epic the question is about
	quote  string // what of it is quoted
	gets   string // what the session has to bring, for the closing
}

// across reads the tickets together.
func across(epic *reading, items []*reading) (out []crossing) {
	if epic != nil {
		out = append(out, uncovered(epic, items)...)
	}
	out = append(out, circles(epic, items)...)
	out = append(out, twins(items)...)
	out = append(out, shared(epic, items)...)
	slices.SortStableFunc(out, func(a, b crossing) int { return b.weight - a.weight })
	return out
}

// uncovered is what the epic names and no item does.
func uncovered(epic *reading, items []*reading) []crossing {
	var raw strings.Builder
	for _, r := range items {
		for _, s := range r.sources {
			raw.WriteString(s.raw + "\n")
		}
	}
	all := raw.String()
	return append(uncoveredNames(epic, all, len(items)), uncoveredBullets(epic, termSet(all), len(items))...)
}

var properName = regexp.MustCompile(`[A-Z][\p{L}\d.+#-]*[\p{L}\d+#]`)

// uncoveredNames looks at names within the epic's sentences: audiences,
// platforms, products. A name at the beginning of a sentence may be any word.
func uncoveredNames(epic *reading, all string, n int) (out []crossing) {
	seen := map[string]bool{}
	for _, l := range epic.blocks {
		if l.from.where != "description" || l.kind == heading {
			continue
		}
		for _, s := range sentences(l.text) {
			for _, at := range properName.FindAllStringIndex(s, -1) {
				name := s[at[0]:at[1]]
				if at[0] == 0 || seen[name] || stands(name, all) || stands(name, epic.issue.Summary) || !nameLike(s, at) {
					continue
				}
				seen[name] = true
				if c, ok := nameCrossing(epic, l.from, s, at, n); ok {
					out = append(out, c)
				}
			}
		}
	}
	return out[:min(len(out), 2)]
}

// stands reports whether a name occurs in text as a word of its own, written
// as a name: the verb "support" does not speak of Support.
func stands(name, text string) bool {
	return regexp.MustCompile(`(?:^|[^\pL\d])` + regexp.QuoteMeta(name)).MatchString(text)
}

var (
	beforeName = regexp.MustCompile(`(?i)(?:\b(?:help|for|by|with|on|to|and|or|of|lets?|allows?)|[,(/&]) ?$`)
	afterStop  = regexp.MustCompile(`^(?:[.!?]|-\d)`)
)

// nameLike tells a name that is listed or served from one that is part of a
// longer name or of an issue key.
func nameLike(s string, at []int) bool {
	return beforeName.MatchString(s[:at[0]]) && !afterStop.MatchString(s[at[1]:]+"") &&
		!issueKey.MatchString(s[at[0]:at[1]]) && strings.ToUpper(s[at[0]:at[1]]) != s[at[0]:at[1]]
}

func nameCrossing(epic *reading, from *source, s string, at []int, n int) (crossing, bool) {
	q, before, after := clip(s, [2]int{at[0], at[1]})
	if !from.holds(q) || len(strings.Fields(q)) < minQuoteWords {
		return crossing{}, false
	}
	key, name := epic.issue.Key, s[at[0]:at[1]]
	ev := Evidence{Where: from.where, Quote: q, before: before, after: after}
	return crossing{
		weight: 46, guide: "Identify affected stakeholders", keys: []string{key}, key: key, quote: q,
		point: fmt.Sprintf("%s says %s, and “%s” stands in none of the %s of this session. Either a ticket is missing, or the epic promises too much.", key, ev, name, tickets(n)),
		ask:   fmt.Sprintf("%s: %s. No ticket of this session mentions “%s”. Who expects something there, and what would they be told today?", key, ev, name),
		gets:  fmt.Sprintf("an owner or an end for “%s” in %s", name, key),
	}, true
}

// uncoveredBullets looks at the epic's own list, if its other entries have
// tickets.
func uncoveredBullets(epic *reading, all map[string]bool, n int) []crossing {
	var missing []Evidence
	covered := 0
	for _, l := range epic.blocks {
		if l.kind != bullet || l.from.where != "description" {
			continue
		}
		if slices.ContainsFunc(terms(l.text), func(t string) bool { return all[t] }) {
			covered++
		} else if ev, ok := l.from.quote(l.text); ok && len(terms(l.text)) > 1 {
			missing = append(missing, ev)
		}
	}
	if covered == 0 || len(missing) == 0 {
		return nil
	}
	key, first := epic.issue.Key, missing[0]
	return []crossing{{
		weight: 44, guide: "Define the core problem", keys: []string{key}, key: key, quote: first.Quote,
		point: fmt.Sprintf("%s lists %s, but none of the %s of this session takes it up. Find out whether somebody still waits for it.", key, first, tickets(n)),
		ask:   fmt.Sprintf("%s lists %s, and no ticket of this session follows from it. Who has been told that it comes, and what do they do meanwhile?", key, first),
		gets:  "a ticket or a goodbye for what " + key + " lists alone",
	}}
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
			return []crossing{circleCrossing(way, epic)}
		}
	}
	return nil
}

func circleCrossing(way []string, epic *reading) crossing {
	var steps []string
	for i := range way[:len(way)-1] {
		verb := "waits for"
		if epic != nil && way[i+1] == epic.issue.Key {
			verb = "belongs to"
		}
		steps = append(steps, fmt.Sprintf("%s %s %s", way[i], verb, way[i+1]))
	}
	text := enumerate(steps)
	keys := slices.Compact(slices.Sorted(slices.Values(way)))
	return crossing{
		weight: 50, guide: "Map out dependencies", keys: keys, key: way[0],
		point: "The links run in a circle: " + text + ". None of them can be first until one link is found to be weaker than it looks.",
		ask:   fmt.Sprintf("%s stands in a circle: %s. Which of these links has somebody felt in their work, and which was only drawn?", way[0], text),
		gets:  "the circle of " + enumerate(keys) + " cut at a named link",
	}
}

// twins are tickets that say nearly the same.
func twins(items []*reading) (out []crossing) {
	sets := make([]map[string]bool, len(items))
	for i, r := range items {
		sets[i] = termSet(r.ownText())
	}
	for i, a := range items {
		for j := i + 1; j < len(items); j++ {
			if b := items[j]; min(len(sets[i]), len(sets[j])) >= 8 && overlap(sets[i], sets[j]) >= 0.6 {
				out = append(out, twinCrossing(a, b))
				break
			}
		}
	}
	return out[:min(len(out), 1)]
}

func twinCrossing(a, b *reading) crossing {
	x, y := a.issue.Key, b.issue.Key
	return crossing{
		weight: 42, guide: "Define the core problem", keys: []string{x, y}, key: x, quote: a.subject(),
		point: fmt.Sprintf("%s “%s” and %s “%s” say nearly the same in nearly the same words. Find the difference or make them one.", x, a.subject(), y, b.subject()),
		ask:   fmt.Sprintf("%s “%s” and %s “%s” share most of their words. Who needs the one and can do without the other?", x, a.subject(), y, b.subject()),
		gets:  "the difference between " + x + " and " + y,
	}
}
