package ready

import (
	"fmt"
	"slices"

	"refine/planner/text"
	"refine/planner/ticket"
)

// A proof is what shows that an item meets a rule, or why the rule is not about
// it.
type proof struct {
	state State
	note  string
	shown []ticket.Evidence
}

// proven is met, as the words show.
func proven(note string, shown ...ticket.Evidence) proof { return proof{Met, note, shown} }

// unopposed is met, as nothing speaks against it.
func unopposed(note string) proof { return proof{state: Met, note: note} }

// exempt is a rule that is not about the item.
func exempt(why string) proof { return proof{state: NotApplicable, note: why} }

// otherLanguage is why rules of wording say nothing (L15).
const otherLanguage = "the words of this rule are not known in the ticket's language"

// results judge the item by the rules for its type, with what shows it (L8). They
// agree with what was found: that is not met.
func (r *Reading) results(rules []judgedRule, found []finding) Results {
	out := make(Results, 0, len(rules))
	for _, k := range rules {
		out = append(out, r.resultOf(k, found))
	}
	return out
}

func (r *Reading) resultOf(k judgedRule, found []finding) Result {
	out := Result{Rule: k.ID, Sentence: k.Sentence, Severity: k.Severity, State: NotApplicable, Note: k.aside, Evidence: []ticket.Evidence{}}
	if k.aside != "" {
		return out
	}
	if i := slices.IndexFunc(found, func(f finding) bool { return f.Rule == k.ID }); i >= 0 {
		return out.broken(found[i].Finding)
	}
	return out.shown(r.proof(k))
}

// shown is the result with a proof.
func (r Result) shown(p proof) Result {
	r.State, r.Note, r.Evidence = p.state, p.note, append(r.Evidence, p.shown...)
	return r
}

// broken is the result of a rule that a finding says is not met.
func (r Result) broken(f Finding) Result {
	r.State, r.Note, r.Severity = NotMet, f.Message, Advice
	if f.Blocks {
		r.Severity = Required
	}
	r.Evidence = append([]ticket.Evidence{}, f.Evidence...)
	return r
}

// proof looks for what shows that a rule is met of which nothing was found.
func (r *Reading) proof(k judgedRule) proof {
	if k.Pattern != nil {
		return r.ownProof(&k.Rule)
	}
	rule := ruleOf(k.ID)
	if len(rule.senses) > 0 && !slices.ContainsFunc(rule.senses, r.lang.Knows) {
		return exempt(otherLanguage)
	}
	return rule.show(r)
}

// String is what the rule asks with what shows its state, on one line.
func (r Result) String() string {
	shown := r.Note
	if q := quoted(r.Evidence); q != "" && shown != "" {
		shown += ": " + q
	} else if q != "" {
		shown = q
	}
	if shown == "" {
		return r.Sentence
	}
	return r.Sentence + " (" + shown + ")"
}

// In are the results of that state.
func (all Results) In(state State) Results {
	return slices.DeleteFunc(slices.Clone(all), func(r Result) bool { return r.State != state })
}

// Required are the results that decide whether the item is ready.
func (all Results) Required() Results {
	return slices.DeleteFunc(slices.Clone(all), func(r Result) bool { return r.Severity != Required })
}

// Blocked reports whether a required rule is not met.
func (all Results) Blocked() bool { return len(all.Required().In(NotMet)) > 0 }

// String counts gaps: "gaps by 1 of 7 required rules, 1 of 10 advised". Rules that
// do not apply are left out.
func (all Results) String() string {
	count := func(some Results) (open, of int) {
		open = len(some.In(NotMet))
		return open, open + len(some.In(Met))
	}
	open, of := count(all.Required())
	allOpen, allOf := count(all)
	s := fmt.Sprintf("gaps by %d of %d required %s", open, of, text.Agree(of, "rule", "rules"))
	if allOf > of {
		s += fmt.Sprintf(", %d of %d advised", allOpen-open, allOf-of)
	}
	return s
}
