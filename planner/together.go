package planner

import (
	"slices"
	"strings"
	"time"

	"refine/planner/guide"
)

// How many minutes of exploration go to the doubt that the tickets share: as
// many as an open ticket gets, and none where there is no room.
const (
	sharedMinutes     = 6
	minutesEach       = 2  // more for each further doubt
	leastAgreed       = 2  // minutes of success criteria for what was settled
	leastSharedTalk   = 30 // minutes of exploration below which every ticket needs its own
	leastSharedTicket = 3  // tickets below which the doubt is talked through with its ticket
	leastBesides      = 4  // minutes that every ticket keeps
)

// shared is the doubt that has to be settled before any ticket is talked
// through, if there is one.
func (b *builder) shared() (crossing, bool) {
	for _, c := range b.across {
		if c.weight >= weightyCrossing && c.settle != "" && c.concerns(b.epic, b.taken) > 1 {
			return c, true
		}
	}
	return crossing{}, false
}

// concerns counts the items of the session that a crossing is about. One about
// their epic is about all of them.
func (c crossing) concerns(epic *reading, items []*reading) (n int) {
	for _, r := range items {
		if slices.Contains(c.keys, r.issue.Key) {
			n++
		}
	}
	if epic != nil && slices.Contains(c.keys, epic.issue.Key) {
		return len(items)
	}
	return n
}

// togetherMinutes are the minutes that the shared doubt gets.
func (b *builder) togetherMinutes() int {
	room := b.box(guide.Talk)
	need := 0
	for n, r := range b.taken {
		if n > 0 && b.taken[n-1].sharesDoubt(r) {
			need += leastAlong
		} else {
			need += min(r.least(), leastBesides)
		}
	}
	if _, ok := b.shared(); !ok || room < leastSharedTalk || len(b.taken) < leastSharedTicket || need+sharedMinutes > room {
		return 0
	}
	more := minutesEach * (len(b.settledFirst()) - 1)
	return sharedMinutes + max(min(more, room-need-sharedMinutes), 0)
}

// mostSettled is how many doubts are settled before any ticket is talked through.
const mostSettled = 3

// settledFirst are the shared doubt and those that are about the epic as well,
// whose talk has no other place.
func (b *builder) settledFirst() (out []crossing) {
	first, ok := b.shared()
	if !ok {
		return nil
	}
	out = append(out, first)
	for _, c := range b.across {
		about := b.epic != nil && slices.Contains(c.keys, b.epic.issue.Key)
		seen := slices.ContainsFunc(out, func(o crossing) bool { return o.kind == c.kind })
		if about && !seen && c.weight >= weightyCrossing && c.settle != "" && len(out) < mostSettled {
			out = append(out, c)
		}
	}
	return out
}

// together is the slot for the shared doubt, at the beginning of the talk.
func (b *builder) together(start time.Time) []Slot {
	if b.sharedTalk == 0 {
		return nil
	}
	var settle []string
	for _, c := range b.settledFirst() {
		if len(IssueKeys(c.settle)) == 0 {
			c.settle += " (" + some(c.keys) + ")"
		}
		settle = append(settle, c.settle)
	}
	return []Slot{allTickets(start, b.sharedTalk, "settle "+strings.Join(settle, "; "))}
}

// agreed is the slot for what came of it, at the beginning of success criteria.
func (b *builder) agreed(start time.Time, box int) []Slot {
	if b.sharedTalk == 0 || box < leastAgreed+len(b.taken)*leastCheckMinutes {
		return nil
	}
	var gets []string
	for _, c := range b.settledFirst() {
		gets = append(gets, c.gets)
	}
	room := box - len(b.taken)*leastCheckMinutes
	minutes := min(leastAgreed+len(gets)-1, room) // each further result takes a minute to write down
	return []Slot{allTickets(start, minutes, "result: "+strings.Join(gets, "; "))}
}

func allTickets(start time.Time, minutes int, note string) Slot {
	return Slot{Topic: "All tickets", Start: start, End: start.Add(time.Duration(minutes) * time.Minute), Minutes: minutes, Note: note}
}
