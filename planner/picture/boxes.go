package picture

import (
	"fmt"
	"strings"
	"time"

	"refine/planner"
	"refine/planner/text"
)

// Boxes are the timeboxes of a session, to scale.
type Boxes struct{ Boxes []Box }

// A Box is a phase, with the talks that share it.
type Box struct {
	Name    string
	Start   time.Time
	Minutes int
	Talks   []Talk
}

// A Talk is a share of a box.
type Talk struct {
	Keys    []string
	Minutes int
}

// BoxesOf are the timeboxes of the plan's agenda; those of no time are left out.
func BoxesOf(p planner.Plan) Boxes {
	b := Boxes{}
	for _, phase := range p.Agenda {
		if phase.Minutes <= 0 {
			continue
		}
		box := Box{Name: phase.Name, Start: phase.Start, Minutes: phase.Minutes}
		for _, s := range phase.Items {
			if s.Minutes > 0 {
				box.Talks = append(box.Talks, Talk{s.Keys(), s.Minutes})
			}
		}
		b.Boxes = append(b.Boxes, box)
	}
	return b
}

// Minutes is how long all boxes take together.
func (b Boxes) Minutes() (sum int) {
	for _, box := range b.Boxes {
		sum += box.Minutes
	}
	return sum
}

// File implements [Picture].
func (Boxes) File() string { return "refine-timeboxes.png" }

// Words implements [Picture].
func (b Boxes) Words() string {
	parts := make([]string, len(b.Boxes))
	for i, box := range b.Boxes {
		parts[i] = fmt.Sprintf("from %s %d minutes %s", box.Start.Format("15:04"), box.Minutes, text.OneLine(box.Name))
		if len(box.Talks) > 1 {
			parts[i] += fmt.Sprintf(" in %d shares", len(box.Talks))
		}
	}
	return "Timeboxes to scale: " + strings.Join(parts, "; ") + "."
}
