package planner

import (
	"cmp"
	"fmt"
	"strings"
)

// commentSource is a comment as evidence, with who said it and when in the row.
func commentSource(c Comment, nth int) *source {
	s := newSource("comment by "+cmp.Or(c.Author.Name, "somebody"), c.Body)
	s.comment, s.by, s.nth = true, cmp.Or(c.Author.ID, c.Author.Name), nth
	return s
}

// lastSpeaker reports whether nobody else has said anything after a comment:
// what it asks is then unanswered, unless its writer goes on to say it.
func (r *reading) lastSpeaker(from *source) bool {
	for _, s := range r.sources {
		if s.comment && s.nth > from.nth && (s.by != from.by || s.by == "") {
			return false
		}
	}
	return true
}

// mostAfter is how many comments may follow an objection before the talk has
// moved on to something else.
const mostAfter = 2

// dispute is the newest objection to what somebody else said, if no comment
// after it agrees, decides or reports that something was done.
func (r *reading) dispute() (finding, bool) {
	var found finding
	ok := false
	for _, l := range r.blocks {
		if !l.from.comment || l.from.by == "" {
			continue
		}
		for n, s := range l.said {
			at, objects := s.says(saysObjection)
			if !objects || s.asks() || r.decided(l.from, l.said[n:]) {
				continue
			}
			q, before, after := clip(s.text, at)
			against, there := r.objectedTo(l.from, s)
			if there && l.from.holds(q) && len(strings.Fields(q)) > minQuoteWords {
				found, ok = disputed(r.issue.Key, against, Evidence{l.from.where, q, before, after}), true
			}
		}
	}
	return found, ok
}

func (r *reading) undecided() []finding {
	if f, ok := r.dispute(); ok {
		return []finding{f}
	}
	return nil
}

// decided reports whether the rest of a comment, or a later one, ends a dispute.
func (r *reading) decided(from *source, rest []sentence) bool {
	for _, s := range rest {
		if s.is(saysAgreement) {
			return true
		}
	}
	for _, l := range r.progress {
		if l.from.nth > from.nth {
			return true
		}
	}
	later := map[*source]bool{}
	for _, l := range r.blocks {
		if !l.from.comment || l.from.nth <= from.nth {
			continue
		}
		later[l.from] = true
		for _, s := range l.said {
			if s.is(saysAgreement) {
				return true
			}
		}
	}
	return len(later) > mostAfter
}

// objectedTo is the sentence of another person's comment that an objection
// shares most words with. Without one nobody can tell what the objection is to.
func (r *reading) objectedTo(from *source, objection sentence) (Evidence, bool) {
	var best Evidence
	most, words := leastShared-1, termSet(objection.text)
	for _, l := range r.blocks {
		if !l.from.comment || l.from.nth >= from.nth || l.from.by == from.by || l.from.by == "" {
			continue
		}
		for _, s := range l.said {
			if n := common(words, termSet(s.text)); n > most {
				if ev, ok := l.from.quote(s.text); ok {
					best, most = ev, n
				}
			}
		}
	}
	return best, best.Quote != ""
}

func disputed(key string, said, objection Evidence) finding {
	return finding{
		Finding: Finding{Rule: ruleOpenQuestion, INVEST: "N", Blocks: true, Evidence: []Evidence{said, objection},
			Message: "two people disagree, and no comment says what was decided"},
		weight: 9, find: "what each of the two has seen that the other has not", gets: "a decision between two views", snag: "two views and no decision",
		lead: fmt.Sprintf("%s, %s: %s, and a %s: %s%s", key, said.Where, said, objection.Where, objection, stop(objection)),
		asks: []string{
			"What has each of them seen that the other has not?",
			"For whom does it make a difference who of them is right?",
			"Who can settle it, and what do they have to hear first?",
		},
	}
}
