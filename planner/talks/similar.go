package talks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"refine/planner/ticket"
)

const (
	leastSimilar = 3    // finished issues that make a spread
	mostSimilar  = 5    // of them that are named
	likeness     = 0.12 // share of words from which on two issues are similar
	sharedTitle  = 2    // words of the titles that similar issues share
	leastLetters = 4    // of a word that tells two issues apart
)

// A sized issue is a finished one with its points and how similar it is.
type sized struct {
	key    string
	points float64
	near   float64
}

// Hint is what similar finished items took; empty if there are too few.
func (s Sizing) Hint(i ticket.Issue, past []ticket.Issue) string {
	near := similar(i, past)
	if len(near) < leastSimilar {
		return ""
	}
	var each []string
	var all []float64
	for _, n := range near {
		each = append(each, fmt.Sprintf("%s (%s)", n.key, s.named(n.points)))
		all = append(all, n.points)
	}
	slices.Sort(all)
	low, mid, high := all[0], all[len(all)/2], all[len(all)-1]
	spread := fmt.Sprintf("all had %s", s.named(low))
	if low != high {
		spread = fmt.Sprintf("%s to %s, with %s in the middle", s.named(low), s.named(high), s.named(mid))
	}
	return fmt.Sprintf("similar finished items: %s: %s", spread, strings.Join(each, ", "))
}

// similar are the finished issues that are most like i, the likest first: their
// titles share words, and their texts enough of them.
func similar(i ticket.Issue, past []ticket.Issue) (near []sized) {
	title, text := wordSet(i.Summary), wordSet(i.Summary+"\n"+i.Description)
	for _, p := range past {
		if p.StoryPoints == nil || p.Restricted || p.Key == i.Key || common(title, wordSet(p.Summary)) < sharedTitle {
			continue
		}
		other := wordSet(p.Summary + "\n" + p.Description)
		both := common(text, other)
		if o := float64(both) / float64(max(len(text)+len(other)-both, 1)); o >= likeness {
			near = append(near, sized{p.Key, *p.StoryPoints, o})
		}
	}
	slices.SortFunc(near, func(a, b sized) int {
		return cmp.Or(cmp.Compare(b.near, a.near), cmp.Compare(a.key, b.key))
	})
	return near[:min(len(near), mostSimilar)]
}

// wordSet are the longer words of a text.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) >= leastLetters {
			set[w] = true
		}
	}
	return set
}

// common counts the words that two sets share.
func common(a, b map[string]bool) (n int) {
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}
