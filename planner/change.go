package planner

import "time"

// A Ticket is an issue read for writing back, with what stands on it of ours.
type Ticket struct {
	Issue
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

// Marked is a comment of ours as it was found on an issue.
type Marked struct {
	ID   string
	Mark Mark
	// EditedBy names the person who changed the comment after us, if any. What
	// a person wrote is not overwritten.
	EditedBy string
	Updated  time.Time
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
	Date           Date
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
