package planner

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"refine/planner/guide"
)

// agenda lays the guide's boxes end to end, with a slot per item in those where
// the items are talked about.
func (b *builder) agenda() []Phase {
	var phases []Phase
	start := b.in.Session.Start
	for n, box := range b.guide.Boxes() {
		end := start.Add(time.Duration(b.minutes[n]) * time.Minute)
		phases = append(phases, Phase{
			Name: box.Name, Start: start, End: end, Minutes: b.minutes[n],
			Lines: b.phaseLines(n), Items: b.phaseSlots(n, start),
		})
		start = end
	}
	return phases
}

// phaseLines are what the nth phase is for in this session: the first one sets
// the context, the last one ends the session, those between are what their role
// or the guide itself says.
func (b *builder) phaseLines(n int) (lines []string) {
	boxes := b.guide.Boxes()
	box, last := boxes[n], n == len(boxes)-1
	if n == 0 {
		lines = b.contextLines()
	}
	if box.Role.Has(guide.Size) && b.plan.Sizing != nil {
		lines = append(lines, b.plan.Sizing.sizeLine())
	}
	switch {
	case box.Role.Has(guide.Order):
		lines = append(lines, b.orderLines()...)
	case box.Role.Has(guide.Retro) && !last:
		lines = append(lines, b.retroLines()...)
	case !box.Role.Own() && n > 0 && !last:
		lines = append(lines, box.Lines[:min(len(box.Lines), mostSaid)]...)
	}
	switch {
	case last && box.Role.Has(guide.Retro):
		lines = append(lines, b.retroLines()...)
	case last:
		lines = append(lines, b.summaryLines()...)
	}
	return lines
}

// mostSaid is how many lines of its own a guide's phase brings into the agenda.
const mostSaid = 4

// phaseSlots are the items' shares of the nth phase, if it is about each of them.
func (b *builder) phaseSlots(n int, start time.Time) (out []Slot) {
	switch role := b.guide.Boxes()[n].Role; {
	case role.Has(guide.Talk):
		out = b.together(start)
		if len(out) > 0 {
			start = out[0].End
		}
		for _, s := range slotsOf(b.taken, b.explore, start) {
			s.Presenter, s.Note = b.presenter(slices.Index(b.keys(), s.Key)), b.talkNote(b.discussionOf(s.Key))
			out = append(out, s)
		}
	case role.Has(guide.Check):
		out = b.agreed(start, b.minutes[n])
		room := b.minutes[n]
		if len(out) > 0 {
			start, room = out[0].End, room-out[0].Minutes
		}
		out = append(out, b.checkSlots(start, room)...)
	case role.Has(guide.Size):
		out = slots(b.keys(), evenly(len(b.taken), b.minutes[n]), start)
		for i := range b.taken {
			out[i].Note = "agree on a size"
		}
	}
	return out
}

// checkSlots are the items' shares of the talk about results. What is only to be
// confirmed comes last, in one slot.
func (b *builder) checkSlots(start time.Time, room int) []Slot {
	items := slices.Clone(b.taken)
	ready := len(b.where((*reading).ready))
	if ready > 1 {
		slices.SortStableFunc(items, func(a, b *reading) int { return rank(a.ready()) - rank(b.ready()) })
	}
	slots := slotsOf(items, successMinutes(items, room), start)
	for n, d := range discussions(items) {
		slots[n].Note = d.successNote()
	}
	if ready < 2 {
		return slots
	}
	open := len(slots) - ready // what is ready shares no doubt
	last := slots[open]
	for _, s := range slots[open+1:] {
		last.With = append(last.With, s.Key)
		last.End, last.Minutes = s.End, last.Minutes+s.Minutes
	}
	last.Note = "confirm each result as it stands"
	return append(slots[:open], last)
}

func rank(last bool) int {
	if last {
		return 1
	}
	return 0
}

// talkNote says what the item's talk is for: also to agree on its result and
// its size, where the guide has no phase of their own for them.
func (b *builder) talkNote(d discussion) string {
	notes := []string{d.exploreNote()}
	if b.guide.Box(guide.Check) < 0 {
		notes = append(notes, d.successNote())
	}
	if b.guide.Boxes()[b.guide.Box(guide.Talk)].Role.Has(guide.Size) {
		notes = append(notes, "agree on a size")
	}
	return strings.Join(notes, "; then ")
}

// evenly shares a box among n items.
func evenly(n, total int) []int {
	return guide.Share(total, slices.Repeat([]int{1}, n), leastCheckMinutes)
}

// orderLines are what is settled about the order of the items.
func (b *builder) orderLines() []string {
	var places []string
	for _, r := range b.taken {
		places = append(places, fmt.Sprintf("%s (%s)", r.issue.Key, b.reasons[r.issue.Key]))
	}
	lines := []string{"Order as proposed: " + strings.Join(places, ", ") + ". Change it where today's talk says so."}
	if others := b.elsewhere(); len(others) > 0 {
		lines = append(lines, "Waited for from outside: "+strings.Join(others, ", ")+".")
	}
	return lines
}
