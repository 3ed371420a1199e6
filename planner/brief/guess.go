package brief

import (
	"slices"
	"strings"

	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// guesses are sentences that tell what their writer does not know for sure ("I suspect the
// refactoring", "probably more places"), of the ticket's own and of its last comment, if
// that says so in plain words: what was said before, somebody may have settled. They are
// English.
//
// Of 60 in 504 issues of 167 other projects six tell nothing of the kind.
func guesses(t *Ticket) (all []ticket.Evidence) {
	comments, later := t.Reading.Comments(), &talk{ticket: t}
	for s := range t.Reading.Sentences() {
		words := s.Sentence.Text
		switch {
		case s.Text.Comment != nil && s.Text != comments[len(comments)-1], s.Text.Where == ready.Summary, s.Text.Progress:
		case s.Block.Aside, s.Block.Kind == text.Heading, !text.Mentions(words, hints), s.Sentence.Asks(), leadsOn(words), text.Mentions(words, courtesies):
		case !doubtful(words) && (s.Text.Comment != nil || !believes(words)), later.speaksOf(s):
		default:
			if ev, ok := s.Quote([2]int{0, 1}); ok {
				all = append(all, ev)
			}
			if len(all) == mostGuesses {
				return all
			}
		}
	}
	return all
}

const mostGuesses = 5

// doubtful reports whether a sentence says that something is likely at most, or may be
// needed.
func doubtful(s string) bool {
	low := text.Lower(s)
	words := strings.Fields(low)
	for n, w := range words { // of the ticket itself, not of its users
		if (w == "might" || w == "may") && (n == 0 || itself[words[n-1]]) && text.Mentions(strings.Join(words[n+1:min(n+4, len(words))], " "), needing) {
			return true
		}
	}
	return text.Mentions(s, likely) || slices.ContainsFunc(unknown, func(said string) bool { return strings.Contains(low, said) })
}

// unknown say that somebody does not know. Beside "not sure" seven sentences in 1,500 issues
// have one, and all do.
var unknown = []string{"not sure", "i don't know", "we don't know", "still don't know", "it is unclear", "it's unclear", "it is not clear", "it's not clear", "i see no way"}

// believes reports whether somebody says what they take to be so. What they believe should
// be done is an opinion.
func believes(s string) bool {
	first, rest, _ := strings.Cut(s, " ")
	return text.Mentions(rest, belief) && !text.Mentions(first, belief) && !text.Mentions(s, proposing) // "Suppose that …" begins an example
}

var (
	likely     = text.WordSet(likelyWords)
	itself     = text.WordSet("it we this")
	needing    = text.WordSet("need needs have")
	belief     = text.WordSet(beliefWords)
	proposing  = text.WordSet("should would could can ought")
	courtesies = text.WordSet("thank thanks helps missing priority")
	hints      = text.WordSet(likelyWords + " " + beliefWords + " sure might may know unclear clear way") // each guess has one
)

const (
	likelyWords = "probably presumably supposedly hopefully perhaps maybe unsure afaik"
	beliefWords = "believe believes guess suspect suppose assume assuming"
)
