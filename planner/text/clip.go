package text

import (
	"strings"
	"unicode/utf8"

	"refine/internal/lazyregexp"
)

// How long a quote is, in bytes. A sentence up to readable is quoted whole; of a
// longer one, clauses are taken until glance is reached. Nothing is quoted that is
// longer than longest.
const (
	glance   = 120
	readable = 200
	longest  = 260
)

// Clip takes from a sentence what makes a quote of readable length: all of it, or
// the clauses around the bytes at[0]:at[1]. It begins and ends where a clause
// does, takes in the bracket or the clause that turns or answers what it quotes,
// and never runs across what a quote cannot show, such as a link's address.
func Clip(sentence string, at [2]int) string {
	sentence, at = nearby(sentence, at)
	sentence, at = entry(sentence, at)
	if len(sentence) <= readable && !strings.ContainsFunc(sentence, wall) {
		return trimmed(sentence) // as most
	}
	c := clausesOf(sentence)
	lo, hi := c.enclosing(at)
	left, right := lo, hi
	for left > 0 && !c.walls[left] {
		left--
	}
	for right < len(c.starts) && !c.walls[right] {
		right++
	}
	if c.end(right)-c.starts[left] > readable {
		left, right = c.grown(lo, hi, left, right)
	}
	start, end := c.starts[left], c.end(right)
	if end-start > longest {
		start, end = window(sentence, start, end, at)
	} else if right < len(c.starts) && c.walls[right] {
		end = max(start+looseEnd(sentence[start:end]), min(at[1], end))
	}
	return trimmed(sentence[start:end])
}

func trimmed(quote string) string {
	return strings.TrimRight(strings.Trim(quote, " ,;:-“”"+string(unquotable)), ".,;:- ")
}

// wall reports whether no quote runs across a character.
func wall(r rune) bool { return r == unquotable || r == '“' || r == '”' }

// nearby is what of a very long sentence can be in the quote at all.
func nearby(s string, at [2]int) (string, [2]int) {
	at[0] = min(max(at[0], 0), len(s))
	at[1] = min(max(at[1], at[0]), len(s), at[0]+longest)
	from, to := wordStart(s, max(at[0]-2*longest, 0)), wordEnd(s, min(at[1]+2*longest, len(s)))
	from, to = min(from, at[0]), max(to, at[1])
	return s[from:to], [2]int{at[0] - from, at[1] - from}
}

// entry is what of a sentence stands behind the marks of a list or of emphasis that
// its lost lines left in it.
func entry(s string, at [2]int) (string, [2]int) {
	from := strings.LastIndex(s[:at[0]], " * ") + 1
	if from > 0 {
		from += 2
		if m := askingAnew.FindAllStringIndex(s[from:at[0]], -1); m != nil {
			from += m[len(m)-1][0] + 1
		}
	} else if strings.HasPrefix(s, "*") {
		from = strings.LastIndexByte(s[:at[0]], '*') + 1
	}
	return s[from:], [2]int{at[0] - from, at[1] - from}
}

// askingAnew begins a question behind what has lost the end of its line.
var askingAnew = lazyregexp.New(` (?:What|How|Which|Who|Where|Does|Do|Is|Are|Should) `)

// wordStart is where the first word begins at or after i, wordEnd where the last
// one ends at or before it.
func wordStart(s string, i int) int {
	if i == 0 {
		return 0
	}
	if n := strings.IndexByte(s[i:], ' '); n >= 0 {
		return i + n + 1
	}
	return len(s)
}

func wordEnd(s string, i int) int {
	if i == len(s) {
		return i
	}
	return max(strings.LastIndexByte(s[:i], ' '), 0)
}

// clauses are the parts of a sentence that a quote can be made of.
type clauses struct {
	sentence string
	starts   []int
	walls    []bool // no quote runs from the clause before into the one of that place
}

// end is where the clause before the nth ends.
func (c *clauses) end(n int) int {
	if n < len(c.starts) {
		return c.starts[n]
	}
	return len(c.sentence)
}

// clausesOf cuts behind commas, colons and semicolons, before a dash, and around
// what cannot be quoted; nowhere within brackets.
func clausesOf(s string) *clauses {
	c := &clauses{sentence: s, starts: []int{0}, walls: []bool{true}}
	add := func(at int, wall bool) {
		if last := len(c.starts) - 1; c.starts[last] == at {
			c.walls[last] = c.walls[last] || wall
			return
		}
		c.starts, c.walls = append(c.starts, at), append(c.walls, wall)
	}
	shut := 0 // where the bracket being read is shut
	for i, r := range s {
		size := utf8.RuneLen(r)
		switch {
		case wall(r):
			add(i, true)
			add(i+size, true)
		case i < shut:
		case r == '(':
			shut = i + bracket(s[i:])
		case (r == ',' || r == ';' || r == ':') && strings.HasPrefix(s[i+1:], " ") && !(i+2 < len(s) && isDigit(s[i+2])): // "February 1, 2015"
			add(i+2, false)
		case (r == '-' || r == '–' || r == '—') && i > 0 && s[i-1] == ' ':
			add(i, false)
		}
	}
	return c
}

// bracket is the length of the bracket that s begins with, 0 if it is never shut
// or too long to be quoted.
func bracket(s string) int {
	depth := 0
	for i := range min(len(s), longest) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// enclosing are the clauses that hold at.
func (c *clauses) enclosing(at [2]int) (lo, hi int) {
	for lo+1 < len(c.starts) && c.starts[lo+1] <= at[0] {
		lo++
	}
	for hi = lo + 1; hi < len(c.starts) && c.starts[hi] < at[1] && !c.walls[hi]; {
		hi++
	}
	return lo, hi
}

// grown takes neighbouring clauses in: first those on the right that turn what
// was said, then those on the left, where the subject stands.
func (c *clauses) grown(lo, hi, left, right int) (int, int) {
	for hi < right && turns(c.sentence[c.starts[hi]:c.end(hi+1)]) && c.end(hi+1)-c.starts[lo] <= longest {
		hi++
	}
	for {
		switch {
		case lo > left && (c.end(hi)-c.starts[lo-1] <= glance || lo == left+1 && c.conditional(left) && c.end(hi)-c.starts[left] <= longest):
			lo--
		case hi < right && c.end(hi+1)-c.starts[lo] <= glance:
			hi++
		default:
			return lo, hi
		}
	}
}

// conditional reports whether the nth clause changes what the next one means.
func (c *clauses) conditional(n int) bool { return turns(c.sentence[c.starts[n]:c.end(n+1)]) }

// turning words begin a clause without which the one beside it means something
// else.
var turning = WordSet(`but or except unless until if when because although though however besides without instead rather only not otherwise yet
aber außer wenn falls sofern sondern jedoch weil bis mais sauf si quand sinon jusqu parce`)

func turns(clause string) bool {
	word := leadingWord(strings.TrimLeft(clause, " -–—“("))
	return turning[Lower(strings.TrimRight(word, ",.'’"))]
}

// window is a run of whole words around at within a clause that is too long for a
// quote, from the clause's beginning where at is not too far from it.
func window(s string, start, end int, at [2]int) (int, int) {
	if at[1]-start > readable {
		start = min(wordStart(s, max(at[0]-glance/2, start)), at[0])
	}
	to := max(min(start+readable, end), at[1])
	if to < end {
		to = max(joint(s, start, to), min(at[1], end))
		to = start + looseEnd(s[start:to])
	}
	return start, to
}

// joint is where to cut s between from and to: behind a bracket or before an
// "and" in its last half, else between two words.
func joint(s string, from, to int) int {
	half := from + (to-from)/2
	if at := max(strings.LastIndex(s[half:to], ") ")+1, strings.LastIndex(s[half:to], " and "), strings.LastIndex(s[half:to], " or ")); at > 0 {
		return half + at
	}
	return wordEnd(s, to)
}

// looseEnd is where the words begin that a quote should not end with, such as
// "from the"; the quote's end if there are none.
func looseEnd(s string) int {
	end := len(strings.TrimRight(s, " "))
	for range 4 {
		n := strings.LastIndexByte(s[:end], ' ')
		if n <= 0 || !looseEnds()[abbreviated(s[n+1:end])] {
			break
		}
		end = len(strings.TrimRight(s[:n], " "))
	}
	return end
}
