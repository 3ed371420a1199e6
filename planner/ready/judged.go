package ready

import (
	"slices"

	"refine/planner/ticket"
)

// Judged is a ticket with what every rule comes to.
type Judged struct {
	Issue ticket.Issue
	Ready bool // no required rule is broken
	// Rules are the results of the team's rules in their order, Findings what of
	// them is not met and what else was noticed, blocking ones first.
	Rules    Results
	Findings []Finding
	Invest   Invest
	// Criteria are where the ticket says when it is done, verbatim; empty means
	// that none were found, not that there are none.
	Criteria []ticket.Evidence
	Reading  *Reading
}

// Break adds a finding that only the tickets together show, and that keeps the
// item from being ready. Of a rule that it breaks by itself nothing is added.
func (j *Judged) Break(rule, message string, shown ...ticket.Evidence) {
	j.Ready = false
	n := slices.IndexFunc(j.Rules, func(r Result) bool { return r.Rule == rule })
	if n < 0 || j.Rules[n].State == NotMet {
		return
	}
	f := blocking(rule, message, shown...)[0]
	f.INVEST = ruleOf(rule).INVEST
	first := slices.IndexFunc(j.Findings, func(f Finding) bool { return !f.Blocks })
	if first < 0 {
		first = len(j.Findings)
	}
	j.Findings = slices.Insert(slices.Clone(j.Findings), first, f)
	j.Rules[n] = j.Rules[n].broken(f)
}
