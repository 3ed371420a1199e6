package outcome

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line is an entry with what it is compared by, worked out once: a long page
// is compared with a long comment, each line with each.
type line struct {
	Entry
	hash  string // of all that it says
	text  string // hash of its words alone; empty where only their beginning is known
	owner string // hash of who owns it
	shape
}

func lineOf(e Entry) line {
	l := line{Entry: e, hash: e.hash(), owner: digest(e.Owner.identity()), shape: shapeOf(e.Text.String())}
	if e.Cut == "" {
		l.text = digest(plain(e.Text))
	}
	return l
}

func linesOf(entries []Entry) []line {
	lines := make([]line, len(entries))
	for i, e := range entries {
		lines[i] = lineOf(e)
	}
	return lines
}

// same reports whether two lines say the same, ids aside.
func (l line) same(o line) bool { return l.hash == o.hash }

// sameID reports whether the page calls both the same. What was done is a record:
// an open task of other words that took its id, or its place, is other work.
func (l line) sameID(o line) bool {
	return l.Kind == o.Kind && l.ID != "" && l.ID == o.ID && (!l.reopened(o) || l.likeness(o) >= leastAlike)
}

// reopened reports whether o is open where l was done.
func (l line) reopened(o line) bool { return l.Done && !o.Done }

// sameWords reports whether two lines have the same text, whatever became of
// reason, owner, date and tick.
func (l line) sameWords(o line) bool { return l.Kind == o.Kind && l.text != "" && l.text == o.text }

// partOf reports whether l stands in o, within words that were added: those that
// name another ticket, say.
func (l line) partOf(o line) bool { return l.Kind == o.Kind && l.within(o.shape) }

// leastAlike is how alike two texts are at least if one is the other reworded.
// What has less in common is two lines: better one too many on a ticket than one
// overwritten. Of texts about one subject, of whatever length, that say different
// things, none is more than half alike.
const leastAlike = 0.6

// likeness tells from 0 to 1 how much of a line, as far as its text is known, is
// in another. It is at least [leastAlike] where one is part of the other.
func (l line) likeness(o line) float64 {
	is := o.shape
	if l.Cut != "" {
		is = shapeOf(beginning(o.Text.String(), utf8.RuneCountInString(l.Text.String())))
	}
	score := l.alike(is)
	if l.within(is) || is.within(l.shape) {
		score = max(score, leastAlike)
	}
	return score
}

// A shape is a text in lower case, taken apart.
type shape struct {
	runs  []uint64 // of three neighbouring characters each, sorted
	words string   // with a space around each
}

func shapeOf(text string) (s shape) {
	text = strings.ToLower(text)
	var run uint64
	for i, r := range []rune(text) {
		const threeRunes = 1<<(3*21) - 1 // a character has 21 bits
		if run = (run<<21 | uint64(r)) & threeRunes; i >= 2 {
			s.runs = append(s.runs, run)
		}
	}
	slices.Sort(s.runs)
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	s.words = " " + strings.Join(words, " ") + " "
	return s
}

// alike is the share of their runs that two texts have in common (Dice's
// coefficient): a typing error costs little, the order of the words hardly
// counts, and a script without spaces is no hindrance.
func (s shape) alike(o shape) float64 {
	if len(s.runs)+len(o.runs) == 0 {
		return 0
	}
	return 2 * float64(common(s.runs, o.runs)) / float64(len(s.runs)+len(o.runs))
}

// within reports whether the words of a text stand in another, one after the
// other. A single word would prove nothing.
func (s shape) within(o shape) bool {
	return strings.Count(s.words, " ") > 2 && strings.Contains(o.words, s.words)
}

// common counts what two sorted lists have in common.
func common(a, b []uint64) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
