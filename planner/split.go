package planner

import (
	"slices"
	"strings"
	"unicode"
)

// How many parts make a list worth splitting by, and how many are shown.
const (
	leastParts = 3
	mostParts  = 5
)

// split proposes how to cut the ticket by what is in it: the roles that wish, the
// steps or points that it lists, the wishes that it adds to its first one. It is
// nil where nothing in the ticket says where to cut.
func (r *reading) split() *Split {
	if r.umbrella {
		return nil // it is split
	}
	if parts := r.roles(); len(parts) > 1 {
		return &Split{"the roles it is for", parts}
	}
	if parts, steps := r.points(); len(parts) >= leastParts && steps {
		return &Split{"its steps", parts[:min(len(parts), mostParts)]}
	} else if len(parts) >= leastParts {
		return &Split{"the points it lists", parts[:min(len(parts), mostParts)]}
	}
	for _, f := range r.findings {
		if f.Rule == ruleAtomic {
			if parts := wishes(f.Evidence); len(parts) > 1 && r.demands(parts) {
				return &Split{"its wishes", parts}
			}
		}
	}
	return nil
}

// roles quotes a wish of each role that has one of its own.
func (r *reading) roles() (parts []Evidence) {
	seen := map[string]bool{}
	for n := range r.blocks {
		l := &r.blocks[n]
		if l.from.comment || l.aside {
			continue
		}
		for m := range l.said {
			s, ok := storyAt(l, m)
			role := strings.ToLower(s.Role)
			if !ok || seen[role] {
				continue
			}
			if ev, ok := l.from.quote(l.said[m].text); ok && strings.Contains(ev.Quote, s.Role) {
				seen[role] = true
				parts = append(parts, ev)
			}
		}
	}
	return parts
}

// points quotes the longest list of wishes in the ticket's own text, and says
// whether it is numbered. Its criteria, its tests and its surroundings are no
// parts of it, and of a list of options only one is meant to come.
func (r *reading) points() (longest []Evidence, steps bool) {
	var list []located
	head := located{}
	for n, l := range r.blocks {
		if l.kind == bullet && l.from.where == "description" && !l.aside && !r.isCriterion(l) {
			if list = append(list, l); n+1 < len(r.blocks) && r.blocks[n+1].kind == bullet && r.blocks[n+1].under == l.under {
				continue
			}
		}
		if parts := wished(list); len(parts) > len(longest) && !offers(append(list, head)) {
			longest, steps = parts, list[0].from.numbers(list[0].text)
		}
		list, head = nil, l
	}
	return longest, steps
}

// wished quotes those entries of a list that are something to do, if most are:
// other lists tell what is so.
func wished(list []located) (parts []Evidence) {
	for _, l := range list {
		if len(l.said) == 0 || !l.said[0].is(saysTask) || l.said[0].asks() {
			continue
		}
		if ev, ok := l.from.quote(l.said[0].text); ok {
			parts = append(parts, ev)
		}
	}
	if 3*len(parts) < 2*len(list) || repeats(parts) {
		return nil
	}
	return parts
}

// repeats reports whether two parts say the same, as steps of a script do.
func repeats(parts []Evidence) bool {
	for n, p := range parts {
		if slices.ContainsFunc(parts[:n], func(o Evidence) bool { return o.Quote == p.Quote }) {
			return true
		}
	}
	return false
}

// offers reports whether blocks speak of a choice.
func offers(list []located) bool {
	return slices.ContainsFunc(list, func(l located) bool {
		return slices.ContainsFunc(l.said, func(s sentence) bool { return s.is(saysChoice) })
	})
}

// isCriterion reports whether a block is one of those by which the ticket is
// done.
func (r *reading) isCriterion(l located) bool {
	section, _ := l.section()
	return section || slices.ContainsFunc(r.criteria, func(c located) bool { return r.named && c.from == l.from && c.text == l.text })
}

// numbers reports whether an entry stands in the text behind a number or the
// mark of a numbered list.
func (s *source) numbers(entry string) bool {
	first, _, _ := strings.Cut(entry, " ")
	for line := range strings.Lines(s.raw) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, first) && line != "" && (line[0] == '#' || unicode.IsDigit(rune(line[0])) && line != entry) {
			return true
		}
	}
	return false
}

// demands reports whether each part asks for something: what a ticket adds may
// as well tell how things are.
func (r *reading) demands(parts []Evidence) bool {
	return !slices.ContainsFunc(parts, func(e Evidence) bool {
		s := sentence{text: e.Quote, words: wordsIn(e.Quote)}
		if r.lex != nil {
			s.marks = r.lex.marks(s.words)
		}
		return !s.is(saysWish) && !s.is(saysTask)
	})
}

// wishes are the parts of a wish that is more than one: each as it is quoted, or
// both sides of the one "and" of a single quote.
func wishes(quotes []Evidence) []Evidence {
	if len(quotes) != 1 {
		return quotes
	}
	q := quotes[0]
	sides := strings.Split(q.Quote, " and ")
	if len(sides) != 2 || len(strings.Fields(sides[0])) < 2 || len(strings.Fields(sides[1])) < 2 {
		return nil
	}
	return []Evidence{{q.Where, sides[0], q.before, true}, {q.Where, sides[1], true, q.after}}
}
