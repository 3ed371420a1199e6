package planner

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

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
		if base, ok := strings.CutSuffix(w, end); ok && (len(base) >= 4 || end == "s" && len(base) == 3 && !strings.ContainsRune("sui", rune(base[2]))) {
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

// sortedTerms lists a set's terms, so that their order does not depend on the
// map's.
func sortedTerms(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

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
