package brief

import (
	"slices"
	"strings"

	"refine/planner/ready"
	"refine/planner/ticket"
)

// ruleOf are the rules whose place in the team's definition decides whether
// doubts of a kind keep a ticket from being ready.
var ruleOf = map[Kind]string{
	Asked: ready.RuleOpenQuestion, Undecided: ready.RuleOpenQuestion, Unseen: ready.RuleOpenQuestion, TwoValues: ready.RuleOpenQuestion, Returned: ready.RuleOpenQuestion,
	Blocked: ready.RuleDependency, Waits: ready.RuleDependency, Circle: ready.RuleDependency,
	NoResult: ready.RuleCriteria,
	Alike:    ready.RuleDependency, Duplicate: ready.RuleDependency, NoDescription: ready.RuleNoDescription,
}

// kindOf are the kinds of doubts that are taken over from rules.
var kindOf = map[string]Kind{
	ready.RuleCriteria: NoResult, ready.RuleVague: Vague, ready.RuleSize: Size,
	ready.RuleOpenQuestion: Undecided, ready.RuleDependency: Waits, ready.RuleNoDescription: NoDescription,
}

// judged takes over what keeps tickets from being ready by the team's other rules:
// no result that could be checked, an aim without a measure, somebody's word that
// it is too big, a rule of the team's own.
//
// no-result is right 27 of 30 times: in 14 of the 16 that a person has labelled, and
// in 13 of 14 of CONN, ALOY and DAEMON.
func judged(s *set, told []Doubt) (found []Doubt) {
	has := map[string]bool{} // a ticket and a rule that some doubt stands for
	for _, d := range told {
		for _, key := range d.Keys {
			has[key+" "+d.rule()] = true
		}
	}
	for n := range s.Tickets {
		t := &s.Tickets[n]
		for _, f := range slices.Clone(t.Findings) {
			if f.Blocks && !has[t.Issue.Key+" "+f.Rule] && t.heard(f) {
				t.clear(f)
				continue
			}
			undescribed := f.Rule == ready.RuleCriteria && has[t.Issue.Key+" "+ready.RuleNoDescription]
			if f.Blocks && !undescribed && !has[t.Issue.Key+" "+f.Rule] {
				found = append(found, t.judgedBy(f))
			}
		}
	}
	return found
}

// heard reports whether reading on takes back what a finding says: a question that
// the finder of questions, who knows what people say behind it, does not take for
// open, an undecided point that is none or is settled by the next words, and what later
// comments take up. They are English.
func (t *Ticket) heard(f ready.Finding) bool {
	if t.Reading.Language().Name() != "English" || len(f.Evidence) == 0 {
		return false
	}
	quote := f.Evidence[0].Quote
	switch {
	case f.Message == ready.SaysAsked:
		return true
	case f.Message == ready.SaysUndecided && notOpen.MatchString(quote):
		return true
	case f.Rule != ready.RuleOpenQuestion:
		return false
	}
	for said := range t.Reading.Sentences() {
		if strings.Contains(said.Sentence.Text, quote) {
			return f.Message == ready.SaysUndecided && settled(said, 0) || (&talk{ticket: t}).speaksOf(said)
		}
	}
	return false
}

// clear takes back a finding that reading on has not borne out.
func (t *Ticket) clear(f ready.Finding) {
	t.Findings = slices.DeleteFunc(slices.Clone(t.Findings), func(o ready.Finding) bool { return o.Rule == f.Rule })
	for n := range t.Rules {
		if r := &t.Rules[n]; r.Rule == f.Rule {
			r.State, r.Note, r.Evidence = ready.Met, "what follows takes it back", []ticket.Evidence{}
		}
	}
	t.Ready = !t.Rules.Blocked()
}

// judgedBy is the doubt that a finding which blocks stands for.
func (t *Ticket) judgedBy(f ready.Finding) Doubt {
	d := Doubt{Kind: kindOf[f.Rule], Keys: []string{t.Issue.Key}, Weight: 6, Blocks: true, Ask: settles(t)}
	switch {
	case d.Kind == "":
		d.Kind, d.Thing = TeamRule, f.Message
	case f.Message == ready.SaysUnseen:
		d.Kind = Unseen
	case f.Message == ready.SaysHeld:
		d.Thing = Held
		return d
	case d.Kind == NoDescription && strings.TrimSpace(t.Issue.Description) != "":
		d.Thing = "a few words"
		return d
	case d.Kind == NoResult, d.Kind == NoDescription: // their quotes show what the ticket says, not what it lacks
		return d
	}
	for _, ev := range f.Evidence[:min(len(f.Evidence), 2)] {
		d.Quotes, d.By = append(d.Quotes, Quote{t.Issue.Key, ev}), t.saidBy(ev.Where)
		if d.Kind == Waits && t.spokenOf(ev.Quote) {
			d.Thing = SpokenOf
		}
	}
	return d
}

// SpokenOf is the thing of a wait that later comments speak of: when it ends, they may say.
const SpokenOf = "later comments speak of it"

// spokenOf reports whether a later comment speaks of what a sentence says.
func (t *Ticket) spokenOf(quote string) bool {
	for said := range t.Reading.Sentences() {
		if strings.Contains(said.Sentence.Text, quote) {
			return (&talk{ticket: t}).speaksOf(said)
		}
	}
	return false
}

// rule is the one that a doubt stands for, empty if there is none.
func (d Doubt) rule() string {
	if rule := ruleOf[d.Kind]; rule != "" {
		return rule
	}
	for rule, kind := range kindOf {
		if kind == d.Kind {
			return rule
		}
	}
	return ""
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
	Asked: ready.SaysAsked, Undecided: ready.SaysUndecided, Unseen: ready.SaysUnseen, TwoValues: "one thing has two values", Returned: "the last session left it for another one",
	Blocked: "an open ticket blocks it", Waits: "it is to wait", Circle: "links run in a circle", NoDescription: "the description says no more than the title",
	Alike: ready.SaysSame, Duplicate: "another issue is about the same", NoResult: "no line says how anyone would tell that it is done",
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
