package brief

import (
	"time"

	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// Input is everything that a brief is made from.
type Input struct {
	Session ticket.Session
	Epic    *ticket.Issue  // of an epic's session
	Issues  []ticket.Issue // as found, in the order found
	Ready   ready.Definition
	// CarryOver is what the team's previous session left open; nil: nothing.
	CarryOver  *outcome.CarryOver
	Objectives []Objective // what the team wants to reach soon
	// At is when the tickets were read: what lies before it is past.
	At time.Time
}

// A Brief is what is known of a session. Everything in it stands in a field, a
// link or a text of a ticket; nothing is guessed.
type Brief struct {
	Session ticket.Session
	At      time.Time // when the tickets were read
	Epic    *Ticket   // the topic's epic, nil for other selections; not among Tickets
	Tickets []Ticket  // what may be shown of the selection, in the order found
	// Withheld are the keys of issues with a security level, Aside epics that
	// stood among tickets (P2), Repeated how often an issue was found again.
	Withheld []string
	Aside    []ticket.Issue
	Repeated int

	Doubts     []Doubt           // heaviest first
	Between    []Between         // issues outside that stand between the tickets
	Named      []Named           // things in the titles of two tickets
	Shared     []Shared          // criteria of several tickets
	Untold     []ticket.Evidence // entries of the epic's list that no ticket names
	Series     Series            // the same work on several things; empty for none
	Objectives []Objective
	CarryOver  *outcome.CarryOver

	ready ready.Definition

	index *index // see [Brief.Seal]
}

// A Ticket is an issue with what reading it has shown. Personal data is taken
// out of its texts; see [Masked].
type Ticket struct {
	ready.Judged
	// Ready, which [ready.Judged] brings along, is false where a doubt blocks, too.

	// Problem is the sentence that says what is wrong or wanted, the title where
	// no sentence can be told to do so.
	Problem ticket.Evidence
	Fault   bool     // Problem says what is wrong
	Days    []Day    // due date, releases and sprint
	Serves  []Serves // which objectives, and by what that shows
	Masked  []Masked // what was taken out of its texts
	// Criterial says that it has criteria, or a heading of some over what was taken for none.
	Criterial bool
	// Bare says that it is not so, is no fault, and that the team asks for some: it
	// may be ready by what it says, and is the better for them.
	Bare bool
	// Guesses are the first sentences in which it tells what its writer does not know for
	// sure, looked for when they are first asked for.
	Guesses func() []ticket.Evidence
}

// A Kind says what a doubt is about. Each has one finder, in a file of its name.
type Kind string

// The kinds of doubts, in no order.
const (
	Asked         Kind = "asked"          // the ticket or a comment asks, and nobody answered
	Undecided     Kind = "undecided"      // the ticket leaves it undecided in so many words
	Unseen        Kind = "unseen"         // nobody has seen the fault again
	NoDescription Kind = "no-description" // the field is empty, or holds a placeholder
	NoResult      Kind = "no-result"      // nothing tells when it is done
	Blocked       Kind = "blocked"        // an open blocker, by link
	Waits         Kind = "waits"          // the text says that it waits, and for what
	Circle        Kind = "circle"         // links run in a circle
	Alike         Kind = "alike"          // two tickets ask for nearly the same
	Duplicate     Kind = "duplicate"      // a link, or somebody, says that an issue elsewhere is about the same
	Unlinked      Kind = "unlinked"       // a text names a key that no link does
	TwoValues     Kind = "two-values"     // one thing, named by the same words, has two values
	Personal      Kind = "personal"       // personal data that a room should not see
	Finished      Kind = "finished"       // it is open, and its last comment says that it is done
	Size          Kind = "size"           // more than one ticket, by its own number or somebody's word
	Vague         Kind = "vague"          // what it aims at has no measure
	Returned      Kind = "returned"       // the last session left it for another one
	TeamRule      Kind = "team-rule"      // a rule of the team's own is not met
)

// A Doubt is one thing that the tickets leave open, as they show it.
type Doubt struct {
	ID     string   `json:"id"` // "D1", in order of weight; for drafts to refer to
	Kind   Kind     `json:"kind"`
	Keys   []string `json:"keys"`             // the tickets it is about, the one to cite first
	Quotes []Quote  `json:"quotes,omitempty"` // at most two; none where something is absent
	// Others are the issues at the other end, which need not be of the session:
	// the blockers, those that a text names. Their titles and statuses are as the
	// links tell them, empty where there is no link.
	Others []ticket.Ref `json:"others,omitempty"`
	// Thing is what it is about, as far as the quotes do not say: what the two
	// values are of, what kind of data, how many points.
	Thing  string `json:"thing,omitempty"`
	Weight int    `json:"weight"` // 1 to 10: what it costs to leave it open
	Blocks bool   `json:"blocks"` // its ticket is not ready because of it
	// By wrote what is quoted, and Ask could settle it: empty where nobody is known.
	By  ticket.Person `json:"by,omitzero"`
	Ask ticket.Person `json:"ask,omitzero"`
}

// A Quote is evidence with its ticket.
type Quote struct {
	Key string `json:"key"`
	ticket.Evidence
}
