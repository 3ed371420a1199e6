package planner

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A ticket can tell when it is done in two ways, and the plan keeps them apart.
// Acceptance criteria proper stand in their own field, beneath a heading or
// label, in a table's column, or have the form of a scenario. Weaker signs are
// what a report expects instead of its fault, the fault itself where the ticket
// tells how to see it, numbers that are demanded, and lists of what can be
// checked: they answer the question, and nobody agreed on them.

// How many checkable statements, or plain entries of a list, make up for
// criteria that nobody called so.
const (
	minOutcomes = 3
	minEntries  = 5
)

// findCriteria finds where a ticket says when it is done.
func (r *reading) findCriteria() []located {
	if found := r.acceptance(); len(found) > 0 {
		r.named, r.stated = true, true
		return found
	}
	if found := r.expectations(); len(found) > 0 {
		r.stated = true
		return found
	}
	if fault, ok := r.reportedFault(); ok {
		return []located{fault}
	}
	return r.weakSigns()
}

// acceptance lists the acceptance criteria proper. Of a script that is called a
// test only what is to be seen counts, unless nothing else is there.
func (r *reading) acceptance() []located {
	var found, lesser []located
	for l := range r.statements() {
		section, test := l.section()
		switch {
		case placeholder(l.text), isNote(l.text):
		case l.from.where == "acceptance criteria", isScenario(l.text):
			found = append(found, l)
		case test && !checkable(l.text):
			if l.kind == bullet {
				lesser = append(lesser, l)
			}
		case section && strings.HasSuffix(l.text, ":"):
			lesser = append(lesser, l)
		case section:
			found = append(found, l)
		default:
			if s, ok := conclusion(l.text); ok {
				l.text = s
				found = append(found, l)
			}
		}
	}
	if len(found) == 0 {
		return lesser
	}
	return found
}

// statements ranges over what the ticket itself says: no title, heading or comment.
func (r *reading) statements() iter.Seq[located] {
	return func(yield func(located) bool) {
		for _, l := range r.blocks {
			if l.kind != heading && !l.from.comment && l.from.where != "summary" && !yield(l) {
				return
			}
		}
	}
}

// section reports whether the block stands beneath a heading of criteria, and
// whether that calls them a test.
func (l *located) section() (criteria, test bool) {
	name := l.within
	switch {
	case namesCriteria(l.under):
		name = l.under
	case name == "" || l.aside || namesActual(l.under):
		return false, false
	case namesExpectation(l.under):
		return true, false
	}
	return true, indexFold(name, "test") >= 0
}

// placeholder knows what stands where criteria are still to come.
func placeholder(text string) bool {
	text = strings.ToLower(strings.Trim(text, " .:-?!*_()<>[]"+string(unquotable)))
	switch text {
	case "", "none", "n/a", "na", "see above", "see below", "see description", "as above", "same as above", "pending", "to follow", "fill in", "xxx", "...", "…":
		return true
	}
	for _, p := range []string{"tbd", "tbc", "todo", "to do", "to be ", "see "} {
		if strings.HasPrefix(text, p) && strings.Count(text, " ") < 6 {
			return true
		}
	}
	return strings.IndexFunc(text, unicode.IsLetter) < 0
}

// isNote reports whether a line among the criteria is a remark on them.
func isNote(text string) bool {
	return len(text) > 4 && strings.EqualFold(text[:4], "note") && !isLetter(text[4])
}

// conclusion is the sentence in which a ticket says when it is done: "This
// story is complete when the report has been sent".
func conclusion(text string) (string, bool) {
	if indexFold(text, "when") < 0 && indexFold(text, "once") < 0 {
		return "", false
	}
	for _, s := range sentences(text) {
		words := strings.Fields(strings.ToLower(s))
		for n := 2; n < len(words); n++ {
			if (words[n] == "when" || words[n] == "once") && ends[words[n-1]] && slices.ContainsFunc(words[:n], func(w string) bool { return ourselves[w] }) {
				return s, true
			}
		}
	}
	return "", false
}

var (
	ends      = wordSet("done complete completed finished conclusion accepted")
	ourselves = wordSet("ticket story task issue epic work conclusion feature")
)

// expectations are what a report says should happen instead.
func (r *reading) expectations() (found []located) {
	for l := range r.statements() {
		if indexFold(l.text, "as expected") >= 0 || placeholder(l.text) {
			continue
		}
		if namesExpectation(l.under) {
			found = append(found, l)
		} else if s, ok := expectation(l.text); ok {
			l.text = s
			found = append(found, l)
		}
	}
	return found
}

// expectation is a sentence that begins with what is expected.
func expectation(text string) (string, bool) {
	if indexFold(text, "expected ") < 0 && indexFold(text, "expected:") < 0 {
		return "", false
	}
	for _, s := range sentences(text) {
		if len(s) > len("expected ") && strings.EqualFold(s[:len("expected")], "expected") && strings.Contains(s, ": ") {
			return s, true
		}
	}
	return "", false
}

// reportedFault is what a bug report says goes wrong: it is done when that no
// longer happens, if the report says how to see it.
func (r *reading) reportedFault() (located, bool) {
	if !isFault(r.issue.Type) || !showsFault(r.issue.Description) {
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

func isFault(kind string) bool {
	return slices.ContainsFunc([]string{"bug", "defect", "fault", "incident", "problem"}, func(f string) bool { return strings.EqualFold(kind, f) })
}

func showsFault(description string) bool {
	for _, sign := range []string{"step", "expected", "actual", "reproduc", "should", "test case"} {
		if at := indexFold(description, sign); at >= 0 {
			return true
		}
	}
	return false
}

// weakSigns are numbers that are demanded, else statements that can be checked,
// else a list that is at least long enough to be gone through.
func (r *reading) weakSigns() (found []located) {
	var statements, entries, counted []located
	for l := range r.statements() {
		switch {
		case r.counts(&l):
			found = append(found, l) // "under 10 warnings"
		case l.kind == bullet && checkable(l.text) && !r.doubted(l):
			statements = append(statements, l)
		case r.countsOff(&l):
			counted = append(counted, l)
		}
		if l.kind == bullet && !l.aside && proseEntry(l.text) {
			entries = append(entries, l)
		}
	}
	r.stated = true
	switch {
	case len(found) > 0:
		return found
	case len(statements) >= minOutcomes:
		return statements
	}
	r.stated = false
	if len(entries) >= minEntries {
		return entries
	}
	return counted
}

// oneByOne demands something of each of some things, which can be gone through
// one by one: "noting the purpose of each".
var oneByOne = regexp.MustCompile(`(?i)^(?:please )?(?:document|describe|list|note|record|map|specify|explain|name|show|give|write|state)\b.*\b(?:(?:of|for) (?:each|every)\b|each (?:is|has|does)\b)`)

// countsOff narrows a block to the sentence whose result can be gone through
// one by one.
func (r *reading) countsOff(l *located) bool {
	if !r.english || l.aside {
		return false
	}
	for _, s := range l.said {
		if at := oneByOne.FindStringIndex(s.text); at != nil && !s.asks() {
			l.text, _, _ = clip(s.text, [2]int{at[1] - 1, at[1]})
			return true
		}
	}
	return false
}

// checks are the words of a statement that can be held against what is seen.
var (
	checks     = wordSet("should must shall return returns show shows shown display displays displayed appear appears")
	checkPairs = []string{"can now", "able to", "verify that", "ensure that", "verify a", "verify the", "verify each", "make sure"}
)

func checkable(text string) bool {
	last := ""
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), notWordByte) {
		if checks[w] || last != "" && slices.Contains(checkPairs, last+" "+w) {
			return true
		}
		last = w
	}
	return false
}

var demands = wordSet("should must shall")

func demanded(s string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), notWordByte) {
		if demands[w] {
			return true
		}
	}
	return false
}

// counts narrows a block to the sentence that demands a number of something.
func (r *reading) counts(l *located) bool {
	if !strings.ContainsAny(l.text, "0123456789") || !demanded(l.text) {
		return false
	}
	for _, s := range sentences(l.text) {
		if demanded(s) && len(counts(s)) > 0 && !r.doubted(located{block: block{text: s}, from: l.from}) {
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
