package brief

import (
	"slices"

	"refine/planner/ready"
	"refine/planner/ticket"
)

// ruleOf are the rules whose place in the team's definition decides whether
// doubts of a kind keep a ticket from being ready.
var ruleOf = map[Kind]string{
	Asked: ready.RuleOpenQuestion, Undecided: ready.RuleOpenQuestion, TwoValues: ready.RuleOpenQuestion,
	Blocked: ready.RuleDependency, Waits: ready.RuleDependency, Circle: ready.RuleDependency,
}

// kindOf are the kinds of doubts that are taken over from rules.
var kindOf = map[string]Kind{ready.RuleCriteria: NoResult, ready.RuleVague: Vague, ready.RuleSize: Size}

// ownFinders are rules whose doubts have finders of their own here.
var ownFinders = []string{ready.RuleNoDescription, ready.RuleOpenQuestion, ready.RuleDependency}

// judged takes over what keeps tickets from being ready by the team's other rules:
// no result that could be checked, an aim without a measure, somebody's word that
// it is too big, a rule of the team's own.
//
// no-result is right 27 of 30 times: in 14 of the 16 that a person has labelled, and
// in 13 of 14 of CONN, ALOY and DAEMON.
func judged(s *set, told []Doubt) (found []Doubt) {
	undescribed := map[string]bool{}
	for _, d := range told {
		if d.Kind == NoDescription {
			undescribed[d.Keys[0]] = true
		}
	}
	for n := range s.Tickets {
		t := &s.Tickets[n]
		for _, f := range t.Findings {
			kind := kindOf[f.Rule]
			if !f.Blocks || slices.Contains(ownFinders, f.Rule) || kind == NoResult && undescribed[t.Issue.Key] {
				continue
			}
			d := Doubt{Kind: kind, Keys: []string{t.Issue.Key}, Weight: 6, Blocks: true, Ask: settles(t)}
			if kind == "" {
				d.Kind, d.Thing = TeamRule, f.Message
			}
			if kind != NoResult { // whose quote shows what the ticket says, not what it lacks
				for _, ev := range f.Evidence[:min(len(f.Evidence), 2)] {
					d.Quotes, d.By = append(d.Quotes, Quote{t.Issue.Key, ev}), t.saidBy(ev.Where)
				}
			}
			found = append(found, d)
		}
	}
	return found
}

// saidBy is who wrote the text that stands there.
func (t *Ticket) saidBy(where string) (who ticket.Person) {
	for _, c := range t.Reading.Comments() {
		if c.Where == where {
			return c.By()
		}
	}
	return t.Issue.Reporter
}

// breaking is what a doubt of a kind is called as a rule that is not met.
var breaking = map[Kind]string{
	Asked: "it asks, and the ticket gives no answer", Undecided: "the ticket leaves it undecided", TwoValues: "one thing has two values",
	Blocked: "an open ticket blocks it", Waits: "it is to wait", Circle: "links run in a circle",
}

// settle decides what blocks by what the team asks for, and what is ready by what
// blocks: a ticket's rules say so, too. A doubt about the epic keeps no ticket
// from being ready.
func (s *set) settle(all []Doubt) {
	for n := range all {
		d := &all[n]
		rule := ruleOf[d.Kind]
		if rule != "" {
			d.Blocks = d.Blocks && s.requires(d.Keys[0], rule)
		}
		if !d.Blocks {
			continue
		}
		for _, key := range d.Keys {
			if at, here := s.place[key]; here && (rule == "" || s.requires(key, rule)) {
				s.all[at].Break(rule, breaking[d.Kind], d.of(key)...)
			}
		}
	}
}

// of is what the doubt quotes of a ticket.
func (d *Doubt) of(key string) (shown []ticket.Evidence) {
	for _, q := range d.Quotes {
		if q.Key == key {
			shown = append(shown, q.Evidence)
		}
	}
	return shown
}

// requires reports whether the team asks a rule of a ticket.
func (s *set) requires(key, rule string) bool {
	at, here := s.place[key]
	if !here || s.all[at] == s.Epic {
		return false
	}
	for _, r := range s.all[at].Rules {
		if r.Rule == rule {
			return r.Severity == ready.Required
		}
	}
	return false
}
