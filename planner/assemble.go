package planner

import (
	"cmp"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/draft"
	"refine/planner/guide"
	"refine/planner/outcome"
	"refine/planner/talks"
	"refine/planner/text"
	"refine/planner/ticket"
)

// assemble puts what is known, how it is arranged and how it is worded into one
// plan.
func (p *Preparation) assemble(d draft.Draft, by Draft) Plan {
	around := draft.WriteAround(p.Input, d)
	plan := Plan{
		Session: p.in.Session, Guide: p.Guide, Matched: max(p.in.Matched, len(p.in.Issues)) - p.Brief.Repeated, Capped: p.in.Capped,
		Withheld: p.Brief.Withheld, CarryOver: hidden(p.Brief), Goal: d.Goal.Text,
		Before: around.Before, Throughout: around.Throughout, After: around.After,
		Draft: by, HeldBox: p.in.HeldBox, SplitForm: p.in.SplitForm,
	}
	if p.Brief.Epic != nil {
		plan.Epic = &p.Brief.Epic.Issue
	}
	plan.Given = len(p.in.Objectives) > 0
	for _, o := range p.Brief.Objectives {
		plan.Objectives = append(plan.Objectives, o.Title())
	}
	if p.Guide.Estimates() {
		plan.Sizing = p.in.Estimation.Sizing()
	}
	plan.Deferred = p.deferred()
	plan.Items = p.items(d, plan)
	plan.Ready = p.readiness(plan.Items)
	plan.Agenda = p.agenda(d, around, plan.Sizing)
	plan.KeyPoints, plan.Questions = points(d), questions(d)
	plan.Closing = sentences(d.Closing)
	plan.Assumptions = p.assumptions(plan)
	return plan
}

func points(d draft.Draft) (out []KeyPoint) {
	for _, l := range d.KeyPoints {
		out = append(out, KeyPoint{Text: l.Text, Guide: l.Guide, Keys: unique(l.Keys)})
	}
	return out
}

func questions(d draft.Draft) (out []Question) {
	for _, l := range d.Questions {
		q := Question{Text: l.Text, Key: l.Keys[0]}
		if quotes := draft.Quotes(l.Text); len(quotes) > 0 {
			q.Quote = quotes[0]
		}
		if i := slices.IndexFunc(l.Claims, func(c draft.Claim) bool { return c.Kind == draft.Absent }); i >= 0 {
			q.Lacks = cmp.Or(l.Claims[i].Name, l.Claims[i].Words)
		}
		out = append(out, q)
	}
	return out
}

func unique(keys []string) (out []string) {
	for _, k := range keys {
		if !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

func sentences(lines []draft.Line) string {
	var all []string
	for _, l := range lines {
		all = append(all, l.Text)
	}
	return strings.Join(all, " ")
}

// deferred are what found no time, and epics that stand among tickets.
func (p *Preparation) deferred() (out []Deferred) {
	for _, l := range p.Talks.PutOff {
		out = append(out, Deferred(l))
	}
	for _, i := range p.Brief.Aside {
		out = append(out, Deferred{Key: i.Key, Summary: i.Summary, URL: i.URL, Reason: EpicReason + i.Key})
	}
	return out
}

// EpicReason and its key say why an epic is none of the items.
const EpicReason = "is an epic; plan its children with --epic "

// hidden is the carry-over as this plan may show it: of an issue with a security
// level only its key (P7).
func hidden(b *brief.Brief) *outcome.CarryOver {
	c := b.CarryOver
	if c == nil || len(c.Parts) == 0 {
		return nil
	}
	secret := slices.Clone(b.Withheld)
	if b.Epic != nil && b.Epic.Issue.Restricted {
		secret = append(secret, b.Epic.Issue.Key)
	}
	out := *c
	out.Parts = slices.Clone(c.Parts)
	for n, part := range out.Parts {
		out.Parts[n].Lines = slices.Clone(part.Lines)
		for i, l := range part.Lines {
			out.Parts[n].Lines[i].Hidden = slices.ContainsFunc(secret, l.Names)
		}
	}
	return &out
}

func (p *Preparation) items(d draft.Draft, plan Plan) (out []Item) {
	under := draft.Under(p.Input, d)
	minutes, verdicts := p.minutes(), ofOne(d.Verdicts)
	out = slices.Grow(out, len(p.Talks.Order))
	for _, key := range p.Talks.Order {
		t := p.Brief.Ticket(key)
		i := Item{
			Issue: t.Issue, Minutes: minutes[key], OrderReason: p.Talks.Reasons[key], Why: draft.Why(t, p.Brief),
			Ready: t.Ready, Bare: t.Ready && t.Bare, Findings: t.Findings, Invest: t.Invest, Rules: t.Rules, Questions: under[key], Serves: t.Serves,
		}
		var own bool
		if i.Verdict, own = verdicts[key]; !own {
			i.Verdict = said(d.Verdicts, []string{key})
		}
		if objection, ok := strings.CutPrefix(i.Verdict, draft.Objects); ok && i.Ready {
			i.Ready, i.Bare, i.Objected, i.Verdict = false, false, true, text.UpperFirst(objection)
		}
		for _, l := range plan.CarryOver.All() {
			if l.Names(key) && l.OfItem() != "" {
				i.Carried = append(i.Carried, l)
			}
		}
		if plan.Sizing != nil {
			i.SizeHint = plan.Sizing.Hint(t.Issue, p.in.Estimation.Past)
		}
		out = append(out, i)
	}
	return out
}

// ofOne are the lines that are about one ticket, by its key, the first of each.
func ofOne(lines []draft.Line) map[string]string {
	of := map[string]string{}
	for _, l := range lines {
		if len(l.Keys) != 1 {
			continue
		}
		if _, known := of[l.Keys[0]]; !known {
			of[l.Keys[0]] = l.Text
		}
	}
	return of
}

// minutes are each ticket's share of its talk.
func (p *Preparation) minutes() map[string]int {
	out := map[string]int{}
	for n, t := range p.Talks.Talks {
		even := slices.Repeat([]int{1}, len(t.Keys))
		for i, m := range guide.Share(p.Talks.Minutes[n], even, 0) {
			out[t.Keys[i]] = m
		}
	}
	return out
}

// readiness counts. The aim is what is ready, and what has only blockers that the
// people in the room can settle: a missing result can be written down, while an
// open blocker stays open.
func (p *Preparation) readiness(items []Item) Readiness {
	out := Readiness{Items: len(items)}
	for _, i := range items {
		key, t := i.Issue.Key, p.Brief.Ticket(i.Issue.Key)
		beyond := ""
		for _, d := range p.Brief.Of(key) {
			if d.Blocks && !t.Ready && beyond == "" {
				beyond = draft.Beyond(d)
			}
		}
		switch {
		case i.Ready:
			out.Before++
			out.Aim++
			switch i.Status() {
			case bareStatus:
				out.Bare++
			case draft.Unsure:
				out.Unsure++
			}
		case beyond != "":
			out.Beyond = append(out.Beyond, Beyond{key, beyond})
		default:
			out.Aim++
		}
	}
	return out
}

// agenda lays words into the boxes.
func (p *Preparation) agenda(d draft.Draft, around draft.Around, sizing *talks.Sizing) (out []Phase) {
	for _, b := range p.Talks.Boxes {
		ph := Phase{Name: b.Name, Start: b.Start, End: b.End, Minutes: b.Minutes, Lines: phaseLines(b, around, sizing)}
		for _, s := range b.Slots {
			slot := Slot{Key: s.Keys[0], With: s.Keys[1:], Start: s.Start, End: s.End, Minutes: s.Minutes, Presenter: s.Presenter}
			slot.Note = p.note(b, s, d)
			ph.Items = append(ph.Items, slot)
		}
		out = append(out, ph)
	}
	return out
}

// note is what a slot is for: what its talk finds out, and in the box for it what
// is to be written, or which size to agree on.
func (p *Preparation) note(b talks.Box, s talks.Slot, d draft.Draft) string {
	var notes []string
	switch {
	case b.Role.Has(guide.Talk):
		notes = append(notes, said(d.Talks, s.Keys))
		if p.Guide.Box(guide.Check) < 0 {
			if result := said(d.Results, s.Keys); result != "" && result != draft.Confirmed(len(s.Keys)) {
				notes = append(notes, "To write down: "+result)
			}
		}
	case b.Role.Has(guide.Check):
		notes = append(notes, said(d.Results, s.Keys))
	}
	if b.Role.Has(guide.Size) {
		notes = append(notes, "Agree on a size.")
	}
	return strings.TrimSpace(strings.Join(notes, " "))
}

// said is the text of the line about those tickets.
func said(lines []draft.Line, keys []string) string {
	l, _ := draft.LineOf(lines, keys)
	return l.Text
}

// phaseLines are what a box is for in this session, by its role; where it has none,
// what the guide says of it.
func phaseLines(b talks.Box, around draft.Around, sizing *talks.Sizing) (lines []string) {
	if b.Role.Has(guide.Context) {
		lines = append(lines, around.Context...)
	}
	if b.Role.Has(guide.Size) && sizing != nil {
		lines = append(lines, sizing.Line())
	}
	if b.Role.Has(guide.Order) {
		lines = append(lines, around.Order...)
	}
	if !b.Role.Own() && !b.Role.Has(guide.Context) && !b.Role.Has(guide.Closing) {
		lines = append(lines, b.Lines[:min(len(b.Lines), mostSaid)]...)
	}
	switch {
	case b.Role.Has(guide.Retro):
		lines = append(lines, around.Retro...)
	case b.Role.Has(guide.Closing):
		lines = append(lines, around.Summary...)
	}
	return lines
}

// mostSaid is how many lines of its own a guide's phase brings into the agenda.
const mostSaid = 4

func (p *Preparation) assumptions(plan Plan) []string {
	given := draft.Given{
		Found: plan.Matched, Read: max(p.in.Limit, len(p.in.Issues)), Capped: p.in.Capped, Ready: p.in.Ready, OrderedBy: p.Talks.By,
		Objectives: len(p.Brief.Objectives), Presenters: len(p.in.Presenters) > 0, Boxes: p.timeboxes(),
		More: slices.Concat(p.in.Assumed, ticket.NotRead(p.in.Issues), []string{plan.Draft.whose()}),
	}
	if plan.Sizing != nil {
		given.More = append(given.More, plan.Sizing.Assumed(p.in.Estimation, hints(plan.Items)))
	}
	return draft.Assumptions(p.Input, given)
}

func hints(items []Item) (n int) {
	for _, i := range items {
		if i.SizeHint != "" {
			n++
		}
	}
	return n
}

// ticketsOf are the issues that a plan shows, the epic last.
func ticketsOf(p Plan) (out []ticket.Issue) {
	for _, i := range p.Items {
		out = append(out, i.Issue)
	}
	if p.Epic != nil {
		out = append(out, *p.Epic)
	}
	return out
}
