package planner

import (
	"fmt"
	"strings"
)

const (
	leastSameWords = 9 // a shorter sentence is a phrase that anybody may use
	mostOtherWords = 2
)

// sameOfTwo are two tickets that say one thing, word for word, of two things
// by whose names alone they differ. A sentence of three tickets is a form that
// they are all made from.
func sameOfTwo(items []*reading) (out []crossing) {
	type place struct {
		said
		words []string
	}
	var places []place
	each(items, false, func(r *reading, from *source, s string) {
		words := strings.Fields(s)
		if len(words) < leastSameWords || from.where != "description" {
			return
		}
		if ev, ok := from.quote(s); ok {
			places = append(places, place{said{r, ev}, words})
		}
	})
	in := map[int]int{} // how many others say nearly what the place says
	type pair struct{ a, b int }
	var pairs []pair
	for i, a := range places {
		for j := i + 1; j < len(places); j++ {
			if b := places[j]; a.by != b.by && onlyNamesDiffer(a.words, b.words, a.by, b.by) {
				in[i], in[j] = in[i]+1, in[j]+1
				pairs = append(pairs, pair{i, j})
			}
		}
	}
	for _, p := range pairs {
		a, b := places[p.a].said, places[p.b].said
		if in[p.a] == 1 && in[p.b] == 1 && len(out) == 0 && overlap(termSet(a.by.ownText()), termSet(b.by.ownText())) < 0.6 {
			out = append(out, sameCrossing(a, b))
		}
	}
	return out
}

// onlyNamesDiffer reports whether two sentences have other words only where each
// has one of its own ticket's title. Whoever reads two proper names, of platforms
// or products, knows what parts them.
func onlyNamesDiffer(x, y []string, a, b *reading) bool {
	if len(x) != len(y) {
		return false
	}
	titleA, titleB := termSet(a.issue.Summary), termSet(b.issue.Summary)
	n := 0
	for i := range x {
		if strings.EqualFold(x[i], y[i]) {
			continue
		}
		if named(x[i]) || named(y[i]) {
			return false
		}
		p, q := terms(x[i]), terms(y[i])
		if n++; n > mostOtherWords || len(p) != 1 || len(q) != 1 || !titleA[p[0]] || !titleB[q[0]] {
			return false
		}
	}
	return n > 0
}

func named(word string) bool { return strings.ToLower(word) != word }

func sameCrossing(a, b said) crossing {
	x, y := a.by.issue.Key, b.by.issue.Key
	return crossing{
		kind: "same sentence", second: true, weight: 37, guide: "Clarify assumptions", guides: []string{"Define the core problem"}, keys: []string{x, y}, key: x, quote: a.ev.Quote,
		point: fmt.Sprintf("%s and %s say the same of two things, but for their names: %s, “%s”. Find out by what somebody tells one from the other.", x, y, a.ev, b.by.subject()),
		ask:   fmt.Sprintf("%s says %s, and %s, “%s”, says just that of its own. When does somebody want the one and not the other?", x, a.ev, y, b.by.subject()),
		gets:  fmt.Sprintf("%s and %s say what parts them", x, y), settle: fmt.Sprintf("how somebody tells %s and %s apart", x, y),
	}
}
