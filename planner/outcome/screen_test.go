package outcome_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
)

// An issue that was made of an action can be an item as well: it is asked once about
// all that is to be set on it.
func TestAnIssueIsAskedOnce(t *testing.T) { // S2 S3
	t.Parallel()
	sets := func(issue string, s outcome.Setting) outcome.Change {
		return outcome.Change{Issue: issue, Status: outcome.Planned, Set: &s}
	}
	create, looks := outcome.SyncPlan{Changes: []outcome.Change{
		{Issue: "PAY-3", Status: outcome.Planned, Action: &outcome.ActionWrite{Key: "PAY-12", Move: &outcome.Transition{}}},
		{Issue: "PAY-3", Status: outcome.Planned, Action: &outcome.ActionWrite{New: &outcome.NewIssue{Project: "PAY"}}},
		sets("PAY-12", outcome.Setting{Field: outcome.EstimateField}),
		sets("PAY-12", outcome.Setting{Field: outcome.CriteriaField, Heading: "Agreed"}),
		{Issue: "PAY-13", Status: outcome.Unchanged, Set: &outcome.Setting{Field: outcome.FlagField}},
	}}.Wants()
	assert.Equal(t, []outcome.Wanted{{Project: "PAY"}}, create)
	assert.Equal(t, []outcome.Look{{
		Issue: "PAY-12", Fields: []outcome.Field{outcome.StatusField, outcome.EstimateField, outcome.CriteriaField}, Heading: "Agreed",
	}}, looks)
}
