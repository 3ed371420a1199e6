package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// versionOf finds a product and its version: "Backbone 1.0", "Backbone is 1.1.2".
var (
	versionOf = regexp.MustCompile(`\b([A-Z][A-Za-z]{2,})(?: version| is| v)? ?(\d+\.\d+(?:\.\d+)*)\b`)
	noProduct = regexp.MustCompile(`^(?:January|February|March|April|May|June|July|August|September|October|November|December|Section|Chapter|Figure|Table|Step|Version|Release|Sprint|Level|Page|Item)$`)
)

// A release is a product's version as a ticket names it.
type release struct {
	said
	product, version string
}

// releases are the products that the tickets name with a version. A sentence
// with several of them lists what all of it holds for.
func releases(readings []*reading) (out []release) {
	for _, r := range readings {
		for _, l := range r.blocks {
			if l.kind == heading || l.aside {
				continue
			}
			for _, line := range l.said {
				found := versionOf.FindAllStringSubmatchIndex(line.text, -1)
				if len(found) != 1 || noProduct.MatchString(line.text[found[0][2]:found[0][3]]) {
					continue
				}
				m := found[0]
				if ev, ok := l.from.around(line.text, m); ok || l.from.where == "summary" {
					if !ok {
						ev = Evidence{Where: l.from.where, Quote: line.text[m[0]:m[1]]}
					}
					out = append(out, release{said{r, ev}, line.text[m[2]:m[3]], line.text[m[4]:m[5]]})
				}
			}
		}
	}
	return out
}

// versions are two versions of one product where the tickets mean one. With
// more than two, a product's history is told.
func versions(epic *reading, items []*reading) (out []crossing) {
	all := releases(withEpic(epic, items))
	seen := map[string]bool{}
	for n, first := range all {
		if seen[first.product] {
			continue
		}
		seen[first.product] = true
		var others []release
		for _, r := range all[n+1:] {
			if r.product == first.product && !sameVersion(r.version, first.version) && !slices.ContainsFunc(others, func(o release) bool { return o.version == r.version }) {
				others = append(others, r)
			}
		}
		if len(others) == 1 && !(others[0].by == first.by && others[0].ev.Where == first.ev.Where) {
			out = append(out, versionCrossing(first, others[0]))
		}
	}
	return out
}

// sameVersion also holds for 1.1 and 1.1.2.
func sameVersion(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+".") || strings.HasPrefix(b, a+".")
}

func versionCrossing(x, y release) crossing {
	a, b := x.by.issue.Key, y.by.issue.Key
	keys := slices.Compact([]string{a, b})
	return crossing{
		kind: "versions", stops: true, weight: 40, guide: "Clarify assumptions", guides: []string{"Document constraints"}, keys: keys, key: a, quote: x.ev.Quote,
		point: fmt.Sprintf("%s says %s (%s), %s says %s (%s). Settle which %s people have and which they wait for.", a, x.ev, x.ev.Where, b, y.ev, y.ev.Where, x.product),
		ask:   fmt.Sprintf("%s says %s in its %s, and %s says %s in its %s. Which %s do people work with today, and who waits for which?", a, x.ev, x.ev.Where, b, y.ev, y.ev.Where, x.product),
		gets:  fmt.Sprintf("%s %s one version of %s", some(keys), agree(len(keys), "names", "name"), x.product), settle: "which " + x.product + " is meant",
	}
}

const twoNumbersKind = "two numbers"

// twoNumbers are tickets whose titles count the same thing and do not agree.
func twoNumbers(items []*reading) (out []crossing) {
	for i, a := range items {
		for _, b := range items[i+1:] {
			qa, qb, ok := disagreeing(a.issue.Summary, b.issue.Summary)
			if !ok || overlap(termSet(a.issue.Summary), termSet(b.issue.Summary)) < 0.4 {
				continue
			}
			x, okX := a.source("summary").around(a.title(), qa.at[:])
			y, okY := b.source("summary").around(b.title(), qb.at[:])
			if !okX || !okY {
				continue
			}
			means := "One of them is the aim and the other a step, or one is out of date."
			if moved, ok := movedAim(qa.unit, a, b); ok {
				means = fmt.Sprintf("A comment on %s says %s. Agree who may move the aim.", moved.by.issue.Key, moved.ev)
			}
			out = append(out, crossing{
				kind: twoNumbersKind, stops: true, weight: 44, guide: "How will we measure it?", guides: []string{"What does success look like?", "Clarify assumptions"},
				keys: []string{a.issue.Key, b.issue.Key}, key: a.issue.Key, quote: x.Quote,
				point: fmt.Sprintf("%s says %s, %s says %s. %s", a.issue.Key, x, b.issue.Key, y, means),
				ask:   fmt.Sprintf("%s says %s and %s says %s. Whom does each of the two numbers serve, and who would notice the difference?", a.issue.Key, x, b.issue.Key, y),
				gets:  fmt.Sprintf("%s and %s agree on one number", a.issue.Key, b.issue.Key), settle: "which of the two numbers holds",
			})
		}
	}
	return out
}

// moves tells of an aim that was another one before.
var moves = regexp.MustCompile(`(?i)\b(?:originally|at first|initially)\b|\b(?:was|has been|been) (?:changed|lowered|raised|reduced|relaxed)\b|\b(?:changed|lowered|raised|relaxed) (?:it|this|that) \b`)

// movedAim is what a comment tells of how the number of a thing came to change.
func movedAim(unit string, readings ...*reading) (found said, ok bool) {
	each(readings, true, func(r *reading, from *source, s string) {
		at := moves.FindStringIndex(s)
		if ok || at == nil || !from.comment || !termSet(s)[unit] {
			return
		}
		if ev, quoted := from.around(s, at); quoted {
			found, ok = said{r, ev}, true
		}
	})
	return found, ok
}

// title is the summary on one line.
func (r *reading) title() string { return readable(oneLine(r.issue.Summary)) }

// disagreeing finds a thing that both titles count, in different numbers.
func disagreeing(a, b string) (x, y quantity, ok bool) {
	inB := counts(readable(oneLine(b)))
	for _, x := range counts(readable(oneLine(a))) {
		if y, ok := differs(x, inB); ok {
			return x, y, true
		}
	}
	return x, y, false
}

// announced are lists that have another number of entries than the sentence
// before them announces.
func announced(epic *reading, items []*reading) (out []crossing) {
	for _, r := range withEpic(epic, items) {
		for n, l := range r.blocks {
			if !l.announces() || l.from.where != "description" {
				continue
			}
			entries, whole := r.listAfter(n)
			last := l.said[len(l.said)-1]
			counted := countsOf(last.text, last.words)
			if len(entries) == 0 || !whole || len(counted) != 1 || counted[0].number == strconv.Itoa(len(entries)) {
				continue
			}
			if r == epic && mostTakenUp(r, entries, items) {
				continue // it has grown with its tickets, and the number has not
			}
			if ev, ok := l.from.around(last.text, counted[0].at[:]); ok {
				out = append(out, announcedCrossing(r.issue.Key, ev, len(entries)))
			}
		}
	}
	return out
}

// announces reports whether a list may follow: after a colon, or as beneath a
// heading.
func (l *located) announces() bool {
	return len(l.said) > 0 && (l.kind == heading || l.kind == paragraph && strings.HasSuffix(l.text, ":"))
}

// listAfter are the entries of the list that follows the nth block, without what
// some of them have below. It is not whole where machine text was left out.
func (r *reading) listAfter(n int) (entries []located, whole bool) {
	whole = !r.blocks[n].cut
	for _, l := range r.blocks[n+1:] {
		if l.kind != bullet || l.from != r.blocks[n].from {
			break
		}
		if !l.nested {
			entries = append(entries, l)
		}
		whole = whole && !l.cut
	}
	return entries, whole
}

func announcedCrossing(key string, ev Evidence, entries int) crossing {
	return crossing{
		kind: "announced", weight: 45, guide: "Define the core problem", guides: []string{"Clarify assumptions"}, keys: []string{key}, key: key, quote: ev.Quote,
		point: fmt.Sprintf("%s announces %s and lists %d. Whoever agreed to the first may not know of the rest.", key, ev, entries),
		ask:   fmt.Sprintf("%s announces %s and lists %d. Which of the %d does somebody wait for first, and which has nobody asked for?", key, ev, entries, entries),
		gets:  fmt.Sprintf("%s has a list that people have agreed to", key), settle: fmt.Sprintf("which of the %d entries %s stands for", entries, key),
	}
}
