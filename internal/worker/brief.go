package worker

import (
	"context"

	"refine/planner"
)

// Briefed is what is known of a session before a word of its plan is written, and
// how its talks are arranged.
type Briefed struct {
	*planner.Preparation        // without tickets where there is nothing to plan
	Note                 string // for people, why there is nothing
}

// Brief reads what [Worker.Plan] reads and writes nothing.
func (w *Worker) Brief(ctx context.Context, req Request) (Briefed, error) {
	_, in, note, err := w.material(ctx, req)
	if err != nil {
		return Briefed{}, err
	}
	p := planner.Prepare(in).Asking()
	p.Brief.At = w.Now().In(in.Session.Start.Location())
	return Briefed{Preparation: p, Note: note}, nil
}
