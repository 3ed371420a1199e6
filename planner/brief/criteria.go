package brief

import (
	"slices"
	"strings"

	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// bare reports whether a ticket lacks criteria. What Jira calls a fault needs none.
func bare(t *Ticket) bool {
	asked := func(r ready.Result) bool { return r.Rule == ready.RuleCriteria && r.State != ready.NotApplicable }
	return !t.Criterial && !t.Reading.IsFault() && slices.ContainsFunc(t.Rules, asked)
}

// criterial reports whether a ticket has criteria, or a heading of some with words or code
// below it, a text that tells how it is tested or what is expected, or some that a session
// agreed on.
func criterial(t *Ticket) bool {
	coded := strings.Contains(t.Issue.Description, "{code") || strings.Contains(t.Issue.Description, "{noformat")
	headed := func(b text.Block) bool {
		return text.Mentions(b.Under, headings) && !stub(b.Text) || coded && b.Kind == text.Heading && text.Mentions(b.Text, headings)
	}
	agreed := func(a ticket.Agreed) bool { return len(a.Criteria) > 0 }
	tested := func(c *ready.Text) bool { return slices.ContainsFunc(c.Blocks, testing) }
	described := t.Reading.Text(ready.Description)
	return len(t.Criteria) > 0 || slices.ContainsFunc(t.Issue.Agreed, agreed) || slices.ContainsFunc(described.Blocks, headed) || tested(described) || slices.ContainsFunc(t.Reading.Comments(), tested)
}

// testing reports whether a block is, or stands below, a name for tests or for what they
// should show: "Acceptance test:", "Expected result:".
func testing(b text.Block) bool {
	if len(b.Text) > len(testingLabel) && strings.EqualFold(b.Text[:len(testingLabel)], testingLabel) {
		return true
	}
	for _, name := range []string{b.Under, b.Text} {
		if len(name) > longestName {
			continue
		}
		if text.NamesExpectation(name) {
			return true
		}
		if words := strings.Fields(name); len(words) == 2 && tests[strings.ToLower(words[0])] && testWords[strings.Trim(strings.ToLower(words[1]), ":.")] {
			return true
		}
	}
	return false
}

const (
	longestName  = 30 // bytes, of a name for tests
	testingLabel = "testing:"
)

var (
	tests     = text.WordSet("acceptance function functional test testing qa qe")
	testWords = text.WordSet("test tests case cases notes steps plan instructions")
)

var headings = text.WordSet("criteria criterion acceptance expected cos dod qa cc")

// Held is the thing of a doubt about criteria for which a place is held.
const Held = "criteria to come"
