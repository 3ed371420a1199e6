package outcome

import (
	"fmt"
	"slices"
	"strings"
)

// A Box is what became of an item: one of the checkboxes below it, of which
// people tick one.
type Box string

const (
	BoxReady   Box = "Ready"
	BoxAnother Box = "Needs another session"
	BoxParked  Box = "Parked"
	BoxSplit   Box = "Split"
	BoxDropped Box = "Dropped"
)

// Boxes are all of them, in the order in which they stand below an item.
var Boxes = []Box{BoxReady, BoxAnother, BoxParked, BoxSplit, BoxDropped}

// An Effect is what ticking a box does to the ticket beside being told there. Its
// zero value does nothing.
type Effect struct {
	RemoveFlag            bool
	AddLabel, RemoveLabel string
	Transition            string // its name, or that of the status it leads to
	Rank                  string // [RankFirst] or [RankLast] of the team's backlog
}

// ticked is the box that people ticked below an item, empty if none or several.
func ticked(entries []Entry) (box Box) {
	for _, e := range entries {
		if e.Kind != Result || e.Gone {
			continue
		}
		if box != "" {
			return ""
		}
		box = Box(e.Text.String())
	}
	return box
}

// oneBox leaves out the boxes of an item of which several are ticked, and says so: which
// one is meant nobody guesses. What its ticket was told before is the outcome no more.
func oneBox(now []Entry) (left []Entry, doubt *Unattributed) {
	var names []string
	for _, e := range now {
		if e.Kind == Result && !slices.Contains(names, e.Text.String()) {
			names = append(names, e.Text.String())
		}
	}
	if len(names) < 2 {
		return now, nil
	}
	for _, e := range now {
		if e.Kind == Result && doubt == nil {
			doubt = &Unattributed{
				Text: strings.Join(names, ", "), Where: e.Where,
				Reason: fmt.Sprintf("%d outcomes are ticked, and nobody guesses which one counts; leave one", len(names)),
			}
		}
		if e.Kind != Result {
			left = append(left, e)
		}
	}
	return left, doubt
}
