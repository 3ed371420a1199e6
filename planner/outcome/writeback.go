package outcome

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// A PageRef is the session's page as tickets link to it.
type PageRef struct{ ID, URL, Title string }

// WritebackInput is everything that decides what a sync writes.
type WritebackInput struct {
	Session  ticket.Session
	Page     PageRef
	Outcomes Outcomes
	Tickets  []Ticket
	Missing  []string // keys that were asked for and do not exist
	// Linked holds, by issue, [RemoteLink.Hash] of the link the page's state
	// says was written. Writing one again is harmless, so it need not be exact.
	Linked map[string]string
}

// SyncPlan is what a sync would write, and what it could not place.
type SyncPlan struct {
	Changes      []Change
	Unattributed []Unattributed
	Suggestions  []Suggestion
}

// Writeback decides what the page's outcomes change on the tickets: one comment
// per ticket and session, and a link back to the page (S1, S2, S4, S7, S8). The
// changes are ordered by issue; those that stand as wanted are included, as
// [Unchanged].
func Writeback(in WritebackInput) SyncPlan {
	entries, unattributed := attribute(in)
	plan := SyncPlan{Unattributed: unattributed, Suggestions: in.Outcomes.Suggestions}
	tickets := slices.SortedFunc(slices.Values(in.Tickets), func(a, b Ticket) int { return cmp.Compare(a.Key, b.Key) })
	for _, t := range tickets {
		plan.Changes = append(plan.Changes, ticketChanges(in, t, entries[t.Key])...)
	}
	return plan
}

func attribute(in WritebackInput) (byIssue map[string][]Entry, un []Unattributed) {
	a := attribution{tickets: map[string]string{}, missing: map[string]bool{}, browse: in.Outcomes.Browse}
	for _, t := range in.Tickets {
		for _, key := range slices.Concat(t.Aliases, []string{t.Key}) {
			a.tickets[key] = t.Key
		}
	}
	for _, key := range in.Missing {
		a.missing[key] = true
	}
	if in.Session.Selection.Kind == ticket.Epic {
		a.epic = in.Session.Selection.Value
	}
	byIssue = map[string][]Entry{}
	for _, e := range in.Outcomes.Entries {
		key, reason := a.of(e)
		if key == "" {
			un = append(un, Unattributed{Text: e.Text.String(), Where: e.Where, Reason: reason})
			continue
		}
		if !slices.ContainsFunc(byIssue[key], e.same) { // a copied section says nothing new
			byIssue[key] = append(byIssue[key], e)
		}
	}
	return byIssue, un
}

// ticketChanges is one ticket's share of the change set; now is what the page
// says of it today.
func ticketChanges(in WritebackInput, t Ticket, now []Entry) []Change {
	if len(now) == 0 && t.Comment == nil {
		return nil
	}
	lendNames(t.marked(), now)
	history := compareEntries(t.marked(), now)
	note := &Note{
		Owner: in.Session.Owner, Session: in.Session.ID,
		PageID: in.Page.ID, PageURL: in.Page.URL, PageTitle: in.Page.Title,
		Entries: history.all(),
	}
	changes := []Change{commentChange(t, note, history)}
	for _, e := range history.gone {
		changes = append(changes, Change{
			Issue: t.Key, Kind: RemovedLine, Detail: e.describe(), Status: Unchanged,
			Reason: "no longer on the page; it stays on the ticket",
		})
	}
	return append(changes, linkChange(in, t))
}

func (t Ticket) marked() []Entry {
	if t.Comment == nil {
		return nil
	}
	return t.Comment.Mark.Entries
}

// commentChange creates the session's comment or brings it up to date.
func commentChange(t Ticket, note *Note, h history) Change {
	c := Change{Issue: t.Key, Kind: CommentChange, Status: Planned, Note: note, Detail: h.describe()}
	if t.Comment == nil {
		return c
	}
	c.CommentID = t.Comment.ID
	switch {
	case t.Comment.Mark.Hash == note.Hash() && (t.Comment.EditedBy != "" || h.forgotten() || !namesCame(t.marked(), note.Entries)):
		c.Status = Unchanged
	case t.Comment.EditedBy != "":
		c.Status = Conflict
		c.Reason = t.Comment.EditedBy + " changed the comment; it was left alone, please carry the change over by hand"
	case h.forgotten() && h.onlyRemoved() && t.Comment.Mark.Page == note.PageID:
		c.Status = Unchanged // it still says all of it, only in another order
	case h.forgotten():
		c.Status = Conflict
		c.Reason = "the comment is so long that only it has the full text of lines that left the page; it was left alone, please carry the change over by hand"
	}
	return c
}

func linkChange(in WritebackInput, t Ticket) Change {
	link := &RemoteLink{
		GlobalID: in.Session.ID, // not the page's: a page that replaces it replaces the link
		URL:      in.Page.URL, Title: in.Page.Title,
		Summary: "Refinement session: decisions and action items",
	}
	c := Change{Issue: t.Key, Kind: LinkChange, Detail: "link to “" + in.Page.Title + "”", Status: Planned, Link: link}
	if in.Linked[t.Key] == link.Hash() {
		c.Status = Unchanged
	}
	return c
}

// Writes reports whether the change still has to be applied.
func (c Change) Writes() bool { return c.Status == Planned && (c.Note != nil || c.Link != nil) }

// Hash identifies what the comment says and which page it refers to. Ids of
// entries are no part of it, since Confluence assigns new ones, nor is the
// page's title: renaming a page must not touch every ticket.
func (n Note) Hash() string {
	contents := make([]string, len(n.Entries))
	for i, e := range n.Entries {
		contents[i] = e.hash()
	}
	return digest(struct {
		Page    string
		Entries []string
	}{n.PageID, contents})
}

// Hash identifies what the link shows.
func (l RemoteLink) Hash() string { return digest(l) }

// digest hashes a value by its JSON, which encodes struct fields in order and
// map keys sorted.
func digest(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("outcome: hashing %T: %v", v, err)) // only plain data is hashed
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Mark is what is written beside the comment to find it again.
func (n Note) Mark() Mark {
	return Mark{Version: 1, Owner: n.Owner, Session: n.Session, Page: n.PageID, Hash: n.Hash(), Entries: n.Entries}
}

// describe is the entry on one line, for people.
func (e Entry) describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s “%s”", e.Kind, e.Text)
	if len(e.Reason) > 0 {
		fmt.Fprintf(&b, " (%s)", e.Reason)
	}
	if e.Owner != nil {
		fmt.Fprintf(&b, ", owner %s", e.Owner)
	}
	if !e.Due.IsZero() {
		fmt.Fprintf(&b, ", due %s", e.Due)
	}
	if e.Done {
		b.WriteString(", done")
	}
	return b.String()
}
