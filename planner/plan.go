package planner

import (
	"strings"
	"time"

	"refine/planner/brief"
	"refine/planner/check"
	"refine/planner/guide"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/talks"
	"refine/planner/ticket"
)

// A Plan is what a team meets with: one model that every format is written
// from. Build makes it, [Gate] checks it.
type Plan struct {
	Session ticket.Session
	Guide   guide.Guide   // what the session follows
	Epic    *ticket.Issue // the topic's epic, nil for other selections
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
	CarryOver *outcome.CarryOver

	Objectives []string      // what the session's items may serve
	Given      bool          // the team named them; else they are the items' own
	Sizing     *talks.Sizing // how sizes are agreed on; nil: they are not

	Goal        string   // of the meeting, one sentence (L19)
	Before      []string // what must have happened when the session starts
	Agenda      []Phase
	Throughout  []string // discussion management, which has no box of its own
	After       []string
	KeyPoints   []KeyPoint
	Questions   []Question
	Closing     string
	Assumptions []string
	Draft       Draft
	// HeldBox says that somebody reads the box which ends the session (O3). A page
	// has no box that does nothing.
	HeldBox bool
	// SplitForm says that stories which an item is split into become issues (S4).
	SplitForm bool
	// Noticed is what has changed since people first read of the items, for a
	// page that was published before; see [Notice].
	Noticed []Noticed
	// Pictures says that the page shows pictures beside its words.
	Pictures bool
	// Comparison is what the page remembers of the items as people first read of
	// them, once the session is over; nil before.
	Comparison map[string]Facts
}

// An Item is an issue of the session with what the plan says of it.
type Item struct {
	Issue       ticket.Issue
	Minutes     int // in problem exploration, its share of its talk
	OrderReason string
	Why         string // why now, by its fields; empty if they do not tell
	Ready       bool
	Bare        bool // ready by what it says, without criteria, which the team asks for
	// Objected says that it is not ready though no rule speaks against it: the
	// writer of the words found something to settle first, which is the verdict.
	Objected bool
	// Verdict is the one thing that keeps it from being ready, or the words that
	// make it so, in a sentence.
	Verdict   string
	Findings  []ready.Finding
	Invest    ready.Invest
	Rules     ready.Results // the Definition of Ready, rule by rule
	Questions []string      // of the item, beside those of the session
	// Carried is what the previous session left open of the item.
	Carried []outcome.Carried
	// Serves are the objectives that the item serves, as far as recognised.
	Serves []brief.Serves
	// SizeHint is what similar finished items took; empty if that is not known or
	// sizes are no matter.
	SizeHint string
}

// A Deferred item is proposed for another session.
type Deferred struct {
	Key     string `json:"key"`
	Summary string `json:"summary"`
	URL     string `json:"-"`
	Reason  string `json:"reason"`
}

// Epic reports whether it is left out for being an epic, and not for want of time.
func (d Deferred) Epic() bool { return strings.HasPrefix(d.Reason, EpicReason) }

// A Phase is one timebox of the agenda.
type Phase struct {
	Name       string // as the guide calls it
	Start, End time.Time
	Minutes    int
	Lines      []string // what the phase does in this session
	Items      []Slot
}

// A Slot is a talk's share of a phase.
type Slot struct {
	Key        string
	With       []string // other items that are talked about in it
	Start, End time.Time
	Minutes    int
	Presenter  string // empty: not settled
	Note       string // what is to be found out or written
}

// Keys are all items of the slot.
func (s Slot) Keys() []string { return append([]string{s.Key}, s.With...) }

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

// A Question opens the problem of one item, or of the epic. Quote is the first of
// what it quotes; Lacks is set when it is about what the item does not say.
type Question struct {
	Text  string `json:"text"`
	Key   string `json:"key"`
	Quote string `json:"quote"`
	Lacks string `json:"lacks,omitempty"`
}

// A Draft says who wrote the words.
type Draft struct {
	By       string `json:"by"`    // [BuiltIn], [ByModel] or [ByPerson]
	Model    string `json:"model"` // that was asked, empty for none
	Repaired bool   `json:"repaired"`
	Reviewed bool   `json:"reviewed"` // each line was read a second time by the model
	// Lines are those that the model or the person wrote and that stand; the others
	// are built-in.
	Lines int `json:"lines"`
	// What a model was asked in this run; 0 where the page remembers its words.
	Requests int `json:"requests"`
	Tokens   int `json:"tokens"` // sent and received, as the service counts them
	// Reason is why a model that was asked did not write them.
	Reason string `json:"reason,omitempty"`
	// Refused are lines of the draft that do not stand.
	Refused []check.Refusal `json:"refused,omitempty"`
}

// Readiness is how many items are ready when a plan is made, and how many a
// session can make ready: before and after.
type Readiness struct {
	Items  int      `json:"items"`
	Before int      `json:"before"`
	Bare   int      `json:"without_criteria"` // of those
	Unsure int      `json:"unsure"`           // of those, and not of Bare
	Aim    int      `json:"aim"`
	Beyond []Beyond `json:"beyond"` // items that the aim leaves out
}

// A Beyond item has a blocker that no talk settles.
type Beyond struct {
	Key    string `json:"key"`
	Reason string `json:"reason"` // "is blocked by OPS-3", after the key
}
