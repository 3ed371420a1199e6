package confluence

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"refine/confluence/storage"
	"refine/planner"
	"refine/planner/outcome"
)

// changedRegion is the block that tells what has changed in the tickets since
// the page was first published (C4). It is there only while something has.
const changedRegion = "changed"

const changedTitle = "Changed since you read it"

// changed writes the block: the latest day first, one line for each item.
func (r *renderer) changed(b *storage.Builder) {
	b.Heading(2, storage.Plain(changedTitle))
	for rest := r.plan.Noticed; len(rest) > 0; {
		day, n := rest[0].Day, 0
		var lines []storage.Body
		for n < len(rest) && rest[n].Day == day {
			lines = append(lines, noticed(rest[n]))
			n++
		}
		b.Paragraph(storage.Time(day.At(0, 0, time.UTC)))
		b.BulletList(lines...)
		rest = rest[n:]
	}
}

func noticed(n planner.Noticed) storage.Body {
	text := ": " + n.Text
	if n.Summary != "" {
		text = " " + n.Summary + text
	}
	return storage.Line(storage.Link(n.URL, n.Key), storage.Plain(text))
}

// TakeChanges reports whether people have made the page's account of changes
// theirs, by changing it or taking it out. The state then forgets it: what is
// noticed from then on gets a new one.
func (s *State) TakeChanges(body string) (taken bool, err error) {
	prints := s.known(changedRegion)
	if len(prints) == 0 || s.Regions[changedRegion] == "" {
		return false, nil // announced at most
	}
	doc, err := storage.Parse(body)
	if err != nil {
		return false, fmt.Errorf("the page's body: %w", err)
	}
	if _, stands := newLocator(doc).find(prints...); stands {
		return false, nil
	}
	s.Regions, s.Pending = maps.Clone(s.Regions), maps.Clone(s.Pending)
	delete(s.Regions, changedRegion)
	delete(s.Pending, changedRegion)
	return true, nil
}

const (
	// maxState is what a content property may hold, in bytes, a margin left.
	maxState = 32_000
	// lockRoom is what a lock may add to a state.
	lockRoom = 600
)

// Fit makes a state small enough to be stored, by remembering less of the items,
// and then by forgetting what stood on the tickets, what they were told and what was
// set on them. It reports how much less of the items, 0 if all of it has room. Room is
// left for a hold and for an update under way, which holds the fingerprints twice.
func (s *State) Fit() (steps int) {
	tooLarge := func() bool { return size(s)+size(s.Regions)+lockRoom > maxState }
	if tooLarge() { // they only spare requests
		s.Comments = briefly(s.Comments)
	}
	if tooLarge() {
		s.Comments = nil
	}
	for ; tooLarge(); steps++ {
		shorter, ok := planner.Shorter(s.Items, steps)
		if !ok {
			break
		}
		s.Items = shorter
	}
	if tooLarge() { // an undo then says that it no longer knows
		s.Before = nil
	}
	if tooLarge() {
		s.Told = nil
	}
	if tooLarge() {
		s.Done = nil
	}
	if tooLarge() { // and if it still is, the service will say so
		s.Said = nil
	}
	return steps
}

// briefly is how comments were left, without their lines.
func briefly(comments map[string]string) map[string]string {
	brief := map[string]string{}
	for key, left := range comments {
		brief[key] = outcome.ParseLeft(left).Brief()
	}
	return brief
}

func size(v any) int {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("confluence: encoding %T: %v", v, err)) // only plain data is stored
	}
	return len(b)
}
