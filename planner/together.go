package planner

import (
	"slices"
	"strings"
	"time"
)

// How many minutes of exploration go to the doubt that the tickets share: as
// many as an open ticket gets, and none where there is no room.
const (
	sharedMinutes     = 6
	leastSharedTalk   = 30 // minutes of exploration below which every ticket needs its own
	leastSharedTicket = 3  // tickets below which the doubt is talked through with its ticket
	leastBesides      = 4  // minutes that every ticket keeps
)

// shared is the doubt that has to be settled before any ticket is talked
// through, if there is one.
func (b *builder) shared() (crossing, bool) {
	for _, c := range b.across {
		if c.kind == twinsKind {
			continue // they have a box together
		}
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
	room := b.box(roleTalk)
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
	return sharedMinutes
}

// together is the slot for the shared doubt, at the beginning of the talk.
func (b *builder) together(start time.Time) []Slot {
	minutes := b.togetherMinutes()
	if minutes == 0 {
		return nil
	}
	c, _ := b.shared()
	note := "settle " + c.settle
	if keys := some(c.keys); !strings.Contains(note, keys) {
		note += " (" + keys + ")"
	}
	return []Slot{{
		Topic: "All tickets", Start: start, End: start.Add(time.Duration(minutes) * time.Minute), Minutes: minutes,
		Note: note,
	}}
}
