package planner

import (
	"slices"
	"strings"
)

// said is a sentence of a ticket that another ticket gives a meaning to.
type said struct {
	by *reading
	ev Evidence
}

// each calls use for every sentence that people wrote on the readings' issues,
// titles and test steps aside; with comments it takes those in, too, also those
// that report progress.
func each(readings []*reading, comments bool, use func(r *reading, from *source, sentence string)) {
	for _, r := range readings {
		if !r.english {
			continue
		}
		texts := r.blocks
		if comments {
			texts = slices.Concat(r.blocks, r.progress)
		}
		for _, l := range texts {
			if l.from.where == "summary" || l.kind == heading || l.aside || l.from.comment && !comments {
				continue
			}
			for _, s := range l.said {
				use(r, l.from, s.text)
			}
		}
	}
}

// around quotes the clause of a sentence that stands at at.
func (s *source) around(sentence string, at []int) (Evidence, bool) {
	q, before, after := clip(sentence, [2]int{at[0], at[1]})
	return Evidence{Where: s.where, Quote: q, before: before, after: after}, len(strings.Fields(q)) >= minQuoteWords && len(q) <= maxQuote && s.holds(q)
}

// distinct are the subject terms of each ticket's title, less those that most
// titles of the session share.
func distinct(items []*reading) map[*reading]map[string]bool {
	in := map[string]int{}
	sets := map[*reading]map[string]bool{}
	for _, r := range items {
		sets[r] = termSet(r.issue.Summary[len(component.FindString(r.issue.Summary)):])
		for t := range sets[r] {
			in[t]++
		}
	}
	common := map[string]bool{}
	for t, n := range in {
		common[t] = n > 2 && 2*n > len(items)
	}
	for _, set := range sets {
		for t := range set {
			if common[t] || plainTerms[t] {
				delete(set, t)
			}
		}
	}
	return sets
}

// plainTerms are the stems of words that name no subject.
var plainTerms = stemsOf(plainWords)

func stemsOf(words map[string]bool) map[string]bool {
	set := map[string]bool{}
	for w := range words {
		set[stem(w)] = true
	}
	return set
}

// speaksOf is the ticket, another one than r, whose title the text names by
// most of its terms.
func speaksOf(text string, r *reading, titles map[*reading]map[string]bool, items []*reading) *reading {
	in := termSet(text)
	var best *reading
	most := 0
	for _, other := range items {
		if other == r || other.issue.Key == r.issue.Key {
			continue
		}
		n := common(titles[other], in)
		if n >= 2 && 2*n >= len(titles[other]) && n > most {
			best, most = other, n
		}
	}
	return best
}

// clausesOf are the byte ranges of a sentence's clauses.
func clausesOf(s string) (out [][]int) {
	start := 0
	for _, c := range clauseEnds(s) {
		if c[0] > start {
			out = append(out, []int{start, c[0]})
		}
		start = c[1]
	}
	if start < len(s) {
		out = append(out, []int{start, len(s)})
	}
	return out
}
