package worker

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"refine/confluence"
	"refine/internal/atlassian"
)

// draw decides which pictures are to be attached (C6): those that the page shows as
// the plan has them, and has not as they are now. Where people have changed what
// shows a picture, or taken it off, it stays as it is.
func (d *revision) draw() error {
	d.drawings = nil
	all := confluence.Drawings(d.plan)
	prints, err := confluence.Fingerprints(slices.DeleteFunc(slices.Clone(d.regions), func(r confluence.Region) bool {
		return !slices.ContainsFunc(all, func(p confluence.Drawing) bool { return p.Region == r.ID })
	}))
	if err != nil {
		return err
	}
	for _, p := range all {
		shown := d.merged.Regions[p.Region] == prints[p.Region]
		if shown && d.state.Pictures[p.File()].Print != p.Print {
			d.drawings = append(d.drawings, p)
		}
	}
	return nil
}

// announced are the pictures that are about to be attached, for the state.
func (d *revision) announced() map[string]string {
	files := map[string]string{}
	for _, p := range d.drawings {
		files[p.File()] = p.Print
	}
	return files
}

// attach gives the page its new pictures and notes them in the state that is to be
// written. doubtful says of a file that an earlier run may have attached it: then it
// is looked for first. Several that the page has none of go in one request. A picture
// that the service refuses is told and left out, since the page says in words what it
// shows; it is tried again when it changes.
func (w *Worker) attach(ctx context.Context, d *revision, doubtful func(file string) bool) error {
	d.state.Pictures = maps.Clone(d.state.Pictures)
	if d.state.Pictures == nil && len(d.drawings) > 0 {
		d.state.Pictures = map[string]confluence.Drawn{}
	}
	unseen := func(p confluence.Drawing) bool { return d.state.Pictures[p.File()].ID == "" && !doubtful(p.File()) }
	ids, lost, err := w.attachAll(ctx, d.page.ID, slices.DeleteFunc(slices.Clone(d.drawings), func(p confluence.Drawing) bool { return !unseen(p) }))
	if err != nil {
		return err
	}
	for _, p := range d.drawings {
		id, attached := ids[p.File()]
		if !attached {
			w.progress("drawing %s", p.File())
			id, err = w.attachOne(ctx, d.page.ID, d.state.Pictures[p.File()].ID, p, doubtful(p.File()) || lost)
		}
		if err != nil && refusedFile(err) {
			w.Log.Warn("the page goes without a picture; page.pictures: false leaves all out", "page", d.page.ID, "picture", p.File(), "error", err)
		} else if err != nil {
			return err
		} else {
			d.attached = append(d.attached, p.File())
		}
		d.state.Pictures[p.File()] = confluence.Drawn{Print: p.Print, ID: id}
	}
	d.drawings = nil
	return nil
}

// attachAll attaches pictures together, if there are several, and returns their ids,
// empty where they were not told. It returns none where they are to be attached one by
// one: because one of them may be refused without the others, or because the answer is
// lost, so that each is to be looked for.
func (w *Worker) attachAll(ctx context.Context, page string, pictures []confluence.Drawing) (ids map[string]string, lost bool, err error) {
	if len(pictures) < 2 {
		return nil, false, nil
	}
	w.progress("drawing %d pictures", len(pictures))
	var told map[string]string
	err = write(ctx, leaseTime, func(ctx context.Context) (err error) {
		told, err = w.Pages.AttachAll(ctx, page, pictures)
		return err
	})
	switch {
	case atlassian.Ambiguous(err):
		return nil, true, nil
	case err != nil && refusedFile(err):
		return nil, false, nil
	case err != nil:
		return nil, false, err
	}
	ids = map[string]string{}
	for _, p := range pictures {
		ids[p.File()] = told[p.File()]
	}
	return ids, false, nil
}

// attachOne makes one attachment say what it shall. When the answer is lost it looks
// whether the file is there.
func (w *Worker) attachOne(ctx context.Context, page, known string, p confluence.Drawing, doubtful bool) (id string, err error) {
	if doubtful {
		a, err := w.Pages.Attachment(ctx, page, p.File())
		switch {
		case err != nil:
			return "", err
		case a != nil && a.Shows(p):
			return a.ID, nil
		case a != nil:
			known = a.ID
		}
	}
	err = write(ctx, leaseTime, func(ctx context.Context) (err error) {
		id, err = w.Pages.Attach(ctx, page, known, p)
		return err
	})
	if !atlassian.Ambiguous(err) {
		return id, err
	}
	a, look := w.Pages.Attachment(ctx, page, p.File())
	switch {
	case look != nil:
		return "", unsettled(err, look)
	case a != nil && a.Shows(p):
		return a.ID, nil
	}
	return "", err
}

// refusedFile reports whether the service takes no such file from us: attachments
// are switched off, too large, or need a right or a scope that the rest does not.
// Credentials that are not taken any more are no such refusal.
func refusedFile(err error) bool {
	return atlassian.ScopeMissing(err) ||
		slices.Contains([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusRequestEntityTooLarge}, atlassian.StatusOf(err))
}
