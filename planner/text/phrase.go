package text

import (
	"slices"
	"strings"
)

// phraseKind tells what a phrase does: it finds its Sense, forbids it to the
// whole sentence, or hides it where the phrase stands.
type phraseKind int

const (
	findPhrase phraseKind = iota
	unlessPhrase
	exceptPhrase
)

// A phrase is one line of a lexicon's section.
type phrase struct {
	sense Sense
	kind  phraseKind
	first bool // only at the beginning of a sentence
	last  bool // only where a clause ends
	parts []part
	tail  []part // of a phrase with a "<": what stands behind it
}

// A part of a phrase stands for a word, for a run of words, or for any.
type part struct {
	kind     partKind
	words    []string        // of a onePart: what it may be
	set      map[string]bool // the same, where there are many
	prefixes []string        // of a onePart: what it may begin with
	suffixes []string
	number   bool     // of a onePart: it may be a number
	exact    []string // of a onePart: what it may be, capitals included
	inner    [][]part // of a choice: one of these
}

type partKind int

const (
	onePart   partKind = iota
	anyPart            // any one word
	gapPart            // up to maxGap words within a clause
	laterPart          // whatever stands between, to the end of the sentence
	choice             // one of several runs of words
	maybe              // a run of words that may be missing
)

// maxGap is the most words that "..." stands for.
const maxGap = 3

// match is where the phrase ends if it begins at the nth word, else -1. Of one that is
// filed under that word the first part stands there already.
func (p *phrase) match(words []word, n int, filed bool) int {
	if p.first && !opensSentence(words, n) {
		return -1
	}
	if head := &p.parts[0]; filed && head.kind == onePart && len(head.exact) == 0 {
		return p.walk(words, n, n+1, p.parts[1:], nil)
	}
	return p.walk(words, n, n, p.parts, nil)
}

// begins is where the words begin that the phrase is about, of a match from n to
// end.
func (p *phrase) begins(words []word, n, end int) int {
	for m := n; p.tail != nil && m < end; m++ {
		if p.walk(words, m, m, p.tail, nil) == end {
			return m
		}
	}
	return n
}

// opensSentence also holds behind a short label: "API: remove the old call".
func opensSentence(words []word, n int) bool {
	return n == 0 || n <= maxLabel && words[n].label
}

// maxLabel is how many words a label has at most.
const maxLabel = 5

// A run is parts to match, and what is to follow them.
type run struct {
	parts []part
	then  *run
}

// walk is the farthest end of parts, and of what is to follow them, from the nth
// word on; -1 if they do not stand there. No phrase runs across the end of a
// clause, but where its part begins, at the word from, one may have ended.
func (p *phrase) walk(words []word, from, n int, parts []part, then *run) int {
	for ; ; n++ {
		for len(parts) == 0 {
			if then == nil {
				return p.ends(words, n)
			}
			parts, then = then.parts, then.then
		}
		head, rest := &parts[0], parts[1:]
		switch head.kind {
		case maybe:
			return max(p.walk(words, from, n, rest, then), p.walkEach(words, from, n, head.inner, rest, then))
		case choice:
			return p.walkEach(words, from, n, head.inner, rest, then)
		case gapPart:
			return p.walkGap(words, from, n, rest, then)
		case laterPart:
			return p.walkLater(words, n, rest, then)
		}
		if n >= len(words) || n > from && words[n].apart || !head.takes(&words[n]) {
			return -1
		}
		parts = rest
	}
}

func (p *phrase) ends(words []word, n int) int {
	if p.last && n < len(words) && !words[n].apart {
		return -1
	}
	return n
}

func (p *phrase) walkEach(words []word, from, n int, runs [][]part, rest []part, then *run) int {
	best, next := -1, then
	for _, parts := range runs {
		if parts[0].kind == onePart && (n >= len(words) || !parts[0].takes(&words[n])) {
			continue // as nearly all, which need no run
		}
		if next == then && len(rest) > 0 {
			next = &run{rest, then}
		}
		best = max(best, p.walk(words, from, n, parts, next))
	}
	return best
}

func (p *phrase) walkGap(words []word, from, n int, rest []part, then *run) int {
	best := -1
	for m := n; m <= min(n+maxGap, len(words)); m++ {
		if m > n && m-1 > from && words[m-1].apart {
			break
		}
		best = max(best, p.walk(words, from, m, rest, then))
	}
	return best
}

// maxLater is the most words that ">>" stands for: more than a sentence has, but
// a list without marks may go on for pages.
const maxLater = 60

// walkLater takes the nearest place where the rest stands.
func (p *phrase) walkLater(words []word, n int, rest []part, then *run) int {
	for last := min(n+maxLater, len(words)); n < last; n++ {
		if end := p.walk(words, n, n, rest, then); end > n {
			return end
		}
	}
	return -1
}

// takes reports whether w may stand for the part.
func (t *part) takes(w *word) bool {
	switch {
	case t.kind == anyPart:
		return true
	case w.code:
		return false
	case t.number && w.number(), t.set[w.text], slices.Contains(t.words, w.text), slices.Contains(t.exact, w.written):
		return true
	}
	return slices.ContainsFunc(t.prefixes, func(p string) bool { return strings.HasPrefix(w.text, p) }) ||
		slices.ContainsFunc(t.suffixes, w.inflectedBy)
}

// inflectedBy reports whether w ends so, which "it's" does not by an s.
func (w word) inflectedBy(end string) bool {
	stem, ok := strings.CutSuffix(w.text, end)
	return ok && len(stem) > 1 && !strings.HasSuffix(stem, "'")
}
