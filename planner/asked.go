package planner

import (
	"fmt"
	"slices"
	"strings"
)

// outcomes are the doubts about what comes out of a ticket: something built or
// something found out, and where it is to stand.
func (r *reading) outcomes() (out []finding) {
	if f, ok := r.buildOrFinding(); ok {
		out = append(out, f)
	}
	if f, ok := r.askedHere(); ok {
		out = append(out, f)
	}
	return out
}

// buildOrFinding is for a title that delivers something where the description
// only looks into it.
func (r *reading) buildOrFinding() (finding, bool) {
	verb, _ := r.command()
	title := r.titleQuotes()
	if r.named || len(title) == 0 || verb == "" || !r.lex.beginsWith(wordsIn(verb), saysDelivery) {
		return finding{}, false
	}
	inquiry, ok := r.onlyInquires()
	if !ok {
		return finding{}, false
	}
	return finding{
		Finding: Finding{Rule: ruleOpenQuestion, INVEST: "N", Blocks: true, Evidence: []Evidence{title[0], inquiry},
			Message: "a build or a finding? The title and the description do not say the same"},
		weight: 8, alone: true,
		find: "whether it ends with something built or with a finding, and who uses that", gets: "a word on whether it ends with a build or with a finding", snag: "a build or a finding",
		lead: fmt.Sprintf("%s is called %s and says %s%s", r.issue.Key, title[0], inquiry, stop(inquiry)),
		asks: []string{
			"Who decides on what is found out, and what do they do with it?",
			"Who uses the outcome first, and do they need a thing or an answer?",
			"Which of the two has somebody been promised, a build or a finding?",
		},
	}, true
}

// onlyInquires quotes where the description wants something to be found out, if
// it wants nothing else.
func (r *reading) onlyInquires() (shown Evidence, ok bool) {
	for l := range r.statements() {
		if l.aside {
			continue
		}
		for _, s := range l.said {
			switch {
			case s.is(saysInquiry):
				if ev, quoted := l.from.quote(s.text); quoted {
					shown, ok = ev, true
				}
			case s.is(saysTask), s.is(saysMeans), demand.MatchString(s.text):
				return Evidence{}, false
			}
		}
	}
	return shown, ok
}

// askedHere is for a ticket that wants something to be written into it, where
// nothing of substance stands behind that.
func (r *reading) askedHere() (finding, bool) {
	for n, l := range r.blocks {
		if l.from.where != "description" || l.judges() || l.aside {
			continue
		}
		for _, s := range l.said {
			if !s.is(saysAskedHere) || r.goesOn(n) {
				continue
			}
			ev, ok := l.from.quote(s.text)
			if !ok {
				continue
			}
			return finding{
				Finding: Finding{Rule: ruleOpenQuestion, INVEST: "N", Evidence: []Evidence{ev},
					Message: "asks for something to be written into the ticket, and it does not stand there"},
				weight: 7, alone: true,
				find: "who has what it asks for, and who acts on it", gets: "what it asks to be written into it", snag: "an answer that is asked for and absent",
				lead: fmt.Sprintf("%s asks %s and holds no such text.", r.issue.Key, ev),
				asks: []string{
					"Who has that by now, and who acts on it once it stands there?",
					"Who waits for what is to be written there, and what do they decide by it?",
				},
			}, true
		}
	}
	return finding{}, false
}

// leastSubstance is how many words answer more than a word of progress does.
const leastSubstance = 15

// goesOn reports whether something of substance follows the nth block: a list, a
// section of its own, a longer comment.
func (r *reading) goesOn(n int) bool {
	entries := 0
	for _, l := range r.blocks[n+1:] {
		if l.kind == bullet && !l.aside {
			entries++
		}
		if l.kind == heading && !l.from.comment && !template(l.text) || l.from.comment && len(strings.Fields(l.text)) >= leastSubstance {
			return true
		}
	}
	return entries > 1 || slices.ContainsFunc(r.progress, func(l located) bool { return len(strings.Fields(l.text)) >= leastSubstance })
}
