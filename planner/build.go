package planner

import (
	"slices"
	"time"

	"refine/planner/guide"
)

// Input is everything that decides a plan.
type Input struct {
	Session Session
	Epic    *Issue  // of an epic's session
	Issues  []Issue // as found, in the order found
	Matched int     // how many the selection matches; 0 means len(Issues)
	Capped  bool    // the configured limit cut the selection
	Limit   int     // that limit
	// Presenters take turns in presenting the items, beginning with another one
	// each time. Empty leaves the turns to the meeting.
	Presenters []string
	Every      time.Duration     // from one session of the team to the next; 0 means a week
	Ready      DefinitionOfReady // the zero value is the default one
	// CarryOver is what the team's previous session left open; nil: nothing.
	CarryOver *CarryOver
	// Assumed are sentences about what could not be asked for.
	Assumed []string
	// Guide is what the session follows; the zero value is the built-in one of
	// the session's format.
	Guide Guide
	// Estimation is how sizes are agreed on, if the guide has a phase for it.
	Estimation Estimation
	// Objectives are what the team wants to reach soon.
	Objectives []Objective
}

// Build plans a session. It decides everything from its input: the same issues
// and session make the same plan, byte for byte. An issue is never dropped
// silently: it is an item, deferred with a reason, or withheld.
func Build(in Input) Plan {
	b := newBuilder(in)
	b.plan.Sizing = b.sizing()
	b.readObjectives()
	b.plan.KeyPoints = b.keyPoints()
	b.plan.Questions = b.questions()
	b.hear()
	b.plan.Agenda = b.agenda()
	b.plan.Items, b.plan.Ready = b.items(), b.readiness()
	b.plan.Before, b.plan.Throughout, b.plan.After = b.before(), b.throughout(), b.after()
	b.plan.Closing = b.closing()
	b.plan.Assumptions = b.assumptions()
	return b.plan
}

// A builder holds what the parts of a plan are made from.
type builder struct {
	in         Input
	plan       Plan
	epic       *reading
	all        []*reading // every issue that may be shown, in session order
	taken      []*reading // those that fit
	late       []Deferred // those that do not
	reasons    map[string]string
	across     []crossing
	guide      Guide
	serves     map[string][]Serves // by item
	minutes    []int               // of the guide's boxes
	sharedTalk int                 // minutes of the talk about what all items share
	explore    []int               // of each taken item
	asked      map[string]bool     // question texts in use, quotes and keys aside
	silenced   map[string]bool     // quotes in use
}

func newBuilder(in Input) *builder {
	g := in.Guide
	if g.Name() == "" {
		g = guide.BuiltIn(in.Session.Format)
	}
	in.Session.Duration = time.Duration(g.Session(in.Session.Duration)) * time.Minute
	b := &builder{in: in, guide: g, asked: map[string]bool{}, silenced: map[string]bool{}}
	b.plan = Plan{Session: in.Session, Guide: g, Matched: max(in.Matched, len(in.Issues)), Capped: in.Capped, Draft: Draft{By: BuiltIn}}
	b.readEpic()
	b.readItems()
	b.plan.CarryOver = carriedInto(b.plan, in.CarryOver)
	b.minutes = g.Minutes(g.Session(in.Session.Duration))
	b.reasons = order(b.all)
	b.taken, b.late = fit(b.all, b.box(guide.Talk), b.mostItems())
	b.plan.Deferred = slices.Concat(b.late, b.plan.Deferred)
	b.sayOnce()
	for _, r := range b.concerned() {
		if r.probed == nil {
			r.probed = r.probe()
		}
	}
	b.sharpen()
	b.across = across(b.epic, b.taken, b.all)
	b.sharedTalk = b.togetherMinutes()
	b.entangle()
	b.pair()
	b.explore = exploreMinutes(b.taken, b.box(guide.Talk)-b.sharedTalk)
	return b
}

// box is how many minutes the first box of a role has, 0 if there is none.
func (b *builder) box(role guide.Role) int {
	if n := b.guide.Box(role); n >= 0 {
		return b.minutes[n]
	}
	return 0
}

// mostItems is how many items have their least minutes in every box that each
// of them needs.
func (b *builder) mostItems() int {
	most := len(b.all)
	for _, role := range []guide.Role{guide.Check, guide.Size} {
		if n := b.guide.Box(role); n >= 0 {
			most = min(most, b.minutes[n]/leastCheckMinutes)
		}
	}
	return most
}

func (b *builder) readEpic() {
	if b.in.Epic == nil {
		return
	}
	epic := withheld(*b.in.Epic)
	epic.Agreed = agreedBefore(epic.Agreed, b.in.Session.Date())
	b.plan.Epic, b.epic = &epic, read(epic)
}

// readItems analyses what may be shown. Of an issue with a security level only
// the key is kept. An epic among tickets is too wide to be one of them.
func (b *builder) readItems() {
	seen, epics := map[string]bool{}, b.epicsAside()
	for _, i := range b.in.Issues {
		i.Agreed = agreedBefore(i.Agreed, b.in.Session.Date())
		switch {
		case seen[i.Key]:
			b.plan.Matched--
		case i.Restricted:
			b.plan.Withheld = append(b.plan.Withheld, i.Key)
		case i.Epic && epics:
			b.plan.Deferred = append(b.plan.Deferred, Deferred{
				Key: i.Key, Summary: i.Summary, URL: i.URL, Reason: EpicReason + i.Key,
			})
		default:
			b.all = append(b.all, read(i))
		}
		seen[i.Key] = true
	}
	judgeAll(b.all, standard{b.in.Ready, b.in.Session.Start})
}

// agreedBefore leaves out what the session itself decided: its plan must not
// change for having been written back.
func agreedBefore(all []Agreed, day Date) []Agreed {
	return slices.DeleteFunc(slices.Clone(all), func(a Agreed) bool { return a.On.Compare(day) >= 0 })
}

// EpicReason and its key say why an epic is none of the items.
const EpicReason = "is an epic; plan its children with --epic "

// epicsAside reports whether epics are left out: not where the selection names
// them by key, nor where it finds nothing else.
func (b *builder) epicsAside() bool {
	ticket := func(i Issue) bool { return !i.Epic && !i.Restricted }
	return b.in.Session.Selection.Kind != Keys && slices.ContainsFunc(b.in.Issues, ticket)
}

// withheld keeps of a restricted issue what may be shown.
func withheld(i Issue) Issue {
	if i.Restricted {
		return Issue{ID: i.ID, Key: i.Key, URL: i.URL, Type: i.Type, Epic: i.Epic, Restricted: true}
	}
	return i
}

func (b *builder) items() []Item {
	items := make([]Item, len(b.taken))
	for n, r := range b.taken {
		items[n] = Item{
			Issue: r.issue, Minutes: b.explore[n], OrderReason: b.reasons[r.issue.Key],
			Why: r.why(b.in.Session.Start), Ready: r.ready(), Findings: r.shown(), Invest: r.invest(), Rules: r.ruleResults(b.in.Ready), Questions: b.itemQuestions(r),
			Carried: b.carried(r), Serves: b.serves[r.issue.Key],
		}
		if b.plan.Sizing != nil {
			items[n].SizeHint = b.plan.Sizing.sizeHint(r.issue, b.in.Estimation.Past)
		}
	}
	return items
}

func (r *reading) shown() []Finding {
	out := make([]Finding, len(r.findings))
	for n, f := range r.findings {
		out[n] = f.Finding
		out[n].gap = f.first || f.absent()
	}
	return out
}

func (b *builder) keys() []string {
	keys := make([]string, len(b.taken))
	for n, r := range b.taken {
		keys[n] = r.issue.Key
	}
	return keys
}

// where selects the taken items that satisfy test.
func (b *builder) where(test func(*reading) bool) []*reading {
	return slices.DeleteFunc(slices.Clone(b.taken), func(r *reading) bool { return !test(r) })
}

func keysOf(items []*reading) (keys []string) {
	for _, r := range items {
		keys = append(keys, r.issue.Key)
	}
	return keys
}
