package planner

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/draft"
	"refine/planner/ready"
	"refine/planner/text"
)

// Counts are before and after the session: "2 of 7 ready → 6 of 7" (L8).
func (r Readiness) Counts() string {
	line := fmt.Sprintf("%d of %d ready%s", r.Ready(), r.Items, r.Lacking())
	if r.Aim > r.Ready() {
		line += fmt.Sprintf(" → %d of %d", r.Aim, r.Items)
	}
	return line
}

// Ready is how many are called so: nothing stands against the others either that have no
// criteria yet or are only unsure of something, and they are counted by themselves.
func (r Readiness) Ready() int { return r.Before - r.Bare - r.Unsure }

// Lacking says, behind the number of those that are ready, how many are unsure of something,
// and how many have no criteria.
func (r Readiness) Lacking() (line string) {
	if r.Unsure > 0 {
		line = fmt.Sprintf(", %d unsure", r.Unsure)
	}
	if r.Bare > 0 {
		line += fmt.Sprintf(", %d without criteria yet", r.Bare)
	}
	return line
}

// String are the counts, and what no talk settles.
func (r Readiness) String() string {
	line := r.Counts()
	if n := r.Items - r.Aim; n > 0 {
		others := text.Agree(n, "the other", fmt.Sprintf("the other %d", n))
		if r.Aim == 0 {
			others = text.Agree(n, "that", "them")
		}
		line += "; no talk settles " + others
	}
	if left := r.beyond(); len(left) > 0 {
		line += ": " + strings.Join(left, ", ")
	}
	return line
}

// Status is whether an item is ready by the session's rules, in words (L8).
func (i Item) Status() string {
	switch {
	case i.Bare:
		return bareStatus
	case !i.Ready:
		return "Not ready"
	case strings.HasPrefix(i.Verdict, draft.Unsure):
		return draft.Unsure
	}
	return "Ready"
}

// bareStatus is that of an item which nothing else is found against.
const bareStatus = "No criteria yet"

// Told is what the plan says of an item: whether it is ready, and why not or what for.
// What rules call ready is what they have found nothing in; whether it is, people see.
func (i Item) Told() string {
	status := i.Status()
	switch status {
	case draft.Unsure:
		return i.Verdict
	case "Ready":
		status = "Nothing found against it"
	}
	return strings.TrimSpace(status + ". " + i.Verdict)
}

// beyond names what no talk can settle, those with one reason together.
func (r Readiness) beyond() (left []string) {
	var told []string
	for _, b := range r.Beyond {
		if slices.Contains(told, b.Reason) {
			continue
		}
		told = append(told, b.Reason)
		var keys []string
		for _, o := range r.Beyond {
			if o.Reason == b.Reason {
				keys = append(keys, o.Key)
			}
		}
		left = append(left, text.Enumerate(keys)+text.Agree(len(keys), " is ", " are ")+strings.TrimPrefix(b.Reason, "is "))
	}
	return left
}

// Beside are the findings that neither the verdict nor an assumption tells: milder
// signs. A number of points or subtasks alone is none.
func (i Item) Beside() []ready.Finding {
	twin := slices.ContainsFunc(i.Findings, func(f ready.Finding) bool { return f.Blocks && f.Message == ready.SaysSame })
	return slices.DeleteFunc(slices.Clone(i.Findings), func(f ready.Finding) bool {
		return f.Blocks || twin && f.Rule == ready.RuleUnique || f.Rule == ready.RuleStale || f.OfStory() || f.Rule == ready.RuleSize && len(f.Evidence) == 0
	})
}

// ServesLine says which objectives the item serves and by what that shows, that it
// serves none where there are some, or nothing where nobody named any (L16).
func (p Plan) ServesLine(i Item) string {
	if len(p.Objectives) == 0 && len(i.Serves) == 0 {
		return ""
	}
	if len(i.Serves) == 0 {
		return "none of the objectives, as far as the ticket says"
	}
	return served(i.Serves)
}

// ServesBeside is what the item serves beside the session's epic and what already says
// why it matters now, empty if that is all.
func (p Plan) ServesBeside(i Item) string {
	others := slices.DeleteFunc(slices.Clone(i.Serves), func(s brief.Serves) bool {
		return p.Epic != nil && strings.HasPrefix(s.Objective, p.Epic.Key+" ") || strings.Contains(i.Why, strings.TrimPrefix(s.Objective, "release "))
	})
	if len(others) == 0 && len(i.Serves) > 0 {
		return ""
	}
	i.Serves = others
	return p.ServesLine(i)
}

func served(all []brief.Serves) string {
	var parts []string
	for _, s := range all {
		parts = append(parts, fmt.Sprintf("%s (%s)", s.Objective, s.By))
	}
	return strings.Join(parts, "; ")
}
