package planner

import (
	"regexp"
	"strings"
	"unicode"
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
	if fault, ok := r.reportedFault(); ok {
		want, ok := r.expectation()
		if r.stated = ok; ok {
			return []located{want}
		}
		return []located{fault}
	}
	var statements, entries []located
	for _, l := range r.blocks {
		switch {
		case l.kind == heading || l.from.comment:
		case l.from.where == "acceptance criteria", criteriaHeading.MatchString(l.under), givenWhenThen.MatchString(l.text):
			found, r.named = append(found, l), true
		case r.counts(&l):
			found = append(found, l) // "under 10 warnings"
		case l.kind == bullet && checkable.MatchString(l.text) && !r.doubted(l):
			statements = append(statements, l)
		}
		if l.kind == bullet && !l.from.comment && !template(l.under) && proseEntry(l.text) {
			entries = append(entries, l)
		}
	}
	r.stated = true
	switch {
	case len(found) > 0:
		return found
	case len(statements) >= minOutcomes:
		return statements
	case len(entries) >= minEntries:
		r.stated = false
		return entries
	}
	return nil
}

var demanded = regexp.MustCompile(`(?i)\b(?:should|must|shall)\b`)

// counts narrows a block to the sentence that demands a number of something.
func (r *reading) counts(l *located) bool {
	for _, s := range sentences(l.text) {
		if demanded.MatchString(s) && len(counts(s)) > 0 && !r.doubted(located{block: block{text: s}, from: l.from}) {
			l.text = s
			return true
		}
	}
	return false
}

// proseEntry tells an entry that says something from a bare name.
func proseEntry(text string) bool {
	plain := 0
	for w := range strings.FieldsSeq(text) {
		if strings.IndexFunc(w, func(r rune) bool { return !unicode.IsLower(r) }) < 0 {
			plain++
		}
	}
	return plain >= 2
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

var (
	faultType = regexp.MustCompile(`(?i)^(?:bug|defect|fault|incident|problem)$`)
	seenAs    = regexp.MustCompile(`(?i)\b(?:steps?|expected|actual|reproduc\w+|should|test case)\b`)
)

// reportedFault is what a bug report says goes wrong: it is done when that no
// longer happens, if the report says how to see it.
func (r *reading) reportedFault() (located, bool) {
	if !faultType.MatchString(r.issue.Type) || !seenAs.MatchString(r.issue.Description) {
		return located{}, false
	}
	for _, h := range r.hits {
		if h.rule == ruleProblem {
			for _, l := range r.blocks {
				if strings.Contains(l.text, h.ev.Quote) {
					l.text = h.ev.Quote
					return l, true
				}
			}
		}
	}
	return located{}, false
}

var expected = regexp.MustCompile(`(?i)^(?:expected|should be)(?: (?:results?|behaviou?r|outcome))?:? `)

// expectation is the sentence in which a bug report says what it expects
// instead.
func (r *reading) expectation() (located, bool) {
	for _, l := range r.blocks {
		if l.from.comment || l.kind == heading {
			continue
		}
		for _, s := range sentences(l.text) {
			if _, ok := l.from.quote(s); ok && expected.MatchString(s) {
				l.text = s
				return l, true
			}
		}
	}
	return located{}, false
}
