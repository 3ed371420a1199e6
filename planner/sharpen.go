package planner

import (
	"cmp"
	"fmt"
	"slices"
)

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
			if f.Rule != ruleCriteria || f.alone {
				continue
			}
			for _, p := range r.probed {
				if gets := p.fill(p.gets); gets != "" && slices.Contains(telling, p.name) {
					f.Message = "lacks " + gets
					f.Evidence = []Evidence{p.ev}
					f.sharp = true
					break
				}
			}
		}
	}
}

// entangle gives a ticket the doubt that it carries together with others: it
// keeps from being ready what only looks so by itself, and is said of what
// would else only lack something that any ticket may lack.
func (b *builder) entangle() {
	settledFirst, _ := b.shared()
	carrier := map[string]string{}
	for _, r := range b.taken {
		for _, c := range b.across {
			if c.weight < weightyCrossing || c.settle == "" || !b.entangles(c, r) {
				continue
			}
			r.findings = slices.Insert(r.findings, 0, finding{
				Finding: Finding{Rule: ruleOpenQuestion, INVEST: "N", Blocks: true, Message: c.message(), Evidence: c.shown(r)},
				weight:  8, find: c.settle, gets: c.answer(), snag: "a doubt that it shares with others",
				first: b.sharedTalk > 0 && c.settle == settledFirst.settle, with: carrier[c.settle],
			})
			carrier[c.settle] = cmp.Or(carrier[c.settle], r.issue.Key)
			break
		}
	}
}

// pair puts an item right behind the one whose doubt it shares, so that they
// have one talk.
func (b *builder) pair() {
	for _, r := range slices.Clone(b.taken) {
		with := ""
		if !r.ready() {
			with = r.leading().with
		}
		from := slices.Index(b.taken, r)
		to := slices.IndexFunc(b.taken, func(o *reading) bool { return o.issue.Key == with })
		if to < 0 || from == to+1 {
			continue
		}
		b.taken = slices.Insert(slices.Delete(b.taken, from, from+1), to+1, r)
		b.reasons[r.issue.Key] = fmt.Sprintf("shares a doubt with %s; by itself %s", with, b.reasons[r.issue.Key])
	}
}

// message is the doubt as a finding.
func (c crossing) message() string {
	if c.kind == reportsKind {
		return fmt.Sprintf("it is open %s, %s for one", c.settle, c.other)
	}
	return "it is open " + c.settle
}

// answer is what the ticket gets by settling the doubt.
func (c crossing) answer() string {
	if c.kind == reportsKind {
		return "the keys of the reported faults that it ends"
	}
	return "an answer to " + c.settle
}

// entangles reports whether the ticket cannot be started with the crossing.
func (b *builder) entangles(c crossing, r *reading) bool {
	if r.ready() {
		return c.stops && (c.key == r.issue.Key || c.kind == twoNumbersKind && slices.Contains(c.keys, r.issue.Key))
	}
	own := !c.second && len(c.shown(r)) > 0 && slices.Contains(c.keys, r.issue.Key)
	return own && r.findings[0].plainGap() && !r.findings[0].sharp
}

// shown is what the crossing quotes of the ticket.
func (c crossing) shown(r *reading) []Evidence {
	if c.kind == reportsKind {
		return []Evidence{} // it is the link that shows it
	}
	for _, quote := range append([]string{c.quote}, quotesIn(c.point)...) {
		for _, s := range r.sources {
			if quote != "" && s.holds(quote) {
				return []Evidence{{Where: s.where, Quote: quote}}
			}
		}
	}
	return []Evidence{}
}
