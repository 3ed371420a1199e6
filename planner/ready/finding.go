package ready

import (
	"cmp"
	"slices"

	"refine/planner/text"
	"refine/planner/ticket"
)

// A finding is a [Finding] with what it costs to leave it.
type finding struct {
	Finding
	weight int
}

// findings are what of the team's rules a ticket does not meet by itself, the
// most costly first.
func (r *Reading) findings(by standard) (out []finding) {
	for n := range knownRules {
		k := &knownRules[n]
		if k.find != nil && by.ready.severity(k.ID, r.issue.Type) != Off {
			out = append(out, weighed(k.find(r, by), r.issue.Type, by.ready)...)
		}
	}
	return sorted(append(out, r.teamRules(by.ready)...))
}

// weighed lets the team decide which findings block. What it switched off is
// dropped; what it left alone blocks as it was found.
func weighed(found []Finding, kind string, d Definition) (out []finding) {
	for _, f := range found {
		k := ruleOf(f.Rule)
		switch d.severity(f.Rule, kind) {
		case Off:
			continue
		case Required:
			f.Blocks = true
		case Advice:
			f.Blocks = false
		}
		f.INVEST = k.INVEST
		out = append(out, finding{f, k.weight})
	}
	return out
}

func sorted(found []finding) []finding {
	slices.SortStableFunc(found, func(a, b finding) int { return cmp.Compare(b.rank(), a.rank()) })
	return found
}

func (f finding) rank() int {
	if f.Blocks {
		return f.weight + 100
	}
	return f.weight
}

// plain are the findings without their weights; never nil.
func plain(found []finding) []Finding {
	out := make([]Finding, len(found))
	for n, f := range found {
		out[n] = f.Finding
	}
	return out
}

// blocked reports whether something keeps the item from being ready.
func blocked(found []finding) bool {
	return slices.ContainsFunc(found, func(f finding) bool { return f.Blocks })
}

// blocking is a finding that blocks, shown by evidence.
func blocking(rule, message string, shown ...ticket.Evidence) []Finding {
	return []Finding{{Rule: rule, Message: message, Blocks: true, Evidence: append([]ticket.Evidence{}, shown...)}}
}

// String is the finding's message with what shows it, on one line.
func (f Finding) String() string {
	if shown := quoted(f.Evidence); shown != "" {
		return f.Message + ": " + shown
	}
	return f.Message
}

// quoted lists quotes, each with where it stands.
func quoted(evidence []ticket.Evidence) string {
	var parts []string
	for _, e := range evidence {
		parts = append(parts, e.String()+" ("+e.Where+")")
	}
	return text.Enumerate(parts)
}
