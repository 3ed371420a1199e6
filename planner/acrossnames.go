package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
	if len(IssueKeys(name)) > 0 || strings.HasPrefix(after, " ") && properName.MatchString(firstWord(after)) {
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
	c := crossing{
		kind: "name without a ticket", weight: 46, guide: "Identify affected stakeholders", keys: []string{key}, key: key, quote: q,
		point: fmt.Sprintf("%s says %s, but none of the %s found speaks of “%s”. Settle whether that is still meant.", key, ev, tickets(n), name),
		ask:   fmt.Sprintf("%s: %s. None of its tickets here speaks of “%s”. Who expects something there, and what would they be told today?", key, ev, name),
		gets:  fmt.Sprintf("“%s” gets a ticket or a link to one, or goes from %s", name, key), settle: fmt.Sprintf("whether “%s” is still meant", name), guest: guest,
	}
	if guest != "" {
		c.gets, c.settle = fmt.Sprintf("“%s” gets a ticket, or is told that none comes", name), fmt.Sprintf("what “%s” may expect", name)
	}
	return c, true
}
