package outcome

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// RankField is where a ticket stands in its backlog. What is set there is an order of
// two tickets, "before PAY-9", and never the text by which Jira keeps it: that changes
// for all tickets when the site balances its ranks.
const RankField Field = "rank"

// The places that an [Effect] or a line asks for; "before PAY-9" and "after PAY-9" are
// the others.
const (
	RankFirst  = "first"
	RankLast   = "last"
	RankBefore = "before"
	RankAfter  = "after"
)

// aligned is the place beside a ticket.
func aligned(side, key string) string { return side + " " + key }

// A Ranking are tickets by their rank, the first one first.
type Ranking struct {
	Keys []string
	// Capped says that the backlog has more tickets than were read.
	Capped bool
}

// side says on which side of another a ticket stands, empty if one of them is missing.
func (r Ranking) side(key, beside string) string {
	a, b := slices.Index(r.Keys, key), slices.Index(r.Keys, beside)
	switch {
	case a < 0 || b < 0:
		return ""
	case a < b:
		return RankBefore
	}
	return RankAfter
}

// put moves a ticket right before or after another.
func (r *Ranking) put(key, side, beside string) {
	r.Keys = slices.DeleteFunc(r.Keys, func(k string) bool { return k == key })
	r.Keys = slices.Insert(r.Keys, slices.Index(r.Keys, beside)+count(side == RankAfter), key)
}

// around are the tickets right in front of one and right behind it, each empty where
// there is none. Both are empty where the ticket is the last that was read and more
// follow.
func (r Ranking) around(key string) (front, rear string) {
	n := slices.Index(r.Keys, key)
	switch last := len(r.Keys) - 1; {
	case n < 0, n == last && r.Capped:
		return "", ""
	case n < last:
		rear = r.Keys[n+1]
	}
	if n > 0 {
		front = r.Keys[n-1]
	}
	return front, rear
}

// moved reports whether somebody ranked a ticket anew, by the texts of its rank then
// and now. A site that balances its ranks gives all of them another bucket, which is
// what stands in front of the bar.
func moved(then, now string) bool {
	a, _, _ := strings.Cut(then, "|")
	b, _, _ := strings.Cut(now, "|")
	return then != "" && now != "" && then != now && a == b
}

// rank is where a line, or else a ticked box, wants the ticket. It is decided for good
// by [WritebackInput.arrange], with all others.
func (in WritebackInput) rank(t Ticket, entries []Entry, box Box) []Change {
	c := Change{Issue: t.Key, Kind: RankChange, Status: Planned, Set: &Setting{
		Field: RankField, Saw: t.Rank, IssueID: t.ID, Within: &in.Backlog,
	}}
	var typed []string
	for _, e := range entries {
		if s := e.Text.String(); e.Kind == Rank && !e.Gone && !slices.Contains(typed, s) {
			typed = append(typed, s)
		}
	}
	_, ranked := in.Done[t.Key][c.piece()] // by a line, which goes before a box
	switch {
	case len(typed) == 0 && (ranked || in.Effects[box].Rank == ""):
		return nil
	case len(typed) == 0:
		c.Set.Label, c.Set.Box = in.Effects[box].Rank, box
	case len(typed) == 1:
		c.Set.Label = typed[0]
	}
	c.Detail = "rank: " + cmp.Or(c.Set.Label, strings.Join(typed, ", "))
	tell := func(s Status, reason string) []Change {
		c.Status, c.Reason = s, reason
		return []Change{c}
	}
	_, key, beside := strings.Cut(c.Set.Label, " ")
	key, known := in.ticket(key)
	c.Set.Beside = key
	switch {
	case len(typed) > 0 && !in.SetRank:
		return tell(Unchanged, "the team leaves ranks to people (sync.rank); the comment says it")
	case len(typed) > 1:
		return tell(Conflict, fmt.Sprintf("%d ranks were typed, and nobody guesses which one counts; the comment says them", len(typed)))
	case beside && !known:
		return tell(Conflict, key+" does not exist, or this account cannot see it; the comment says it")
	case key == t.Key:
		return tell(Conflict, "a ticket does not stand beside itself; the comment says it")
	case in.Done[t.Key][c.piece()] != print(c.Set.Label):
		return []Change{c}
	case moved(in.Done[t.Key][string(RankField)], t.Rank):
		return tell(Unchanged, "people moved it in the backlog since it was ranked; it was left alone")
	}
	c.Set.Left = t.Rank
	return tell(Unchanged, "")
}

// arrange decides the ranks that are asked for together, in the order in which they are
// written: what stands beside a ticket that moves itself comes after that one, and
// tickets that go to one place keep the order that they have. Each is decided by how
// the backlog stands then.
func (in WritebackInput) arrange(changes []Change) {
	var wanted []*Change
	var read Ranking
	for i := range changes {
		c := &changes[i]
		screen, looked := in.Screens[c.Issue]
		if c.Kind != RankChange || c.Status != Planned || !looked {
			continue
		}
		if *c = c.checked(in.Screens); c.Status == Planned {
			wanted, read = append(wanted, c), *screen.Ranking
		}
	}
	now := read
	now.Keys = slices.Clone(read.Keys)
	for _, c := range wanted {
		c.Set.Beside, c.To = in.target(*c, wanted, read)
	}
	sortRanks(wanted, read)
	for n, c := range wanted {
		c.Set.Turn = n
		if in.placed(c, wanted, read, &now); c.Status == Planned {
			side, _, _ := strings.Cut(c.To, " ")
			now.put(c.Issue, side, c.Set.Beside)
		}
	}
	for _, c := range wanted {
		c.Set.Between[0], c.Set.Between[1] = now.around(c.Issue)
	}
}

// target is the ticket that one is ranked beside, and the place beside it. The first of
// a backlog stands in front of all that do not go there themselves, and did not before;
// among these they keep the order in which they stood when the session was planned.
func (in WritebackInput) target(c Change, wanted []*Change, read Ranking) (key, place string) {
	side := RankAfter
	switch c.Set.Label {
	case RankFirst:
		side = RankBefore
	case RankLast:
		read.Keys = slices.Clone(read.Keys)
		slices.Reverse(read.Keys)
	default:
		side, _, _ = strings.Cut(c.Set.Label, " ")
		return c.Set.Beside, aligned(side, c.Set.Beside)
	}
	for _, moves := range []func(o *Change) bool{
		func(*Change) bool { return true }, // best beside one that goes nowhere
		func(o *Change) bool { return o.Set.Label == c.Set.Label },
	} {
		for _, key := range read.Keys {
			goes := slices.ContainsFunc(wanted, func(o *Change) bool { return o.Issue == key && moves(o) })
			if !goes && !in.precedes(key, c) && !in.finished(key) {
				return key, aligned(side, key)
			}
		}
	}
	return "", c.Set.Label // all of the backlog goes there
}

// precedes reports whether a ticket that was ranked at the same end of the backlog
// before is nearer to it.
func (in WritebackInput) precedes(key string, c Change) bool {
	for piece, value := range in.Done[key] {
		if piece == string(RankField) || targetOf(piece) != string(RankField) || value != print(c.Set.Label) {
			continue
		}
		then := cmp.Compare(in.Seen[key].Rank, in.Seen[c.Issue].Rank)
		return then <= 0 && c.Set.Label == RankFirst || then >= 0 && c.Set.Label == RankLast
	}
	return false
}

// finished reports whether a ticket is done, so that it is in no backlog.
func (in WritebackInput) finished(key string) bool {
	return slices.ContainsFunc(in.Tickets, func(t Ticket) bool { return t.Key == key && t.StatusCategory == "done" })
}

// sortRanks puts changes of ranks into the order in which they are written.
func sortRanks(wanted []*Change, read Ranking) {
	of := byTicket(wanted)
	depth := func(c *Change) (n int) {
		for c = c.waitsFor(of); c != nil && n <= len(wanted); c = c.waitsFor(of) {
			n++
		}
		return n
	}
	slices.SortStableFunc(wanted, func(a, b *Change) int {
		if by := cmp.Or(cmp.Compare(depth(a), depth(b)), cmp.Compare(count(a.follows()), count(b.follows()))); by != 0 {
			return by
		}
		by := cmp.Compare(slices.Index(read.Keys, a.Issue), slices.Index(read.Keys, b.Issue))
		if a.follows() { // the one that is put there last comes next to it
			return -by
		}
		return by
	})
}

func byTicket(wanted []*Change) map[string]*Change {
	of := map[string]*Change{}
	for _, c := range wanted {
		of[c.Issue] = c
	}
	return of
}

// waitsFor is the rank that has to be set before one beside that ticket, nil if there is
// none. What is first or last waits for none.
func (c *Change) waitsFor(of map[string]*Change) *Change {
	if c.Set.Label == RankFirst || c.Set.Label == RankLast {
		return nil
	}
	return of[c.Set.Beside]
}

func (c Change) follows() bool { return strings.HasPrefix(c.To, RankAfter) }

// placed decides one rank by how the backlog stands when its turn comes, and by whether
// people moved the ticket since (S6).
func (in WritebackInput) placed(c *Change, wanted []*Change, read Ranking, now *Ranking) {
	circle := func() bool {
		at, of := c, byTicket(wanted)
		for n := 0; at != nil && n <= len(wanted); n++ {
			at = at.waitsFor(of)
		}
		return at != nil
	}
	side := now.side(c.Issue, c.Set.Beside)
	c.From = aligned(side, c.Set.Beside)
	if c.Set.Beside == "" {
		c.From = c.To
	}
	stands := fmt.Sprintf("%s of %d", ordinal(slices.Index(now.Keys, c.Issue)+1), len(now.Keys))
	c.Detail = fmt.Sprintf("rank: %s → %s", stands, c.goal())
	last, ours := in.Done[c.Issue][string(RankField)]
	was := in.Stood[c.Issue][string(RankField)]
	died := was.Next != "" && moved(cmp.Or(was.Set, was.At), c.Set.Saw) && was.stands(c.Issue, *now) // a run did behind it
	switch {
	case now.Capped && (c.Set.Label == RankLast || side == ""):
		c.Detail = "rank: " + c.goal()
		c.Status, c.Reason = Failed, fmt.Sprintf("the backlog has more than the %d tickets that were read: rank it by hand, or narrow backlog.jql; the comment says it", len(now.Keys))
	case c.Set.Beside != "" && side == "":
		c.Detail = "rank: " + c.goal()
		c.Status, c.Reason = Failed, "Jira lists it, or what it is to stand beside, under another key: rank it by hand; the comment says it"
	case circle():
		c.Status, c.Reason = Conflict, "these tickets are each to stand beside the other; the comments say it"
	case c.From == c.To, died && was.Next == c.Set.Label:
		c.Status, c.Detail, c.Set.Left = Unchanged, fmt.Sprintf("rank: %s, %s", stands, c.goal()), c.Set.Saw
	case died:
		c.Set.Back = c.stood(wanted, read)
	case ours && moved(last, c.Set.Saw):
		c.Status, c.Reason = Conflict, "people moved it in the backlog since it was ranked; it was left alone, please rank it by hand"
	case !ours && moved(in.Seen[c.Issue].Rank, c.Set.Saw):
		c.Status, c.Reason = Conflict, "people moved it in the backlog since the session was planned; it was left alone, please rank it by hand"
	default:
		c.Set.Back = c.stood(wanted, read)
	}
}

// goal is the place that is wanted, for people.
func (c Change) goal() string {
	if c.Set.Label == c.To || c.To == "" {
		return c.Set.Label
	}
	return c.Set.Label + ", " + c.To
}

// stood is beside which ticket one stood before it is moved, of those that do not move
// themselves: behind one where it goes up, in front of one where it goes down, so that
// the order of the two tells whether it is back. Empty if there is none.
func (c Change) stood(wanted []*Change, read Ranking) string {
	stays := func(key string) bool {
		return !slices.ContainsFunc(wanted, func(o *Change) bool { return o.Issue == key })
	}
	at := slices.Index(read.Keys, c.Issue)
	if c.follows() {
		if n := slices.IndexFunc(read.Keys[at:], stays); n >= 0 {
			return aligned(RankBefore, read.Keys[at+n])
		}
		return ""
	}
	for _, key := range slices.Backward(read.Keys[:at]) {
		if stays(key) {
			return aligned(RankAfter, key)
		}
	}
	return ""
}

// Unread reports whether a rank was set and nobody could read how it was left. The page
// then remembers what it does of a run that died behind it, and the next one notes it.
func (c Change) Unread() bool {
	return c.Kind == RankChange && c.Status == Applied && c.Set.Left == ""
}

// stands reports whether a ticket is between the two that it was put between.
func (w Was) stands(key string, now Ranking) bool {
	front, rear, _ := strings.Cut(w.Between, " ")
	return front+rear != "" && (front == "" || now.side(key, front) == RankAfter) && (rear == "" || now.side(key, rear) == RankBefore)
}

// rememberedRank is [Change.remembered] of a rank: what a run was about to do is kept in
// words, since nobody knows the text that a rank is going to have.
func (c Change) rememberedRank(was Was, known, set bool) (next Was, keep bool) {
	switch c.Status {
	case Planned, Applied:
		if !known || was.Found || was.Set != "" && moved(was.Set, c.Set.Saw) {
			was = Was{From: c.Set.Back, At: c.Set.Saw}
		}
		was.Between = strings.Join(c.Set.Between[:], " ")
		if was.Next = c.Set.Label; c.Status == Applied && !c.Unread() {
			was.Set, was.Next = c.Set.Left, ""
		}
		return was, true
	case Unchanged:
		switch {
		case c.Reason != "": // people moved it
		case was.Next != "", was.Set != "" && !moved(was.Set, c.Set.Left): // a run died behind it, or the site balanced its ranks
			was.Set, was.Next = c.Set.Left, ""
		case !known && !set:
			return Was{Found: true}, true
		}
	case Conflict:
		if was.Set == "" && !was.Found {
			return was, false
		}
		was.Next = ""
	case Failed: // it may have been moved all the same
	}
	return was, known
}

// ordinal is a number as people count: 1st, 2nd, 3rd, 11th.
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}
