package brief

import (
	"slices"
	"strings"

	"refine/planner/ready"
	"refine/planner/text"
)

// bare reports whether a ticket lacks criteria. Where no type tells whether it is a fault,
// its title does.
func bare(t *Ticket) bool {
	asked := func(r ready.Result) bool { return r.Rule == ready.RuleCriteria && r.State != ready.NotApplicable }
	fault := t.Reading.IsFault() || t.Issue.Type == "" && mentions(t.Issue.Summary, faulty)
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

// Held is the thing of a doubt about criteria for which a place is held.
const Held = "criteria to come"
