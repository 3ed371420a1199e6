package planner

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A ground is what a drafted text may take numbers and names from.
type ground struct {
	numbers map[string]bool
	words   map[string]bool
	counts  []int // of the tickets that it is about
}

// ground is that of the tickets a passage is about or names, and the session.
func (c *draftCheck) ground(t passage) ground {
	keys := slices.Concat(t.keys, IssueKeys(withoutQuotes(t.text)))
	texts := slices.Concat(c.m.facts, []string{strings.Join(c.plan.Guide.Points(), " "), properWords})
	for _, x := range c.m.tickets {
		if slices.Contains(keys, x.key) {
			texts = append(texts, strings.Join(x.lines, "\n"))
		}
	}
	g := ground{numbers: map[string]bool{}, words: map[string]bool{}, counts: []int{len(t.keys)}}
	for _, text := range texts {
		for _, n := range numberTokens(text) {
			g.numbers[n] = true
		}
		for _, w := range wordsOf(text) {
			g.words[w] = true
		}
	}
	return g
}

// properWords are names that every plan may say.
const properWords = "I Jira Confluence Definition of Ready English"

var (
	digits     = regexp.MustCompile(`\d+(?:[.,:/-]\d+)*`)
	calendar   = regexp.MustCompile(`\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b|\bMay \d`)
	numberWord = regexp.MustCompile(`(?i)\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|percent)\b`)
)

// numberTokens are the numbers and the names of days and months in a text, lower
// case. One and two are left out: sentences count with them what they say.
func numberTokens(s string) (out []string) {
	out = digits.FindAllString(s, -1)
	for _, found := range [][]string{calendar.FindAllString(s, -1), numberWord.FindAllString(s, -1)} {
		for _, w := range found {
			w, _, _ = strings.Cut(strings.ToLower(w), " ")
			out = append(out, strings.TrimSuffix(w, "s"))
		}
	}
	return out
}

// number reports whether a number may be said, in digits or in letters.
func (g ground) number(token string) bool {
	if g.numbers[token] || g.numbers[spelled[token]] {
		return true
	}
	for word, digit := range spelled {
		if digit == token && g.numbers[word] {
			return true
		}
	}
	n, err := strconv.Atoi(spelled[token])
	if err != nil {
		n, err = strconv.Atoi(token)
	}
	return err == nil && slices.Contains(g.counts, n)
}

// word reports whether a name may be said; one of several words is looked up
// word by word.
func (g ground) word(name string) bool {
	return !slices.ContainsFunc(wordsOf(name), func(w string) bool { return !g.words[w] && !g.words[strings.TrimSuffix(w, "s")] })
}

var nameToken = regexp.MustCompile(`\p{L}[\p{L}\p{N}_&-]*(?:['’]\p{L}+)?`)

// names are the words of a text that are written as names: with a capital inside
// of a sentence, or with more than one. The capital of a sentence's first word
// says nothing.
func names(own string) (out []string) {
	for _, at := range nameToken.FindAllStringIndex(own, -1) {
		word, _, _ := strings.Cut(strings.ReplaceAll(own[at[0]:at[1]], "’", "'"), "'")
		_, size := utf8.DecodeRuneInString(word)
		several := strings.ContainsFunc(word[size:], unicode.IsUpper)
		if several || startsUpper(word) && !beginsSentence(own[:at[0]]) {
			out = append(out, word)
		}
	}
	return out
}

// endings leaves of a quote the mark that ends its sentence.
func endings(s string) string {
	return ourQuote.ReplaceAllStringFunc(s, func(quoted string) string {
		if last := strings.TrimSuffix(quoted, "”"); strings.ContainsAny(last[len(last)-1:], ".?!") {
			return last[len(last)-1:]
		}
		return "“”"
	})
}

func beginsSentence(before string) bool {
	before = strings.TrimRight(before, " (“”-–—…")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".?!:;")
}
