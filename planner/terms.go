package planner

import (
	"strings"
	"unicode"
)

// stopWords say nothing about a ticket's subject.
var stopWords = wordSet(`the of and to is that for it with as be this are have from by not we which will should can when an
there their been has would so if need needs our they but into its does a i in on or at was were all any also only no yes
add new use used using make create implement support update allow able want must may might could then than other these those
such each more most some via per etc user users ability`)

// terms are the words of s that carry its subject, stemmed, in order.
func terms(s string) (out []string) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if t := stem(w); len(w) > 2 && !stopWords[w] && !stopWords[t] {
			out = append(out, t)
		}
	}
	return out
}

// stem cuts the commonest English endings; it only has to treat a word and its
// inflections alike.
func stem(w string) string {
	for _, end := range []string{"ations", "ation", "ings", "ing", "ers", "er", "ies", "ied", "ed", "es", "e", "s", "y"} {
		if base, ok := strings.CutSuffix(w, end); ok && len(base) >= 4 {
			return base
		}
	}
	return w
}

func termSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, t := range terms(s) {
		set[t] = true
	}
	return set
}

// overlap is the share of terms two sets have in common (Jaccard index).
func overlap(a, b map[string]bool) float64 {
	common := 0
	for t := range a {
		if b[t] {
			common++
		}
	}
	if all := len(a) + len(b) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 0
}
