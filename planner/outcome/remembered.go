package outcome

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
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
	// Lines are the prints and the page's ids of its entries, in their order, where these
	// and what the comment says are all that its mark tells: see [Note.Lines].
	Lines []string
}

// String is what the page remembers, empty if there is nothing to.
func (l Left) String() string {
	if l.ID == "" || l.At.IsZero() {
		return ""
	}
	return strings.Join(append([]string{l.ID, strconv.FormatInt(l.At.UnixMilli(), 36), l.Hash}, l.Lines...), " ")
}

// ParseLeft reads what the page remembers. People can edit it; what is none is
// the zero value.
func ParseLeft(s string) Left {
	part := strings.Fields(s)
	if len(part) < 3 {
		return Left{}
	}
	ms, err := strconv.ParseInt(part[1], 36, 64)
	if err != nil {
		return Left{}
	}
	return Left{ID: part[0], At: time.UnixMilli(ms).UTC(), Hash: part[2], Lines: part[3:]}
}

// Brief is what the page remembers without the lines.
func (l Left) Brief() string {
	l.Lines = nil
	return l.String()
}

// Lines are the entries' prints, each with the entry's id behind it: what a comment does
// not say of itself. Nil if that is not all: a line that came from another ticket, or
// that was typed with its day at its end.
func (n Note) Lines() (lines []string) {
	for _, e := range n.Entries {
		if e.From != "" || e.Cut != "" || e.Undated().String() != e.Text.String() || strings.ContainsFunc(e.ID, unicode.IsSpace) {
			return nil
		}
		lines = append(lines, e.Print()+e.ID)
	}
	return lines
}

// Settle is [Memory.Settle] for what decides a sync: a comment whose mark was not
// read says what it was written from, so that one which was written from exactly
// the lines that the page has for the ticket now is known whole; and so is one whose
// own words, with what the page remembers of them, come to exactly that.
func (in WritebackInput) Settle(found []Ticket, missing []string) (unsettled []string) {
	in.Tickets, in.Missing = found, missing
	entries, _ := attribute(in)
	for _, t := range found {
		if t.Comment == nil || !t.Comment.Unread {
			continue
		}
		now, doubt := oneBox(entries[t.Key])
		note := Note{PageID: in.Page.ID, Entries: now}
		if doubt != nil || note.Hash() != t.Comment.Mark.Hash {
			var known bool
			if note.Entries, known = in.recalled(*t.Comment); !known {
				unsettled = append(unsettled, t.Key)
				continue
			}
		}
		t.Comment.Mark.Page, t.Comment.Mark.Entries, t.Comment.Unread = in.Page.ID, note.Entries, false
	}
	return unsettled
}

// recalled is what an unread comment was written from: what it says, in the order and
// with the ids that the page remembers. It is known only where that has the hash that
// the page remembers, too.
func (in WritebackInput) recalled(c Marked) (entries []Entry, known bool) {
	says := in.asOnPage(c.Says)
	for _, line := range c.Lines {
		n := slices.IndexFunc(says, func(e Entry) bool { return strings.HasPrefix(line, e.Print()) })
		if n < 0 {
			return nil, false
		}
		e := says[n]
		e.ID = strings.TrimPrefix(line, e.Print())
		entries, says = append(entries, e), slices.Delete(says, n, n+1)
	}
	note := Note{PageID: in.Page.ID, Entries: entries}
	return entries, len(entries) > 0 && len(says) == 0 && note.Hash() == c.Mark.Hash
}

// asOnPage are entries that were read off a comment as the page has them: Data Center's
// comments call people by user name, its pages by user key. Who is not mentioned on the
// page any more stays as the comment has them.
func (in WritebackInput) asOnPage(entries []Entry) []Entry {
	named := map[string]*User{}
	for _, places := range in.Outcomes.Users() {
		for _, u := range places {
			named[u.Name] = u
		}
	}
	on := func(u *User) *User {
		if u != nil && u.AccountID == "" && u.Key == "" && u.Name != "" && named[u.Name] != nil {
			return named[u.Name]
		}
		return u
	}
	entries = slices.Clone(entries)
	for n := range entries {
		e := &entries[n]
		e.Owner = on(e.Owner)
		for _, t := range []*Text{&e.Text, &e.Reason} {
			*t = slices.Clone(*t)
			for i, r := range *t {
				(*t)[i].User = on(r.User)
			}
		}
	}
	return entries
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
