package planner

import (
	"fmt"
	"slices"
	"strings"
)

const (
	leastSameWords = 9 // a shorter sentence is a phrase that anybody may use
	mostOtherWords = 2
)

// sameOfTwo are two tickets that say one thing, word for word, of two things by
// whose names alone they differ. A sentence of three tickets is a form that they
// are all made from.
func sameOfTwo(items []*reading) []crossing {
	var long []said
	each(items, false, func(r *reading, from *source, s string) {
		if ev, ok := from.quote(s); ok && from.where == "description" && len(strings.Fields(s)) >= leastSameWords {
			long = append(long, said{r, ev})
		}
	})
	like := func(a said) []said {
		return slices.DeleteFunc(slices.Clone(long), func(b said) bool { return !sameButNames(a, b) })
	}
	for _, a := range long {
		others := like(a)
		if len(others) == 1 && len(like(others[0])) == 1 && overlap(termSet(a.by.ownText()), termSet(others[0].by.ownText())) < 0.6 {
			return []crossing{sameCrossing(a, others[0])}
		}
	}
	return nil
}

// sameButNames reports whether two tickets' sentences have other words only where
// each has one of its own ticket's title. Whoever reads two proper names, of platforms
// or products, knows what parts them.
func sameButNames(a, b said) bool {
	x, y := strings.Fields(a.ev.Quote), strings.Fields(b.ev.Quote)
	if a.by == b.by || len(x) != len(y) {
		return false
	}
	titleA, titleB := termSet(a.by.issue.Summary), termSet(b.by.issue.Summary)
	n := 0
	for i := range x {
		if strings.EqualFold(x[i], y[i]) {
			continue
		}
		if capitals(x[i]) || capitals(y[i]) {
			return false
		}
		p, q := terms(x[i]), terms(y[i])
		if n++; n > mostOtherWords || len(p) != 1 || len(q) != 1 || !titleA[p[0]] || !titleB[q[0]] {
			return false
		}
	}
	return n > 0
}

func capitals(word string) bool { return strings.ToLower(word) != word }

func sameCrossing(a, b said) crossing {
	x, y := a.by.issue.Key, b.by.issue.Key
	return crossing{
		kind: "same sentence", second: true, weight: 37, guide: "Clarify assumptions", guides: []string{"Define the core problem"}, keys: []string{x, y}, key: x, quote: a.ev.Quote,
		point: fmt.Sprintf("%s and %s say the same of two things, but for their names: %s, “%s”. Find out by what somebody tells one from the other.", x, y, a.ev, b.by.subject()),
		ask:   fmt.Sprintf("%s says %s, and %s, “%s”, says just that of its own. When does somebody want the one and not the other?", x, a.ev, y, b.by.subject()),
		gets:  fmt.Sprintf("%s and %s say what parts them", x, y), settle: fmt.Sprintf("how somebody tells %s and %s apart", x, y),
	}
}
