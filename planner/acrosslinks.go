package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// reports are open issues outside of the selection that an item is linked to and
// whose titles tell what goes wrong: trouble that the item may be taken to end,
// or to carry along.
func reports(items, all []*reading) (out []crossing) {
	inside := keysOf(all)
	for _, r := range items {
		var open []Link
		for _, l := range r.issue.Links {
			if !l.Done && !needs(l) && !neededBy(l) && !copied.MatchString(l.Phrase) && !slices.Contains(inside, l.Key) && fault.MatchString(l.Summary) && !slices.Contains(IssueKeys(r.allText()), l.Key) && titled(l.Summary) != "" {
				open = append(open, l)
			}
		}
		if len(open) > 0 {
			out = append(out, reportCrossing(r, open))
		}
	}
	return out
}

var (
	fault  = regexp.MustCompile(`(?i)\b(?:not|doesn't|don't|isn't|won't|fail(?:s|ed|ing|ure)?|crash\w*|broken|breaks|wrong(?:ly)?|missing|errors?|exception|incorrect(?:ly)?|intermittent\w*|cannot|can't|never|slow(?:ly)?|leaks?|unable|hangs?|freezes|lost|lose[sd]?|invalid|duplicated?|blank|stuck)\b`)
	copied = regexp.MustCompile(`(?i)clone|duplicat`)
)

const reportsKind = "open reports"

func reportCrossing(r *reading, open []Link) crossing {
	key, first := r.issue.Key, open[0]
	c := crossing{kind: reportsKind, second: true, stops: true, other: first.Key + titled(first.Summary), weight: 34 + 2*min(len(open), 3), guide: "Clarify assumptions", guides: []string{"Define the core problem", "Document constraints"}, keys: []string{key, first.Key}, key: key}
	linked := fmt.Sprintf("%s%s", first.Key, titled(first.Summary))
	if len(open) > 1 {
		linked = fmt.Sprintf("%d open reports of faults, among them %s%s", len(open), first.Key, titled(first.Summary))
	}
	about := cmp.Or(definite(r.thing()), "it")
	c.gets, c.settle = fmt.Sprintf("%s says which of the reported faults it ends", key), "which of the reported faults "+key+" ends"
	c.guest = "whoever reported " + first.Key
	for _, p := range r.probed {
		if p.name == "already" {
			c.weight += 6
			c.quote = p.ev.Quote
			c.point = fmt.Sprintf("%s says %s and is linked to %s. What is taken over brings its faults; agree which of them may not come along.", key, p.ev, linked)
			c.ask = fmt.Sprintf("%s says %s, and %s is linked to it and open. Who still meets that, and which of the reported faults has to be gone before %s counts as done?", key, p.ev, first.Key+titled(first.Summary), about)
			return c
		}
	}
	c.lacks = "what it owes to the reports it is linked to"
	c.point = fmt.Sprintf("%s is linked to %s and does not say whether it ends that. Find out whether somebody waits for it here.", key, linked)
	c.ask = fmt.Sprintf("%s is linked to %s%s, which is open. Who still meets that, and what has to be different for them once %s is done?", key, first.Key, titled(first.Summary), about)
	return c
}

// duplicates are links that say that two tickets are one: the other is open, so
// the same work is claimed twice, or it was closed in this one's favour and
// asked for something that no ticket here speaks of.
func duplicates(epic *reading, items, all []*reading) (out []crossing) {
	if !slices.ContainsFunc(withEpic(epic, items), (*reading).duplicated) {
		return nil
	}
	claims := map[string][]string{}
	links := map[string]Link{}
	told := map[string]bool{}
	for _, r := range all {
		for t := range termSet(r.allText()) {
			told[t] = true
		}
	}
	if epic != nil {
		for t := range termSet(epic.allText()) {
			told[t] = true
		}
	}
	for _, r := range withEpic(epic, items) {
		for _, l := range r.issue.Links {
			switch {
			case !duplicate.MatchString(l.Phrase) || titled(l.Summary) == "" || told[l.Key]:
			case !l.Done:
				claims[l.Key] = append(claims[l.Key], r.issue.Key)
				links[l.Key] = l
			case strings.Contains(strings.ToLower(l.Phrase), "duplicated by"):
				if word := untold(l.Summary, told); word != "" {
					out = append(out, absorbed(r, l, word))
				}
			}
		}
	}
	for _, other := range sortedBy(claims, func(k string) int { return -len(claims[k]) }) {
		if !slices.ContainsFunc(withEpic(epic, all), func(r *reading) bool { return r.issue.Key == other }) {
			out = append(out, claimedTwice(links[other], claims[other], withinSession(epic, items, claims[other])))
		}
	}
	return out
}

var duplicate = regexp.MustCompile(`(?i)\bduplicat`)

func (r *reading) duplicated() bool {
	return slices.ContainsFunc(r.issue.Links, func(l Link) bool { return duplicate.MatchString(l.Phrase) })
}

func withEpic(epic *reading, items []*reading) []*reading {
	if epic == nil {
		return items
	}
	return append([]*reading{epic}, items...)
}

// allText is everything people wrote on the ticket, comments included.
func (r *reading) allText() string {
	var b strings.Builder
	for _, l := range r.blocks {
		b.WriteString(l.text + "\n")
	}
	return b.String()
}

// measureVerb begins the title of a wish for more or less of something.
var measureVerb = regexp.MustCompile(`(?i)^(?:increase|improve|reduce|decrease|lower|raise|minimi[sz]e|maximi[sz]e|optimi[sz]e|shorten|limit) `)

// untold is what a title wants more or less of, if it stands in none of the
// texts.
func untold(title string, told map[string]bool) string {
	title = title[len(component.FindString(title)):]
	verb := measureVerb.FindString(title)
	if verb == "" {
		return ""
	}
	words := strings.Fields(nounPhrase(title[len(verb):]))
	if len(words) == 0 {
		return ""
	}
	last := words[len(words)-1]
	if ts := terms(last); len(ts) == 1 && !told[ts[0]] {
		return last
	}
	return ""
}

func absorbed(r *reading, l Link, word string) crossing {
	key := r.issue.Key
	return crossing{
		kind: "absorbed wish", weight: 46, guide: "What does success look like?", guides: []string{"Define the core problem"}, keys: []string{key, l.Key}, key: key, lacks: "a word on “" + word + "”",
		point: fmt.Sprintf("%s%s was closed in favour of %s, and no text here speaks of “%s”. Ask whoever wanted that what they still expect.", l.Key, titled(l.Summary), key, word),
		ask:   fmt.Sprintf("%s%s was closed in favour of %s, whose text never says “%s”. Who asked for that, and by what would they notice that they got it?", l.Key, titled(l.Summary), key, word),
		gets:  fmt.Sprintf("“%s” from %s becomes a measure of %s or is given up", word, l.Key, key), settle: fmt.Sprintf("whether “%s” is still wanted of %s", word, key),
	}
}

// claimedTwice is of the tickets by, as they are named within the session.
func claimedTwice(l Link, by []string, named string) crossing {
	return crossing{
		kind: "claimed twice", stops: true, weight: 38 + min(len(by), 4), guide: "Map out dependencies", guides: []string{"Define the core problem", "Clarify assumptions"}, keys: append([]string{l.Key}, by...), key: by[0], lacks: "whether the linked duplicate is the same",
		point: fmt.Sprintf("%s and %s%s are linked as duplicates, and that one is open as well. Find out whether they are, before time goes into both.", upperFirst(named), l.Key, titled(l.Summary)),
		ask:   fmt.Sprintf("%s and %s%s are linked as duplicates, and both are open. Who follows which of them, and what does the one ask for that the other does not?", by[0], l.Key, titled(l.Summary)),
		gets:  "one of the two is left, or the link to " + l.Key + " goes", settle: "whether the link to " + l.Key + " as a duplicate is right",
	}
}

// awaited are the open issues outside of the session that wait for the epic or
// an item.
func awaited(epic *reading, items []*reading) (out []waiter) {
	inside := keysOf(withEpic(epic, items))
	for _, r := range withEpic(epic, items) {
		for _, l := range r.issue.Links {
			if neededBy(l) && !l.Done && !slices.Contains(inside, l.Key) {
				out = append(out, waiter{l, r})
			}
		}
	}
	return out
}

// A waiter is an issue outside of the session and what it waits for.
type waiter struct {
	Link
	of *reading
}

// leftWaiting makes a point of what waits for something that nobody hurries.
func leftWaiting(epic *reading, items []*reading) (out []crossing) {
	for _, w := range awaited(epic, items) {
		i := w.of.issue
		if urgency(i) < 5 || titled(w.Summary) == "" {
			continue
		}
		out = append(out, crossing{
			kind: "left waiting", weight: 35, guide: "Why these items matter now", guides: []string{"Map out dependencies"}, keys: []string{i.Key, w.Key}, key: i.Key, lacks: "why it has priority " + i.Priority,
			point: fmt.Sprintf("%s has priority %s while %s%s waits for it. One of the two is wrong; the product owner says which.", i.Key, i.Priority, w.Key, titled(w.Summary)),
			ask:   fmt.Sprintf("%s has priority %s, and %s%s waits for it. Who is held up by that wait, and do they know?", i.Key, i.Priority, w.Key, titled(w.Summary)),
			gets:  fmt.Sprintf("%s gets a priority that %s can live with", i.Key, w.Key), settle: "whether the priority of " + i.Key + " is right",
		})
	}
	return out
}
