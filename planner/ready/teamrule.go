package ready

import (
	"cmp"
	"strings"

	"refine/planner/text"
	"refine/planner/ticket"
)

// said is the rule's sentence, or its id. It is the team's, so quotation marks in
// it are no quotes of a ticket.
func (r *Rule) said() string {
	return strings.NewReplacer("“", "", "”", "").Replace(cmp.Or(text.OneLine(r.Sentence), r.ID))
}

// teamRules are the findings of the team's own rules.
func (r *Reading) teamRules(d Definition) (out []finding) {
	for n := range d.Rules {
		k := &d.Rules[n]
		if k.Pattern == nil || k.Severity == Off || d.rule(k.ID, r.issue.Type) != k {
			continue
		}
		where, matched := r.match(k)
		if (where != "") != k.Forbid {
			continue
		}
		f := Finding{Rule: k.ID, INVEST: k.INVEST, Message: "the team's rule is not met: " + k.said(), Blocks: k.Severity != Advice, Evidence: []ticket.Evidence{}}
		if ev, ok := quoteMatch(where, matched); ok {
			f.Evidence = append(f.Evidence, ev)
		}
		out = append(out, finding{f, ownWeight})
	}
	return out
}

// ownWeight is what a team cares for enough to write a rule of its own.
const ownWeight = 6

// match finds where a team's expression matches: the text's name and the text
// that matched, or no name.
func (r *Reading) match(k *Rule) (where, matched string) {
	for _, t := range r.texts {
		if !k.reads(t) {
			continue
		}
		if at := k.Pattern.FindStringIndex(t.Raw); at != nil {
			return t.Where, t.Raw[at[0]:at[1]]
		}
	}
	return "", ""
}

// reads reports whether the rule is about a text.
func (r *Rule) reads(t *Text) bool {
	if r.In == InComments || t.Comment != nil {
		return r.In == InComments && t.Comment != nil
	}
	return r.In == "" || strings.ReplaceAll(string(r.In), "-", " ") == t.Where
}

// longestMatch is how many bytes of what an expression matched are shown.
const longestMatch = 160

// quoteMatch quotes what matched, as far as it can be shown.
func quoteMatch(where, matched string) (ticket.Evidence, bool) {
	matched = text.OneLine(matched)
	ok := where != "" && text.Fold(matched) != "" && len(matched) <= longestMatch && !strings.ContainsAny(matched, "“”")
	return ticket.Evidence{Where: where, Quote: matched}, ok
}

// ownProof is what shows that a rule of the team's own is met.
func (r *Reading) ownProof(k *Rule) proof {
	if k.Forbid {
		return unopposed("nothing of the kind stands in " + cmp.Or(strings.ReplaceAll(string(k.In), "-", " "), "title, description or acceptance criteria"))
	}
	where, matched := r.match(k)
	if ev, ok := quoteMatch(where, matched); ok {
		return proven("", ev)
	}
	return unopposed("stands in the " + where + ", where it cannot be quoted")
}
