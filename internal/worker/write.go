package worker

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/sync/errgroup"

	"refine/confluence"
	"refine/internal/atlassian"
	"refine/planner/ticket"
)

// writePage makes the draft true.
func (w *Worker) writePage(ctx context.Context, space confluence.Space, d revision) (Published, error) {
	switch {
	case d.page == nil:
		return w.create(ctx, space, d)
	case d.page.Property == nil:
		return w.finish(ctx, d)
	default:
		return w.update(ctx, d)
	}
}

// create makes the page and then marks it. Until it is marked, the mark in its
// body says whose it is, and the next publish finishes the work.
func (w *Worker) create(ctx context.Context, space confluence.Space, d revision) (Published, error) {
	title := d.plan.Session.Title()
	w.progress("creating the page “%s”", title)
	var page *confluence.Page
	var remembering errgroup.Group
	remembering.Go(func() error { return w.remember(&d) })
	err := write(ctx, leaseTime, func(ctx context.Context) (err error) {
		page, err = w.Pages.CreatePage(ctx, confluence.NewPage{Space: space, ParentID: d.parentID, Title: title, Body: d.merged.Body})
		if err != nil {
			page, err = w.settleCreate(ctx, space, d.plan.Session, err)
		}
		return err
	})
	if unread := remembering.Wait(); err == nil {
		err = unread
	}
	if err != nil {
		return Published{}, err
	}
	d.page = page
	d.state.Page = page.ID
	if err := w.attach(ctx, &d, func(string) bool { return false }); err != nil {
		return Published{}, err
	}
	return w.mark(ctx, d)
}

// settleCreate looks whether a page was created although the answer was an
// error, and who holds the title if it is taken.
func (w *Worker) settleCreate(ctx context.Context, space confluence.Space, s ticket.Session, cause error) (*confluence.Page, error) {
	status := atlassian.StatusOf(cause)
	refused := status == http.StatusBadRequest || status == http.StatusConflict
	if status == http.StatusForbidden || status == http.StatusNotFound {
		return nil, w.orNoSpace(ctx, space, cause)
	}
	if !refused && !atlassian.Ambiguous(cause) {
		return nil, cause
	}
	page, err := w.Pages.PageByTitle(ctx, space, s.Title())
	if err != nil {
		return nil, unsettled(cause, err)
	}
	switch {
	case page == nil && refused && strings.Contains(cause.Error(), "already exists"):
		return nil, &problem{
			fmt.Sprintf("the title “%s” is taken in %s by a page that is archived or hidden from this account", s.Title(), space.Key),
			"restore or rename that page, or choose another --date",
		}
	case page == nil:
		return nil, w.orNoSpace(ctx, space, cause)
	case refused && claimOf(*page, s.ID) == foreign:
		return nil, foreignTitle(s, page)
	case claimOf(*page, s.ID) == foreign:
		return nil, cause
	case refused:
		return nil, &takenError{page.ID}
	}
	return page, nil
}

// orNoSpace is why a page could not be created: the space may not be there, which
// Data Center was not asked before.
func (w *Worker) orNoSpace(ctx context.Context, space confluence.Space, cause error) error {
	if found, err := w.Pages.Space(ctx, space.Key); err == nil && found == nil {
		return noSpace(space.Key)
	}
	return cause
}

// A takenError says that the session's title is taken by a page of the session's
// that the search index does not know: another run has created it since, or one
// before could not label it any more. What to do with it is decided anew.
type takenError struct{ page string }

func (e *takenError) Error() string { return errOvertaken.Error() }
func (e *takenError) Unwrap() error { return errOvertaken }

// unsettled is a write that failed when the look whether it took effect failed as
// well.
func unsettled(cause, look error) error {
	if sameFault(cause, look) {
		return cause
	}
	return fmt.Errorf("%w; looking whether it took effect: %w", cause, look)
}

// mark labels a new page and gives it its state. The state comes last: a page
// that has it is complete.
func (w *Worker) mark(ctx context.Context, d revision) (Published, error) {
	s := d.plan.Session
	err := write(ctx, leaseTime, func(ctx context.Context) error {
		err := w.Pages.AddLabels(ctx, d.page.ID, ticket.TeamLabel(s.Owner, s.Team), s.ID)
		if atlassian.Ambiguous(err) { // a label added twice is one label
			return w.Pages.AddLabels(ctx, d.page.ID, ticket.TeamLabel(s.Owner, s.Team), s.ID)
		}
		return err
	})
	if err != nil {
		return Published{}, err
	}
	err = write(ctx, leaseTime, func(ctx context.Context) (err error) {
		d.page.Property, err = w.Pages.CreateProperty(ctx, d.page.ID, d.state)
		if atlassian.StatusOf(err) == http.StatusConflict || atlassian.Ambiguous(err) {
			d.page.Property, err = w.settleMark(ctx, d, err)
		}
		return err
	})
	if err != nil {
		return Published{}, err
	}
	w.Log.Info("page published", "page", d.page.ID, "session", s.ID, "action", d.action)
	return d.published(), nil
}

func (w *Worker) settleMark(ctx context.Context, d revision, cause error) (*confluence.Property, error) {
	prop, err := w.Pages.Property(ctx, d.page.ID)
	if err != nil {
		return nil, unsettled(cause, err)
	}
	switch {
	case prop == nil || prop.State.Session != d.plan.Session.ID:
		return nil, cause
	case !sameState(prop.State, d.state):
		return nil, errOvertaken // another run has marked the page for what it wrote
	}
	return prop, nil
}

// finish completes a page that an interrupted publish left without its marks.
func (w *Worker) finish(ctx context.Context, d revision) (Published, error) {
	w.progress("finishing the page “%s”", d.page.Title)
	if err := w.put(ctx, &d); err != nil {
		return Published{}, err
	}
	if err := w.attach(ctx, &d, func(string) bool { return true }); err != nil {
		return Published{}, err
	}
	return w.mark(ctx, d)
}

// update refreshes the page while it holds the session.
func (w *Worker) update(ctx context.Context, d revision) (Published, error) {
	w.progress("updating the page “%s”", d.page.Title)
	l, err := w.acquire(ctx, d.page.ID, *d.page.Property, func(s *confluence.State) {
		s.Regions, s.Pending, s.Items = d.merged.Standing, d.merged.Regions, d.state.Items
		s.Drawing = d.announced()
	})
	if err != nil {
		return Published{}, err
	}
	doubtful := d.page.Property.State.Drawing
	err = w.attach(ctx, &d, func(file string) bool { return doubtful[file] != "" })
	attached := d.state.Pictures
	if err == nil {
		err = w.put(ctx, &d)
	}
	if err != nil {
		return Published{}, alsoFailed(err, l.release(ctx, func(*confluence.State) {}))
	}
	d.state.Pictures = attached // whatever else was decided anew
	err = l.release(ctx, func(s *confluence.State) { *s = d.state })
	d.page.Property = &l.prop
	w.Log.Info("page published", "page", d.page.ID, "session", d.plan.Session.ID, "action", d.action)
	return d.published(), err
}

// put writes the draft's body. When a person was faster, their version is read
// and merged, and written instead (C3).
func (w *Worker) put(ctx context.Context, d *revision) error {
	page := d.page
	return w.save(ctx, page, d.merged.Body, "Plan refreshed", func() (string, error) {
		next, err := w.revise(d.plan, d.record, false, page, d.hidden, d.asNew)
		if err == nil {
			next.whose(d.team, d.others)
			*d = next
		}
		return next.merged.Body, err
	})
}

// save replaces the body of exactly the version that was read. When the page has
// moved on, or the answer was lost, page is read again and again decides anew:
// a body that was written although the answer was lost is found as it should be.
func (w *Worker) save(ctx context.Context, page *confluence.Page, body, message string, again func() (string, error)) error {
	var err error
	for range attempts {
		if body == page.Body {
			return nil
		}
		err = write(ctx, leaseTime, func(ctx context.Context) error {
			return w.Pages.UpdatePage(ctx, *page, body, message)
		})
		if err == nil {
			page.Version++
			page.Body = body
			return nil
		}
		if atlassian.StatusOf(err) != http.StatusConflict && !atlassian.Ambiguous(err) {
			return err
		}
		if err := w.reread(ctx, page, err); err != nil {
			return err
		}
		var undecided error
		if body, undecided = again(); undecided != nil {
			return undecided
		}
	}
	switch {
	case body == page.Body:
		return nil
	case atlassian.StatusOf(err) == http.StatusConflict:
		return &problem{fmt.Sprintf("updating the page %s: people saved it %d times meanwhile", page.URL, attempts), "run again when they are done"}
	}
	return err
}

// reread reads the page whose update failed with cause. Its property stays as it
// was when this run took the session.
func (w *Worker) reread(ctx context.Context, page *confluence.Page, cause error) error {
	now, err := w.Pages.Page(ctx, page.ID)
	if err != nil {
		return unsettled(cause, err)
	}
	if now == nil {
		return cause
	}
	now.Property = page.Property
	if err := standing(now); err != nil {
		return err
	}
	*page = *now
	return nil
}
