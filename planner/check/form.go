package check

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/draft"
	"refine/planner/text"
)

// What a question is not about, by the few forms that are sure. Words within
// a quotation are none of them.
var (
	// estimates ask how much or how long, of the work.
	estimates = lazyregexp.New(`(?i)\b(?:how (?:long (?:will|would|should) [^,.?]*\btake|soon (?:can|could|will)|many (?:days (?:is|will)|sprints|story points)|much (?:work|time) (?:will|would))|story points?|t-shirt siz\w+|planning poker|man[- ]days?)\b`)
	// solutions ask how to build, or propose.
	solutions = lazyregexp.New(`(?i)\b(?:(?:best|right) way to|how (?:should|do|can|could|would) we (?:build|implement|solve|fix)|which (?:framework|library|technology|tool) (?:should|do|can))\b`)
	// means ask by what means somebody is to do it, except how to find out.
	means   = lazyregexp.New(`(?i)\bhow (?:should|shall|can|could) (?:we|you|the)((?: [\w-]+){1,3})`)
	finding = text.WordSet("know notice tell see find learn hear measure recognise recognize check verify be")
	// anywhere fits every topic.
	anywhere = lazyregexp.New(`(?i)\b(?:why is (?:it|this|that) important|align(?:s|ed)? with (?:our|the) (?:strategy|goals|vision)|what are the (?:risks|benefits|next steps)|what value does)\b`)
	// opens is how a question begins that somebody can answer with more than yes.
	opens = lazyregexp.New(`(?i)\b(?:who|whom|whose|what|which|when|where|why|how)\b`)
	// closed begins a question whose answer is yes or no, proposes one that puts a
	// solution to the room.
	closed   = lazyregexp.New(`(?i)^(?:and |but |so )?(?:do|does|did|is|are|was|were|has|have|will)\b`)
	knowing  = lazyregexp.New(`(?i)^(?:and |but |so )?(?:do (?:we|you) know|is it (?:known|clear))\b[^,]*\?$`)
	proposes = lazyregexp.New(`(?i)(?:^|, )(?:and |but |so |or )?(?:could|would|should|can|shall) (?:we|the|a|an|it|this|that|there)\b`)
)

// form wants a question to open the problem: not the solution, not the estimate,
// nothing that fits anywhere, nothing that a yes answers.
func (k *knowledge) form(l draft.Line, p part) string {
	if p != questionPart {
		return ""
	}
	ask := draft.Outside(l.Text)
	switch {
	case estimates.MatchString(ask):
		return "it asks for an estimate"
	case solutions.MatchString(ask), asksMeans(ask):
		return "it asks for a solution"
	case anywhere.MatchString(ask):
		return "it fits any topic"
	}
	for _, s := range asked(ask) {
		switch {
		case proposes.MatchString(s):
			return "it proposes a solution"
		case closed.MatchString(s) && !opens.MatchString(s), knowing.MatchString(s):
			return "it can be answered by yes"
		}
	}
	return ""
}

// asksMeans reports whether a question asks how something is to be done.
func asksMeans(ask string) bool {
	for _, m := range means.FindAllStringSubmatch(ask, -1) {
		if !slices.ContainsFunc(strings.Fields(strings.ToLower(m[1])), func(w string) bool { return finding[w] }) {
			return true
		}
	}
	return false
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
