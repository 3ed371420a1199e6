package outcome

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/ticket"
)

// UndoInput is everything that decides what an undo takes back.
type UndoInput struct {
	Session ticket.Session
	Page    PageRef
	Tickets []Ticket
	// Linked holds, by issue, [RemoteLink.Hash] of the link as it was last written.
	Linked map[string]string
	// Done is what was set on the tickets, Before what stood there until then.
	Done   Done
	Before Before
	// Screens are what the tickets take, by issue, of those in [SyncPlan.Wants].
	Screens map[string]Screen
}

// Undo decides how what a session's syncs wrote on the tickets is taken back (S9).
// What a person has edited since is a [Conflict] that names them, and stays; what
// is gone is not mentioned. The changes are ordered by issue.
func Undo(in UndoInput) (changes []Change) {
	tickets := slices.SortedFunc(slices.Values(in.Tickets), func(a, b Ticket) int { return cmp.Compare(a.Key, b.Key) })
	for _, t := range tickets {
		for _, back := range takingBack {
			changes = append(changes, back(in, t)...)
		}
	}
	return changes
}

// takingBack says of each kind of change how it is taken back, in the order in
// which that is done: what others lead to goes last.
var takingBack = []func(UndoInput, Ticket) []Change{actionsBack, settingsBack, commentBack, linkBack}

// actionsBack deletes the issues that were made of lines, where nobody else
// touched them and the account may.
func actionsBack(_ UndoInput, t Ticket) (changes []Change) {
	for _, m := range t.Made {
		c := Change{
			Issue: t.Key, Kind: issueKinds[m.Mark.Entry.Kind], Status: Planned, Back: true, Target: m.Key,
			Detail: fmt.Sprintf("taken back: %s “%s”", m.Key, m.Summary),
		}
		switch {
		case m.By != "":
			c.Status, c.Reason = Conflict, m.By+"; "+m.Key+" was left alone"
		case m.Kept != "":
			c.Status, c.Reason = Failed, m.Kept+": delete "+m.Key+" by hand"
		}
		changes = append(changes, c)
	}
	return changes
}

// commentBack deletes the session's comment.
func commentBack(_ UndoInput, t Ticket) []Change {
	if t.Comment == nil {
		return nil
	}
	said := described("", t.Comment.Mark.Entries)
	c := Change{
		Issue: t.Key, Kind: CommentChange, Status: Planned, Back: true, CommentID: t.Comment.ID,
		Detail: "taken back: " + cmp.Or(strings.Join(said, "; "), "the comment"),
	}
	switch {
	case t.Comment.Doubt != "":
		c.Status, c.Reason = Conflict, t.Comment.Doubt+"; it was left alone"
	case t.Comment.EditedBy != "":
		c.Status, c.Reason = Conflict, t.Comment.EditedBy+" changed the comment; it was left alone"
	}
	return []Change{c}
}

// linkBack deletes the link to the page. Who changed one no service tells: it is
// ours if it says what we wrote, or what we would write. By it the next undo knows a
// ticket on which something that was set cannot be set back now.
func linkBack(in UndoInput, t Ticket) []Change {
	if t.Link == nil {
		return nil
	}
	c := Change{Issue: t.Key, Kind: LinkChange, Status: Planned, Back: true, Link: t.Link, Detail: "taken back: link to “" + t.Link.Title + "”"}
	switch is := t.Link.Hash(); {
	case is != in.Linked[t.Key] && is != linkTo(in.Session, in.Page).Hash():
		c.Status, c.Reason = Conflict, "somebody changed the link; it was left alone"
	case slices.ContainsFunc(settingsBack(in, t), func(c Change) bool { return c.Status == Failed }):
		c.Status, c.Reason = Failed, "it stays until all that was set is set back: by it the next undo knows the ticket"
	}
	return []Change{c}
}

// TakesBack reports whether the change takes back something, or has.
func (c Change) TakesBack() bool { return c.Back && (c.Status == Planned || c.Status == Applied) }
