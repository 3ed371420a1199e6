package planner

import "slices"

// telling are the probes whose answer a ticket cannot do without. What the
// others ask for is worth a question and no verdict.
var telling = []string{
	"wait", "no longer be", "no longer", "for each", "own place", "to be named", "list in brackets", "examples",
	"unknown", "investigate", "which one", "goes away", "not aware",
}

// sharpen says of tickets that only lack a result what they lack first, in
// their own words: "no result" is true of most tickets and tells a team
// nothing. The item's quote becomes the reason for that.
func (b *builder) sharpen() {
	for _, r := range b.taken {
		for n := range r.findings {
			f := &r.findings[n]
			if f.Rule != ruleCriteria {
				continue
			}
			for _, p := range r.probed {
				if gets := p.fill(p.gets); gets != "" && slices.Contains(telling, p.name) {
					f.Message = "lacks " + gets
					f.Evidence = []Evidence{p.ev}
					break
				}
			}
		}
	}
}

// entangle keeps from being ready what only looks so by itself: read together
// with other tickets it carries a doubt that has to be settled first.
func (b *builder) entangle() {
	for _, c := range b.across {
		if c.weight < weightyCrossing || c.settle == "" || !slices.Contains(entangling, c.kind) {
			continue
		}
		for _, r := range b.taken {
			if r.issue.Key != c.key || !r.ready() {
				continue
			}
			r.findings = slices.Insert(r.findings, 0, finding{
				Finding: Finding{Rule: ruleOpenQuestion, INVEST: "N", Blocks: true, Message: "it is open " + c.settle, Evidence: c.shown(r)},
				weight:  8, find: c.settle, gets: "a word on " + c.settle, snag: "a doubt that it shares with others",
			})
		}
	}
}

// entangling are the kinds of crossing that a ticket cannot be started with.
var entangling = []string{"open reports", "denied need", "shut out", "two numbers", "versions", "claimed twice"}

// shown is the crossing's quote as the ticket's evidence, if it is the ticket's.
func (c crossing) shown(r *reading) []Evidence {
	for _, s := range r.sources {
		if c.quote != "" && s.holds(c.quote) {
			return []Evidence{{Where: s.where, Quote: c.quote}}
		}
	}
	return []Evidence{}
}
