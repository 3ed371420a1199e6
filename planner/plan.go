package planner

import (
	"strings"
	"time"
)

// A Plan is what a team meets with: one model that every format is written
// from. Build makes it, [Gate] checks it.
type Plan struct {
	Session Session
	Guide   Guide  // what the session follows
	Epic    *Issue // the topic's epic, nil for other selections
	// Matched is how many issues the selection found; Items and Deferred and
	// Withheld hold them all unless Capped is set.
	Matched  int
	Capped   bool // the selection found more than the configured limit
	Items    []Item
	Deferred []Deferred
	Withheld []string // keys of issues with a security level (P7)
	Ready    Readiness
	// CarryOver is what the team's previous session left open, nil where there
	// was none or nothing.
	CarryOver *CarryOver

	Objectives []string // what the session's items may serve
	Sizing     *Sizing  // how sizes are agreed on; nil: they are not

	Before      []string // what must have happened when the session starts
	Agenda      []Phase
	Throughout  []string // discussion management, which has no box of its own
	After       []string
	KeyPoints   []KeyPoint
	Questions   []Question
	Closing     string
	Assumptions []string
	Draft       Draft
	// Noticed is what has changed since people first read of the items, for a
	// page that was published before; see [Notice].
	Noticed []Noticed
}

// An Item is an issue of the session with what the plan says of it.
type Item struct {
	Issue       Issue
	Minutes     int // in problem exploration
	OrderReason string
	Why         string // why now, quoted; empty if the ticket does not say
	Ready       bool
	Findings    []Finding
	Invest      Invest
	Rules       RuleResults // the Definition of Ready, rule by rule
	Questions   []string    // of the item, beside those of the session
	// Carried is what the previous session left open of the item.
	Carried []Carried
	// Serves are the objectives that the item serves, as far as recognised.
	Serves []Serves
	// SizeHint is what similar finished items took; empty if that is not known or
	// sizes are no matter.
	SizeHint string
}

// A Finding is one thing the analysis says of an item. What it claims is shown
// by its evidence; a finding of absence has none.
type Finding struct {
	Rule     string     `json:"rule"`   // "acceptance-criteria", "vague"
	INVEST   string     `json:"invest"` // the letter it breaks
	Message  string     `json:"message"`
	Blocks   bool       `json:"blocks"` // the item is not ready while it stands
	Evidence []Evidence `json:"evidence"`

	gap bool // its evidence shows the ticket, not what it lacks, or is told elsewhere
}

// Evidence is a verbatim quote and where it stands.
type Evidence struct {
	Where string `json:"where"` // "summary", "description", "comment by Dana"
	Quote string `json:"quote"`

	before, after bool // the clause goes on at that side
}

// A Deferred item is proposed for another session.
type Deferred struct {
	Key     string `json:"key"`
	Summary string `json:"summary"`
	URL     string `json:"-"`
	Reason  string `json:"reason"`
}

// A Phase is one timebox of the agenda.
type Phase struct {
	Name       string // as the guide calls it
	Start, End time.Time
	Minutes    int
	Lines      []string // what the phase does in this session
	Items      []Slot
}

// A Slot is an item's share of a phase, that of several items with one doubt, or
// that of a doubt which all of them share: then it has a topic instead of a key.
type Slot struct {
	Key        string
	With       []string // other items that are talked about in it, because they share its doubt
	Topic      string
	Start, End time.Time
	Minutes    int
	Presenter  string // empty: not settled
	Note       string // what is to be found out or written, for this item
}

// A KeyPoint ties a line of the guide to what these items show.
type KeyPoint struct {
	Text  string   `json:"text"`
	Guide string   `json:"guide"` // the guide's line, verbatim
	Keys  []string `json:"keys"`
}

// Lead is the guide's line as the words before the text: with a colon, unless it
// ends a sentence by itself.
func (k KeyPoint) Lead() string {
	if strings.HasSuffix(k.Guide, "?") || strings.HasSuffix(k.Guide, ":") {
		return k.Guide
	}
	return k.Guide + ":"
}

// A Question opens the problem of one item, or of the epic. Quote is what of it
// the question cites; Lacks is set when the question is about what it does not
// say.
type Question struct {
	Text  string `json:"text"`
	Key   string `json:"key"`
	Quote string `json:"quote"`
	Lacks string `json:"lacks,omitempty"`
}

// A Draft says who wrote the key points, questions and closing.
type Draft struct {
	By       string `json:"by"`    // [BuiltIn] or [ByModel]
	Model    string `json:"model"` // that was asked, empty for none
	Repaired bool   `json:"repaired"`
	// Reason is why a model that was asked did not write them.
	Reason string `json:"reason,omitempty"`
}
