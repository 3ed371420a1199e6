package confluence

import (
	"iter"
	"slices"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// joined are a page's pieces, in which lines that people type one below the other
// and mean as one are one: the steps of a scenario.
func (r *reader) joined(pieces []*piece) iter.Seq[piece] {
	ours := func(p *piece) bool { return r.isOurs(*p) }
	return func(yield func(piece) bool) {
		for len(pieces) > 0 {
			p, n := *pieces[0], 1
			if !ours(pieces[0]) { // as most are
				run := pieces[:runOf(pieces)]
				if whole, steps := scenario(run); steps > 0 && !slices.ContainsFunc(run[:steps], ours) {
					p, n = whole, steps
				}
			}
			if !yield(p) {
				return
			}
			pieces = pieces[n:]
		}
	}
}

// longestRun is how many lines may be one.
const longestRun = 20

// runOf is how many lines of one place the pieces begin with.
func runOf(pieces []*piece) (n int) {
	for _, p := range pieces[:min(len(pieces), longestRun)] {
		if p.form != lineForm || p.cell != pieces[0].cell || p.quoted || len(p.text) == 0 {
			break
		}
		n++
	}
	return n
}

// The steps of a scenario, folded, in the languages of the labels.
var (
	scenarioTitle = lazyregexp.New(`^(?:scenario|szenario|scenariusz|escenario|cenario)\b`)
	givenStep     = lazyregexp.New(`^(?:given|angenommen|gegeben|etant donnee?s?|soit|dad[oa]s?|dat[oaie]|gegeven|stel|zakladajac|majac)\b`)
	whenStep      = lazyregexp.New(`^(?:when|wenn|quand|lorsque|cuando|quando|als|wanneer|kiedy|gdy|jezeli|jesli)\b`)
	thenStep      = lazyregexp.New(`^(?:then|dann|alors|entonces|allora|entao|dan|wtedy)\b`)
	andStep       = lazyregexp.New(`^(?:and|but|und|aber|et|mais|y|pero|e|ma|mas|en|maar|i|oraz|ale)\b`)
)

// scenario is the criterion whose steps the lines are that a run begins with, which stands
// where the last of them does, and how many those are; 0 if they do not go as far as what
// happens then.
func scenario(run []*piece) (whole piece, n int) {
	var text outcome.Text
	var nodes []*storage.Node
	given, begun := false, false
	for i, p := range run {
		s := p.text.String()
		switch s = folded(s[decoration(s):]); {
		case i == 0 && scenarioTitle.MatchString(s):
			begun = false
		case givenStep.MatchString(s) && !given && n == 0, whenStep.MatchString(s) && (given || n == 0):
			given, begun = given || givenStep.MatchString(s), true
		case begun && thenStep.MatchString(s), n > 0 && andStep.MatchString(s):
			n = i + 1
		case begun && andStep.MatchString(s):
		default:
			return whole, n
		}
		if i > 0 {
			text = append(text, outcome.Run{Text: " "})
		}
		text, nodes = append(text, cut(p.text, typedBullet)...), append(nodes, p.nodes...)
		if n == i+1 {
			whole = *p
			whole.nodes, whole.shows, whole.text, whole.steps = slices.Clone(nodes), "", merge(text), true
		}
	}
	return whole, n
}
