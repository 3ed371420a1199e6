package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// uncoveredBullets looks at the epic's own lists, if their other entries have
// tickets.
func uncoveredBullets(epic *reading, items []*reading) (out []crossing) {
	worn, told := wornTerms(epic), accounts(items)
	for _, list := range epic.lists() {
		if c, ok := uncoveredEntries(epic.issue.Key, list, worn, told); ok {
			out = append(out, c)
		}
	}
	return out[:min(len(out), 1)]
}

// lists are the entries of the description's lists, one list after the other.
func (r *reading) lists() (out [][]located) {
	open := false
	for _, l := range r.blocks {
		entry := l.kind == bullet && l.from.where == "description"
		if entry && !open {
			out = append(out, nil)
		}
		if open = entry; entry {
			out[len(out)-1] = append(out[len(out)-1], l)
		}
	}
	return out
}

// leastNamed is how many entries have to be named by titles for a list to be
// one of tickets, so that the others miss theirs.
const leastNamed = 2

// uncoveredEntries tells what of a list no ticket follows from. A list of which
// most is not taken up is of another kind than the tickets, unless titles name
// some of its entries.
func uncoveredEntries(key string, list []located, worn map[string]bool, told []account) (crossing, bool) {
	if named, names := namedEntries(list, told); named >= leastNamed && len(names) > 0 {
		return namesListed(key, names, len(told)), true
	}
	var missing []Evidence
	covered := 0
	for _, l := range list {
		if takenUp(l.text, worn, told) {
			covered++
		} else if ev, ok := l.from.quote(l.text); ok && len(terms(l.text)) > 1 {
			missing = append(missing, ev)
		}
	}
	if covered < len(missing) || len(missing) == 0 {
		return crossing{}, false
	}
	return partsListed(key, missing, len(told)), true
}

// namedEntries counts the entries that titles name, and are the names of those
// that none does. Texts are no help: a ticket that says "run" is not about run.
func namedEntries(list []located, told []account) (named int, missing []string) {
	for _, l := range list {
		switch name := entryName(l.text); {
		case name == "":
		case slices.ContainsFunc(told, func(t account) bool { return t.titled(name) }):
			named++
		default:
			missing = append(missing, name)
		}
	}
	return named, missing
}

// mostTakenUp reports whether tickets may follow from most of a list's entries.
func mostTakenUp(epic *reading, list []located, items []*reading) bool {
	worn, told, n := wornTerms(epic), accounts(items), 0
	for _, l := range list {
		if takenUp(l.text, worn, told) {
			n++
		}
	}
	return 2*n > len(list)
}

// entryName is what a list's entry is called, where it is one word and what it
// is follows behind a dash or a colon.
func entryName(entry string) string {
	m := calledEntry.FindStringSubmatch(entry)
	if m == nil {
		return ""
	}
	return m[1]
}

var calledEntry = regexp.MustCompile(`^([a-z][\w-]{2,})(?:$| +[-–:] )`)

func namesListed(key string, names []string, n int) crossing {
	shown := some(names)
	return crossing{
		kind: "part without a ticket", weight: 46, guide: "Define the core problem", guides: []string{"Clarify assumptions"}, keys: []string{key}, key: key, lacks: "tickets for " + shown,
		point: fmt.Sprintf("%s lists %s beside what has a ticket, and no title of the %s found names one of them. Find out who counts on them.", key, shown, tickets(n)),
		ask:   fmt.Sprintf("%s lists %s beside what has a ticket. Which of them does somebody wait for, and what do they do meanwhile?", key, shown),
		gets:  fmt.Sprintf("%s in %s get tickets, or are dropped", shown, key), settle: "which of " + shown + " somebody waits for",
	}
}

// partsListed tells of the first two entries at most.
func partsListed(key string, missing []Evidence, n int) crossing {
	parts, them, follows, comes := missing[0].String(), "it", "it", "it comes"
	settle := "who still waits for " + parts
	if len(missing) > 1 {
		parts, them, follows, comes = fmt.Sprintf("%s and %s", missing[0], missing[1]), "them", "either", "they come"
		settle = "who still waits for what only " + key + " lists"
	}
	return crossing{
		kind: "part without a ticket", weight: 44, guide: "Define the core problem", guides: []string{"Clarify assumptions"}, keys: []string{key}, key: key, quote: missing[0].Quote,
		point: fmt.Sprintf("%s lists %s, but none of the %s found takes %s up. Find out whether somebody still waits for %s.", key, parts, tickets(n), them, them),
		ask:   fmt.Sprintf("%s lists %s, and no ticket here follows from %s. Who has been told that %s, and what do they do meanwhile?", key, parts, follows, comes),
		gets:  "what " + key + " lists alone gets a ticket, or is dropped", settle: settle,
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
	title map[string]bool
	text  string
	terms map[string]bool
}

// titled reports whether the title names a list's entry.
func (a account) titled(name string) bool {
	t := terms(name)
	return len(t) == 1 && a.title[t[0]]
}

func accounts(items []*reading) (out []account) {
	for _, r := range items {
		text := r.ownText()
		for _, l := range r.issue.Links {
			text += "\n" + l.Summary
		}
		out = append(out, account{termSet(r.issue.Summary), text, termSet(text)})
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
		gets:  fmt.Sprintf("%s in %s gets a ticket, or is dropped", named, key), settle: "whether anybody counts on " + named,
	}
	if len(missing) == len(parts) {
		c.point = fmt.Sprintf("%s names %s, and none of the %s found takes up any of it. What they all lean on has no ticket.", key, ev, tickets(n))
	}
	return c
}
