package worker

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"refine/confluence"
	"refine/planner"
	"refine/planner/draft"
	"refine/planner/ticket"
)

// revision is a page as it shall be, and what it was made from.
type revision struct {
	plan     planner.Plan
	record   *draft.Record    // of the model's words in the plan, nil if there are none to remember
	page     *confluence.Page // nil: to be created
	regions  []confluence.Region
	lines    lines // of the regions
	asNew    newPage
	merged   confluence.Merged
	state    confluence.State
	action   Action
	parentID string
	others   []*confluence.Page // of the same session, left alone
	team     Team
	drawings []confluence.Drawing // pictures that the page shall show, and does not have as they are now
	attached []string             // the files of those that it got
	hidden   []string             // keys of what the page shows and nobody may any more
}

// revise decides what publishing the plan would write, given the page as read.
// fresh says that nobody but us has ever written on it, hidden are the keys of
// items of its that may not be shown any more, and asNew is what a head start has written.
func (w *Worker) revise(plan planner.Plan, record *draft.Record, fresh bool, page *confluence.Page, hidden []string, asNew newPage) (revision, error) {
	d := revision{hidden: hidden, plan: plan, record: record, page: page, asNew: asNew}
	body := ""
	if page != nil {
		body = page.Body
	}
	known, items, err := w.notice(&d)
	if err != nil {
		return d, err
	}
	if page != nil && page.Property != nil && !w.Now().Before(plan.Session.End()) {
		d.plan.Comparison = page.Property.State.Items
	}
	if err := w.merge(&d, body, known, fresh); err != nil {
		return d, err
	}
	if page != nil { // a new one has all anchors
		if lost := confluence.Unreachable(d.merged.Body); len(lost) > 0 {
			if err := w.merge(&d, body, known, fresh, lost...); err != nil {
				return d, err
			}
		}
	}
	d.state = stateOf(plan.Session, page, d.merged.Regions)
	d.state.Unshown = d.state.Unshown && d.plan.Comparison == nil
	if err := d.draw(); err != nil {
		return d, err
	}
	d.state.Items, d.state.Draft = items, record
	if page == nil {
		return d, nil // what is left is done while it is created
	}
	err = w.remember(&d)
	return d, err
}

// remember adds the lines that we write to the state, which then has to fit, unless it is
// what stands there.
func (w *Worker) remember(d *revision) (err error) {
	if d.state.Said, err = d.said(); err != nil {
		return err
	}
	same := d.unchanged()
	if !same {
		if d.state.Fit() > 1 {
			w.Log.Warn("the page's state has too little room for what its items say; not every change can be told", "session", d.plan.Session.ID)
		}
		same = d.unchanged()
	}
	if same {
		d.action = Unchanged
	}
	return nil
}

// unchanged reports whether the page is as it shall be already.
func (d *revision) unchanged() bool {
	return d.page != nil && d.page.Property != nil && d.merged.Body == d.page.Body && len(d.drawings) == 0 && sameState(d.state, d.page.Property.State)
}

// merge renders the plan and decides what of it the page takes, while its lines are read.
// unreachable are items that the page's own links cannot lead to.
func (w *Worker) merge(d *revision, body string, known []map[string]string, fresh bool, unreachable ...string) (err error) {
	page, written := d.page, d.asNew.of(d.plan)
	if page == nil {
		d.regions, d.lines = written, d.asNew.lines
	}
	if page != nil || d.regions == nil {
		if d.regions, err = confluence.RenderFor(body, d.plan, w.Pages.Style(), written, unreachable...); err != nil {
			return err
		}
		d.lines = linesOf(d.regions, d.asNew.lines)
		go d.lines()
	}
	switch {
	case page == nil:
		d.action = Created
		d.merged.Body = confluence.Assemble(d.regions)
		d.merged.Regions, err = confluence.Fingerprints(d.regions)
	case fresh:
		d.action = Updated
		if d.merged.Body = confluence.Assemble(d.regions); confluence.SameContent(d.merged.Body, page.Body) {
			d.merged.Body = page.Body
		}
		d.merged.Regions, err = confluence.Fingerprints(d.regions)
	case page.Property == nil:
		d.action = Updated
		d.merged, err = confluence.Merge(page.Body, nil, d.regions)
	case !w.begun(d.plan.Session, page):
		d.action = Updated
		d.merged, err = confluence.Merge(page.Body, known, d.regions)
	default:
		d.action = Updated
		d.merged, err = confluence.Extend(page.Body, known, d.regions, slices.Concat(d.plan.Withheld, d.hidden)...)
	}
	return err
}

// begun reports whether a publish only adds to the page from now on: the session
// is under way or over, by the clock or because people say that it was held.
func (w *Worker) begun(s ticket.Session, page *confluence.Page) bool {
	return !w.Now().Before(s.Start) || confluence.Held(page.Body)
}

// said is what the page's property shall know of the lines that we write.
func (d revision) said() (map[string]string, error) {
	var before map[string]string
	if d.page != nil && d.page.Property != nil {
		before = d.page.Property.State.Said
	}
	lines, err := d.lines()
	if err != nil {
		return nil, err
	}
	return lines.Said(d.merged.Body, before)
}

// notice adds to the plan what has changed in the tickets since the page was
// first published (C4), and returns the fingerprints that the page's regions may
// stand under and what to remember of the items.
func (w *Worker) notice(d *revision) (known []map[string]string, items map[string]planner.Facts, err error) {
	state, taken := confluence.State{}, false
	if d.page != nil && d.page.Property != nil {
		state = d.page.Property.State
		if taken, err = state.TakeChanges(d.page.Body); err != nil {
			return nil, nil, err
		}
		known = state.Known()
	}
	today := ticket.DateOf(w.Now().In(d.plan.Session.Start.Location()))
	items, d.plan.Noticed = planner.Notice(state.Items, d.plan, today, taken)
	return known, items, nil
}

// whose notes the team, and the other pages of the session. A page that is new to it
// has a message that is due.
func (d *revision) whose(t Team, others []*confluence.Page) {
	d.team, d.others = t, others
	if d.page == nil || d.page.Property == nil {
		d.state.Notices = noticesFor(t, d.published())
	}
}

func (d revision) published() Published {
	p := Published{Plan: d.plan, Action: d.action, Kept: d.merged.Kept, Others: d.others, Pictures: d.attached}
	for _, drawing := range d.drawings { // of a dry run
		p.Pictures = append(p.Pictures, drawing.File())
	}
	if d.page != nil {
		p.Page = *d.page
	} else {
		p.Page.Title = d.plan.Session.Title()
	}
	return p
}

// stateOf is what the page's property shall say. What a sync recorded stays.
func stateOf(s ticket.Session, page *confluence.Page, regions map[string]string) confluence.State {
	state := confluence.State{
		Version: 1, Owner: s.Owner, Team: s.Team, Session: s.ID, Topic: s.Topic, Format: s.Format,
		Selection: confluence.Selection{Kind: string(s.Selection.Kind), Value: s.Selection.Value, ID: s.Selection.ID, Keys: s.Selection.Keys},
		Start:     s.Start, Zone: s.Start.Location().String(), Minutes: int(s.Duration / time.Minute), Regions: regions,
	}
	if page != nil {
		state.Page = page.ID
		if page.Property != nil {
			before := page.Property.State
			state.Links, state.Told, state.Done, state.Comments, state.ReceiptDay = before.Links, before.Told, before.Done, before.Comments, before.ReceiptDay
			state.Before, state.Notices = before.Before, before.Notices
			state.Undone, state.Undoing = before.Undone, before.Undoing
			state.Pictures, state.Unshown = before.Pictures, before.Unshown
		}
	}
	return state
}

// sameState compares what a publish decides; a lock is not part of it. Both
// sides go through JSON, as one of them has.
func sameState(a, b confluence.State) bool {
	a.Lock, b.Lock = nil, nil
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(x) == string(y)
}

// hidden lists the items that the page tells of and that may not be shown any
// more, though the plan says nothing of them. Only a page whose session has begun
// asks: any other is written anew from what was read.
func (w *Worker) hidden(ctx context.Context, plan planner.Plan, page *confluence.Page) ([]string, error) {
	if page == nil || page.Property == nil || !w.begun(plan.Session, page) {
		return nil, nil
	}
	left := map[string]bool{}
	for id := range page.Property.State.Regions {
		if key, isItem := confluence.ItemOf(id); isItem {
			left[key] = true
		}
	}
	for _, item := range plan.Items {
		delete(left, item.Issue.Key)
	}
	for _, d := range plan.Deferred {
		delete(left, d.Key)
	}
	return w.Jira.Hidden(ctx, slices.Sorted(maps.Keys(left)))
}
