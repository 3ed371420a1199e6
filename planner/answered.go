package planner

import (
	"regexp"
	"slices"
	"strings"
)

// answeredBy reports whether the sentence that follows a question looks like its
// answer.
func (question sentence) answeredBy(next sentence) bool {
	if next.asks() || next.is(saysEvasion) {
		return false
	}
	return next.is(saysReply) || question.is(saysHowMany) && next.is(saysAmount)
}

// answered reports whether an answer to the question, the nth of the sentences
// of a block, stands right behind it, in a later comment, or in what an earlier
// session decided.
func (r *reading) answered(said []sentence, n int, from *source) bool {
	if n+1 < len(said) && said[n].answeredBy(said[n+1]) || from.replies(said[n].text) || n == len(said)-1 && r.listsReply(said) {
		return true
	}
	if slices.ContainsFunc(r.agreed, func(s sentence) bool { return s.takesUp(said[n]) }) {
		return true
	}
	behind := false
	return slices.ContainsFunc(r.blocks, func(l located) bool {
		later := behind && l.from != from && l.from.comment
		behind = behind || l.from == from
		return later && slices.ContainsFunc(l.said, func(s sentence) bool { return s.takesUp(said[n]) })
	})
}

// listsReply reports whether a list stands right behind a block that ends with a
// question for what is in it: "How does a cache help?" A list behind another
// question is what there is to choose from.
func (r *reading) listsReply(said []sentence) bool {
	if !openEnded.MatchString(said[len(said)-1].text) {
		return false
	}
	n := slices.IndexFunc(r.blocks, func(l located) bool { return len(l.said) > 0 && &l.said[0] == &said[0] })
	if n < 0 || n+1 == len(r.blocks) || r.blocks[n].kind == bullet {
		return false
	}
	next := r.blocks[n+1]
	return next.kind == bullet && next.from == r.blocks[n].from && len(next.said) > 0 && !next.said[0].asks()
}

var openEnded = regexp.MustCompile(`^(?i:how|why|what) (?:does|do|did|will|is|are|was|were|can)\b`)

// replies reports whether an answer stands behind the question as in a list of
// questions and answers: "Q: Who pays? A: (/) The payer."
func (s *source) replies(question string) bool {
	_, rest, found := strings.Cut(s.folded, fold(question))
	if !found {
		return false
	}
	m := replyMark.FindStringIndex(rest)
	if m == nil {
		return false
	}
	reply, _, _ := strings.Cut(rest[m[1]:], "Q:")
	return len(reply) > 1 && !unsaid.MatchString(reply)
}

var (
	replyMark = regexp.MustCompile(`^(?:A|Answer):(?:\([/xiy!]\))?`) // folded: without white space
	unsaid    = regexp.MustCompile(`(?i)^(?:\?|tbd|tobe(?:decided|defined|determined|done)|open|unknown|n/a)`)
)

// takesUp reports whether a sentence of a later comment states something in
// most of the question's own words.
func (s sentence) takesUp(question sentence) bool {
	if s.asks() || s.is(saysEvasion) {
		return false
	}
	asked, shared := termSet(question.text), 0
	for t := range termSet(s.text) {
		if asked[t] {
			shared++
		}
	}
	return shared >= leastShared && 2*shared > len(asked)
}

// mostLeaning is the length up to which a question has no room to name what its
// pronoun stands for.
const mostLeaning = 7

// whole is the question with what it needs to be understood: the sentence
// before it, if it leans on one by a pronoun that stands for what was said
// there. Where none can be quoted there is no question.
func whole(said []sentence, n int) (string, bool) {
	text := said[n].text
	if !said[n].is(saysLeaning) || len(strings.Fields(text)) > mostLeaning {
		return text, true
	}
	if n == 0 {
		return "", false
	}
	both := said[n-1].text + " " + text
	return both, len(both) <= maxQuote && !strings.ContainsAny(both, "“”"+string(unquotable))
}
