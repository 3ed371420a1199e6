package planner

import (
	"regexp"
	"slices"
	"strings"
)

var (
	// replies begin as an answer does.
	replies = regexp.MustCompile(`(?i)^(?:yes|yep|no|nope|none|nobody|neither|both|correct|exactly|agreed|decided|because|as far as I know|AFAIK|it turns out|the answer|(?:I|we) (?:only |just )?know of|(?:I|we) (?:decided|agreed|settled))\b`)
	// evades shows that the writer does not have the answer.
	evades = regexp.MustCompile(`(?i)\b(?:not (?:sure|clear|decided|known)|unclear|undecided|no idea|(?:would not|wouldn't|do not|don't|does not|doesn't) know|will ask|let me ask|will check|have to ask|once that is|good (?:question|catch))\b`)
	// asksNumber begins a question that a number answers.
	asksNumber = regexp.MustCompile(`(?i)^(?:(?:and|but|so),? )?(?:how (?:many|much|long|often|large|big)|by how much|since when)\b`)
	aNumber    = regexp.MustCompile(`(?i)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|all|most|half|dozens?|hundreds?|never|always|every)\b`)
)

// answers reports whether the sentence that follows a question looks like its
// answer.
func answers(question, next string) bool {
	if strings.HasSuffix(next, "?") || evades.MatchString(next) {
		return false
	}
	return replies.MatchString(next) || asksNumber.MatchString(question) && aNumber.MatchString(next)
}

// answered reports whether an answer to the question, the nth of the sentences
// of a block, stands right behind it or in a later comment.
func (r *reading) answered(said []string, n int, from *source) bool {
	if n+1 < len(said) && answers(said[n], said[n+1]) {
		return true
	}
	behind := false
	return slices.ContainsFunc(r.blocks, func(l located) bool {
		later := behind && l.from != from && l.from.comment
		behind = behind || l.from == from
		return later && slices.ContainsFunc(sentences(l.text), func(s string) bool { return takesUp(said[n], s) })
	})
}

// takesUp reports whether a sentence of a later comment states something in
// most of the question's own words.
func takesUp(question, s string) bool {
	if strings.HasSuffix(s, "?") || evades.MatchString(s) {
		return false
	}
	asked, shared := termSet(question), 0
	for t := range termSet(s) {
		if asked[t] {
			shared++
		}
	}
	return shared >= leastShared && 2*shared > len(asked)
}

// leaning questions speak of something by a pronoun that stands for what was
// said before.
var leaning = regexp.MustCompile(`(?i)\b(?:that|this|it|them|those|these|they)\?$|^(?:(?:and|but|so),? )?(?:(?:how|why|when|where)(?: (?:often|much|long|many))? )?(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have) (?:they|he|she)\b`)

// mostLeaning is the length up to which a question has no room to name what its
// pronoun stands for.
const mostLeaning = 7

// whole is the question with what it needs to be understood: the sentence
// before it, if it leans on one. Where none can be quoted there is no question.
func whole(said []string, n int) (string, bool) {
	if !leaning.MatchString(said[n]) || len(strings.Fields(said[n])) > mostLeaning {
		return said[n], true
	}
	if n == 0 {
		return "", false
	}
	both := said[n-1] + " " + said[n]
	return both, len(both) <= maxQuote && !strings.ContainsAny(both, "“”"+string(unquotable))
}
