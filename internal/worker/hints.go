package worker

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"refine/confluence"
	"refine/planner"
	"refine/planner/brief"
)

// hints reads what a plan is better with and can be made without.
func (w *Worker) hints(ctx context.Context, in *planner.Input, t Team) error {
	if err := w.examples(ctx, in); err != nil {
		return err
	}
	return w.objectives(ctx, in, t)
}

// examples reads finished issues with their points, if the session agrees on
// sizes: one request. They are a hint, so without them the plan says so.
func (w *Worker) examples(ctx context.Context, in *planner.Input) error {
	if !in.Guide.Estimates() {
		return nil
	}
	var projects []string
	for _, i := range in.Issues {
		if at := strings.LastIndex(i.Key, "-"); at > 0 && !slices.Contains(projects, i.Key[:at]) {
			projects = append(projects, i.Key[:at])
		}
	}
	past, err := w.Jira.Sized(ctx, projects)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		w.Log.Warn("finished issues could not be read", "error", err)
		in.Assumed = append(in.Assumed, "Past sizes: finished tickets could not be read, so none is named as an example.")
	}
	in.Estimation.Past = past
	return nil
}

// objectives reads the pages that list what the team wants to reach. A page that
// cannot be read fails no plan.
func (w *Worker) objectives(ctx context.Context, in *planner.Input, t Team) error {
	for _, name := range t.ObjectivePages {
		found, err := w.objectivesOf(ctx, name, t)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			w.Log.Warn("a page of objectives could not be read", "page", name, "error", err)
			in.Assumed = append(in.Assumed, fmt.Sprintf("Objectives: the page %s could not be read, or has no list; what it says is missing here.", name))
		}
		in.Objectives = append(in.Objectives, found...)
	}
	return nil
}

// objectivesOf reads one such page, of the team's space.
func (w *Worker) objectivesOf(ctx context.Context, name string, t Team) (out []brief.Objective, err error) {
	space, err := w.spaceOf(ctx, t)
	if err != nil {
		return nil, err
	}
	page, err := w.NamedPage(ctx, *space, name)
	if err != nil {
		return nil, err
	}
	if page == nil {
		return nil, fmt.Errorf("session.objectives: the page “%s” is not in the space %s%s", name, space.Key, norID(name))
	}
	items, err := confluence.ListItems(page.Body)
	if err == nil && len(items) == 0 {
		err = fmt.Errorf("session.objectives: the page %s has no list", page.URL)
	}
	for _, text := range items {
		out = append(out, brief.ParseObjective(text))
	}
	return out, err
}
