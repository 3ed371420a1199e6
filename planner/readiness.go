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

// Gaps is in how many items a gap was found.
func (r Readiness) Gaps() int { return r.Items - r.Before }

// String is before and after on one line. A program finds gaps; that a ticket has none
// it does not know.
func (r Readiness) String() string {
	gaps := r.Gaps()
	line := fmt.Sprintf("A gap was found in %d of %s", gaps, text.Counted(r.Items, "ticket"))
	switch closing := r.Aim - r.Before; {
	case gaps == 0:
	case closing == gaps:
		line += "; the session is to close " + text.Agree(gaps, "it", "them")
	case closing == 0:
		line += "; no talk closes " + text.Agree(gaps, "it", "them")
	default:
		line += fmt.Sprintf("; the session is to close %d, and no talk closes %s", closing, text.Agree(gaps-closing, "the other", fmt.Sprintf("the other %d", gaps-closing)))
	}
	if left := r.beyond(); len(left) > 0 {
		line += ": " + strings.Join(left, ", ")
	}
	return line
}

// GapFound heads what is missing in an item.
const GapFound = "Gap found"

// Confirm heads what an item without a gap says, in built-in words.
const Confirm = draft.Confirm

// Told is what the plan says of an item: its gap, or what is known of it, if anything.
func (i Item) Told() string {
	if i.Ready {
		return i.Verdict
	}
	return strings.TrimSpace(GapFound + ". " + i.Verdict)
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
	return slices.DeleteFunc(slices.Clone(i.Findings), func(f ready.Finding) bool {
		return f.Blocks || f.Rule == ready.RuleStale || f.OfStory() || f.Rule == ready.RuleSize && len(f.Evidence) == 0
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
