package brief

import (
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// guess is the first sentence in which a ticket tells what its writer does not know for
// sure ("I suspect the refactoring", "probably more places"), else one of its last
// comment: what was said before that, somebody may have settled.
func guess(t *Ticket) (said ticket.Evidence) {
	comments, later := t.Reading.Comments(), &talk{ticket: t}
	for s := range t.Reading.Sentences() {
		last := s.Text.Comment == nil || s.Text == comments[len(comments)-1] && s.Is(text.Doubting)
		if !last || s.Text.Where == ready.Summary || s.Text.Progress || s.Block.Aside || s.Block.Kind == text.Heading || s.Sentence.Asks() || leadsOn(s.Sentence.Text) {
			continue
		}
		if (s.Is(text.Doubting) || s.Is(text.Guessing)) && !later.speaksOf(s) {
			if ev, ok := s.Quote([2]int{0, 1}); ok {
				return ev
			}
		}
	}
	return said
}
