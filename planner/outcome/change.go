package outcome

import (
	"encoding/json"
	"time"

	"refine/planner/ticket"
)

// A Ticket is an issue read for writing back, with what stands on it of ours.
type Ticket struct {
	ticket.Issue
	// Aliases are other keys it was asked for by: it was moved between projects.
	Aliases []string
	// Comment is this session's comment on the issue, nil if there is none.
	Comment *Marked
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
}

// Shortened is the entry as a mark remembers it that has no room for more than so
// many bytes of it: the beginning of its text, and its hash to recognise it by.
// One that is not longer stays whole.
func (e Entry) Shortened(room int) Entry {
	if b, err := json.Marshal(e); e.Cut != "" || err == nil && len(b) <= room {
		return e
	}
	short := Entry{Kind: e.Kind, ID: e.ID, Gone: e.Gone, Cut: e.hash()}
	const widest = 6 // bytes that JSON may take for a character
	if text := beginning(e.Text.String(), room/widest); text != "" {
		short.Text = Text{{Text: text}}
	}
	return short
}

// hash identifies what the entry says, ids aside.
func (e Entry) hash() string {
	if e.Cut != "" {
		return e.Cut
	}
	return digest(e.content())
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
	ID   string
	Mark Mark
	// EditedBy names the person who changed the comment after us, if any. What
	// a person wrote is not overwritten.
	EditedBy string
	Updated  time.Time
	// Unmarked says that the comment has lost its mark and was recognised by what
	// it says: Mark then holds its lines as they can be read off it, and no hash.
	Unmarked bool
	// Doubt says why nobody can tell whether the comment is ours. Nothing but ID
	// is set then; it is not written, and nor is a second one.
	Doubt string
}

// ChangeKind says what a Change writes.
type ChangeKind string

const (
	CommentChange ChangeKind = "comment"
	LinkChange    ChangeKind = "remote-link"
	RemovedLine   ChangeKind = "removed-line" // told, never written
)

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
// applies it. Exactly one of Note and Link is set on a change that writes.
type Change struct {
	Issue  string     `json:"issue"`
	Kind   ChangeKind `json:"kind"`
	Detail string     `json:"detail"` // for people: what it writes
	Status Status     `json:"status"`
	Reason string     `json:"reason"`

	// CommentID is the comment to update, empty to create one.
	CommentID string      `json:"-"`
	Note      *Note       `json:"-"`
	Link      *RemoteLink `json:"-"`
}

// A Note is the content of a session's comment on one issue. Package jira
// writes it as wiki text.
type Note struct {
	Owner, Session string
	PageID         string
	PageURL        string
	PageTitle      string
	Entries        []Entry
}

// A RemoteLink is the link from an issue to the session's page. The service
// upserts by GlobalID, at most 255 characters.
type RemoteLink struct {
	GlobalID, URL, Title, Summary string
}
