package ready

import (
	"regexp"

	"refine/planner/ticket"
)

// A Severity says what it means for an item that a rule is not met.
type Severity string

const (
	Required Severity = "required" // the item is not ready
	Advice   Severity = "advice"   // shown, and no more
	Off      Severity = "off"      // not looked at
)

// A Rule is one rule of a Definition of Ready: one of [Rules], or an expression
// of the team's own.
type Rule struct {
	ID       string
	Sentence string   // what is true of an item that meets it: "leaves no question open"
	Severity Severity // empty: as [Rules] has it, Required for a rule of the team's own
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

// A Definition is what a team asks of an item before work on it may start. Its
// rules are changes to [Rules] and rules of the team's own; the zero value
// changes nothing. Of several entries for one id, the first that is about an
// item's type counts.
type Definition struct {
	Rules     []Rule
	MaxPoints float64 // story points of one ticket; 0 means 13
}

// A State says what a rule comes to for an item.
type State string

const (
	Met           State = "met"
	NotMet        State = "not met"
	NotApplicable State = "not applicable"
)

// A Result is what one rule comes to for one item, and what shows it: words of
// the ticket or, where the rule is about what a ticket must not have, that they
// are absent.
type Result struct {
	Rule     string `json:"rule"`
	Sentence string `json:"sentence"` // what is true of an item that meets it
	// Severity is what it means for this item: of a rule that is not met, Required
	// if it keeps the item from being ready, and Advice for a milder sign.
	Severity Severity          `json:"severity"`
	State    State             `json:"state"`
	Note     string            `json:"note,omitempty"` // what the quotes leave to say
	Evidence []ticket.Evidence `json:"evidence"`       // never nil
}

// Results are an item's, in the order of the team's rules.
type Results []Result

// A Finding is one thing that reading a ticket has shown. What it claims is
// shown by its evidence; a finding of absence has none.
type Finding struct {
	Rule     string            `json:"rule"`   // "acceptance-criteria", "vague"
	INVEST   string            `json:"invest"` // the letter it breaks
	Message  string            `json:"message"`
	Blocks   bool              `json:"blocks"` // the item is not ready while it stands
	Evidence []ticket.Evidence `json:"evidence"`
}

// OfStory reports whether a finding is about the wording of a user story, which is
// for whoever writes the stories and not for the room.
func (f Finding) OfStory() bool {
	switch f.Rule {
	case RuleAtomic, RuleMinimal, RuleUniform, RuleNoBenefit, RuleWellFormed:
		return true
	default:
		return false
	}
}

// An Invest is what an item's findings come to by the letters of INVEST:
// independent, negotiable, valuable, estimable, small, testable.
type Invest struct {
	// Broken are the letters that a finding breaks which blocks or weighs as
	// much as one that could; in INVEST's order.
	Broken []string `json:"broken"`
	// Verdict is "too big" or "too vague" where two letters are broken.
	Verdict string `json:"verdict,omitempty"`
	Split   *Split `json:"split,omitempty"` // nil where the ticket has no parts to split by
}
