package outcome

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// history is how a ticket's lines came from what its comment said before to what
// the page says now. docs/lines.md has the rules.
type history struct {
	now      []Entry // as on the page, but for what is withheld
	left     []Entry // stood on the page at the last sync and no longer does
	away     []Entry // left it before that
	edited   []edit
	added    []Entry
	returned []Entry // were away, and are back in the same words
	withheld []Entry // not said again: people deleted the comment that said them
}

type edit struct{ from, to Entry }

// all is what the comment shall say: the page's lines, then those that were
// written before and left the page.
func (h history) all() []Entry { return slices.Concat(h.now, h.left, h.away) }

// compareEntries matches the lines of then and now. What a line answers to is
// told by its own words, by the id that Confluence gave it, and by likeness,
// never by its place: one that stands where another stood is another line. The
// surest signs are taken first. A line that left the page comes back only in the
// same words.
func compareEntries(then, now []Entry, withhold func(Entry) bool) history {
	m := newMatcher(then, now)
	m.pairAll()
	return m.history(withhold)
}

// pairAll pairs what answers to one another, the surest signs first.
func (m *matcher) pairAll() {
	m.pair(func(was, is line) bool { return !was.Gone && was.same(is) })
	m.pair(func(was, is line) bool { return !was.Gone && was.sameWords(is) && was.sameID(is) })
	m.pair(func(was, is line) bool { return !was.Gone && was.sameWords(is) && was.owner == is.owner })
	m.pair(func(was, is line) bool { return !was.Gone && was.sameWords(is) })
	m.pairKinds()
	m.pair(func(was, is line) bool { return !was.Gone && was.sameID(is) })
	m.pairSingle(Estimate)
	m.pairSingle(Result)
	m.pair(func(was, is line) bool { return was.Gone && (was.same(is) || was.sameWords(is)) })
	m.pairMostAlike(func(was, is line) bool { return !was.Gone && !was.reopened(is) })
}

// matcher pairs old with new lines of the same kind, each at most once.
type matcher struct {
	then, now []line
	used      []bool // of the old ones
	was       []int  // of each new one, the index+1 of the old one it is paired with
}

func newMatcher(then, now []Entry) *matcher {
	return &matcher{then: linesOf(then), now: linesOf(now), used: make([]bool, len(then)), was: make([]int, len(now))}
}

// free calls do for each pair that may still be made.
func (m *matcher) free(do func(i, j int)) {
	for i, a := range m.then {
		for j, b := range m.now {
			if !m.used[i] && m.was[j] == 0 && a.Kind == b.Kind {
				do(i, j)
			}
		}
	}
}

// pairKinds pairs what says the same in a place for something else: an action that
// was moved among the decisions has not left the page.
func (m *matcher) pairKinds() {
	for i, a := range m.then {
		for j, b := range m.now {
			if !m.used[i] && m.was[j] == 0 && !a.Gone && a.text != "" && a.text == b.text {
				m.take(i, j)
			}
		}
	}
}

// pairSingle pairs what there is one of for an item, whatever it says: another
// estimate replaces the one before.
func (m *matcher) pairSingle(k EntryKind) {
	var pairs [][2]int
	m.free(func(i, j int) {
		if m.then[i].Kind == k && !m.then[i].Gone {
			pairs = append(pairs, [2]int{i, j})
		}
	})
	if len(pairs) == 1 {
		m.take(pairs[0][0], pairs[0][1])
	}
}

func (m *matcher) take(i, j int) { m.used[i], m.was[j] = true, i+1 }

func (m *matcher) pair(match func(was, is line) bool) {
	m.free(func(i, j int) {
		if match(m.then[i], m.now[j]) {
			m.take(i, j)
		}
	})
}

// pairMostAlike pairs what is alike enough, the most alike first.
func (m *matcher) pairMostAlike(may func(was, is line) bool) {
	type candidate struct {
		i, j  int
		score float64
	}
	var all []candidate
	m.free(func(i, j int) {
		if !may(m.then[i], m.now[j]) {
			return
		}
		if score := m.then[i].likeness(m.now[j]); score >= leastAlike {
			all = append(all, candidate{i, j, score})
		}
	})
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	for _, c := range all {
		if !m.used[c.i] && m.was[c.j] == 0 {
			m.take(c.i, c.j)
		}
	}
}

// history is what the pairs come to.
func (m *matcher) history(withhold func(Entry) bool) (h history) {
	for j, is := range m.now {
		e, was := is.Entry, m.before(j)
		if was != nil {
			e.Issue = was.Issue
		}
		switch {
		case was == nil && withhold(e):
			h.withheld = append(h.withheld, e)
			continue
		case was == nil:
			h.added = append(h.added, e)
		case was.Gone:
			h.returned = append(h.returned, e)
		case was.same(is):
			e.From = was.From
		default:
			e.From = was.From
			h.edited = append(h.edited, edit{was.Entry, e})
		}
		h.now = append(h.now, e)
	}
	for i, was := range m.then {
		e := was.Entry
		switch {
		case m.used[i], was.Gone && slices.ContainsFunc(m.now, was.same): // it stands again
		case was.Gone:
			h.away = append(h.away, e)
		default:
			e.Gone = true
			h.left = append(h.left, e)
		}
	}
	return h
}

// before is the old line that a new one is paired with, nil if there is none.
func (m *matcher) before(j int) *line {
	if m.was[j] == 0 {
		return nil
	}
	return &m.then[m.was[j]-1]
}

// forgotten reports whether the full text of a line that left the page is known
// no more, so that the comment cannot be written anew without losing it.
func (h history) forgotten() bool {
	return slices.ContainsFunc(slices.Concat(h.left, h.away), func(e Entry) bool { return e.Cut != "" })
}

// onlyRemoved reports whether the page says nothing that the comment does not.
func (h history) onlyRemoved() bool {
	return len(h.added) == 0 && len(h.edited) == 0 && len(h.returned) == 0
}

// describe says in one line what an update brings.
func (h history) describe() string {
	parts := described("", h.added)
	for _, e := range h.edited {
		parts = append(parts, e.from.describe()+" → "+e.to.describe())
	}
	parts = append(parts, described("back on the page: ", h.returned)...)
	if n := len(h.left); n > 0 {
		parts = append(parts, fmt.Sprintf("marked as no longer on the page: %d", n))
	}
	if len(parts) == 0 {
		parts = append(described("", h.now), described("", h.withheld)...)
	}
	return strings.Join(parts, "; ")
}

func described(before string, entries []Entry) (parts []string) {
	for _, e := range entries {
		parts = append(parts, before+e.describe())
	}
	return parts
}
