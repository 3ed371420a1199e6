package worker

import (
	"reflect"
	"sync"

	"refine/confluence"
	"refine/planner"
	"refine/planner/check"
)

// A headStart is a session as its tickets alone make it, in the built-in words. It is worked
// out while Confluence is asked for the page, which mostly changes nothing of it.
type headStart struct {
	in       planner.Input
	done     chan struct{} // closed once what follows is there
	prepared *planner.Preparation
	plan     planner.Plan
	broken   []planner.Violation

	taken *planner.Preparation // what [headStart.prepare] has handed out of it; nil for nothing

	written chan struct{} // closed once what follows is there; nil if nobody writes the plan down
	page    newPage
}

// lines are those of a page, read when they are first asked for.
type lines func() (confluence.Lines, error)

// A newPage is a plan as a page that did not exist shows it.
type newPage struct {
	plan    planner.Plan
	regions []confluence.Region
	lines   lines
}

// headStartOf works out a session that in may become.
func headStartOf(in planner.Input) *headStart {
	a := &headStart{in: in, done: make(chan struct{})}
	go func() {
		defer close(a.done)
		if a.prepared = planner.Prepare(in); len(a.prepared.Talks.Order) > 0 {
			a.plan, _ = a.prepared.With(ownWords)
			a.broken = planner.Gate(a.plan)
		}
	}()
	return a
}

// write begins to write the plan down, as a new page has it. Most regions of one that
// stands will be the same, and are read by then.
func (a *headStart) write(style confluence.Style, pictures bool) {
	a.written = make(chan struct{})
	go func() {
		defer close(a.written)
		if <-a.done; len(a.plan.Items) == 0 {
			return // nothing of it may be shown
		}
		p := newPage{plan: a.plan}
		p.plan.Pictures = pictures
		var err error
		if p.regions, err = confluence.RenderFor("", p.plan, style, nil); err != nil {
			return // whoever asks is told it
		}
		p.lines = linesOf(p.regions, nil)
		go p.lines()
		a.page = p
	}()
}

// linesOf reads the lines of regions, once. Those that were read before are at hand.
func linesOf(regions []confluence.Region, before lines) lines {
	return sync.OnceValues(func() (confluence.Lines, error) {
		if before == nil {
			return confluence.LinesOf(regions, confluence.Lines{})
		}
		known, err := before()
		if err != nil {
			return known, err
		}
		return confluence.LinesOf(regions, known)
	})
}

// asNew is the plan as a new page, as far as it is written down.
func (a *headStart) asNew() newPage {
	if a == nil || a.written == nil {
		return newPage{}
	}
	<-a.written
	return a.page
}

// of are the regions of a new page that shows the plan, if they are written.
func (n newPage) of(plan planner.Plan) []confluence.Region {
	if !reflect.DeepEqual(n.plan, plan) {
		return nil
	}
	return n.regions
}

// ownWords are those of the built-in writer, of which nothing is refused.
var ownWords = planner.Words{By: planner.BuiltIn}

// prepare is the session of in, which is at hand if in became what was begun.
func (a *headStart) prepare(in planner.Input) *planner.Preparation {
	if a == nil || !reflect.DeepEqual(a.in, in) {
		return planner.Prepare(in)
	}
	<-a.done
	a.taken = a.prepared
	return a.taken
}

// with is the plan of p in a writer's words, what of them was refused, and which of its
// rules the plan breaks (L7).
func (a *headStart) with(p *planner.Preparation, words planner.Words) (plan planner.Plan, refused []check.Refusal, broken []planner.Violation) {
	if a == nil || a.taken == nil || a.taken != p || !reflect.DeepEqual(words, ownWords) {
		plan, refused = p.With(words)
		return plan, refused, planner.Gate(plan)
	}
	return a.plan, nil, a.broken
}
