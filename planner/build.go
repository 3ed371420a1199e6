package planner

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"refine/planner/brief"
	"refine/planner/check"
	"refine/planner/draft"
	"refine/planner/guide"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/talks"
	"refine/planner/ticket"
)

// Input is everything that decides a plan.
type Input struct {
	Session ticket.Session
	Epic    *ticket.Issue  // of an epic's session
	Issues  []ticket.Issue // as found, in the order found
	Matched int            // how many the selection matches; 0 means len(Issues)
	Capped  bool           // the configured limit cut the selection
	Limit   int            // that limit
	// Presenters take turns in presenting, beginning with another one each time.
	// Empty leaves the turns to the meeting.
	Presenters []string
	Every      time.Duration    // from one session of the team to the next; 0 means a week
	Ready      ready.Definition // the zero value is the default one
	// CarryOver is what the team's previous session left open; nil: nothing.
	CarryOver *outcome.CarryOver
	// Assumed are sentences about what could not be asked for.
	Assumed []string
	// Guide is what the session follows; the zero value is the built-in one of
	// the session's format.
	Guide guide.Guide
	// Estimation is how sizes are agreed on, if the guide has a phase for it.
	Estimation talks.Estimation
	// Objectives are what the team wants to reach soon.
	Objectives []brief.Objective
	HeldBox    bool // see [Plan]
	SplitForm  bool // see [Plan]
}

// Build plans a session in the built-in words. It decides everything from its
// input: the same issues and session make the same plan, byte for byte. An issue
// is never dropped silently: it is an item, deferred with a reason, or withheld.
func Build(in Input) Plan {
	p := Prepare(in)
	plan, _ := p.With(Words{By: BuiltIn})
	return plan
}

// A Preparation is a session that is read and arranged and has no words yet.
type Preparation struct {
	in Input
	draft.Input
	checker *check.Checker // the last one, which has read the tickets
}

// Prepare reads the tickets and arranges the session.
func Prepare(in Input) *Preparation {
	if in.Guide.Name() == "" {
		in.Guide = guide.BuiltIn(in.Session.Format)
	}
	in.Session.Duration = time.Duration(in.Guide.Session(in.Session.Duration)) * time.Minute
	known := brief.Make(brief.Input{
		Session: in.Session, Epic: in.Epic, Issues: in.Issues, Ready: in.Ready,
		CarryOver: in.CarryOver, Objectives: in.Objectives, At: in.Session.Start,
	})
	p := &Preparation{in: in, Input: draft.Input{Brief: known, Guide: in.Guide}}
	p.arrange(nil, nil)
	return p
}

// arrange lays out the session, with the parts that a writer makes of its talks.
func (p *Preparation) arrange(parts [][]string, asked map[string]int) {
	p.Talks = talks.Arrange(p.Brief, p.Guide, talks.Settings{Presenters: p.in.Presenters, Every: p.in.Every, Parts: parts, Asked: asked})
}

// asked is how much a draft asks of each ticket: most of the ticket that a question is
// about, and of built-in questions as much as they weigh without a draft.
func (p *Preparation) asked(d draft.Draft) map[string]int {
	of := map[string]int{}
	usual := p.questions()
	for _, q := range d.Questions {
		if slices.ContainsFunc(usual, func(l draft.Line) bool { return l.Text == q.Text }) {
			if t := p.Brief.Ticket(q.Keys[0]); t != nil && t.Ready { // the doubts of the others weigh already
				of[q.Keys[0]] += questionWeight / 2
			}
			continue
		}
		for n, key := range q.Keys {
			of[key] += max(questionWeight-n, 1)
		}
	}
	return of
}

// asking parts the talks by the built-in questions: a ticket without a gap that has one
// gets a slot, and so does the epic; what belongs to a ticket is talked about with it, and
// the others share one.
func (p *Preparation) asking() (parts [][]string, asked map[string]int) {
	asked = map[string]int{}
	for _, q := range p.questions() {
		key := q.Keys[0] // it is about that one; others it only names
		if e := p.Brief.Epic; e != nil && key == e.Issue.Key && asked[key] == 0 {
			parts = append(parts, []string{key})
		}
		asked[key] += questionWeight / 2
	}
	questioned := maps.Clone(asked)
	maps.DeleteFunc(asked, func(key string, _ int) bool { // the doubts of the others weigh already
		t := p.Brief.Ticket(key)
		return t == nil || !t.Ready
	})
	var rest []string // what is ready and in no part yet
	for _, t := range p.Talks.Talks {
		if t.Quiet() {
			rest = append(rest, t.Keys...)
		}
	}
	together := func(keys ...string) {
		for _, key := range keys {
			with := p.Brief.Tied(key, rest, max(mostTied+1-len(keys), 0))
			rest = slices.DeleteFunc(rest, func(k string) bool { return k == key || slices.Contains(with, k) })
			keys = append(keys, with...)
		}
		parts = append(parts, keys)
	}
	for _, t := range p.Talks.Talks {
		if !t.Quiet() {
			together(slices.Clone(t.Keys)...)
		}
	}
	loud := len(parts)
	for _, key := range slices.Clone(rest) {
		if questioned[key] > 0 && slices.Contains(rest, key) {
			together(key)
		}
	}
	for _, key := range slices.Clone(rest) {
		if slices.Contains(rest, key) && len(parts) < mostParts && len(p.Brief.Tied(key, rest, 1)) > 0 {
			together(key)
		}
	}
	if criteria := slices.DeleteFunc(slices.Clone(rest), func(key string) bool { return !p.Brief.Ticket(key).Bare }); len(criteria) > 0 {
		parts = append(parts, criteria)
	}
	slices.SortStableFunc(parts[loud:], func(a, b []string) int { return cmp.Compare(p.place(a), p.place(b)) })
	if ready := slices.DeleteFunc(rest, func(key string) bool { return p.Brief.Ticket(key).Bare }); len(ready) > 0 {
		parts = append(parts, ready)
	}
	return parts, asked
}

// place is that of the first of some tickets in the session's order.
func (p *Preparation) place(keys []string) int {
	return slices.IndexFunc(p.Talks.Order, func(key string) bool { return slices.Contains(keys, key) })
}

const (
	mostTied  = 3 // tickets that are talked about with one that they belong to
	mostParts = 5 // slots, before those that only belong together have none of their own
)

// questionWeight is what a question weighs, about as much as a doubt.
const questionWeight = 6

// Words are what a writer handed in.
type Words struct {
	draft.Draft
	By       string // [BuiltIn], [ByModel] or [ByPerson]
	Model    string // that was asked; empty for none
	Repaired bool
	Reviewed bool   // each line was read a second time by the model
	Reason   string // why a model that was asked did not write them
	// What a model was asked for them in this run: requests, and tokens sent and
	// received.
	Requests, Tokens int
}

// Who wrote a plan's words.
const (
	BuiltIn  = "built-in"
	ByModel  = "model"
	ByPerson = "person"
)

// With makes the plan of a writer's words: what passes the check stands, and the
// built-in words, which pass it like anybody's, are there for what does not or was
// left out.
func (p *Preparation) With(w Words) (Plan, []check.Refusal) {
	var passed draft.Draft // nothing of the built-in words, which are to be written yet
	var refused []check.Refusal
	if w.By == BuiltIn {
		p = p.Asking()
	} else {
		own := *p
		p = &own
		p.arrange(w.Draft.TalkParts(), nil)
		passed, refused = check.Check(w.Draft, p.Input)
		p.arrange(passed.TalkParts(), p.asked(passed)) // what does not stand takes no time
	}
	by := Draft{By: w.By, Model: w.Model, Repaired: w.Repaired, Reviewed: w.Reviewed, Reason: w.Reason, Requests: w.Requests, Tokens: w.Tokens, Refused: refused}
	if w.By != BuiltIn {
		by.Lines = p.written(passed)
	}
	if w.By == ByModel && by.Lines == 0 {
		by.By, by.Reason = BuiltIn, "no line of its draft stands"
	}
	return p.assemble(p.complete(passed), by), refused
}

// BuiltIn are the words of the built-in writer that stand.
func (p *Preparation) BuiltIn() draft.Draft { return p.Asking().complete(draft.Draft{}) }

// Asking is the session with its talks parted by the built-in questions, as a plan in the
// built-in words has them.
func (p *Preparation) Asking() *Preparation {
	if len(p.Talks.Order) == 0 {
		return p // there is nobody to ask
	}
	own := *p
	own.arrange(own.asking())
	return &own
}

// questions are those of the built-in writer that stand.
func (p *Preparation) questions() []draft.Line {
	return p.standing(func(in draft.Input) draft.Draft { return draft.Draft{Questions: draft.Questions(in)} }).Questions
}

// complete fills a draft with built-in words that stand.
func (p *Preparation) complete(d draft.Draft) draft.Draft {
	return p.standing(func(in draft.Input) draft.Draft { return draft.Complete(in, d) })
}

// standing is what the check leaves of a draft. A doubt that cannot be worded so, or a
// quote that is cut, is left to the room.
func (p *Preparation) standing(write func(draft.Input) draft.Draft) draft.Draft {
	in := p.Input
	if p.checker == nil {
		p.checker = check.New(in)
	}
	p.checker = p.checker.For(in)
	in.Unsaid = map[string]bool{}
	for {
		checked, refused := p.checker.Check(write(in))
		before := len(in.Unsaid)
		for _, r := range refused {
			for _, said := range append(append(r.Doubts, draft.Quotes(r.Text)...), r.Text) {
				in.Unsaid[said] = true
			}
		}
		if len(in.Unsaid) == before {
			return checked
		}
	}
}
