package outcome_test

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/outcome"
)

// A typed line is one on the page, known by itself and not by what it says: the
// ledger watches people typing, which a sync cannot.
type typedLine struct {
	kind    outcome.EntryKind
	words   string
	done    bool
	id      string // of Confluence, or none
	section string // the ticket's key
	began   string // the words that it or, where it was copied, the first one was typed with

	reworded bool // since it was written last
	moved    bool // since then
}

// content is what the line says; two lines of one content are one to a ticket.
func (l *typedLine) content() string { return fmt.Sprint(l.kind, " ", l.words, " ", l.done) }

func (l *typedLine) sameWords(o *typedLine) bool { return l.kind == o.kind && l.words == o.words }

// has reports whether the line has all the words of another, of the same kind.
func (l *typedLine) has(o *typedLine) bool {
	have := strings.Fields(l.words)
	return l.kind == o.kind && !slices.ContainsFunc(strings.Fields(o.words), func(w string) bool { return !slices.Contains(have, w) })
}

// A noted line is one as it must stand in a comment: as it was typed when it was
// last written.
type noted struct {
	line *typedLine
	said typedLine
	gone bool   // it left the page
	to   string // where it moved to then
	from string // where it came from
}

// A noteBook is what must stand in a ticket's comment.
type noteBook struct {
	notes    []noted
	withheld map[string]bool // what an earlier comment said that people deleted
	theirs   bool            // a person rewrote it
}

func (c *noteBook) clone() *noteBook {
	if c == nil {
		return &noteBook{}
	}
	return &noteBook{notes: slices.Clone(c.notes), withheld: c.withheld, theirs: c.theirs}
}

// stands finds the note of a line that stands, nil if there is none.
func (c *noteBook) stands(is func(n noted) bool) *noted {
	if c == nil {
		return nil
	}
	for i, n := range c.notes {
		if !n.gone && is(n) {
			return &c.notes[i]
		}
	}
	return nil
}

// A ledger notes what must stand on each ticket, from what people do. It knows
// nothing of how lines are matched.
type ledger struct {
	keys     []string
	page     []*typedLine // in order
	comments map[string]*noteBook
	memory   map[string]map[string]bool // contents, as the page remembers them
}

// on are the lines in a ticket's section, one for each content.
func (l *ledger) on(key string) (lines []*typedLine) {
	for _, line := range l.page {
		if line.section == key && !slices.ContainsFunc(lines, func(o *typedLine) bool { return o.content() == line.content() }) {
			lines = append(lines, line)
		}
	}
	return lines
}

// written is the comment of a ticket as a sync must write it, and where each line
// that leaves it may have gone to, by its place in the comment.
func (l *ledger) written(key string) (c *noteBook, moves map[int][]string) {
	before := l.comments[key]
	c, moves = before.clone(), map[int][]string{}
	if before == nil {
		c.withheld = l.memory[key]
	}
	free := l.on(key)
	take := func(which func(*typedLine) bool) *typedLine {
		i := slices.IndexFunc(free, which)
		if i < 0 {
			return nil
		}
		line := free[i]
		free = slices.Delete(slices.Clone(free), i, i+1)
		return line
	}
	var without []int
	for i, n := range c.notes { // the very lines
		if n.gone {
			continue
		}
		if line := take(func(o *typedLine) bool { return o == n.line }); line != nil {
			c.notes[i].said = *line
		} else {
			without = append(without, i)
		}
	}
	for _, i := range without { // or others that say the same
		n := &c.notes[i]
		if line := take(n.said.sameWords); line != nil {
			n.line, n.said = line, *line
			continue
		}
		n.gone, moves[i] = true, l.arrivals(key, *n)
	}
	for i, n := range c.notes { // what had left comes back in its own words
		if !n.gone || moves[i] != nil || slices.Contains(without, i) {
			continue
		}
		if line := take(n.said.sameWords); line != nil {
			c.notes[i] = noted{line: line, said: *line}
		}
	}
	for _, line := range free {
		if !c.withheld[line.content()] {
			c.notes = append(c.notes, noted{line: line, said: *line})
		}
	}
	return c, moves
}

// arrivals are the tickets that the line of a note has come to: it stands there
// now and did not, or came from here.
func (l *ledger) arrivals(from string, n noted) (keys []string) {
	for _, key := range l.keys {
		for _, line := range l.on(key) {
			known := line == n.line && line.id != "" && line.id == n.said.id
			if key == from || !known && !line.has(&n.said) {
				continue
			}
			stood := l.comments[key].stands(func(o noted) bool { return o.line == line || o.said.content() == line.content() })
			if stood == nil || stood.from == from {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// says is what the comment must say, sorted.
func (c *noteBook) says() (lines []string) {
	for _, n := range c.notes {
		lines = append(lines, say(n.said.content(), n.gone, n.to))
	}
	slices.Sort(lines)
	return lines
}

func say(content string, gone bool, to string) string {
	switch {
	case to != "":
		return content + " → " + to
	case gone:
		return content + " left"
	}
	return content
}

// contents are what the page shall remember of the comment.
func (c *noteBook) contents() map[string]bool {
	all := map[string]bool{}
	for content := range c.withheld {
		all[content] = true
	}
	for _, n := range c.notes {
		all[n.said.content()] = true
	}
	return all
}
