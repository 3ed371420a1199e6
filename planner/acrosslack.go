package planner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ownThing is the thing that the epic's title names and no ticket's title does:
// then the piece that all of them lean on has no ticket.
func ownThing(epic *reading, items []*reading) []crossing {
	thing := epic.thing()
	words := strings.Fields(thing)
	if len(words) < 2 || len(items) < leastChildren || epic.words == 0 || oneSubject(items) {
		return nil
	}
	head := terms(words[len(words)-1])
	if len(head) != 1 {
		return nil
	}
	for _, r := range items {
		if termSet(r.issue.Summary)[head[0]] {
			return nil
		}
	}
	name, key := strings.ToLower(words[len(words)-1]), epic.issue.Key
	return []crossing{{
		kind: "own thing", weight: 48, guide: "Define the core problem", guides: []string{"Clarify assumptions", "Map out dependencies"}, keys: []string{key}, key: key, quote: thing,
		point:  fmt.Sprintf("%s is about “%s”, and none of the %s found is about the %s itself. The piece that gives %s its name has no ticket.", key, thing, tickets(len(items)), name, key),
		ask:    fmt.Sprintf("%s is about “%s”, and none of its %s here is about the %s itself. Who is to begin it, and which piece of it does somebody wait for first?", key, thing, tickets(len(items)), name),
		gets:   fmt.Sprintf("the %s of %s gets a ticket of its own", name, key),
		settle: fmt.Sprintf("who begins the %s that %s is about", name, key),
	}}
}

// oneSubject reports whether most of the titles name one thing, by whatever name
// the epic calls it.
func oneSubject(items []*reading) bool {
	in := map[string]int{}
	for _, r := range items {
		for t := range subjectTerms(r.issue.Summary) {
			in[t]++
			if 2*in[t] > len(items) {
				return true
			}
		}
	}
	return false
}

// leastChildren is how many tickets an epic needs before what they leave out
// tells something.
const leastChildren = 3

// waitsApart is a ticket that waits for something to change while another one
// works on the same thing.
func waitsApart(items []*reading) (out []crossing) {
	own := map[*reading]map[string]bool{}
	in := map[string]int{}
	for _, r := range items {
		own[r] = termSet(r.ownText())
		for t := range own[r] {
			in[t]++
		}
	}
	rare := func(t string) bool { return !plainTerms[t] && 2*in[t] <= len(items) }
	for _, r := range items {
		n := slices.IndexFunc(r.hits, func(h hit) bool { return h.sense == saysWaiting })
		if n < 0 {
			continue
		}
		title := termSet(r.issue.Summary)
		for _, other := range items {
			shared, named := 0, false
			for t := range own[other] {
				if own[r][t] && rare(t) {
					shared++
					named = named || title[t]
				}
			}
			if other == r || shared < leastShared || !named || linked(r, other) || slices.ContainsFunc(other.hits, func(h hit) bool { return h.sense == saysWaiting }) {
				continue
			}
			a, b, ev, main := r.issue.Key, other.issue.Key, r.hits[n].ev, other.mainEvidence()
			return []crossing{{
				kind: "waits apart", weight: 44, guide: "Clarify assumptions", guides: []string{"Map out dependencies"}, keys: []string{a, b}, key: a, quote: ev.Quote,
				point:  fmt.Sprintf("%s is to wait, %s, while %s works on the same thing now: %s%s Both cannot follow from one assumption.", a, ev, b, main, stop(main)),
				ask:    fmt.Sprintf("%s is to wait, %s, and %s works on the same thing now. Who needs %s before that, and what would they have to do again afterwards?", a, ev, b, b),
				gets:   fmt.Sprintf("%s and %s wait or go ahead for the same reason", a, b),
				settle: fmt.Sprintf("whether %s waits and %s goes ahead", a, b),
			}}
		}
	}
	return nil
}

// leastModel is how many points a list needs to be a model for another ticket.
const leastModel = 5

// models are tickets that begin alike, of which one lists its points and the
// other has none.
func models(items []*reading) (out []crossing) {
	for _, with := range items {
		n, whole := with.bullets()
		if n < leastModel || !whole {
			continue
		}
		for _, without := range items {
			x, y := without.mainEvidence(), with.mainEvidence()
			if none, _ := without.bullets(); without == with || none > 0 || x.Where != "description" || y.Where != "description" || overlap(termSet(x.Quote), termSet(y.Quote)) < 0.5 {
				continue
			}
			a, b := without.issue.Key, with.issue.Key
			out = append(out, crossing{
				kind: "model", second: true, weight: 39, guide: "What are the acceptance criteria?", guides: []string{"Define clear outcomes:"}, keys: []string{a, b}, key: a, quote: x.Quote,
				point:  fmt.Sprintf("%s begins like %s, %s. %s lists %d points, %s has no list; ask which of them hold for both.", a, b, x, b, n, a),
				ask:    fmt.Sprintf("%s begins like %s, %s, and has no list where that one has %d points. Which of those do the people behind %s need as well, and which would they never use?", a, b, x, n, cmp.Or(definite(without.thing()), a)),
				gets:   fmt.Sprintf("%s gets a list like that of %s", a, b),
				settle: fmt.Sprintf("which points of %s hold for %s", b, a),
			})
		}
	}
	return out
}
