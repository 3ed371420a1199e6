package outcome

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Memory is what a session's page remembers of the comments that syncs left, so
// that a mark which cannot have changed what is to be written need not be read.
type Memory struct {
	// Comments holds, by issue, the comment as a sync left it, see [Left.String].
	Comments map[string]string
	// Settle fills in the marks of those tickets whose comment says what the page
	// says, and returns the keys of the others, whose marks have to be read.
	Settle func(found []Ticket, missing []string) (unsettled []string)
}

// Left is a comment as a sync left it: nobody has changed it since if it still is
// of that moment. What may be written on the word of it alone is nothing.
type Left struct {
	ID   string
	At   time.Time // to the millisecond
	Hash string    // of its note
}

// String is what the page remembers, empty if there is nothing to.
func (l Left) String() string {
	if l.ID == "" || l.At.IsZero() {
		return ""
	}
	return l.ID + " " + strconv.FormatInt(l.At.UnixMilli(), 36) + " " + l.Hash
}

// ParseLeft reads what the page remembers. People can edit it; what is none is
// the zero value.
func ParseLeft(s string) Left {
	part := strings.Fields(s)
	if len(part) != 3 {
		return Left{}
	}
	ms, err := strconv.ParseInt(part[1], 36, 64)
	if err != nil {
		return Left{}
	}
	return Left{ID: part[0], At: time.UnixMilli(ms).UTC(), Hash: part[2]}
}

// Settle is [Memory.Settle] for what decides a sync: a comment whose mark was not
// read says what it was written from, so that one which was written from exactly
// the lines that the page has for the ticket now is known whole.
func (in WritebackInput) Settle(found []Ticket, missing []string) (unsettled []string) {
	in.Tickets, in.Missing = found, missing
	entries, _ := attribute(in)
	for _, t := range found {
		if t.Comment == nil || !t.Comment.Unread {
			continue
		}
		now, doubt := oneBox(nil, entries[t.Key])
		note := Note{PageID: in.Page.ID, Entries: now}
		if doubt != nil || note.Hash() != t.Comment.Mark.Hash {
			unsettled = append(unsettled, t.Key)
			continue
		}
		t.Comment.Mark.Page, t.Comment.Mark.Entries, t.Comment.Unread = in.Page.ID, note.Entries, false
	}
	return unsettled
}

// Remembered is what the page shall remember of the tickets' comments, given what
// it remembers now. A comment that shows an id for somebody's name, or that keeps
// silent about lines, says more in its mark than its hash tells.
func (p SyncPlan) Remembered(before map[string]string) map[string]string {
	after := map[string]string{}
	maps.Copy(after, before)
	for _, c := range p.Changes {
		if c.Kind != CommentChange || c.Status != Applied {
			continue
		}
		delete(after, c.Issue)
		if c.Note == nil || c.Note.Left == nil || len(c.Note.Withheld) > 0 || nameless(c.Note.Entries) {
			continue
		}
		if left := c.Note.Left.String(); left != "" {
			after[c.Issue] = left
		}
	}
	return after
}

// nameless reports whether an entry shows somebody by an id.
func nameless(entries []Entry) bool {
	for _, users := range mentioned(entries) {
		if slices.ContainsFunc(users, func(u *User) bool { return !u.named() }) {
			return true
		}
	}
	return false
}
