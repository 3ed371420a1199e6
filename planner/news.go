package planner

import (
	"slices"
	"strings"
)

// newsCue is for a sentence of a comment that tells how it stands with the
// thing that the ticket leans on. Like a question it is no wording.
var newsCue = cue{
	rule: ruleDependency, invest: "I", weight: 8,
	guide: "Map out dependencies",
	says:  "it leans on something outside of it, and a comment tells how that stands", tells: "leans on something outside of it", snag: "a need for something outside",
	asks: []string{
		"Who waits for that, and what do they do until then?",
		"Whose plans move if that moves, and have they been told?",
		"Who will hear of it first, and who has to hear it from them?",
	},
	find: "what of the need can be settled before that, and who waits meanwhile", mean: "what does not hang on that can be settled today; the rest waits with it",
	gets: "a line between what waits and what does not",
}

// weightSettled is what is left of a doubt once it is settled: less than could
// block.
const weightSettled = promoteWeight - 2

// hearNews puts what the newest comment says of an outside thing in the place
// of the sentence that only names it: nobody has to ask what is told already.
func (r *reading) hearNews() {
	for i, h := range r.hits {
		if h.rule != ruleDependency {
			continue
		}
		if s, from, ok := r.newsOf(h); ok {
			told := newsCue
			if told.blocks = !s.is(saysSettled); !told.blocks {
				told.weight = weightSettled
			}
			if news, ok := r.newHit(&told, s.text, [2]int{0, 1}, from); ok {
				news.since = h.ev
				r.hits[i] = news
			}
		}
	}
}

// newsOf is the newest sentence, in a comment after the hit's text, that shares
// the words of the outside thing.
func (r *reading) newsOf(h hit) (told sentence, from *source, ok bool) {
	thing := termSet(h.ev.Quote[max(strings.Index(h.ev.Quote, h.word), 0):])
	for t := range termSet(h.word) {
		delete(thing, t)
	}
	for _, l := range slices.Backward(r.blocks) {
		if l.from.where == h.ev.Where || !l.from.comment {
			return told, nil, false
		}
		for _, s := range slices.Backward(l.said) {
			if s.standing() && common(thing, termSet(s.text)) >= leastShared {
				return s, l.from, true
			}
		}
	}
	return told, nil, false
}

// standing reports whether a sentence tells how it stands with something.
func (s sentence) standing() bool {
	return !s.asks() && (s.is(saysPending) || s.is(saysSettled))
}

func common(a, b map[string]bool) (n int) {
	for t := range a {
		if b[t] {
			n++
		}
	}
	return n
}
