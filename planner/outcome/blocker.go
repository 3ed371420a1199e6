package outcome

import (
	"slices"

	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// BlockerField is one ticket by which another is blocked, as an issue link. Its
// label is that ticket's key.
const BlockerField Field = "blocked by"

// blockers links the ticket to those that block it, where the team wants that. One
// that is linked already stays; a link that people took away again does, too.
func (in WritebackInput) blockers(t Ticket, entries []Entry) (changes []Change) {
	if !in.LinkBlockers {
		return nil
	}
	var done []string
	for _, e := range entries {
		if e.Kind != Blocker {
			continue
		}
		for _, named := range e.blocking() {
			key, known := in.ticket(named)
			if slices.Contains(done, key) {
				continue
			}
			done = append(done, key)
			s := Setting{Field: BlockerField, Label: key}
			if !known {
				changes = append(changes, Change{
					Issue: t.Key, Kind: IssueLinkChange, Status: Conflict, Set: &s, To: key,
					Detail: "blocked by: nothing → " + value(key), Reason: key + " does not exist, or this account cannot see it; the comment says it",
				})
				continue
			}
			changes = append(changes, in.sets(t, IssueLinkChange, s, given(t.blockedBy(key), key), key, ""))
		}
	}
	return changes
}

// blocking are the keys of those that block, of a line that says so.
func (e Entry) blocking() []string {
	return ticket.IssueKeys(leadingList.FindString(e.Text.String()))
}

// ticket is the key that a ticket has here, by any of its keys.
func (in WritebackInput) ticket(named string) (key string, known bool) {
	for _, t := range in.Tickets {
		if t.Key == named || slices.Contains(t.Aliases, named) {
			return t.Key, true
		}
	}
	return named, false
}

// blockedBy reports whether the ticket has a link that says so.
func (t Ticket) blockedBy(key string) bool {
	return slices.ContainsFunc(t.Links, func(l ticket.Link) bool { return l.Key == key && l.Needs() })
}

// leadingList are the keys that a line begins with: "PAY-8, PAY-9 and the bank".
var leadingList = lazyregexp.New(`^` + oneKey + `(?:(?:` + joint + `|\s*;\s*)` + oneKey + `)*`)
