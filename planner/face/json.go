package face

import (
	"time"

	"refine/planner"
	"refine/planner/brief"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/talks"
	"refine/planner/ticket"
)

// A PlanView is a plan as its JSON shows it. Keys may be added, never renamed.
type PlanView struct {
	Session   SessionView        `json:"session"`
	Readiness planner.Readiness  `json:"readiness"`
	Items     []ItemView         `json:"items"`
	Deferred  []planner.Deferred `json:"deferred"`
	Withheld  []string           `json:"withheld"`
	// Goal is the meeting's, in one sentence.
	Goal        string             `json:"goal"`
	Before      []string           `json:"before"`
	Agenda      []PhaseView        `json:"agenda"`
	Throughout  []string           `json:"throughout"`
	After       []string           `json:"after"`
	KeyPoints   []planner.KeyPoint `json:"key_points"`
	Questions   []planner.Question `json:"questions"`
	Closing     string             `json:"closing"`
	Assumptions []string           `json:"assumptions"`
	Draft       planner.Draft      `json:"draft"`
	Objectives  []string           `json:"objectives"`
	// Sizing is absent where the guide leaves sizes out.
	Sizing *talks.Sizing `json:"sizing,omitempty"`
	// CarryOver is absent where no previous session left anything open.
	CarryOver *CarryOverView `json:"carry_over,omitempty"`
}

// A CarryOverView is what the previous session left open.
type CarryOverView struct {
	Date  ticket.Date       `json:"date"`
	Page  PageView          `json:"page"`
	Parts []CarriedPartView `json:"parts"`
}

// A PageView names a page.
type PageView struct {
	ID    string `json:"id"`
	URL   string `json:"url"`
	Title string `json:"title"`
}

// A CarriedPartView is what was left open of one kind; More counts what is only
// on the page.
type CarriedPartView struct {
	Kind  outcome.CarriedKind `json:"kind"`
	Lines []CarriedView       `json:"lines"`
	More  int                 `json:"more"`
}

// A CarriedView is one line of it.
type CarriedView struct {
	Text  string      `json:"text"`
	Keys  []string    `json:"keys"`
	Owner string      `json:"owner,omitempty"`
	Due   ticket.Date `json:"due,omitzero"`
	Since ticket.Date `json:"since"`
	URL   string      `json:"url"`
}

// A SessionView is a session, its times as the team's clock shows them.
type SessionView struct {
	ID       string      `json:"id"`
	Team     string      `json:"team"`
	Topic    string      `json:"topic"`
	Guide    string      `json:"guide"` // the format, or the file of a team's own guide
	Date     ticket.Date `json:"date"`
	Timezone string      `json:"timezone"`
	Start    string      `json:"start"` // 10:00
	Duration int         `json:"duration_minutes"`
	Matched  int         `json:"matched"`
	Capped   bool        `json:"capped"`
}

// An ItemView is an item with what the plan says of it.
type ItemView struct {
	Key         string `json:"key"`
	URL         string `json:"url,omitempty"`
	Summary     string `json:"summary"`
	Minutes     int    `json:"minutes"`
	OrderReason string `json:"order_reason"`
	Why         string `json:"why,omitempty"`
	Ready       bool   `json:"ready"`
	Status      string `json:"status"` // "Ready", "No criteria yet" or "Not ready", as the plan calls it
	// Verdict is what that rests on, in a sentence.
	Verdict  string          `json:"verdict"`
	Objected bool            `json:"objected"`
	Findings []ready.Finding `json:"findings"`
	Invest   ready.Invest    `json:"invest"`
	// Readiness is what each rule of the Definition of Ready comes to.
	Readiness ready.Results   `json:"readiness"`
	Questions []string        `json:"questions"`
	Visuals   []ticket.Visual `json:"visuals"`
	// Serves are the objectives that the item serves, as far as recognised.
	Serves   []brief.Serves `json:"serves"`
	SizeHint string         `json:"size_hint,omitempty"`
}

// A PhaseView is a timebox; Items are the keys of its slots.
type PhaseView struct {
	Phase   string     `json:"phase"`
	Start   string     `json:"start"`
	End     string     `json:"end"`
	Minutes int        `json:"minutes"`
	Items   []string   `json:"items"`
	Slots   []SlotView `json:"slots"`
	Lines   []string   `json:"lines"`
}

// A SlotView is an item's share of a phase.
type SlotView struct {
	Key     string `json:"key"`
	Start   string `json:"start"`
	End     string `json:"end"`
	Minutes int    `json:"minutes"`
	Note    string `json:"note"`
	// With are other items that are talked about in the slot.
	With []string `json:"with,omitempty"`
	// Presenter is absent where nobody's turn is settled.
	Presenter string `json:"presenter,omitempty"`
}

// View is the plan as JSON shows it. Lists are never null.
func View(p planner.Plan) PlanView {
	v := PlanView{
		Session: sessionView(p), Readiness: p.Ready, Items: []ItemView{}, Agenda: []PhaseView{},
		Deferred: list(p.Deferred), Withheld: list(p.Withheld),
		Goal: p.Goal, Before: list(p.Before), Throughout: list(p.Throughout), After: list(p.After),
		KeyPoints: list(p.KeyPoints), Questions: list(p.Questions),
		Closing: p.Closing, Assumptions: list(p.Assumptions), Draft: p.Draft,
		Objectives: list(p.Objectives), Sizing: p.Sizing,
		CarryOver: carryOverView(p.CarryOver),
	}
	v.Readiness.Beyond = list(v.Readiness.Beyond)
	for _, i := range p.Items {
		v.Items = append(v.Items, itemView(i))
	}
	for _, ph := range p.Agenda {
		v.Agenda = append(v.Agenda, phaseView(ph))
	}
	return v
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func sessionView(p planner.Plan) SessionView {
	s := p.Session
	return SessionView{
		ID: s.ID, Team: s.Team, Guide: p.Guide.Name(), Date: s.Date(), Timezone: s.Start.Location().String(),
		Start: clock(s.Start), Duration: int(s.Duration / time.Minute), Matched: p.Matched, Capped: p.Capped,
	}
}

func itemView(i planner.Item) ItemView {
	v := ItemView{
		Key: i.Issue.Key, URL: i.Issue.URL, Summary: i.Issue.Summary, Minutes: i.Minutes, OrderReason: i.OrderReason,
		Why: i.Why, Ready: i.Ready, Status: i.Status(), Objected: i.Objected, Verdict: i.Verdict, Findings: []ready.Finding{}, Invest: i.Invest, Readiness: list(i.Rules), Questions: list(i.Questions),
		Visuals: list(i.Issue.Visuals), Serves: list(i.Serves), SizeHint: i.SizeHint,
	}
	for _, f := range i.Findings {
		f.Evidence = list(f.Evidence)
		v.Findings = append(v.Findings, f)
	}
	return v
}

func phaseView(p planner.Phase) PhaseView {
	v := PhaseView{
		Phase: p.Name, Start: clock(p.Start), End: clock(p.End), Minutes: p.Minutes,
		Items: []string{}, Slots: []SlotView{}, Lines: list(p.Lines),
	}
	for _, s := range p.Items {
		v.Items = append(v.Items, s.Keys()...)
		v.Slots = append(v.Slots, SlotView{Key: s.Key, With: s.With, Start: clock(s.Start), End: clock(s.End), Minutes: s.Minutes, Note: s.Note, Presenter: s.Presenter})
	}
	return v
}

func carryOverView(c *outcome.CarryOver) *CarryOverView {
	if c == nil {
		return nil
	}
	v := &CarryOverView{Date: c.Day, Page: PageView(c.Page), Parts: []CarriedPartView{}}
	for _, part := range c.Parts {
		pv := CarriedPartView{Kind: part.Kind, More: part.More, Lines: []CarriedView{}}
		for _, l := range part.Lines {
			pv.Lines = append(pv.Lines, carriedView(l))
		}
		v.Parts = append(v.Parts, pv)
	}
	return v
}

func carriedView(l outcome.Carried) CarriedView {
	v := CarriedView{Text: l.Words(), Keys: list(l.Keys()), Since: l.Since, URL: l.URL}
	if !l.Hidden {
		v.Due = l.Due
		if l.Owner != nil {
			v.Owner = l.Owner.ShownName()
		}
	}
	return v
}
