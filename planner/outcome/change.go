package outcome

import (
	"encoding/json"
	"slices"
	"time"

	"refine/planner/ticket"
)

// A Ticket is an issue read for writing back, with what stands on it of ours.
type Ticket struct {
	ticket.Issue
	// Aliases are other keys it was asked for by: it was moved between projects.
	Aliases []string
	// Estimate is what its field for story points holds, as people read it; empty is
	// nothing.
	Estimate string
	// Comment is this session's comment on the issue, nil if there is none.
	Comment *Marked
	// Link is the link to the session's page, nil if there is none or it was not
	// looked for: only an undo has to know.
	Link *RemoteLink
	// Made are the issues that were made of its lines, as far as they were looked for.
	Made []Made
}

// A Mark travels inside the write that creates a comment, as a property of the
// comment, so that a write whose answer was lost can be found again.
type Mark struct {
	Version int     `json:"v"` // 1
	Owner   string  `json:"owner"`
	Session string  `json:"session"`
	Page    string  `json:"page"`
	Hash    string  `json:"hash"`    // of the body as intended, see [Note.Hash]
	Entries []Entry `json:"entries"` // what the comment says, to tell edits and removals
	// Withheld are the lines, see [Entry.Print], that a comment said which people
	// deleted: this one does not say them again.
	Withheld []string `json:"withheld,omitempty"`
}

// Told lists by their prints all lines that the ticket was told: those that the
// comment says and those that earlier ones said.
func (m Mark) Told() []string {
	told := slices.Clone(m.Withheld)
	for _, e := range m.Entries {
		told = append(told, e.Print())
	}
	slices.Sort(told)
	return slices.Compact(told)
}

// Shortened is the entry as a mark remembers it that has no room for more than so
// many bytes of it: the beginning of its text, and its hash to recognise it by.
// One that is not longer stays whole.
func (e Entry) Shortened(room int) Entry {
	if b, err := json.Marshal(e); e.Cut != "" || err == nil && len(b) <= room {
		return e
	}
	short := Entry{Kind: e.Kind, ID: e.ID, Gone: e.Gone, Moved: e.Moved, From: e.From, Issue: e.Issue, Cut: e.hash()}
	const widest = 6 // bytes that JSON may take for a character
	if text := beginning(e.Text.String(), room/widest); text != "" {
		short.Text = Text{{Text: text}}
	}
	return short
}

// Print is eight digits to recognise the entry by among those of one ticket.
func (e Entry) Print() string { return e.hash()[:8] }

// hash identifies what the entry says, ids aside.
func (e Entry) hash() string {
	if e.Cut != "" {
		return e.Cut
	}
	return digest(e.content())
}

// content is the entry without what Confluence or we assigned to it.
func (e Entry) content() Entry {
	e.ID, e.Gone, e.Moved, e.From, e.Issue, e.With = "", false, "", "", "", ""
	e.Section, e.Outer, e.Where, e.Row, e.Doubt, e.Named = "", nil, "", "", "", ""
	e.Text, e.Reason, e.Owner = plain(e.Text), plain(e.Reason), e.Owner.identity()
	return e
}

// plain drops what does not make a text different: empty runs, and the names
// of people that an id identifies, which are looked up and may be unavailable.
func plain(t Text) Text {
	var out Text
	for _, r := range t {
		if r == (Run{}) {
			continue
		}
		r.User = r.User.identity()
		if r.User != nil {
			r.Text = ""
		}
		out = append(out, r)
	}
	return out
}

// identity is the user by id alone; without one, as the page shows them.
func (u *User) identity() *User {
	if u == nil || u.AccountID == "" && u.Key == "" {
		return u
	}
	return &User{AccountID: u.AccountID, Key: u.Key}
}

// beginning is s, or its first characters and a sign that there were more.
func beginning(s string, most int) string {
	r := []rune(s)
	switch {
	case len(r) <= most:
		return s
	case most == 0:
		return ""
	}
	return string(r[:most-1]) + "…"
}

// Marked is a comment of ours as it was found on an issue.
type Marked struct {
	ID string
	// Mark has no hash where the comment has lost it and was recognised by what it
	// says: its entries are what can be read off it, and it is marked anew.
	Mark Mark
	// EditedBy names the person who changed the comment after us, if any. What
	// a person wrote is not overwritten.
	EditedBy string
	Updated  time.Time
	// Public says that customers can read it, if the service told.
	Public bool
	// Doubt says why nobody can tell whether the comment is ours. Nothing but ID
	// is set then; it is not written, and nor is a second one.
	Doubt string
	// Unread says that the mark was not read: it has the hash that the page remembers,
	// and nothing else until [WritebackInput.Settle]. Says is then what the comment says
	// and Lines what the page remembers of that, where both are known.
	Unread bool
	Says   []Entry
	Lines  []string
}

// ChangeKind says what a Change writes.
type ChangeKind string

const (
	CommentChange    ChangeKind = "comment"
	LinkChange       ChangeKind = "remote-link"
	RemovedLine      ChangeKind = "removed-line" // told, never written
	FieldChange      ChangeKind = "field"        // of a value, see [Setting]
	IssueLinkChange  ChangeKind = "issue-link"   // to what blocks it, see [Setting]
	TransitionChange ChangeKind = "transition"   // of the status, see [Setting]
	RankChange       ChangeKind = "rank"         // of its place in the backlog, see [RankField]
	ActionChange     ChangeKind = "action"       // of an action's issue, see [ActionWrite]
	SplitChange      ChangeKind = "split"        // of a split story's issue, the same
)

// OfIssue reports whether such a change is of an issue that was made of a line.
func (k ChangeKind) OfIssue() bool { return k == ActionChange || k == SplitChange }

// Status is what became of a change.
type Status string

const (
	Planned   Status = "planned" // a dry run, or not yet tried
	Applied   Status = "applied"
	Unchanged Status = "unchanged" // it stands as wanted
	Conflict  Status = "conflict"  // a person changed it; reported, not overwritten
	Failed    Status = "failed"
)

// A Change is one write to one issue, as data: dry run prints it, a real run
// applies it. A change that writes has exactly one of Note, Link, Set and Action, or
// takes back what such a one wrote.
type Change struct {
	Issue  string     `json:"issue"`
	Kind   ChangeKind `json:"kind"`
	Detail string     `json:"detail"` // for people: what it writes
	Status Status     `json:"status"`
	Reason string     `json:"reason"`
	// From and To are what a field holds and shall hold, as people read it; empty
	// is nothing. Changes of other kinds have neither.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`

	// Target is the key of the issue that is written, where it is not Issue itself.
	Target string `json:"target,omitempty"`

	// Back says that the change takes back what a sync wrote.
	Back bool `json:"-"`
	// CommentID is the comment to update or to take back, empty to create one.
	CommentID string       `json:"-"`
	Note      *Note        `json:"-"`
	Link      *RemoteLink  `json:"-"`
	Set       *Setting     `json:"-"`
	Action    *ActionWrite `json:"-"`
	// Withheld are lines of the page that are not said again, because people
	// deleted the comment that said them.
	Withheld []Entry `json:"-"`
	// Moved is where a removed line went.
	Moved string `json:"-"`
	// Was is [Note.Hash] of the comment as it stands, empty if that is not known.
	Was string `json:"-"`

	told []string // what the ticket was told before, see [Mark.Told]
}

// Readies reports whether the change may make an item ready, or take that from it: it
// sets something, or tells of criteria.
func (c Change) Readies() bool {
	agreed := func(e Entry) bool { return e.Kind == Criterion }
	return c.Set != nil || c.Note != nil && slices.ContainsFunc(c.Note.Entries, agreed)
}

// Named is what the change is of, in a word: of a setting its field.
func (c Change) Named() string {
	switch {
	case c.Set != nil:
		return string(c.Set.Field)
	case c.Kind == LinkChange:
		return "link"
	}
	return string(c.Kind)
}

// A Note is the content of a session's comment on one issue. Package jira
// writes it as wiki text.
type Note struct {
	Owner, Session string
	PageID         string
	PageURL        string
	PageTitle      string
	Entries        []Entry
	Withheld       []string // see [Mark]
	Internal       bool     // not for the customers of a service project
	// Left is set by whoever writes it: how the comment stands then, nil if that is
	// not known.
	Left *Left
}

// A RemoteLink is the link from an issue to the session's page. The service
// upserts by GlobalID, at most 255 characters.
type RemoteLink struct {
	GlobalID, URL, Title, Summary string
}
