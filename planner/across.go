package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
		twoNumbers(items), sameAim(items), twins(items), shared(epic, items), elsewhereToo(epic, items), allAndSome(items),
		spokenAgainst(epic, items), announced(epic, items),
	} {
		out = append(out, found...)
	}
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
	told := termSet(all)
	return slices.Concat(uncoveredNames(epic, all, len(items)), uncoveredBullets(epic, items), uncoveredParts(epic, told, len(items)))
}

var properName = regexp.MustCompile(`\b[a-z]?[A-Z][\p{L}\d.+#-]*[\p{L}\d+#]`)

// uncoveredNames looks at names within the epic's sentences: audiences,
// platforms, products. A name at the beginning of a sentence may be any word.
func uncoveredNames(epic *reading, all string, n int) (out []crossing) {
	seen, lower := map[string]bool{}, strings.ToLower(all)
	for _, l := range epic.blocks {
		if l.from.where != "description" || l.kind == heading {
			continue
		}
		for _, line := range l.said {
			s := line.text
			for _, at := range properName.FindAllStringIndex(s, -1) {
				name := s[at[0]:at[1]]
				if at[0] == 0 || seen[name] || stands(name, all) || stands(name, epic.issue.Summary) || !promised(s, at, lower) {
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

// stands reports whether a name occurs in text at the beginning of a word,
// written as a name: the verb "support" does not speak of Support.
func stands(name, text string) bool {
	for {
		at := strings.Index(text, name)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		if at == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			return true
		}
		text = text[at+len(name):]
	}
}

var (
	served   = regexp.MustCompile(`(?i)\b(?:helps?|assists?|serves?|lets?|allows?|enables?) $`)
	listHead = regexp.MustCompile(`[A-Z][\p{L}\d.+#-]*(?:,|,? and|,? or|/|,? &) ?$`)
	listTail = regexp.MustCompile(`^(?:,? (?:and|or|&) |, |/)[a-z]?[A-Z]`)
)

// promised tells a name that the epic serves, or lists beside others of which
// some have tickets, from one that it merely drops; lower is all that the
// tickets say, in lower case.
func promised(s string, at []int, lower string) bool {
	name, before, after := s[at[0]:at[1]], s[:at[0]], s[at[1]:]
	if issueKey.MatchString(name) || strings.HasPrefix(after, " ") && properName.MatchString(firstWord(after)) {
		return false
	}
	if served.MatchString(before) {
		return true
	}
	beside := neighbours(s, at)
	return len(beside) > 0 && !strings.Contains(lower, stem(strings.ToLower(name))) &&
		!slices.ContainsFunc(beside, func(n string) bool { return !strings.Contains(lower, stem(strings.ToLower(n))) })
}

func firstWord(s string) string {
	for w := range strings.FieldsSeq(s) {
		return w
	}
	return ""
}

// neighbours are the names listed right before and after the one at at.
func neighbours(s string, at []int) (out []string) {
	names := properName.FindAllStringIndex(s, -1)
	for n, m := range names {
		if m[0] != at[0] {
			continue
		}
		if n > 0 && listHead.MatchString(s[:at[0]]) {
			out = append(out, s[names[n-1][0]:names[n-1][1]])
		}
		if n+1 < len(names) && listTail.MatchString(s[at[1]:]) {
			out = append(out, s[names[n+1][0]:names[n+1][1]])
		}
	}
	return out
}

func nameCrossing(epic *reading, from *source, s string, at []int, n int) (crossing, bool) {
	guest := ""
	if served.MatchString(s[:at[0]]) {
		guest = s[at[0]:at[1]] // people, then
	}
	q, before, after := clip(s, [2]int{at[0], at[1]})
	if !from.holds(q) || len(strings.Fields(q)) < minQuoteWords {
		return crossing{}, false
	}
	key, name := epic.issue.Key, s[at[0]:at[1]]
	ev := Evidence{Where: from.where, Quote: q, before: before, after: after}
	return crossing{
		kind: "name without a ticket", weight: 46, guide: "Identify affected stakeholders", keys: []string{key}, key: key, quote: q,
		point: fmt.Sprintf("%s says %s, but none of the %s found speaks of “%s”. Settle whether that is still promised, and to whom.", key, ev, tickets(n), name),
		ask:   fmt.Sprintf("%s: %s. None of its tickets here speaks of “%s”. Who expects something there, and what would they be told today?", key, ev, name),
		gets:  fmt.Sprintf("“%s” in %s gets an owner or an end", name, key), settle: fmt.Sprintf("whether “%s” is still promised something", name), guest: guest,
	}, true
}

// uncoveredBullets looks at the epic's own list, if its other entries have
// tickets.
func uncoveredBullets(epic *reading, items []*reading) []crossing {
	var missing []Evidence
	covered := 0
	worn, told := wornTerms(epic), accounts(items)
	for _, l := range epic.blocks {
		if l.kind != bullet || l.from.where != "description" {
			continue
		}
		if takenUp(l.text, worn, told) {
			covered++
		} else if ev, ok := l.from.quote(l.text); ok && len(terms(l.text)) > 1 {
			missing = append(missing, ev)
		}
	}
	if covered < len(missing) || len(missing) == 0 {
		return nil // the list is of another kind than its tickets
	}
	key, first, n := epic.issue.Key, missing[0], len(items)
	if len(missing) > 1 {
		return []crossing{partsListed(key, missing, n)}
	}
	return []crossing{{
		kind: "part without a ticket", weight: 44, guide: "Define the core problem", keys: []string{key}, key: key, quote: first.Quote,
		point: fmt.Sprintf("%s lists %s, but none of the %s found takes it up. Find out whether somebody still waits for it.", key, first, tickets(n)),
		ask:   fmt.Sprintf("%s lists %s, and no ticket here follows from it. Who has been told that it comes, and what do they do meanwhile?", key, first),
		gets:  "what " + key + " lists alone gets a ticket or a goodbye", settle: fmt.Sprintf("who still waits for %s", first),
	}}
}

func partsListed(key string, missing []Evidence, n int) crossing {
	two := fmt.Sprintf("%s and %s", missing[0], missing[1])
	return crossing{
		kind: "part without a ticket", weight: 44, guide: "Define the core problem", guides: []string{"Clarify assumptions"}, keys: []string{key}, key: key, quote: missing[0].Quote,
		point: fmt.Sprintf("%s lists %s, but none of the %s found takes them up. Find out whether somebody still waits for them.", key, two, tickets(n)),
		ask:   fmt.Sprintf("%s lists %s, and no ticket here follows from either. Who has been told that they come, and what do they do meanwhile?", key, two),
		gets:  "what " + key + " lists alone gets a ticket or a goodbye", settle: "who still waits for what only " + key + " lists",
	}
}

// wornTerms are those of more than a third of a list's entries, which tell none
// of them from the others.
func wornTerms(r *reading) map[string]bool {
	in, entries := map[string]int{}, 0
	for _, l := range r.blocks {
		if l.kind == bullet && l.from.where == "description" {
			entries++
			for t := range termSet(l.text) {
				in[t]++
			}
		}
	}
	worn := map[string]bool{}
	for t, n := range in {
		worn[t] = n > 1 && 3*n > entries || plainTerms[t]
	}
	return worn
}

// takenUp reports whether a ticket may follow from an entry of its epic's list:
// the entry names it, or the ticket says a name of the entry's or half of what
// sets the entry apart.
func takenUp(entry string, worn map[string]bool, told []account) bool {
	own := termSet(entry)
	for t := range worn {
		if worn[t] {
			delete(own, t)
		}
	}
	if len(IssueKeys(entry)) > 0 || len(own) == 0 {
		return true
	}
	for _, t := range told {
		if n := common(own, t.terms); n > 1 && 2*n >= len(own) || n == len(own) {
			return true
		}
		if slices.ContainsFunc(namesWithin(entry), func(name string) bool { return stands(name, t.text) }) {
			return true
		}
	}
	return false
}

// An account is what a ticket says, the titles of what it is linked to included:
// they may take up what it does not.
type account struct {
	text  string
	terms map[string]bool
}

func accounts(items []*reading) (out []account) {
	for _, r := range items {
		text := r.ownText()
		for _, l := range r.issue.Links {
			text += "\n" + l.Summary
		}
		out = append(out, account{text, termSet(text)})
	}
	return out
}

// namesWithin are the proper names of a text, less the word that it begins with.
func namesWithin(text string) (names []string) {
	for _, at := range properName.FindAllStringIndex(text, -1) {
		if at[0] > 0 {
			names = append(names, text[at[0]:at[1]])
		}
	}
	return names
}

// enumeration is a list within a sentence.
var enumeration = regexp.MustCompile(`(?i)\b(?:like|such as|includ(?:es?|ing)|namely|things like) ((?:[^,.;:()]+, ){2,}[^,.;:()]+)`)

// uncoveredParts looks at lists within the epic's sentences.
func uncoveredParts(epic *reading, told map[string]bool, n int) (out []crossing) {
	for _, l := range epic.blocks {
		if l.from.where != "description" || l.kind == heading {
			continue
		}
		for _, line := range l.said {
			s := line.text
			m := enumeration.FindStringSubmatchIndex(s)
			if m == nil || len(out) > 0 {
				continue
			}
			parts, missing := listSplit.Split(s[m[2]:m[3]], -1), []string(nil)
			for _, p := range parts {
				if ts := terms(p); len(ts) > 0 && len(strings.Fields(p)) <= mostThing && !slices.ContainsFunc(ts, func(t string) bool { return told[t] }) {
					missing = append(missing, strings.TrimSpace(p))
				}
			}
			if ev, ok := l.from.around(s, m[2:4]); ok && len(missing) > 0 {
				out = append(out, partsCrossing(epic.issue.Key, ev, parts, missing, n))
			}
		}
	}
	return out
}

func partsCrossing(key string, ev Evidence, parts, missing []string, n int) crossing {
	named := enumerate(missing[:min(len(missing), mostEntries)])
	c := crossing{
		kind: "part without a ticket", weight: 41, guide: "Define the core problem", guides: []string{"Clarify assumptions"}, keys: []string{key}, key: key, quote: ev.Quote,
		point: fmt.Sprintf("%s names %s; of these no ticket found takes up %s. Find out whether somebody counts on it.", key, ev, named),
		ask:   fmt.Sprintf("%s names %s, and none of the %s found takes up %s. Who counts on that, and from whom do they expect it?", key, ev, tickets(n), named),
		gets:  fmt.Sprintf("%s in %s gets a ticket or a goodbye", named, key), settle: "whether anybody counts on " + named,
	}
	if len(missing) == len(parts) {
		c.point = fmt.Sprintf("%s names %s, and none of the %s found takes up any of it. What they all lean on has no ticket.", key, ev, tickets(n))
	}
	return c
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
	return crossing{
		kind: "circle", weight: 50, guide: "Map out dependencies", keys: keys, key: way[0],
		point: "The links run in a circle: " + text + ". None of them can be first until one link is found to be weaker than it looks.",
		ask:   fmt.Sprintf("%s stands in a circle: %s. Which of these links has somebody felt in their work, and which was only drawn?", way[0], text),
		gets:  "the circle of " + enumerate(keys) + " is cut at a named link", settle: "where the circle of " + enumerate(keys) + " can be cut",
	}
}

const twinsKind = "twins"

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
		kind: twinsKind, weight: 38, guide: "Timeboxed conversations", keys: keys, key: keys[0], quote: alike[0].subject(),
		point: fmt.Sprintf("%s share nearly all of their words. Talk about what they have in common once, then only about what is different.", enumerate(names)),
		ask:   fmt.Sprintf("%s differs in few words from %s. Which of them has held somebody up so far, and who would notice if the others stayed as they are?", names[0], some(keys[1:])),
		gets:  some(keys) + " share one talk", settle: "what " + some(keys) + " have in common",
	}
}
