package picture

import (
	"cmp"
	"slices"
	"strings"

	"refine/planner"
	"refine/planner/ready"
	"refine/planner/text"
)

// A Grid is the items in which a gap was found, now or before, by the rules that it was
// found by. It marks what was found and no more: that a rule is met nobody knows who
// only finds faults.
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
	Ready, WasReady bool   // no gap was found; the same where nothing is known of before
}

// gap reports whether a gap is or was found in the item.
func (r Row) gap() bool {
	return !r.Ready || !r.WasReady || slices.ContainsFunc(r.Marks, func(m Mark) bool { return m.Now == Open || m.Was == Open })
}

// A Mark is how an item stands with a rule.
type Mark struct{ Now, Was State }

// State is a word and a colour.
type State string

// The states of a mark. Was is [Same] where nothing is known of before, or it was
// no different.
const (
	Open State = "open"
	None State = "·" // no gap was found
	Same State = ""
)

// short says what a rule asks for. Others are called by their id.
var short = map[string]string{
	ready.RuleNoDescription: "described", ready.RuleCriteria: "checkable", ready.RuleOpenQuestion: "all answered",
	ready.RuleDependency: "can start", ready.RuleSize: "one ticket", ready.RuleVague: "measurable",
	ready.RuleUnique: "no double", ready.RuleStale: "up to date",
}

// GridOf is which gaps were found in the plan's items, by the rules in their order.
func GridOf(p planner.Plan) Grid {
	g, _ := gridOf(p, nil)
	return g.withGaps()
}

// withGaps leaves out the items in which no gap is or was found.
func (g Grid) withGaps() Grid {
	g.Rows = slices.DeleteFunc(g.Rows, func(r Row) bool { return !r.gap() })
	return g
}

// gridOf has a column for each rule that is not met, or was not before: unmet are the
// rules, by item, that a page remembers so. ids are the rules of the first columns.
func gridOf(p planner.Plan, unmet map[string][]string) (g Grid, ids []string) {
	for _, item := range p.Items {
		g.Rows = append(g.Rows, Row{Key: item.Issue.Key, Ready: item.Ready, WasReady: item.Ready})
	}
	for _, id := range required(p.Items) {
		gap := func(i planner.Item) bool {
			// Where nothing is described, no result is said either.
			return open(i.Rules, id) || id == ready.RuleCriteria && open(i.Rules, ready.RuleNoDescription)
		}
		if slices.ContainsFunc(p.Items, func(i planner.Item) bool { return open(i.Rules, id) }) || slices.ContainsFunc(p.Items, func(i planner.Item) bool { return slices.Contains(unmet[i.Issue.Key], id) }) {
			ids = append(ids, id)
			g.column(cmp.Or(short[id], strings.ReplaceAll(id, "-", " ")), p.Items, gap)
		}
	}
	// What the writer of the words found to settle first, where no rule did.
	if objected := func(i planner.Item) bool { return i.Objected }; slices.ContainsFunc(p.Items, objected) {
		g.column("an objection", p.Items, objected)
	}
	return g, ids
}

// column adds a rule.
func (g *Grid) column(name string, items []planner.Item, gap func(planner.Item) bool) {
	g.Rules = append(g.Rules, name)
	for n, item := range items {
		m := Mark{Now: None}
		if gap(item) {
			m.Now = Open
		}
		g.Rows[n].Marks = append(g.Rows[n].Marks, m)
	}
}

// Compare is the grid of a plan beside what its page remembers of the items as
// people first read of them. ok is false where no item stands otherwise than then.
func Compare(before map[string]planner.Facts, p planner.Plan) (g Grid, ok bool) {
	unmet := map[string][]string{}
	for key, was := range before {
		unmet[key] = strings.Fields(was.Unmet)
	}
	g, ids := gridOf(p, unmet)
	g.Compared = true
	for i := range g.Rows {
		row := &g.Rows[i]
		was, known := before[row.Key]
		if !known || was.SummaryHash == "" {
			continue
		}
		row.WasReady = was.Ready
		ok = ok || row.WasReady != row.Ready
		if !was.Ready && was.Unmet == "" {
			continue // it is not remembered what was missing
		}
		for n, id := range ids {
			if m := &row.Marks[n]; slices.Contains(unmet[row.Key], id) && m.Now != Open {
				m.Was, ok = Open, true
			} else if !slices.Contains(unmet[row.Key], id) && m.Now == Open {
				m.Was, ok = None, true
			}
		}
	}
	return g.withGaps(), ok && len(g.Rules) > 0
}

// required lists the rules that are required of one of the items, in their order.
func required(items []planner.Item) (ids []string) {
	for _, item := range items {
		for _, r := range item.Rules {
			if r.Severity == ready.Required && r.State != ready.NotApplicable && !slices.Contains(ids, r.Rule) {
				ids = append(ids, r.Rule)
			}
		}
	}
	return ids
}

// open reports whether a required rule is not met.
func open(all ready.Results, rule string) bool {
	return slices.ContainsFunc(all.Required().In(ready.NotMet), func(r ready.Result) bool { return r.Rule == rule })
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
		parts = append(parts, strings.TrimSpace(row.Key+" "+text.Enumerate(open)))
	}
	return "Open: " + strings.Join(parts, "; ") + "."
}

// told says what is otherwise than before, item by item.
func (g Grid) told() (parts []string) {
	for _, row := range g.Rows {
		var changes []string
		for i, m := range row.Marks {
			switch {
			case m.Was == Same:
			case m.Now == Open:
				changes = append(changes, g.Rules[i]+" now open")
			default:
				changes = append(changes, g.Rules[i]+" no longer open")
			}
		}
		line := row.Key + " " + gapTold[row.WasReady][row.Ready]
		if len(changes) > 0 {
			line += " (" + strings.Join(changes, ", ") + ")"
		}
		parts = append(parts, line)
	}
	return parts
}

// gapTold says whether a gap was found, by whether there was none before and is none now.
var gapTold = map[bool]map[bool]string{
	false: {false: "has a gap, as before", true: "has that gap no more"},
	true:  {false: "has a gap, which is new", true: "is as before"},
}

// Counts are in how many items a gap was found before, and is now.
func (g Grid) Counts() (before, now int) {
	for _, row := range g.Rows {
		if !row.WasReady {
			before++
		}
		if !row.Ready {
			now++
		}
	}
	return before, now
}
