package brief

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ready"
	"refine/planner/text"
)

// unlike finds tickets without criteria among tickets that have some. A team that
// writes them under a name for most of its tickets misses them where they are not,
// and where no sentence says what should be so.
//
// By shape, on sets of neighbours of CONN, where two tickets in three have criteria and
// on which it was made: 16 of 18 right, two hold a list that says it. Of others few sets
// have so many criteria: GHS and TIMOB, 4 of 4.
func unlike(s *set, told []Doubt) (found []Doubt) {
	with, undescribed := 0, map[string]bool{}
	for n := range s.Tickets {
		if len(s.Tickets[n].Criteria) > 0 {
			with++
		}
	}
	all := len(s.Tickets)
	if with < leastWith || 3*with < 2*all {
		return nil
	}
	for _, d := range told {
		undescribed[d.Keys[0]] = undescribed[d.Keys[0]] || d.Kind == NoDescription || d.Kind == NoResult
	}
	for n := range s.Tickets {
		t := &s.Tickets[n]
		if len(t.Criteria) > 0 || t.Reading.IsFault() || t.Issue.Type == "" && t.Fault || undescribed[t.Issue.Key] || tests.MatchString(t.Issue.Description) {
			continue
		}
		found = append(found, Doubt{
			Kind: NoResult, Keys: []string{t.Issue.Key}, Weight: 6, Blocks: s.requires(t.Issue.Key, ready.RuleCriteria), Ask: settles(t),
			Thing: Criteria,
		})
	}
	return found
}

// bare reports whether a ticket lacks criteria. Where no type tells whether it is a fault,
// what it says does.
func bare(t *Ticket) bool {
	asked := func(r ready.Result) bool { return r.Rule == ready.RuleCriteria && r.State != ready.NotApplicable }
	fault := t.Reading.IsFault() || t.Issue.Type == "" && (t.Fault || mentions(t.Issue.Summary, faulty))
	return !t.Criterial && !fault && slices.ContainsFunc(t.Rules, asked)
}

// criterial reports whether a ticket has criteria, or a heading of some with words or code
// below it.
func criterial(t *Ticket) bool {
	coded := strings.Contains(t.Issue.Description, "{code") || strings.Contains(t.Issue.Description, "{noformat")
	headed := func(b text.Block) bool {
		return mentions(b.Under, headings) && !stub(b.Text) || coded && b.Kind == text.Heading && mentions(b.Text, headings)
	}
	return len(t.Criteria) > 0 || slices.ContainsFunc(t.Reading.Text(ready.Description).Blocks, headed)
}

var headings = text.WordSet("criteria criterion acceptance expected cos dod qa cc")

// faulty are words of titles of faults.
var faulty = text.WordSet("abort aborts bug crash crashes error exception fail fails failed failing failure npe throws broken")

// Things of doubts about criteria: most other tickets have some, or a place is held for them.
const (
	Criteria = "criteria"
	Held     = "criteria to come"
)

// leastWith is how many tickets of a session have criteria where a team writes them.
const leastWith = 3

// tests is where a ticket says in other words when it is done: below a label, or in a
// sentence that can be checked.
var tests = lazyregexp.New(`(?i)\b(?:should|must|shall|ensure|verify|make sure|criteria|expected)\b|(?-i:\b(?:QA|COS|CC|DoD)\b)`)
