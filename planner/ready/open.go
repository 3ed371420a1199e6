package ready

import (
	"strings"

	"refine/planner/text"
	"refine/planner/ticket"
)

// What a finding says where the words behind its sentence, or who said it, may
// settle what a rule takes for open: whoever reads on can take it back.
const (
	SaysAsked     = "it asks, and the ticket gives no answer"
	SaysUndecided = "the ticket leaves it undecided"
	SaysUnseen    = "nobody has seen the fault again"
	SaysSame      = "another item asks for the same"
	SaysHeld      = "its criteria are still to come"
)

// open is the first thing that the ticket leaves open: a part to be filled in, a
// point that it calls undecided, a question about what is wanted, a fault that
// nobody could see again. What the reporter of a fault does not know is why it
// happens, and that is for the work to find out.
func (r *Reading) open() []Finding {
	for s := range r.wanted() { // first, since whoever reads on takes back nothing of it
		if ev, ok := s.saysAny(text.Unfilled); ok && !strings.Contains(ev.Quote, "-??") { // "see LIB-????" names a ticket
			return blocking(RuleOpenQuestion, "a part is left to be filled in", ev)
		}
	}
	for s := range r.wanted() {
		if r.IsFault() {
			break
		}
		if ev, ok := s.saysAny(text.Undecided, text.Needless); ok {
			return blocking(RuleOpenQuestion, SaysUndecided, ev)
		}
		if ev, ok := r.unanswered(s); ok {
			return blocking(RuleOpenQuestion, SaysAsked, ev)
		}
	}
	if ev, ok := r.unseen(); ok {
		return blocking(RuleOpenQuestion, SaysUnseen, ev)
	}
	return nil
}

// saysAny quotes where a sentence says something of one of some senses.
func (s Said) saysAny(senses ...text.Sense) (ticket.Evidence, bool) {
	for _, sense := range senses {
		if at, ok := s.Says(sense); ok {
			if ev, ok := s.Quote(at); ok {
				return ev, true
			}
		}
	}
	return ticket.Evidence{}, false
}

// leastAsked is how many words a question has that asks for something.
const leastAsked = 5

// unanswered quotes a question about what is wanted that no answer follows. A
// request in the form of a question is none.
func (r *Reading) unanswered(s Said) (ticket.Evidence, bool) {
	if !s.Asks() || s.Is(text.Idle) || len(strings.Fields(s.Sentence.Text)) < leastAsked || !s.Is(text.Deciding) {
		return ticket.Evidence{}, false
	}
	if next, ok := s.Next(); ok && (next.Is(text.Reply) || next.Is(text.Amount)) && !next.Is(text.Evasion) {
		return ticket.Evidence{}, false
	}
	return s.Text.beginning(s.Sentence.Text)
}

// unseen quotes the comment after which a fault is in doubt: somebody looked for
// it and did not see it, and nobody has seen or mended it since.
func (r *Reading) unseen() (last ticket.Evidence, ok bool) {
	if !r.IsFault() {
		return last, false
	}
	for _, c := range r.Comments() {
		seen := false
		for n := range c.Blocks {
			for m, sentence := range c.Blocks[n].Sentences {
				s := Said{sentence, c, &c.Blocks[n], m}
				if ev, not := s.saysAny(text.Unseen); not {
					last, ok = ev, true
					seen = true
				} else if s.Is(text.Seen) && !seen {
					ok = false
				}
			}
		}
	}
	return last, ok
}

func (r *Reading) nothingOpen() proof {
	return unopposed("no open question was found in " + r.named())
}
