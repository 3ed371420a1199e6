package ticket

import (
	"slices"
	"time"
)

// A History is what changed of the fields that show an issue's urgency.
type History struct {
	Changes []FieldChange // oldest first
	// Sprints is how many sprints the issue has been in.
	Sprints int
	// FormerKeys are those that the issue had before it was moved.
	FormerKeys []string
	// Cut says that there may be older changes, which the service did not tell.
	Cut bool
}

// A FieldChange is one change of a field, as people call its values; empty is
// none.
type FieldChange struct {
	Field    ChangedField
	At       time.Time
	From, To string // days as 2006-01-02
}

// ChangedField is a field whose changes are read.
type ChangedField string

const (
	PriorityChanged ChangedField = "priority"
	DueChanged      ChangedField = "due date"
	SprintChanged   ChangedField = "sprint"
	FlagChanged     ChangedField = "flag"
)

// Last is the newest change of a field, if there is any.
func (i Issue) Last(field ChangedField) (FieldChange, bool) {
	if i.History == nil {
		return FieldChange{}, false
	}
	for _, c := range slices.Backward(i.History.Changes) {
		if c.Field == field {
			return c, true
		}
	}
	return FieldChange{}, false
}
