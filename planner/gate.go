package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"refine/planner/guide"
)

// A Violation is a rule of the guide's prompt that a plan breaks.
type Violation struct {
	Rule   string `json:"rule"`   // "agenda", "questions"
	Detail string `json:"detail"` // what is wrong, and where
}

func (v Violation) String() string { return v.Rule + ": " + v.Detail }

// Gate lists what is wrong with a plan; nothing wrong is nil. It trusts
// nothing of how the plan was made, so it holds for any draft (L7).
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
	texts map[string][]*source // by key; "" holds what links and the guide say
	keys  map[string]bool      // that a plan may name
	found []Violation
}

func (g *gate) want(ok bool, rule, format string, args ...any) {
	if !ok {
		g.found = append(g.found, Violation{rule, fmt.Sprintf(format, args...)})
	}
}

// quotable are the texts that a plan may quote.
func quotable(p Plan) map[string][]*source {
	texts := map[string][]*source{"": {newSource("guide", p.Guide.Text())}}
	for _, i := range shownIssues(p) {
		add := func(key, where, raw string) { texts[key] = append(texts[key], newSource(where, raw)) }
		add(i.Key, "key", i.Key) // names an issue whose title cannot be quoted
		add(i.Key, "summary", i.Summary)
		add(i.Key, "description", i.Description)
		add(i.Key, "acceptance criteria", i.AcceptanceCriteria)
		for _, c := range i.Comments {
			add(i.Key, "comment", c.Body)
		}
		for _, l := range i.Links {
			add("", "link", l.Summary)
			add(i.Key, "link", linkNamed(l))
		}
		for _, a := range i.Attachments {
			add(i.Key, "attachment", a.Name)
		}
		if i.StoryPoints != nil {
			add(i.Key, "story points", fmt.Sprintf("%g", *i.StoryPoints))
		}
		add("", "person", i.Reporter.Name)
		if i.Sprint != nil {
			add("", "sprint goal", i.Sprint.Goal)
		}
		for _, v := range i.FixVersions {
			add("", "release", v.Name)
		}
	}
	for _, ph := range p.Guide.Phases() {
		texts[""] = append(texts[""], newSource("phase", ph.Name)) // its minutes may stand in the middle of it
	}
	for _, o := range p.Objectives {
		texts[""] = append(texts[""], newSource("objective", o))
	}
	for _, l := range p.CarryOver.All() {
		texts[""] = append(texts[""], newSource("previous session", l.Words()))
	}
	return texts
}

func shownIssues(p Plan) (out []Issue) {
	for _, i := range p.Items {
		out = append(out, i.Issue)
	}
	if p.Epic != nil {
		out = append(out, *p.Epic)
	}
	return out
}

// knownKeys are the issues that the plan's input knows of.
func knownKeys(p Plan) map[string]bool {
	keys := map[string]bool{}
	add := func(ks ...string) {
		for _, k := range ks {
			keys[k] = true
		}
	}
	for _, i := range shownIssues(p) {
		add(i.Key)
		for _, l := range i.Links {
			add(l.Key)
		}
		for _, r := range i.Subtasks {
			add(r.Key)
		}
		add(IssueKeys(i.Summary + "\n" + i.Description)...)
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
	g.readiness()
	for _, d := range p.Deferred {
		g.want(strings.TrimSpace(d.Reason) != "", "items", "%s is put off without a reason", d.Key)
	}
	for _, i := range p.Items {
		g.want(!i.Issue.Restricted, "items", "%s has a security level and may not be shown", i.Issue.Key)
		g.rules(i)
		if i.Invest.Split != nil {
			for _, e := range i.Invest.Split.Parts {
				g.quote(i.Issue.Key, e.Quote, "split of "+i.Issue.Key)
			}
		}
		for _, f := range i.Findings {
			for _, e := range f.Evidence {
				g.quote(i.Issue.Key, e.Quote, "finding "+f.Rule+" of "+i.Issue.Key)
			}
		}
	}
}

// rules wants what shows a rule to stand in the ticket, and the item to be ready
// exactly if no required rule is broken.
func (g *gate) rules(i Item) {
	for _, r := range i.Rules {
		for _, e := range r.Evidence {
			g.quote(i.Issue.Key, e.Quote, "rule "+r.Rule+" of "+i.Issue.Key)
		}
	}
	g.want(len(i.Rules) == 0 || i.Ready != i.Rules.blocked(), "items", "%s is called ready or not against what its rules come to", i.Issue.Key)
}

// readiness wants before and after to be what the items say.
func (g *gate) readiness() {
	ready, r := 0, g.plan.Ready
	for _, i := range g.plan.Items {
		if i.Ready {
			ready++
		}
	}
	g.want(r.Items == len(g.plan.Items) && r.Before == ready && r.Aim == r.Items-len(r.Beyond), "items",
		"%d of %d are called ready and %d aimed at; it is %d of %d, with %d out of reach", r.Before, r.Items, r.Aim, ready, len(g.plan.Items), len(r.Beyond))
}

// quote wants q to stand in one of the texts of key.
func (g *gate) quote(key, q, where string) {
	held := func(s *source) bool { return s.holds(q) }
	g.want(strings.TrimSpace(q) != "" && slices.ContainsFunc(g.texts[key], held), "quotes", "%s quotes “%s”, which does not stand in %s", where, q, key)
}

func (g *gate) agenda() {
	p := g.plan
	timed := p.Guide.Boxes()
	if len(timed) == 0 {
		g.want(false, "agenda", "the plan follows no guide")
		return
	}
	if len(p.Agenda) != len(timed) {
		g.want(false, "agenda", "it has %d phases, the guide has %d", len(p.Agenda), len(timed))
		return
	}
	at, total := p.Session.Start, 0
	for n, ph := range p.Agenda {
		g.want(ph.Name == timed[n].Name, "agenda", "phase %d is called %q, the guide calls it %q", n+1, ph.Name, timed[n].Name)
		g.box(at, ph.Start, ph.End, ph.Minutes, ph.Name)
		at, total = ph.End, total+ph.Minutes
		g.slots(ph)
	}
	g.ranges(total)
	for n, b := range timed {
		if b.Role.PerItem() {
			g.everyItem(p.Agenda[n])
		}
	}
	g.want(len(p.Throughout) > 0, "agenda", "%s is missing", p.throughout(""))
}

// box wants a timebox to begin where the last one ended, and its clock times to
// agree with its minutes.
func (g *gate) box(at, start, end time.Time, minutes int, name string) {
	g.want(start.Equal(at), "agenda", "%s begins at %s, not at %s", name, clock(start), clock(at))
	g.want(minutes > 0 && end.Sub(start) == time.Duration(minutes)*time.Minute, "agenda", "%s lasts from %s to %s, not %d minutes", name, clock(start), clock(end), minutes)
}

func (g *gate) slots(ph Phase) {
	at := ph.Start
	for _, s := range ph.Items {
		g.box(at, s.Start, s.End, s.Minutes, ph.Name+", "+s.Key)
		at = s.End
	}
	g.want(len(ph.Items) == 0 || at.Equal(ph.End), "agenda", "the items of %s end at %s, the phase at %s", ph.Name, clock(at), clock(ph.End))
}

// ranges wants each box inside the guide's range, or all of them scaled.
func (g *gate) ranges(total int) {
	low, high := g.plan.Guide.Span()
	asked := int(g.plan.Session.Duration / time.Minute)
	g.want(total == min(asked, high), "agenda", "its phases add up to %d minutes, the session has %d", total, asked)
	scaled := total < low
	for n, b := range g.plan.Guide.Boxes() {
		m := g.plan.Agenda[n].Minutes
		g.want(scaled && m <= b.Max || m >= b.Min && m <= b.Max, "agenda", "%s has %d minutes, the guide %d to %d", b.Name, m, b.Min, b.Max)
	}
	if scaled || total > int(guide.LongestUsual/time.Minute) {
		g.want(slices.ContainsFunc(g.plan.Assumptions, func(a string) bool { return strings.Contains(a, fmt.Sprintf("%d minutes", asked)) }),
			"assumptions", "a session of %d minutes is not stated", asked)
	}
}

func (g *gate) everyItem(ph Phase) {
	for _, i := range g.plan.Items {
		g.want(slices.ContainsFunc(ph.Items, func(s Slot) bool { return s.Key == i.Issue.Key || slices.Contains(s.With, i.Issue.Key) }), "agenda", "%s has no time for %s", ph.Name, i.Issue.Key)
	}
	own := 0
	for _, s := range ph.Items {
		if s.Topic == "" {
			own += 1 + len(s.With)
		}
	}
	g.want(own == len(g.plan.Items), "agenda", "%s has time for %d items of %d", ph.Name, own, len(g.plan.Items))
}

func (g *gate) keyPoints() {
	n := len(g.plan.KeyPoints)
	g.want(n >= leastPoints && n <= mostPoints, "key points", "there are %d, not %d to %d", n, leastPoints, mostPoints)
	for n, k := range g.plan.KeyPoints {
		where := fmt.Sprintf("key point %d", n+1)
		g.want(g.plan.Guide.Has(k.Guide), "key points", "%s: %q is no line of the guide", where, k.Guide)
		g.want(strings.TrimSpace(k.Text) != "", "key points", "%s is empty", where)
		g.want(len(k.Keys) > 0, "key points", "%s names no issue", where)
		for _, key := range k.Keys {
			g.want(g.keys[key], "key points", "%s names %s, which nobody gave", where, key)
		}
	}
	g.unlike("key points", pointTexts(g.plan))
}

func pointTexts(p Plan) (out []string) {
	for _, k := range p.KeyPoints {
		out = append(out, k.Text)
	}
	return out
}

func questionTexts(p Plan) (out []string) {
	for _, q := range p.Questions {
		out = append(out, q.Text)
	}
	return out
}

// aboutSolution is talk of how and how much, which refinement is not about.
var aboutSolution = regexp.MustCompile(`(?i)\b(?:story points?|estimat\w+|how (?:long will|many days|much effort|much work|should we (?:build|implement)|do we (?:build|implement)|can we (?:build|implement))|t-shirt siz\w+|which (?:framework|library|tool|technology)|planning poker|man[- ]days?)\b`)

func (g *gate) questions() {
	n := len(g.plan.Questions)
	g.want(n >= leastPoints && n <= mostPoints, "questions", "there are %d, not %d to %d", n, leastPoints, mostPoints)
	for n, q := range g.plan.Questions {
		where := fmt.Sprintf("question %d", n+1)
		g.want(strings.HasSuffix(strings.TrimSpace(q.Text), "?"), "questions", "%s asks nothing", where)
		g.want(g.keys[q.Key] && strings.Contains(q.Text, q.Key), "questions", "%s cites no issue of the session", where)
		g.want(q.Quote != "" || q.Lacks != "" || len(IssueKeys(q.Text)) > 1, "questions", "%s neither quotes %s nor says what it lacks", where, q.Key)
		if q.Quote != "" {
			g.quote(q.Key, q.Quote, where)
			g.want(strings.Contains(q.Text, q.Quote), "questions", "%s does not show its quote", where)
		}
		g.want(!aboutSolution.MatchString(ourQuote.ReplaceAllString(q.Text, "")), "questions", "%s is about the solution or the estimate", where)
	}
	g.unlike("questions", questionTexts(g.plan))
}

// unlike wants texts to differ in more than their quotes and keys.
func (g *gate) unlike(rule string, texts []string) {
	seen := map[string]int{}
	for n, t := range texts {
		wording := bare(t)
		if m, ok := seen[wording]; ok {
			g.want(false, rule, "%d and %d have the same wording", m, n+1)
		}
		seen[wording] = n + 1
	}
}

func (g *gate) closing() {
	text := strings.TrimSpace(g.plan.Closing)
	n := len(sentences(ourQuote.ReplaceAllString(text, "x")))
	g.want(n >= 2 && n <= 3, "closing", "it has %d sentences, not 2 or 3", n)
	g.want(slices.ContainsFunc(IssueKeys(text), func(k string) bool { return g.keys[k] }), "closing", "it names no issue of the session")
}

func (g *gate) assumptions() {
	g.want(len(g.plan.Assumptions) > 0, "assumptions", "none is stated, though no plan has all of its inputs")
	for n, a := range g.plan.Assumptions {
		g.want(strings.TrimSpace(a) != "", "assumptions", "number %d is empty", n+1)
	}
}

// grounds wants every quotation of the plan to stand in some text that was
// given.
func (g *gate) grounds() {
	for where, texts := range allTexts(g.plan) {
		for _, text := range texts {
			for _, q := range quotesIn(text) {
				g.want(g.stands(q), "quotes", "%s quotes “%s”, which stands nowhere", where, q)
			}
		}
	}
	slices.SortFunc(g.found, func(a, b Violation) int { return strings.Compare(a.String(), b.String()) })
}

func (g *gate) stands(q string) bool {
	if structural[q] {
		return true
	}
	for _, sources := range g.texts {
		if slices.ContainsFunc(sources, func(s *source) bool { return s.holds(q) }) {
			return true
		}
	}
	return false
}

// structural are the plan's own headings, which it may quote.
var structural = map[string]bool{"Before": true}

// allTexts are the plan's own texts by where they stand.
func allTexts(p Plan) map[string][]string {
	out := map[string][]string{
		"before": p.Before, "throughout": p.Throughout, "after": p.After, "closing": {p.Closing},
		"assumptions": p.Assumptions, "key points": pointTexts(p), "questions": questionTexts(p),
	}
	for _, ph := range p.Agenda {
		out["agenda"] = append(out["agenda"], ph.Lines...)
		for _, s := range ph.Items {
			out["agenda"] = append(out["agenda"], s.Note)
		}
	}
	for _, i := range p.Items {
		out["items"] = append(append(out["items"], i.Why), i.Questions...)
		for _, f := range i.Findings {
			out["items"] = append(out["items"], f.Message)
		}
		for _, r := range i.Rules {
			out["items"] = append(out["items"], r.Note)
		}
		for _, s := range i.Serves {
			out["items"] = append(out["items"], s.Evidence)
		}
	}
	return out
}
