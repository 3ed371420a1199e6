package check

import (
	"regexp"
	"strings"

	"refine/planner/draft"
)

// What a question is not about, by the few forms that are sure. A word that a
// ticket uses itself is none of them.
var (
	// estimates ask how much or how long, of the work.
	estimates = regexp.MustCompile(`(?i)\b(?:how (?:long will (?:it|this|that) take|soon (?:can|could|will)|many (?:people|days|sprints|story points)|much (?:work|time) (?:is|will|would))|story points?|t-shirt siz\w+|planning poker|man[- ]days?)\b`)
	// solutions ask how to build, or propose.
	solutions = regexp.MustCompile(`(?i)\b(?:(?:best|right) way to|how (?:should|do|can|could|would) we (?:build|implement|solve|fix)|which (?:framework|library|technology|tool) (?:should|do|can))\b`)
	// anywhere fits every topic.
	anywhere = regexp.MustCompile(`(?i)\b(?:why is (?:it|this|that) important|align(?:s|ed)? with (?:our|the) (?:strategy|goals|vision)|what are the (?:risks|benefits|next steps)|what value does)\b`)
	// opens is how a question begins that somebody can answer with more than yes.
	opens = regexp.MustCompile(`(?i)\b(?:who|whom|whose|what|which|when|where|why|how)\b`)
	// closed begins a question whose answer is yes or no, proposes one that puts a
	// solution to the room.
	closed   = regexp.MustCompile(`(?i)^(?:and |but |so )?(?:do|does|did|is|are|was|were|has|have|will)\b`)
	proposes = regexp.MustCompile(`(?i)^(?:and |but |so )?(?:could|would|should|can|shall) (?:we|the|a|an|it|this|that|there)\b`)
)

// form wants a question to open the problem: not the solution, not the estimate,
// nothing that fits anywhere, nothing that a yes answers.
func (k *knowledge) form(l draft.Line, p part) string {
	if p != questionPart {
		return ""
	}
	ask := outside(l.Text)
	switch {
	case estimates.MatchString(ask):
		return "it asks for an estimate"
	case solutions.MatchString(ask):
		return "it asks for a solution"
	case anywhere.MatchString(ask):
		return "it fits any topic"
	}
	for _, s := range asked(ask) {
		switch {
		case proposes.MatchString(s):
			return "it proposes a solution"
		case closed.MatchString(s) && !opens.MatchString(s):
			return "it can be answered by yes"
		}
	}
	return ""
}

// asked are the sentences of a text that ask something.
func asked(text string) (all []string) {
	for _, s := range strings.SplitAfter(text, "?") {
		if !strings.HasSuffix(s, "?") {
			continue
		}
		if n := strings.LastIndexAny(strings.TrimRight(s, "?"), ".:!”"); n >= 0 {
			s = strings.TrimLeft(s[n:], ".:!” ")
		}
		all = append(all, strings.TrimSpace(s))
	}
	return all
}
