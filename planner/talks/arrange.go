package talks

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"refine/planner/brief"
	"refine/planner/guide"
	"refine/planner/ticket"
)

// Settings are what a team has settled about its sessions.
type Settings struct {
	// Presenters take turns, beginning with another one each session. Empty leaves
	// the turns to the meeting.
	Presenters []string
	Every      time.Duration // from one session of the team to the next; 0 means a week
	// Parts are tickets that a writer wants to talk about in one go. They part a talk
	// whose tickets they share out among themselves, if each part finds time.
	Parts [][]string
	// Asked is how much a writer asks of each ticket. Minutes follow it.
	Asked map[string]int
}

// An Arrangement is a session before anything of it is worded.
type Arrangement struct {
	Order   []string          // keys of the tickets that are talked about
	Reasons map[string]string // why a ticket stands at its place
	By      string            // what orders them: "priority, then rank"
	Talks   []Talk
	Minutes []int // of each talk, in the box for talks
	Boxes   []Box
	PutOff  []PutOff // in the order in which they come next
}

// A PutOff ticket is proposed for the next session.
type PutOff struct {
	Key, Summary, URL string
	Reason            string
}

// A Box is a timebox of the guide with its clock times.
type Box struct {
	guide.Phase
	Start, End time.Time
	Minutes    int
	Slots      []Slot // the talks' shares, where the box is about the tickets
}

// A Slot is a talk's share of a box.
type Slot struct {
	Talk       int // place in the arrangement's talks
	Keys       []string
	Start, End time.Time
	Minutes    int
	Presenter  string // empty: not settled
}

// Arrange puts the brief's tickets in order, makes talks of them and lays the
// guide's boxes end to end. Every ticket is in a talk or put off with a reason.
func Arrange(b *brief.Brief, g guide.Guide, set Settings) *Arrangement {
	ordered := Order(issuesOf(b))
	boxes := g.Minutes(g.Session(b.Session.Duration))
	a := &Arrangement{Reasons: ordered.Reasons, By: ordered.By}
	tickets := ticketsOf(b, ordered.Keys)
	taken := tickets
	for {
		a.Talks = Group(b, taken)
		if len(a.Talks) > fitting(a.Talks, boxes, g) {
			a.Talks = folded(a.Talks)
		}
		n := fitting(a.Talks, boxes, g)
		if n >= len(a.Talks) {
			break
		}
		taken = keep(taken, a.Talks, n)
	}
	if parted := part(b, a.Talks, set.Parts); len(parted) <= fitting(parted, boxes, g) {
		a.Talks = parted
	}
	for n := range a.Talks {
		a.Talks[n].Asked = asked(a.Talks[n], set.Asked)
		a.Talks[n].Weight += a.Talks[n].Asked
	}
	a.weigh(b)
	a.lesserLast(b)
	talkedOf := keysOf(a.Talks)
	for n, t := range tickets {
		key := t.Issue.Key
		if talkedOf[key] {
			a.Order = append(a.Order, key)
			continue
		}
		reason := fmt.Sprintf("no time left; place %d of %d", n+1, len(tickets))
		a.PutOff = append(a.PutOff, PutOff{Key: key, Summary: t.Issue.Summary, URL: t.Issue.URL, Reason: reason})
	}
	a.Minutes = share(a.Talks, boxes[g.Box(guide.Talk)], leastTalk)
	a.lay(b.Session, g, boxes, set)
	return a
}

func issuesOf(b *brief.Brief) []*ticket.Issue {
	all := make([]*ticket.Issue, len(b.Tickets))
	for n := range b.Tickets {
		all[n] = &b.Tickets[n].Issue
	}
	return all
}

func ticketsOf(b *brief.Brief, keys []string) (all []*brief.Ticket) {
	for _, key := range keys {
		all = append(all, b.Ticket(key))
	}
	return all
}

func keysOf(all []Talk) map[string]bool {
	var keys []string
	for _, t := range all {
		keys = append(keys, t.Keys...)
	}
	return setOf(keys)
}

func setOf(keys []string) map[string]bool {
	set := make(map[string]bool, len(keys))
	for _, key := range keys {
		set[key] = true
	}
	return set
}

// The least minutes of a talk where its tickets are explored, and in other boxes.
const (
	leastTalk  = 4
	leastCheck = 2
)

// fitting is how many of the talks find time in every box that is about them.
func fitting(all []Talk, boxes []int, g guide.Guide) int {
	most := len(all)
	for n, p := range g.Boxes() {
		switch {
		case p.Role.Has(guide.Talk):
			most = min(most, boxes[n]/leastTalk)
		case p.Role.PerItem():
			most = min(most, boxes[n]/leastCheck)
		}
	}
	return max(most, 1)
}

// folded makes one talk of the quiet ones, where there is little time.
func folded(all []Talk) []Talk {
	last := len(all) - 1
	if last < 1 || !all[last-1].Quiet() {
		return all
	}
	both := Talk{Bond: Ready, Keys: slices.Concat(all[last-1].Keys, all[last].Keys)}
	return append(all[:last-1:last-1], both.quietly())
}

// keep leaves out the tickets of the last talks, as many as find no time; what nothing
// blocks and has a talk together goes first only where nothing else is left.
func keep(tickets []*brief.Ticket, all []Talk, n int) []*brief.Ticket {
	out := all[n:]
	if last := all[len(all)-1]; last.Quiet() && n > 1 {
		out = all[n-1 : len(all)-1]
	}
	left := keysOf(out)
	return slices.DeleteFunc(slices.Clone(tickets), func(t *brief.Ticket) bool { return left[t.Issue.Key] })
}

// weigh gives a talk about the heaviest ticket more, one about what is of low priority
// less, and no more than any other has for a ticket, and none that only asks as much as one
// that has a gap to close.
func (a *Arrangement) weigh(b *brief.Brief) {
	all := a.Talks
	most, first, gap := 0.0, -1, 0 // first has the ticket with the most points
	each := 0.0                    // the least weight for a ticket of those that are not low
	for n, t := range all {
		for _, key := range t.Keys {
			switch p := sizeOf(b, key); {
			case p > most:
				most, first = p, n
			case p == most:
				first = -1
			}
		}
	}
	for n := range all {
		t := &all[n]
		if n == first {
			t.Weight += heaviest
		}
		if a.Lesser(b, t.Keys) {
			t.Weight = (t.Weight + 1) / 2
		} else if of := float64(t.Weight) / float64(len(t.Keys)); t.Bond != OfEpic && !t.Confirms() && (each == 0 || of < each) {
			each = of
		}
		if !t.Quiet() && t.Bond != OfEpic && (gap == 0 || t.Weight < gap) {
			gap = t.Weight
		}
	}
	for n := range all {
		t := &all[n]
		if each > 0 && a.Lesser(b, t.Keys) {
			t.Weight = max(min(t.Weight, int(each*float64(len(t.Keys)))), 1)
		}
		if gap > 0 && t.Quiet() && t.Asked > 0 {
			t.Weight = min(t.Weight, max(gap-1, 1))
		}
	}
}

// heaviest is what the ticket with the most story points weighs more.
const heaviest = 2

func sizeOf(b *brief.Brief, key string) float64 {
	if t := b.Ticket(key); t != nil && t.Issue.StoryPoints != nil {
		return *t.Issue.StoryPoints
	}
	return 0
}

// share divides a box among talks by what there is to find out. What is only to be
// confirmed has a minute a ticket, and more where the others have enough.
func share(all []Talk, box, least int) []int {
	weights := make([]int, len(all))
	for n, t := range all {
		weights[n] = t.Weight
	}
	if last := len(all) - 1; last > 0 && all[last].Confirms() {
		tickets := len(all[last].Keys)
		short := max(tickets, least/2)
		for short+tickets <= mostEach*tickets && box-short-tickets >= last*enough {
			short += tickets
		}
		short = min(short, box-last*least)
		return append(guide.Share(box-short, weights[:last], least), short)
	}
	return guide.Share(box, weights, least)
}

// mostEach is how many minutes a ticket has at most that is only to be confirmed.
const mostEach = 4

// enough is how many minutes a talk is long in that finds something out.
const enough = 9

// lay gives boxes and slots their clock times.
func (a *Arrangement) lay(s ticket.Session, g guide.Guide, minutes []int, set Settings) {
	start := s.Start
	for n, p := range g.Boxes() {
		box := Box{Phase: p, Start: start, Minutes: minutes[n], End: start.Add(time.Duration(minutes[n]) * time.Minute)}
		if p.Role.PerItem() {
			shares := a.Minutes
			if !p.Role.Has(guide.Talk) {
				shares = share(a.Talks, minutes[n], leastCheck)
			}
			box.Slots = a.slots(start, shares)
		}
		if p.Role.Has(guide.Talk) {
			for i := range box.Slots {
				box.Slots[i].Presenter = presenter(set, s.Start, i)
			}
		}
		a.Boxes = append(a.Boxes, box)
		start = box.End
	}
}

func (a *Arrangement) slots(start time.Time, minutes []int) (out []Slot) {
	for n, t := range a.Talks {
		end := start.Add(time.Duration(minutes[n]) * time.Minute)
		out = append(out, Slot{Talk: n, Keys: t.Keys, Start: start, End: end, Minutes: minutes[n]})
		start = end
	}
	return out
}

// presenter is whose turn the nth talk is, empty if nobody is named.
func presenter(set Settings, start time.Time, n int) string {
	var names []string
	for _, name := range set.Presenters {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return names[(n+opening(start, set.Every, len(names)))%len(names)]
}

// opening is whose turn begins a session, of n people: one further than in the
// session before, which was every earlier.
func opening(start time.Time, every time.Duration, n int) int {
	const day = 24 * time.Hour
	date := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	first := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	apart := max(cmp.Or(every, 7*day).Round(day), day)
	return max(int(date.Sub(first)/apart), 0) % n
}
