package planner

import (
	"cmp"

	"refine/planner/draft"
)

// Recall are the words that a record is about: a person's or the model's, as they
// stand in it, or the built-in ones with the reason. People can edit a record, so
// that [Preparation.With] checks its lines again.
func Recall(r draft.Record) Words {
	if r.Answer == nil {
		return Words{By: BuiltIn, Model: r.Model, Reason: r.Reason}
	}
	return Words{Draft: *r.Answer, By: cmp.Or(r.By, ByModel), Model: r.Model, Repaired: r.Repaired, Reviewed: r.Reviewed}
}
