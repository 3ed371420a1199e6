package ready

import "refine/planner/ticket"

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
