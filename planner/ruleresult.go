package planner

import (
	"fmt"
	"slices"
	"strings"
)

// A RuleState says what a rule of the Definition of Ready comes to for an item.
type RuleState string

const (
	Met           RuleState = "met"
	NotMet        RuleState = "not met"
	NotApplicable RuleState = "not applicable"
)

// A RuleResult is what one rule comes to for one item, and what shows it: words
// of the ticket or, where the rule is about what a ticket must not have, that
// they are absent.
type RuleResult struct {
	Rule     string `json:"rule"`
	Sentence string `json:"sentence"` // what is true of an item that meets it
	// Severity is what it means for this item: of a rule that is not met, Required
	// if it keeps the item from being ready, and Advice for a milder sign.
	Severity Severity   `json:"severity"`
	State    RuleState  `json:"state"`
	Note     string     `json:"note,omitempty"` // what the quotes leave to say
	Evidence []Evidence `json:"evidence"`       // never nil
}

// String is what the rule asks with what shows its state, on one line.
func (r RuleResult) String() string {
	shown := Finding{Message: r.Note, Evidence: r.Evidence}.String()
	if r.Note == "" {
		shown = strings.TrimPrefix(shown, ": ")
	}
	if shown == "" {
		return r.Sentence
	}
	return r.Sentence + " (" + shown + ")"
}

// RuleResults are an item's, in the order of the team's rules.
type RuleResults []RuleResult

// in are the results of that state.
func (all RuleResults) in(state RuleState) RuleResults {
	return slices.DeleteFunc(slices.Clone(all), func(r RuleResult) bool { return r.State != state })
}

// required are the results that decide whether the item is ready.
func (all RuleResults) required() RuleResults {
	return slices.DeleteFunc(slices.Clone(all), func(r RuleResult) bool { return r.Severity != Required })
}

// blocked reports whether a required rule is not met.
func (all RuleResults) blocked() bool { return len(all.required().in(NotMet)) > 0 }

// String counts them: "6 of 7 required rules met, 9 of 10 advised". Rules that
// do not apply are left out.
func (all RuleResults) String() string {
	must := all.required()
	count := func(some RuleResults) (met, of int) {
		met = len(some.in(Met))
		return met, met + len(some.in(NotMet))
	}
	met, of := count(must)
	allMet, allOf := count(all)
	text := fmt.Sprintf("%d of %d required %s met", met, of, agree(of, "rule", "rules"))
	if allOf > of {
		text += fmt.Sprintf(", %d of %d advised", allMet-met, allOf-of)
	}
	return text
}

// Lines are the results for a reader who has the item's findings before them:
// what shows that a rule is met, and which rules have nothing that speaks
// against them.
func (i Item) ruleLines() (lines []string) {
	if len(i.Rules) == 0 {
		return nil
	}
	lines = []string{"Definition of Ready: " + i.Rules.String()}
	var quoted, plain, unmet []string
	for _, r := range i.Rules.in(Met) {
		if len(r.Evidence) > 0 {
			quoted = append(quoted, r.String())
		} else {
			plain = append(plain, r.Sentence)
		}
	}
	for _, r := range i.Rules.in(NotMet) {
		if slices.ContainsFunc(i.Findings, func(f Finding) bool { return f.Rule == r.Rule }) {
			unmet = append(unmet, r.Sentence)
		} else {
			unmet = append(unmet, r.String())
		}
	}
	for _, part := range []struct {
		name string
		said []string
	}{
		{"met: ", quoted}, {"met, as nothing in the ticket speaks against it: ", plain},
		{"not met: ", unmet}, {"does not apply: ", byNote(i.Rules.in(NotApplicable))},
	} {
		if len(part.said) > 0 {
			lines = append(lines, part.name+strings.Join(part.said, "; "))
		}
	}
	return lines
}

// byNote names together the rules that do not apply for the same reason.
func byNote(results RuleResults) (out []string) {
	var notes []string
	rules := map[string][]string{}
	for _, r := range results {
		if rules[r.Note] == nil {
			notes = append(notes, r.Note)
		}
		rules[r.Note] = append(rules[r.Note], r.Sentence)
	}
	for _, note := range notes {
		out = append(out, fmt.Sprintf("%s (%s)", enumerate(rules[note]), note))
	}
	return out
}
