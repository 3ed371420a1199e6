package planner

import (
	"regexp"
	"strings"
)

var (
	criteriaHeading = regexp.MustCompile(`(?i)^(?:(?:acceptance|completion|exit|done|success)[ -]criteria|acceptance tests?|definition of done|conditions of satisfaction|done when|expected (?:results?|behaviou?r|outcome)|CC|AC)\b`)
	givenWhenThen   = regexp.MustCompile(`(?is)\bgiven\b.+\bwhen\b.+\bthen\b`)
	checkable       = regexp.MustCompile(`(?i)\b(?:should(?: not| be able to)?|must(?: not)?|shall|can now|is able to|verify that|ensure that|returns?|shows?|displays?)\b`)
)

// How many checkable statements, or plain entries of a list, make up for
// criteria that nobody called so.
const (
	minOutcomes = 3
	minEntries  = 5
)

// findCriteria finds where a ticket says when it is done: its own field, a
// heading, Given/When/Then, or enough statements that can be checked.
func (r *reading) findCriteria() (found []located) {
	var statements, entries []located
	for _, l := range r.blocks {
		switch {
		case l.kind == heading || l.from.comment:
		case l.from.where == "acceptance criteria", criteriaHeading.MatchString(l.under), givenWhenThen.MatchString(l.text):
			found = append(found, l)
		case l.kind == bullet && checkable.MatchString(l.text) && !r.doubted(l):
			statements = append(statements, l)
		}
		if l.kind == bullet && !l.from.comment && !template(l.under) && len(strings.Fields(l.text)) > 1 {
			entries = append(entries, l)
		}
	}
	switch {
	case len(found) > 0:
		r.named = true
		return found
	case len(statements) >= minOutcomes:
		return statements
	case len(entries) >= minEntries:
		return entries
	}
	return nil
}

// doubted reports whether a hit stands in the block.
func (r *reading) doubted(l located) bool {
	for _, h := range r.hits {
		if h.rule != ruleProblem && h.rule != ruleConstraint && strings.Contains(l.text, h.ev.Quote) {
			return true
		}
	}
	return false
}
