package outcome

import (
	"cmp"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// Outcomes are what people typed on a session's page, as package confluence
// read it.
type Outcomes struct {
	Entries     []Entry
	Suggestions []Suggestion
	// Left is what the session left open, unfinished actions aside, which are
	// entries.
	Left []Carried
	// Keys are the issues that have a section of their own on the page.
	Keys []string
	// Unclear are the items of which a box is ticked with what may be a condition: no
	// other one of theirs counts, since nobody guesses which is meant.
	Unclear []string
	// Browse is how the address of an issue of this site begins for people; Also are
	// other ways, such as the one that the program uses.
	Browse string
	Also   []string
	// Held says that somebody ticked the session's last checkbox, Settled that they
	// ticked an action which was carried over to the page.
	Held, Settled bool
}

// Typed reports whether people left anything on the page, notes aside, which they may
// write to prepare a session.
func (o Outcomes) Typed() bool {
	theirs := func(c Carried) bool { return c.Kind != Postponed && c.Since.IsZero() }
	return o.Held || o.Settled || len(o.Entries) > 0 || slices.ContainsFunc(o.Suggestions, func(s Suggestion) bool { return !s.Note }) || slices.ContainsFunc(o.Left, theirs)
}

// addresses are all ways in which the address of an issue begins.
func (o Outcomes) addresses() []string {
	if o.Browse == "" {
		return nil
	}
	return append([]string{o.Browse}, o.Also...)
}

// EntryKind tells decisions from actions and from what else is agreed of an item.
type EntryKind string

const (
	Result    EntryKind = "outcome" // a ticked [Box]
	Decision  EntryKind = "decision"
	Action    EntryKind = "action"
	Criterion EntryKind = "acceptance criterion"
	Estimate  EntryKind = "estimate"
	Blocker   EntryKind = "blocked by" // begins with the keys of the issues that block
	// Rank is where it shall stand in the backlog: first, last, "before PAY-9" or "after
	// PAY-9".
	Rank EntryKind = "rank"
	// SplitStory is what a story is called that an item is split into.
	SplitStory EntryKind = "split story"
)

// Known reports whether there are entries of that kind.
func (k EntryKind) Known() bool {
	return slices.Contains([]EntryKind{Result, Decision, Action, Criterion, Estimate, Blocker, Rank, SplitStory}, k)
}

// OfItem reports whether such an entry is about the item in whose section it
// stands, whatever tickets its words name.
func (k EntryKind) OfItem() bool { return k != Decision && k != Action }

// An Entry is one line of the page that is written back.
type Entry struct {
	Kind EntryKind `json:"kind"`
	// ID is what the page calls it (a decision's local id, a task's id); empty
	// where the page has none. Confluence may give a new one on any save.
	ID     string      `json:"id,omitempty"`
	Text   Text        `json:"text"`
	Reason Text        `json:"reason,omitempty"` // a line of its own that says why
	Owner  *User       `json:"owner,omitempty"`  // of an action: the first person it mentions
	Due    ticket.Date `json:"due,omitzero"`     // of an action: its first date
	Done   bool        `json:"done,omitempty"`   // of an action: ticked
	// Gone says that the entry stood on the page once and no longer does. It
	// stays on the ticket: lines are never deleted in Jira (S8).
	Gone bool `json:"gone,omitempty"`
	// Moved is the ticket that a line which is gone went to, empty where it was
	// only taken off the page; From the one that a line came from.
	Moved string `json:"moved,omitempty"`
	From  string `json:"from,omitempty"`
	// Issue is the key of the issue that was made of an action.
	Issue string `json:"issue,omitempty"`
	// Cut is the hash of the whole entry where Text is only its beginning, see
	// [Entry.Shortened].
	Cut string `json:"cut,omitempty"`

	Section string   `json:"-"` // key of the item in whose section it stands, or empty
	Outer   []string `json:"-"` // keys of the sections around that one, from inside out
	Where   string   `json:"-"` // for people: "PAY-7, Decisions"
	Row     string   `json:"-"` // key of the ticket that its row in a table is about, or empty
	// With is the first of the tickets of a line that is for several: whatever is
	// made of it beside the comments is made once, there. Empty on that one.
	With string `json:"-"`
	// Named is the ticket that it goes to because its words name that, though it stands
	// in another one's section; empty otherwise.
	Named string `json:"-"`
	// Doubt says why it is not certain in whose section it stands. Such an entry
	// goes nowhere unless its own words name a ticket.
	Doubt string `json:"-"`
}

// A Suggestion is a line that people typed and that is not written: it stands in a place
// for outcomes in another shape than theirs, looks like one elsewhere, or is a note in
// an item's section (S7, S11).
type Suggestion struct {
	Text  string `json:"text"`
	Said  Text   `json:"-"` // the same where it mentions somebody, whose name is looked up
	Issue string `json:"issue,omitempty"`
	Where string `json:"where"`
	// Reason is why it is not written; empty where it only looks like an outcome.
	Reason string `json:"reason,omitempty"`
	// Note says that it stands in an item's section outside the places for outcomes, and
	// shows no sign that it is one.
	Note bool `json:"-"`
}

// listed are the lines that are not written, with people's names as far as those are
// known by now.
func (o Outcomes) listed() []Suggestion {
	all := slices.Clone(o.Suggestions)
	for i, s := range all {
		all[i].Text = cmp.Or(s.Said.String(), s.Text)
	}
	return all
}

// Why says why it is not written.
func (s Suggestion) Why() string {
	return cmp.Or(s.Reason, "it only looks like an outcome: type it below Decisions or Action items of its item")
}

// Text is what a person typed, without its markup: runs of plain text, people
// and links.
type Text []Run

// A Run is a piece of Text. Exactly one of User and URL may be set; Text then
// is what the page shows for it, which may be empty for a User.
type Run struct {
	Text string `json:"t,omitempty"`
	User *User  `json:"u,omitempty"`
	URL  string `json:"l,omitempty"`
}

// A User is a person as a page mentions them.
type User struct {
	AccountID string `json:"a,omitempty"` // Cloud
	Key       string `json:"k,omitempty"` // Data Center
	Name      string `json:"n,omitempty"` // user name, Data Center only; what Jira's mentions take
	Display   string `json:"d,omitempty"`
}

// String is the text as a person reads it, on one line.
func (t Text) String() string {
	var b strings.Builder
	for _, r := range t {
		switch {
		case r.User != nil:
			b.WriteString(r.User.String())
		case r.Text != "":
			b.WriteString(r.Text)
		default:
			b.WriteString(r.URL)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// String is the user as a person reads it, the mention's sign included; an id is no name.
func (u User) String() string {
	if !u.named() {
		return u.ShownName()
	}
	return "@" + u.ShownName()
}

// Users lists the people that the lines mention, by account id or user key,
// with every place that shows them.
func (o Outcomes) Users() map[string][]*User {
	all := mentions{}
	for _, e := range o.Entries {
		all.add(e.Owner)
		all.addText(e.Text)
		all.addText(e.Reason)
	}
	for _, s := range o.Suggestions {
		all.addText(s.Said)
	}
	return all
}

// mentions are people by account id or user key, with every place that shows
// them.
type mentions map[string][]*User

func (m mentions) add(u *User) {
	if u == nil {
		return
	}
	if id := cmp.Or(u.AccountID, u.Key); id != "" {
		m[id] = append(m[id], u)
	}
}

func (m mentions) addText(t Text) {
	for _, r := range t {
		m.add(r.User)
	}
}
