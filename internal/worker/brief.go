package worker

import (
	"context"

	"refine/planner/brief"
)

// Briefed is what is known of a session before a word of its plan is written.
type Briefed struct {
	Brief *brief.Brief // without tickets where there is nothing to plan
	Note  string       // for people, why there is nothing
}

// Brief reads what [Worker.Plan] reads and writes nothing.
func (w *Worker) Brief(ctx context.Context, req Request) (Briefed, error) {
	in, note, err := w.material(ctx, req)
	if err != nil {
		return Briefed{}, err
	}
	known := brief.Input{
		Session: in.Session, Epic: in.Epic, Issues: in.Issues, Ready: in.Ready, CarryOver: in.CarryOver, Objectives: in.Objectives,
		At: w.Now().In(in.Session.Start.Location()),
	}
	return Briefed{Brief: brief.Make(known), Note: note}, nil
}
