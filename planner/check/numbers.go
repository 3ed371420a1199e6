package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/draft"
	"refine/planner/ticket"
)

// numerals are numbers as words. "one" and "two" are in every language also words
// that count nothing.
var numerals = map[string]string{
	"three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "twenty": "20",
}

// numbers wants each number of a line to stand in a ticket that it cites, or to
// count something of the session.
func (k *knowledge) numbers(l draft.Line, _ part) string {
	var allowed map[string]bool
	all := k.words(k.withoutPeople(ordinal.ReplaceAllString(withoutKeys(draft.Outside(l.Text)), " ")))
	total := 0 // that a list in a ticket has: parts of it are the writer's own count
	if e := k.Brief.Epic; e != nil && slices.Contains(l.Keys, e.Issue.Key) {
		for _, p := range k.passages(e.Issue.Key) {
			lists(p.raw, func(entries int) { total = max(total, entries) })
		}
	}
	for at, w := range all {
		said := k.text(w)
		n, word := numerals[said]
		if !word && !digits(said) {
			continue
		}
		if !word {
			n = said
		}
		if at+1 < len(all) && strings.HasPrefix(k.text(all[at+1]), "min") && k.lasts(n) {
			continue
		}
		if allowed == nil {
			allowed = k.countable(l)
		}
		if allowed[n] || allowed[said] {
			continue
		}
		count, _ := strconv.Atoi(n)
		switch {
		case k.listed(l, n):
			total = max(total, count)
		case count >= total:
			return fmt.Sprintf("nothing gives the number %s", said)
		}
	}
	return ""
}

// ordinal is how a line refers to questions of the same draft.
var ordinal = lazyregexp.New(`(?i)\bquestions? [1-9](?:(?:, [1-9])* (?:and|to) [1-9])?\b`)

// withoutPeople leaves the names of people out, in which numbers count nothing.
func (k *knowledge) withoutPeople(text string) string {
	for _, name := range k.people() {
		text = strings.ReplaceAll(text, name, " ")
	}
	return text
}

// people are the names with a number in them, the longest first, so that "User 19"
// leaves "User 197" alone.
func (k *knowledge) people() []string {
	if k.numbered != nil {
		return k.numbered
	}
	k.numbered = []string{}
	for t := range k.tickets() {
		all := []string{t.Issue.Reporter.Name, t.Issue.Assignee.Name}
		for _, c := range t.Issue.Comments {
			all = append(all, c.Author.Name)
		}
		for _, name := range all {
			if strings.ContainsAny(name, "0123456789") {
				k.numbered = append(k.numbered, name)
			}
		}
	}
	slices.SortFunc(k.numbered, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	k.numbered = slices.Compact(k.numbered)
	return k.numbered
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// withoutKeys leaves the numbers of issue keys out.
func withoutKeys(text string) string {
	var b strings.Builder
	from := 0
	for _, span := range ticket.KeySpans(text) {
		b.WriteString(text[from:span[0]] + " ")
		from = span[1]
	}
	return b.String() + text[from:]
}

// countable are the numbers that a line may name: those of the tickets that it
// cites, its claims, and what can be counted in the session.
func (k *knowledge) countable(line draft.Line) map[string]bool {
	allowed := map[string]bool{"0": true, "1": true, "2": true, "24": true}
	add := func(n int) { allowed[fmt.Sprint(n)] = true }
	for _, key := range k.cited(line) {
		k.ofTicket(key, line, allowed)
	}
	named := ticket.IssueKeys(draft.Outside(line.Text))
	for _, c := range line.Claims {
		others := len(c.Keys) // "and 16 others"
		for _, key := range named {
			if slices.Contains(c.Keys, key) {
				others--
			}
		}
		if c.Kind == draft.Count {
			add(c.Number)
		}
		add(len(c.Keys))
		add(others)
		add(len(c.Keys) - draft.MostNamed) // others of them may be named for something else
		for _, w := range k.words(c.Words + " " + c.Other) {
			said := k.text(w)
			allowed[said] = allowed[said] || digits(said)
		}
	}
	k.counts(add)
	k.groups(add, named)
	for _, n := range []int{len(line.Keys), len(k.Talks.Order)} {
		add(n)
		add(n - len(named))
	}
	for _, w := range k.words(k.Brief.Session.Start.Format("2 January 2006 15 04")) {
		allowed[strings.TrimLeft(k.text(w), "0")] = true
	}
	return allowed
}

// ofTicket adds the numbers that a line which cites a ticket may name: those of its text,
// and what can be counted of it.
func (k *knowledge) ofTicket(key string, line draft.Line, allowed map[string]bool) {
	add := func(n int) { allowed[fmt.Sprint(n)] = true }
	for n := range k.written(key) {
		allowed[n] = true
	}
	t := k.Brief.Ticket(key)
	if t == nil {
		return
	}
	i := t.Issue
	for _, n := range []int{len(i.Comments), len(i.Subtasks), len(i.Attachments), len(t.Criteria), len(t.Entries())} {
		add(n)
	}
	add(paragraphs(i.Description))
	if i.History != nil {
		add(i.History.Sprints)
	}
	for _, p := range k.passages(key) {
		if n := len(p.words); p.where == "description" && n <= fewWords {
			add(n) // "the description is only three words"
		}
	}
	told := 0
	for _, l := range i.Links {
		if strings.Contains(line.Text, l.Key) {
			told++
		}
	}
	addLinks(i, func(n int) { add(n); add(n - told) }) // "and 9 more"
	dates := []string{i.Created.Format("2 January 2006"), i.Updated.Format("2 January 2006")}
	for _, d := range t.Days {
		dates = append(dates, d.On.String())
	}
	if n := len(i.Comments); n > 0 {
		dates = append(dates, i.Comments[n-1].Created.Format("2 January 2006"))
	}
	for _, w := range k.words(strings.Join(dates, " ")) {
		allowed[strings.TrimLeft(k.text(w), "0")] = true
	}
}

// fewWords are so few that a line may count them.
const fewWords = 3

// paragraphs counts the blocks of a text that blank lines part.
func paragraphs(text string) (n int) {
	for block := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if strings.TrimSpace(block) != "" {
			n++
		}
	}
	return n
}

// written are the numbers that stand in a ticket's texts.
func (k *knowledge) written(key string) map[string]bool {
	if known, ok := k.numbersIn[key]; ok {
		return known
	}
	in := map[string]bool{}
	for _, p := range k.passages(key) {
		for _, all := range [][]word{k.words(p.where), p.words} { // "comment by User 96"
			for _, w := range all {
				said := k.text(w)
				if n, ok := numerals[said]; ok {
					in[n] = true
				} else if digits(said) {
					in[said] = true
				}
			}
		}
	}
	k.numbersIn[key] = in
	return in
}

// listed reports whether a list in a ticket that the line cites has so many entries.
func (k *knowledge) listed(l draft.Line, n string) (found bool) {
	for _, key := range k.cited(l) {
		for _, p := range k.passages(key) {
			lists(p.raw, func(entries int) { found = found || fmt.Sprint(entries) == n })
		}
	}
	return found
}

// lists counts the entries of each list in a text and of all together: lines with a
// mark in front, all and those with one mark, and what commas part within one
// sentence.
func lists(raw string, add func(int)) {
	entries, all, marked := 0, 0, map[string]int{}
	defer func() { add(all) }()
	for line := range strings.Lines(raw + "\n\n") {
		if mark := listed.FindString(line); mark != "" {
			entries++
			all++
			marked[mark]++
			continue
		}
		add(entries)
		for _, n := range marked {
			add(n)
		}
		entries, marked = 0, map[string]int{}
	}
	for _, stretch := range listEnd.Split(raw, -1) {
		if n := strings.Count(stretch, ",") + strings.Count(stretch, ";"); n > 0 {
			add(n + 1)
			add(n + 2) // the last two joined by a word
		}
	}
}

var (
	listed  = lazyregexp.New(`^\s*(?:[-*#•+]+|\d{1,2}[.)])\s`)
	listEnd = lazyregexp.New(`[.!?:()\[\]{}]\s|\s[({\[]|[)}\]\n]`)
)

// addLinks counts an issue's links: all, those of a kind, those to issues that are
// open, or done, and each of these of a kind.
func addLinks(i ticket.Issue, add func(int)) {
	counted, keys := map[string]int{}, map[string]map[string]bool{}
	for _, l := range i.Links {
		for _, as := range []string{"", l.Phrase, fmt.Sprint(l.Done), fmt.Sprint(l.Phrase, l.Done)} {
			counted[as]++
			if keys[as] == nil {
				keys[as] = map[string]bool{}
			}
			keys[as][l.Key] = true
		}
	}
	for as, n := range counted {
		add(n)
		add(len(keys[as])) // two links may lead to one issue
	}
}

// groups counts the session's tickets by what a field of them holds, with and
// without those that a line names.
func (k *knowledge) groups(add func(int), named []string) {
	if k.sharing == nil {
		k.sharing, k.shares = k.shared(k.Talks.Order), map[int]bool{}
		for _, n := range k.sharing {
			k.shares[n] = true
		}
	}
	var here []string
	for _, key := range named {
		if slices.Contains(k.Talks.Order, key) {
			here = append(here, key)
		}
	}
	for group, n := range k.shared(here) {
		add(k.sharing[group] - n)
	}
	for n := range k.shares {
		add(n)
	}
}

// shared counts tickets by what a field of them holds.
func (k *knowledge) shared(keys []string) map[string]int {
	all := map[string]int{}
	for _, key := range keys {
		i := k.Brief.Ticket(key).Issue
		for _, name := range []string{"priority", "status", "type", "reporter", "assignee", "component", "release"} {
			values, _ := fieldValues(i, name)
			for _, v := range values {
				all[name+v]++
			}
		}
	}
	return all
}

// counts are what anybody can count in the session.
func (k *knowledge) counts(add func(int)) {
	n := len(k.Talks.Order)
	add(int(k.points))
	if k.Brief.Epic != nil {
		add(n + 1) // all of them and the epic
	}
	lacking := n - k.ready + k.bare
	for _, c := range []int{n, k.ready, n - k.ready, n - 1, k.bare, lacking, lacking - k.waiting, len(k.Talks.PutOff), n + len(k.Talks.PutOff), len(k.Talks.Talks)} {
		add(c)
	}
}

// lasts reports whether the session, a phase, a talk of it or each of its tickets has so
// many minutes.
func (k *knowledge) lasts(n string) bool {
	talked := 0
	for _, m := range k.Talks.Minutes {
		talked += m
	}
	minutes := append([]int{int(k.Brief.Session.Duration.Minutes()), talked}, k.Talks.Minutes...)
	for _, b := range k.Talks.Boxes {
		minutes = append(minutes, b.Minutes)
	}
	for i, t := range k.Talks.Talks {
		if each := len(t.Keys); k.Talks.Minutes[i]%each == 0 {
			minutes = append(minutes, k.Talks.Minutes[i]/each)
		}
	}
	return slices.ContainsFunc(minutes, func(m int) bool { return fmt.Sprint(m) == n })
}
