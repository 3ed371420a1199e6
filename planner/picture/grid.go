package picture

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner"
	"refine/planner/ready"
	"refine/planner/text"
)

// A Grid is the session's items by the rules that keep one from being ready.
type Grid struct {
	Rules []string // what each is about, in two words
	Rows  []Row
	// Compared says that the rows tell what was before.
	Compared bool
}

// A Row is an item.
type Row struct {
	Key             string
	Marks           []Mark // by rule
	Ready, WasReady bool   // the same where nothing is known of before
}

// A Mark is how an item stands with a rule.
type Mark struct{ Now, Was State }

// State is a word and a colour.
type State string

// The states of a mark. Was is [Same] where nothing is known of before, or it was
// no different.
const (
	Met    State = "met"
	Open   State = "open"
	Unread State = "–" // the rule is not about this item
	Same   State = ""
)

// short says what a rule asks for. Others are called by their id.
var short = map[string]string{
	ready.RuleNoDescription: "described", ready.RuleCriteria: "result said", ready.RuleOpenQuestion: "all answered",
	ready.RuleDependency: "can start", ready.RuleSize: "one ticket", ready.RuleVague: "measurable",
	ready.RuleUnique: "no double", ready.RuleStale: "up to date",
}

// GridOf is how the plan's items stand with the rules that block one of them, or
// would.
func GridOf(p planner.Plan) Grid {
	rules := blocking(p.Items)
	g := Grid{}
	for _, id := range rules {
		name, known := short[id]
		if !known {
			name = strings.ReplaceAll(id, "-", " ")
		}
		g.Rules = append(g.Rules, name)
	}
	for _, item := range p.Items {
		row := Row{Key: item.Issue.Key, Ready: item.Ready, WasReady: item.Ready}
		for _, id := range rules {
			row.Marks = append(row.Marks, Mark{Now: stateOf(item.Rules, id)})
		}
		g.Rows = append(g.Rows, row)
	}
	g.objections(p.Items)
	return g
}

// objections adds what the writer of the words found to settle first, where no rule
// did: without it a row that meets every rule would stand beside "not ready".
func (g *Grid) objections(items []planner.Item) {
	if !slices.ContainsFunc(items, func(i planner.Item) bool { return i.Objected }) {
		return
	}
	g.Rules = append(g.Rules, "no objection")
	for n, item := range items {
		state := Met
		if item.Objected {
			state = Open
		}
		g.Rows[n].Marks = append(g.Rows[n].Marks, Mark{Now: state})
	}
}

// Compare is the grid of a plan beside what its page remembers of the items as
// people first read of them. ok is false where no item stands otherwise than then.
func Compare(before map[string]planner.Facts, p planner.Plan) (g Grid, ok bool) {
	g = GridOf(p)
	g.Compared = true
	rules := blocking(p.Items)
	for i := range g.Rows {
		row := &g.Rows[i]
		was, known := before[row.Key]
		if !known || was.SummaryHash == "" {
			continue
		}
		row.WasReady = was.Ready
		ok = ok || row.WasReady != row.Ready
		unmet := strings.Fields(was.Unmet)
		if !was.Ready && len(unmet) == 0 {
			continue // it is not remembered what was missing
		}
		for n, id := range rules {
			if m := &row.Marks[n]; slices.Contains(unmet, id) && m.Now != Open {
				m.Was, ok = Open, true
			} else if !slices.Contains(unmet, id) && m.Now == Open {
				m.Was, ok = Met, true
			}
		}
	}
	return g, ok && len(g.Rules) > 0
}

// blocking lists the rules that are required of one of the items, in their order.
func blocking(items []planner.Item) (ids []string) {
	for _, item := range items {
		for _, r := range item.Rules {
			if r.Severity == ready.Required && r.State != ready.NotApplicable && !slices.Contains(ids, r.Rule) {
				ids = append(ids, r.Rule)
			}
		}
	}
	return ids
}

func stateOf(all ready.Results, rule string) State {
	for _, r := range all {
		switch {
		case r.Rule != rule:
		case r.State == ready.Met:
			return Met
		case r.State == ready.NotMet && r.Severity == ready.Required:
			return Open
		}
	}
	return Unread
}

// File implements [Picture].
func (g Grid) File() string {
	if g.Compared {
		return "refine-before-after.png"
	}
	return "refine-readiness.png"
}

// Words implements [Picture].
func (g Grid) Words() string {
	if g.Compared {
		return "Before and after: " + strings.Join(g.told(), "; ") + "."
	}
	var parts []string
	for _, row := range g.Rows {
		var open []string
		for i, m := range row.Marks {
			if m.Now == Open {
				open = append(open, g.Rules[i])
			}
		}
		said := "ready"
		switch {
		case len(open) > 0:
			said = "open: " + text.Enumerate(open)
		case !row.Ready:
			said = "not ready"
		}
		parts = append(parts, row.Key+" "+said)
	}
	return fmt.Sprintf("%d items by %d rules: %s.", len(g.Rows), len(g.Rules), strings.Join(parts, "; "))
}

// told says what is otherwise than before, item by item.
func (g Grid) told() (parts []string) {
	for _, row := range g.Rows {
		var changes []string
		for i, m := range row.Marks {
			if m.Was != Same {
				changes = append(changes, fmt.Sprintf("%s %s, was %s", g.Rules[i], m.Now, m.Was))
			}
		}
		state := map[bool]string{true: "ready", false: "not ready"}
		line := row.Key + " " + state[row.Ready]
		if row.Ready != row.WasReady {
			line += ", was " + state[row.WasReady]
		}
		if len(changes) > 0 {
			line += " (" + strings.Join(changes, ", ") + ")"
		}
		parts = append(parts, line)
	}
	return parts
}

// Counts are how many items were ready before, and are now.
func (g Grid) Counts() (before, now int) {
	for _, row := range g.Rows {
		if row.WasReady {
			before++
		}
		if row.Ready {
			now++
		}
	}
	return before, now
}
