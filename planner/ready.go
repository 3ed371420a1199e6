package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Severity says what it means for an item that a rule is not met.
type Severity string

const (
	Required Severity = "required" // the item is not ready
	Advice   Severity = "advice"   // shown, and no more
	Off      Severity = "off"      // not looked at
)

// A ReadyRule is one rule of a Definition of Ready: one of [ReadyRules], or an
// expression of the team's own.
type ReadyRule struct {
	ID       string
	Sentence string   // what is true of an item that meets it: "leaves no question open"
	Severity Severity // empty: as [ReadyRules] has it, Required for a rule of the team's own
	INVEST   string   // the letter that an item breaks by not meeting it
	Types    []string // issue types it is about, in any case of letters; empty means all

	// Pattern makes it a rule of the team's own: an item's text has to match it
	// or, if Forbid is set, must not.
	Pattern *regexp.Regexp
	Forbid  bool
	In      Part
}

// A Part is what of an item a team's own rule reads.
type Part string

// The zero Part is what the ticket itself says: title, description and
// acceptance criteria.
const (
	InSummary     Part = "summary"
	InDescription Part = "description"
	InCriteria    Part = "acceptance-criteria"
	InComments    Part = "comments"
)

// readyRules are the rules that the planner knows by itself. A required one has
// milder signs as well, which are advice.
var readyRules = []ReadyRule{
	{ID: ruleNoDescription, Sentence: "says more than its title", Severity: Required, INVEST: "V"},
	{ID: ruleCriteria, Sentence: "says how anyone would tell that it is done", Severity: Required, INVEST: "T"},
	{ID: ruleOpenQuestion, Sentence: "leaves no question open", Severity: Required, INVEST: "N"},
	{ID: ruleContradiction, Sentence: "does not contradict itself", Severity: Required, INVEST: "T"},
	{ID: ruleDependency, Sentence: "waits for nothing that is not done", Severity: Required, INVEST: "I"},
	{ID: ruleOpenList, Sentence: "closes its lists", Severity: Required, INVEST: "S"},
	{ID: ruleSize, Sentence: "is no more than one ticket", Severity: Required, INVEST: "S"},
	{ID: ruleVague, Sentence: "has a measure for what it aims at", Severity: Advice, INVEST: "T"},
	{ID: ruleAtomic, Sentence: "asks for one thing", Severity: Advice, INVEST: "S"},
	{ID: ruleUnique, Sentence: "asks for what no other item asks for", Severity: Advice, INVEST: "I"},
	{ID: ruleWellFormed, Sentence: "names a role and what it wants, if it is a story", Severity: Advice, INVEST: "V"},
	{ID: ruleMinimal, Sentence: "says no more than role, means and end in its story", Severity: Advice, INVEST: "N"},
	{ID: ruleUniform, Sentence: "has the form of the other stories", Severity: Advice, INVEST: "E"},
	{ID: ruleNoBenefit, Sentence: "gives a reason for its wish", Severity: Advice, INVEST: "V"},
	{ID: ruleSolution, Sentence: "starts from a need, not from a means", Severity: Advice, INVEST: "N"},
	{ID: ruleStakeholder, Sentence: "names who needs it and who loses by it", Severity: Advice, INVEST: "V"},
	{ID: ruleVisual, Sentence: "shows the screen that it is about", Severity: Advice, INVEST: "E"},
	{ID: ruleAssumption, Sentence: "takes nothing for granted", Severity: Advice, INVEST: "E"},
	{ID: ruleStale, Sentence: "was written or spoken of within a year", Severity: Advice, INVEST: "V"},
}

// ReadyRules lists the rules that every Definition of Ready begins with, with
// their default severities.
func ReadyRules() []ReadyRule { return slices.Clone(readyRules) }

// A DefinitionOfReady is what a team asks of an item before work on it may
// start. Its rules are changes to [ReadyRules] and rules of the team's own; the
// zero value changes nothing. Of several entries for one id, the first that is
// about an item's type counts.
type DefinitionOfReady struct {
	Rules     []ReadyRule
	MaxPoints float64 // story points of one ticket; 0 means 13
}

// A standard is what items are judged by: the team's rules, on a day.
type standard struct {
	ready DefinitionOfReady
	at    time.Time
}

// rule is the team's entry for id, for items of a type; nil if it has none.
func (d DefinitionOfReady) rule(id, kind string) *ReadyRule {
	for n := range d.Rules {
		if r := &d.Rules[n]; r.ID == id && r.about(kind) {
			return r
		}
	}
	return nil
}

func (r *ReadyRule) about(kind string) bool {
	same := func(t string) bool { return strings.EqualFold(t, kind) }
	return len(r.Types) == 0 || slices.ContainsFunc(r.Types, same)
}

// severity is what the team made of a rule, empty where it left it alone.
func (d DefinitionOfReady) severity(id, kind string) Severity {
	if r := d.rule(id, kind); r != nil {
		return r.Severity
	}
	return ""
}

// weigh lets the team decide which findings block. What it switched off is
// dropped; what it left alone blocks as the analysis has it.
func weigh(found []finding, kind string, d DefinitionOfReady) (out []finding) {
	for _, f := range found {
		switch d.severity(f.Rule, kind) {
		case Off:
			continue
		case Required:
			f.Blocks = true
		case Advice:
			f.Blocks = false
		}
		if i := slices.IndexFunc(readyRules, func(k ReadyRule) bool { return k.ID == f.Rule }); i >= 0 {
			f.INVEST = cmp.Or(f.INVEST, readyRules[i].INVEST)
		}
		out = append(out, f)
	}
	return out
}

// teamRules are the findings of the team's own rules.
func (r *reading) teamRules(d DefinitionOfReady) (out []finding) {
	for n := range d.Rules {
		k := &d.Rules[n]
		if k.Pattern == nil || k.Severity == Off || d.rule(k.ID, r.issue.Type) != k {
			continue
		}
		where, at := r.match(k)
		if (where != "") != k.Forbid {
			continue
		}
		f := unmet(k)
		if ev, ok := r.quoteMatch(where, at); ok {
			f.Evidence = []Evidence{ev}
		}
		out = append(out, f)
	}
	return out
}

// ownWeight is what a team cares for enough to write a rule of its own.
const ownWeight = 6

// said is the rule's sentence, or its id. It is the team's, so quotation marks in
// it are no quotes of a ticket.
func (r *ReadyRule) said() string {
	return strings.NewReplacer("“", "", "”", "").Replace(cmp.Or(oneLine(r.Sentence), r.ID))
}

// unmet is the finding of a rule of the team's own.
func unmet(k *ReadyRule) finding {
	sentence := k.said()
	return finding{
		Finding: Finding{Rule: k.ID, INVEST: k.INVEST, Message: "the team's rule is not met: " + sentence,
			Blocks: k.Severity != Advice, Evidence: []Evidence{}},
		weight: ownWeight, find: "what is missing for the team's rule (" + sentence + ")",
		gets: "what the team's rule asks (" + sentence + ")", snag: "a team rule not met (" + sentence + ")",
	}
}

// match finds where a team's expression matches: the text's name and the text
// that matched, or no name.
func (r *reading) match(k *ReadyRule) (where, text string) {
	i := r.issue
	for _, t := range []struct {
		in         Part
		where, raw string
	}{
		{InSummary, "summary", i.Summary},
		{InDescription, "description", i.Description},
		{InCriteria, "acceptance criteria", i.AcceptanceCriteria},
	} {
		if k.In != "" && k.In != t.in {
			continue
		}
		if at := k.Pattern.FindStringIndex(t.raw); at != nil {
			return t.where, t.raw[at[0]:at[1]]
		}
	}
	if k.In == InComments {
		for _, c := range i.Comments {
			if at := k.Pattern.FindStringIndex(c.Body); at != nil {
				return commentBy(c), c.Body[at[0]:at[1]]
			}
		}
	}
	return "", ""
}

func commentBy(c Comment) string { return "comment by " + cmp.Or(c.Author.Name, "somebody") }

// quoteMatch quotes what matched, as far as it can be shown.
func (r *reading) quoteMatch(where, text string) (Evidence, bool) {
	text = oneLine(text)
	ok := where != "" && fold(text) != "" && len(text) <= maxQuote && !strings.ContainsAny(text, "“”")
	return Evidence{Where: where, Quote: text}, ok
}

// readyRule states by which rules items are called ready.
func (b *builder) readyRule() string {
	if len(b.in.Ready.Rules) == 0 && b.in.Ready.MaxPoints == 0 {
		return "Ready: no Definition of Ready was given. Here: problem and a result to check stand in the ticket, and nothing is open, contradictory or blocked."
	}
	return "Ready: " + b.in.Ready.String() + "."
}

// String tells how the team's definition differs from the default.
func (d DefinitionOfReady) String() string {
	said := map[Severity][]string{}
	var own []string
	for _, k := range d.Rules {
		name := k.ID
		if len(k.Types) > 0 {
			name += " (" + enumerate(k.Types) + ")"
		}
		if k.Pattern != nil && k.Severity != Off {
			own = append(own, fmt.Sprintf("%s %s", cmp.Or(k.Severity, Required), name))
			continue
		}
		if k.Severity != "" {
			said[k.Severity] = append(said[k.Severity], name)
		}
	}
	parts := []string{"the default rules"}
	for _, s := range []Severity{Required, Advice, Off} {
		if names := said[s]; len(names) > 0 {
			parts = append(parts, enumerate(names)+" "+string(s))
		}
	}
	if d.MaxPoints > 0 {
		parts = append(parts, fmt.Sprintf("at most %g story points", d.MaxPoints))
	}
	if len(own) > 0 {
		parts = append(parts, "rules of the team's own: "+enumerate(own))
	}
	return strings.Join(parts, "; ")
}
