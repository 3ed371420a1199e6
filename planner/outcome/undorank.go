package outcome

import (
	"fmt"
	"strings"
)

// rankBack is how a rank is taken back: beside the ticket that it stood beside before a
// sync moved it; is is false where nothing is to be said of it.
func (in UndoInput) rankBack(t Ticket, was Was) (c Change, is bool) {
	side, key, _ := strings.Cut(was.From, " ")
	front, rear, _ := strings.Cut(was.Between, " ")
	c = Change{
		Issue: t.Key, Kind: RankChange, Status: Planned, Back: true, To: was.From, Detail: "“rank” stays as it is",
		Set: &Setting{Field: RankField, Beside: key, Between: [2]string{front, rear}, Saw: t.Rank},
	}
	screen, looked := in.Screens[t.Key]
	switch {
	case t.Rank == was.At: // it never went
		return c, false
	case was.From == "":
		c.Status, c.Reason = Unchanged, "nobody remembers beside which ticket it stood"
		return c, true
	case !looked || screen.Ranking == nil:
		return c, true // until it was looked at, or that this cannot be
	}
	now := screen.Ranking.side(t.Key, key)
	still := was.stands(t.Key, *screen.Ranking)
	c.From = aligned(now, key)
	c.Detail = fmt.Sprintf("taken back: rank: %s → %s", c.From, c.To)
	switch {
	case now == "":
		c.Detail = "“rank” stays as it is"
		c.Status, c.Reason = Failed, key+", which it stood beside, does not exist any more, or this account cannot see it; take it back by hand"
	case now == side: // where a run that died put it, or people did
		c.Status, c.Set.Left = Unchanged, t.Rank
	case t.unwritten():
		c.Status, c.Reason = Unchanged, "nothing on the ticket says that this session wrote on it, and the page alone is not believed"
	case was.Next != "" && still: // a run that died put it there
	case was.Set == "", moved(was.Set, t.Rank):
		c.Status, c.Reason = Conflict, "people moved it in the backlog since it was ranked; it was left alone"
	case was.Set != t.Rank && !still:
		c.Status, c.Reason = Conflict, "the site has given all tickets new ranks since, and it no longer stands between the same two, so that nobody can tell whether people moved it; it was left alone"
	}
	return c, true
}

// Reranked are the ranks, by issue, that an undo left tickets with, as far as it could
// read them.
func Reranked(changes []Change) map[string]string {
	left := map[string]string{}
	for _, c := range changes {
		if c.Back && c.Kind == RankChange && c.Set.Left != "" && (c.Status == Applied || c.Status == Unchanged) {
			left[c.Issue] = c.Set.Left
		}
	}
	return left
}
