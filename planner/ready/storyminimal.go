package ready

import (
	"strings"

	"refine/internal/lazyregexp"
)

// A surplus is what a story says beside its role, its means and its end.
type surplus struct {
	at  span   // in the story's text
	why string // what it is, and where it belongs
}

// passing finds brackets with more than a word in them, and what stands after a
// dash or a colon.
var passing = lazyregexp.New(`[({\[][^(){}\[\]]*[\pL\d][\s,/]+[\pL\d][^(){}\[\]]*[)}\]]|\s[–-]+\s+\S.*|:\s+\S.*`)

// surplus finds the first thing that the story says beside its three parts.
func (s *Story) surplus() (surplus, bool) {
	for _, look := range []func() (surplus, bool){s.example, s.exception, s.expectation, s.secondEnd, s.aside, s.moreSentences} {
		if found, ok := look(); ok {
			return found, true
		}
	}
	return surplus{}, false
}

func (s *Story) example() (surplus, bool) {
	return s.matched(s.shape.examples, "gives an example, which belongs beside the story")
}

func (s *Story) exception() (surplus, bool) {
	return s.matched(s.shape.excepts, "names an exception, which belongs to the acceptance criteria")
}

func (s *Story) expectation() (surplus, bool) {
	return s.matched(s.shape.expects, "says what is expected to happen, which belongs to the acceptance criteria")
}

func (s *Story) aside() (surplus, bool) {
	return s.matched(passing, "adds a detail in passing, which belongs beside the story")
}

// matched looks in the means and the end.
func (s *Story) matched(pattern *lazyregexp.Regexp, why string) (surplus, bool) {
	for _, part := range []span{s.means, s.end} {
		if m := pattern.FindStringIndex(part.of(s.Text)); m != nil {
			return surplus{trimmed(s.Text, span{part.from + m[0], part.from + m[1]}), why}, true
		}
	}
	return surplus{}, false
}

// secondEnd is an end of the end: "so that I see it, so that I can call".
func (s *Story) secondEnd() (surplus, bool) {
	if m := s.shape.again.FindStringIndex(s.end.of(s.Text)); m != nil {
		at := trimmed(s.Text, span{s.end.from + m[0], s.end.to})
		return surplus{at, "gives a reason for the reason; the one that the role cares about is enough"}, true
	}
	return surplus{}, false
}

// leastRest is how many words a further sentence must have to say something.
const leastRest = 3

func (s *Story) moreSentences() (surplus, bool) {
	if len(strings.Fields(s.Rest)) < leastRest {
		return surplus{}, false
	}
	from := strings.LastIndex(s.Text, s.Rest)
	return surplus{trimmed(s.Text, span{from, from + len(s.Rest)}), "goes on after the story; what must hold belongs to the acceptance criteria"}, true
}
