package planner

import (
	"fmt"
	"regexp"
	"strings"
)

// What makes paragraphs concerns of their own: that many of them, each with a
// demand, and hardly a subject in common.
const (
	leastConcerns  = 3
	leastParagraph = 8 // words
	mostInCommon   = 0.15
)

// demand is a sentence that asks for something to be different.
var demand = regexp.MustCompile(`(?i)\b(?:will|should|shall|must|needs? to|have to|has to|to be)\b`)

// concerns finds tickets that ask for several things, a paragraph each, as
// people write who put down all that comes to their mind.
func (r *reading) concerns() []finding {
	if !r.english || len(r.criteria) > 0 {
		return nil
	}
	var found []Evidence
	var subjects []map[string]bool
	for _, l := range r.blocks {
		if l.from.where != "description" || l.kind == bullet || l.aside {
			continue
		}
		if l.kind == heading {
			return nil // a structured text has its own parts
		}
		asks, ok := l.demands()
		set := termSet(l.text)
		if !ok || len(strings.Fields(l.text)) < leastParagraph {
			continue
		}
		for _, other := range subjects {
			if overlap(set, other) > mostInCommon {
				return nil
			}
		}
		found, subjects = append(found, asks), append(subjects, set)
	}
	if len(found) < leastConcerns {
		return nil
	}
	n := len(found)
	return []finding{{
		Finding: Finding{Rule: ruleSize, INVEST: "S", Blocks: true, Message: fmt.Sprintf("at least %d concerns in one ticket", n), Evidence: []Evidence{found[1], found[n-1]}},
		weight:  8, find: "which of its concerns somebody needs first", gets: "a split by concern", snag: fmt.Sprintf("%d concerns in it", n),
		lead: fmt.Sprintf("%s has %d concerns, among them %s and %s%s", r.issue.Key, n, found[1], found[n-1], stop(found[n-1])),
		asks: []string{
			"Which of them does somebody wait for, and who could live without the rest?",
			"Which of them has somebody asked for by name, and which came along?",
		},
	}}
}

// leans begins a paragraph that goes on with the one before it.
var leans = regexp.MustCompile(`(?i)^(?:this|these|that|those|it|they|also|and|note|notes|for|if|as|you|i|but|so|then|there|in|one|however|i'd|i'm|here|#?\d+)\b`)

// demands quotes the paragraph's first sentence if it stands by itself and
// demands something or begins with what to do.
func (l located) demands() (Evidence, bool) {
	if len(l.said) == 0 || l.said[0].asks() {
		return Evidence{}, false
	}
	first := l.said[0].text
	if leans.MatchString(first) || !demand.MatchString(first) && !commands.MatchString(first) {
		return Evidence{}, false
	}
	return l.from.quote(first)
}
