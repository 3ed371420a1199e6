package brief

import (
	"time"

	"refine/planner/ticket"
)

// A Day is one that a field of a ticket gives.
type Day struct {
	What string      `json:"what"`           // "due", "release", "sprint"
	Name string      `json:"name,omitempty"` // of the release or sprint
	On   ticket.Date `json:"on,omitzero"`    // of a sprint its end; zero where the field gives none
	// Past says that the day lies before the one on which the tickets were read,
	// Over that the release is out or the sprint is closed, whatever its day.
	Past bool `json:"past,omitempty"`
	Over bool `json:"over,omitempty"`
}

// days are the due date, the releases and the sprint of an issue.
func days(i ticket.Issue, at time.Time) (all []Day) {
	today := ticket.DateOf(at)
	past := func(d ticket.Date) bool { return !d.IsZero() && !at.IsZero() && d.Compare(today) < 0 }
	if !i.Due.IsZero() {
		all = append(all, Day{What: "due", On: i.Due, Past: past(i.Due)})
	}
	for _, v := range i.FixVersions {
		all = append(all, Day{What: "release", Name: v.Name, On: v.Release, Past: past(v.Release), Over: v.Released})
	}
	if s := i.Sprint; s != nil {
		d := Day{What: "sprint", Name: s.Name, Over: s.State == "closed"}
		if !s.End.IsZero() {
			d.On = ticket.DateOf(s.End.In(at.Location()))
		}
		d.Past = past(d.On)
		all = append(all, d)
	}
	return all
}
