package worker

import (
	"context"

	"refine/planner"
	"refine/planner/brief"
	"refine/planner/ready"
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
		Session: in.Session, Epic: in.Epic, Issues: in.Issues, Ready: definition(in.Ready), CarryOver: in.CarryOver,
		At: w.Now().In(in.Session.Start.Location()),
	}
	for _, o := range in.Objectives {
		known.Objectives = append(known.Objectives, brief.Objective(o))
	}
	return Briefed{Brief: brief.Make(known), Note: note}, nil
}

// definition is a team's Definition of Ready as package ready has it.
func definition(d planner.DefinitionOfReady) ready.Definition {
	out := ready.Definition{MaxPoints: d.MaxPoints}
	for _, r := range d.Rules {
		out.Rules = append(out.Rules, ready.Rule{
			ID: r.ID, Sentence: r.Sentence, Severity: ready.Severity(r.Severity), INVEST: r.INVEST, Types: r.Types,
			Pattern: r.Pattern, Forbid: r.Forbid, In: ready.Part(r.In),
		})
	}
	return out
}
