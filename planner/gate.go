package planner

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"refine/planner/draft"
	"refine/planner/guide"
	"refine/planner/ticket"
)

// A Violation is a rule of the guide's prompt that a plan breaks.
type Violation struct {
	Rule   string `json:"rule"`   // "agenda", "questions"
	Detail string `json:"detail"` // what is wrong, and where
}

func (v Violation) String() string { return v.Rule + ": " + v.Detail }

// Gate lists what is wrong with a plan; nothing wrong is nil. It trusts nothing
// of how the plan was made, so it holds for any writer's words (L7).
func Gate(p Plan) []Violation {
	g := gate{plan: p, texts: quotable(p), keys: knownKeys(p)}
	g.items()
	g.agenda()
	g.keyPoints()
	g.questions()
	g.closing()
	g.assumptions()
	g.grounds()
	return g.found
}

type gate struct {
	plan  Plan
	texts []string        // that a plan may quote, by their words
	keys  map[string]bool // that a plan may name
	found []Violation
}

func (g *gate) want(ok bool, rule, format string, args ...any) {
	if !ok {
		g.found = append(g.found, Violation{rule, fmt.Sprintf(format, args...)})
	}
}

// knownKeys are the issues that the plan's input knows of.
func knownKeys(p Plan) map[string]bool {
	keys := map[string]bool{}
	add := func(ks ...string) {
		for _, k := range ks {
			keys[k] = true
		}
	}
	for _, i := range ticketsOf(p) {
		add(i.Key)
		for _, l := range i.Links {
			add(l.Key)
		}
		for _, r := range i.Subtasks {
			add(r.Key)
		}
		add(ticket.IssueKeys(i.Summary + "\n" + i.Description)...)
	}
	for _, d := range p.Deferred {
		add(d.Key)
	}
	add(p.Withheld...)
	return keys
}

func (g *gate) items() {
	p := g.plan
	g.want(len(p.Items) > 0, "items", "the session has no item")
	if !p.Capped {
		n := len(p.Items) + len(p.Deferred) + len(p.Withheld)
		g.want(n == p.Matched, "items", "%d of %d issues are accounted for", n, p.Matched)
	}
	for _, d := range p.Deferred {
		g.want(strings.TrimSpace(d.Reason) != "", "items", "%s is put off without a reason", d.Key)
	}
	ready, r := 0, p.Ready
	for _, i := range p.Items {
		if i.Ready {
			ready++
		}
		g.want(!i.Issue.Restricted, "items", "%s has a security level and may not be shown", i.Issue.Key)
		g.want(len(i.Rules) == 0 || i.Objected || i.Ready != i.Rules.Blocked(), "items", "%s is called ready or not against what its rules come to", i.Issue.Key)
		for _, f := range i.Findings {
			for _, e := range f.Evidence {
				g.quote(e.Quote, "finding "+f.Rule+" of "+i.Issue.Key)
			}
		}
		for _, r := range i.Rules {
			for _, e := range r.Evidence {
				g.quote(e.Quote, "rule "+r.Rule+" of "+i.Issue.Key)
			}
		}
	}
	g.want(r.Items == len(p.Items) && r.Before == ready && r.Aim == r.Items-len(r.Beyond), "items",
		"%d of %d are called ready and %d aimed at; it is %d of %d, with %d out of reach", r.Before, r.Items, r.Aim, ready, len(p.Items), len(r.Beyond))
}

func (g *gate) agenda() {
	p := g.plan
	timed := p.Guide.Boxes()
	if len(timed) == 0 || len(p.Agenda) != len(timed) {
		g.want(false, "agenda", "it has %d phases, the guide has %d", len(p.Agenda), len(timed))
		return
	}
	at, total := p.Session.Start, 0
	for n, ph := range p.Agenda {
		g.want(ph.Name == timed[n].Name, "agenda", "phase %d is called %q, the guide calls it %q", n+1, ph.Name, timed[n].Name)
		g.box(at, ph.Start, ph.End, ph.Minutes, ph.Name)
		at, total = ph.End, total+ph.Minutes
		g.slots(ph)
		if timed[n].Role.PerItem() {
			g.everyItem(ph)
		}
	}
	g.ranges(timed, total)
	g.want(len(p.Throughout) > 0, "agenda", "%s is missing", p.Guide.Throughout())
	g.want(strings.TrimSpace(p.Goal) != "", "agenda", "the meeting has no goal")
}

// box wants a timebox to begin where the last one ended, and its clock times to
// agree with its minutes.
func (g *gate) box(at, start, end time.Time, minutes int, name string) {
	g.want(start.Equal(at), "agenda", "%s begins at %s, not at %s", name, clock(start), clock(at))
	g.want(minutes > 0 && end.Sub(start) == time.Duration(minutes)*time.Minute, "agenda", "%s lasts from %s to %s, not %d minutes", name, clock(start), clock(end), minutes)
}

func clock(t time.Time) string { return t.Format("15:04") }

func (g *gate) slots(ph Phase) {
	at := ph.Start
	for _, s := range ph.Items {
		g.box(at, s.Start, s.End, s.Minutes, ph.Name+", "+s.Key)
		at = s.End
	}
	g.want(len(ph.Items) == 0 || at.Equal(ph.End), "agenda", "the items of %s end at %s, the phase at %s", ph.Name, clock(at), clock(ph.End))
}

// ranges wants each box inside the guide's range, or all of them scaled.
func (g *gate) ranges(timed []guide.Phase, total int) {
	low, high := g.plan.Guide.Span()
	asked := int(g.plan.Session.Duration / time.Minute)
	g.want(total == min(asked, high), "agenda", "its phases add up to %d minutes, the session has %d", total, asked)
	scaled := total < low
	for n, b := range timed {
		m := g.plan.Agenda[n].Minutes
		g.want(scaled && m <= b.Max || m >= b.Min && m <= b.Max, "agenda", "%s has %d minutes, the guide %d to %d", b.Name, m, b.Min, b.Max)
	}
	if scaled || total > int(guide.LongestUsual/time.Minute) {
		g.want(slices.ContainsFunc(g.plan.Assumptions, func(a string) bool { return strings.Contains(a, fmt.Sprintf("%d minutes", asked)) }),
			"assumptions", "a session of %d minutes is not stated", asked)
	}
}

// everyItem wants each item to have its time in the phase exactly once.
func (g *gate) everyItem(ph Phase) {
	times := map[string]int{}
	for _, s := range ph.Items {
		for _, key := range s.Keys() {
			if g.plan.Epic == nil || key != g.plan.Epic.Key {
				times[key]++
			}
		}
	}
	for _, i := range g.plan.Items {
		g.want(times[i.Issue.Key] == 1, "agenda", "%s has time for %s %d times", ph.Name, i.Issue.Key, times[i.Issue.Key])
	}
	g.want(len(times) == len(g.plan.Items), "agenda", "%s has time for %d items of %d", ph.Name, len(times), len(g.plan.Items))
}

func (g *gate) keyPoints() {
	n := len(g.plan.KeyPoints)
	g.want(n >= draft.Least && n <= draft.Most, "key points", "there are %d, not %d to %d", n, draft.Least, draft.Most)
	var texts []string
	for n, k := range g.plan.KeyPoints {
		where := fmt.Sprintf("key point %d", n+1)
		g.want(g.plan.Guide.Has(k.Guide), "key points", "%s: %q is no line of the guide", where, k.Guide)
		g.want(strings.TrimSpace(k.Text) != "", "key points", "%s is empty", where)
		g.want(len(k.Keys) > 0, "key points", "%s names no issue", where)
		for _, key := range k.Keys {
			g.want(g.keys[key], "key points", "%s names %s, which nobody gave", where, key)
		}
		texts = append(texts, k.Text)
	}
	g.differ("key points", texts)
}

func (g *gate) questions() {
	n := len(g.plan.Questions)
	g.want(n >= draft.Least && n <= draft.Most, "questions", "there are %d, not %d to %d", n, draft.Least, draft.Most)
	var texts []string
	for n, q := range g.plan.Questions {
		where := fmt.Sprintf("question %d", n+1)
		g.want(strings.HasSuffix(strings.TrimSpace(q.Text), "?"), "questions", "%s asks nothing", where)
		g.want(g.keys[q.Key] && strings.Contains(q.Text, q.Key), "questions", "%s cites no issue of the session", where)
		g.want(q.Quote == "" || strings.Contains(q.Text, q.Quote), "questions", "%s does not show its quote", where)
		texts = append(texts, q.Text)
	}
	g.differ("questions", texts)
}

// differ wants no text twice.
func (g *gate) differ(rule string, texts []string) {
	for n, t := range texts {
		g.want(!slices.Contains(texts[:n], t), rule, "%d stands there twice", n+1)
	}
}

func (g *gate) closing() {
	text := strings.TrimSpace(g.plan.Closing)
	n := len(closingSentences(text))
	g.want(n >= 2 && n <= 3, "closing", "it has %d sentences, not 2 or 3", n)
	g.want(slices.ContainsFunc(ticket.IssueKeys(text), func(k string) bool { return g.keys[k] }), "closing", "it names no issue of the session")
}

func (g *gate) assumptions() {
	g.want(len(g.plan.Assumptions) > 0, "assumptions", "none is stated, though no plan has all of its inputs")
	for n, a := range g.plan.Assumptions {
		g.want(strings.TrimSpace(a) != "", "assumptions", "number %d is empty", n+1)
	}
}
