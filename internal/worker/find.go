package worker

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"refine/confluence"
	"refine/planner"
)

// claim is what a page's marks say about whose it is.
type claim int

const (
	foreign    claim = iota // not ours, or another session's
	claimed                 // ours, by its property
	unfinished              // ours by its body alone: a publish stopped before it could mark the page
)

// claimOf judges a page by its marks, never by its title (C2). A copy carries
// the original's property, which names the original's id.
func claimOf(p confluence.Page, sessionID string) claim {
	mark := confluence.BodyMark(p.Body)
	switch {
	case p.Property == nil && mark == sessionID:
		return unfinished
	case p.Property == nil, p.Property.State.Session != sessionID, p.Property.State.Page != p.ID:
		return foreign
	case mark != "" && mark != sessionID:
		return foreign // the property says one thing and the page another
	}
	return claimed
}

// readable reads a page that the search index named. One whose property bears
// our key and somebody else's content is none of ours.
func (w *Worker) readable(ctx context.Context, id string) (*confluence.Page, error) {
	page, err := w.Pages.Page(ctx, id)
	if _, strange := errors.AsType[*confluence.ForeignStateError](err); strange {
		w.Log.Warn("page left alone", "page", id, "error", err)
		return nil, nil
	}
	return page, err
}

// find returns the page of the first of the sessions that has one, and that
// session; a nil page if none has. The title of the first is asked for directly,
// since that answer does not lag; pages that people renamed or moved, and those
// of the other sessions, are found by their labels. parent, if it is a title, is
// looked for in the same request, and its id returned.
func (w *Worker) find(ctx context.Context, space confluence.Space, sessions []planner.Session, parent string) (at location, err error) {
	wanted := sessions[0]
	titled, err := w.Pages.PageByTitle(ctx, space, wanted.Title())
	if err != nil {
		return at, err
	}
	at.session = wanted
	if titled != nil && claimOf(*titled, wanted.ID) != foreign {
		at.page, err = usable(titled)
		return at, err
	}
	if at, err = w.findByLabel(ctx, space, sessions, parent); err != nil || at.page != nil {
		return at, err
	}
	if titled != nil {
		return at, &problem{
			fmt.Sprintf("the title “%s” is taken by a page that is not this session's: %s", wanted.Title(), titled.URL),
			"rename or delete that page, or choose another --date",
		}
	}
	return at, nil
}

// location is a session with its page, if it has one, and the page that new ones
// go under, as far as the search told.
type location struct {
	session  planner.Session
	page     *confluence.Page
	parentID string
	// team are the team's pages, as far as the search listed them; nil if there
	// was none.
	team []confluence.Found
}

// findByLabel reads the pages that carry a session's label until one is a
// session's own: a copy carries the label too.
func (w *Worker) findByLabel(ctx context.Context, space confluence.Space, sessions []planner.Session, parent string) (location, error) {
	out := location{session: sessions[0]}
	labels := make([]string, len(sessions))
	for i, s := range sessions {
		labels[i] = s.ID
	}
	results, err := w.teamPages(ctx, space.Key, sessions[0].Team, labels, titleOnly(parent))
	if err != nil {
		return out, err
	}
	out.team = results
	for _, f := range results {
		if parent != "" && f.Title == parent {
			out.parentID = f.ID
			continue
		}
		if !known(f, labels) {
			continue // another session's
		}
		page, err := w.readable(ctx, f.ID)
		if err != nil {
			return out, err
		}
		for _, s := range sessions {
			if out.page == nil && page != nil && claimOf(*page, s.ID) == claimed {
				out.session = s
				if out.page, err = usable(page); err != nil {
					return out, err
				}
			}
		}
	}
	return out, nil
}

// teamPages asks for the sessions' pages and, in the same request, for all others
// of the team, one of which is the previous session's. Where they are too many
// for one answer, the sessions' own are asked for by themselves.
func (w *Worker) teamPages(ctx context.Context, space, team string, labels []string, parent string) ([]confluence.Found, error) {
	all, err := w.Pages.PagesByLabel(ctx, space, append(slices.Clone(labels), planner.TeamLabel(w.Owner, team)), parent)
	if err != nil || len(all) < confluence.MostFound {
		return all, err
	}
	own, err := w.Pages.PagesByLabel(ctx, space, labels, parent)
	return append(own, all...), err
}

// usable refuses a page that stands where publishing must not reach.
func usable(p *confluence.Page) (*confluence.Page, error) {
	if p.Status == "archived" {
		return nil, &problem{
			fmt.Sprintf("the session's page “%s” is archived: %s", p.Title, p.URL),
			"restore the page in Confluence, or delete it to have a new one made",
		}
	}
	return p, nil
}

// isID reports whether a configured parent is a page's id, not its title.
var isID = regexp.MustCompile(`^[0-9]+$`).MatchString

func titleOnly(parent string) string {
	if isID(parent) {
		return ""
	}
	return parent
}

// parentOf settles which page a new one goes under. The search index may not
// know a young parent yet, so the last word has a direct look.
func (w *Worker) parentOf(ctx context.Context, space confluence.Space, parent, foundID string) (string, error) {
	switch {
	case parent == "" || foundID != "":
		return foundID, nil
	case isID(parent):
		return parent, nil
	}
	page, err := w.Pages.PageByTitle(ctx, space, parent)
	if err != nil {
		return "", err
	}
	if page == nil {
		return "", &problem{
			fmt.Sprintf("the page “%s”, which session pages go under, is not in the space %s", parent, space.Key),
			"create it, or correct page.parent in the configuration (empty: the space's home page)",
		}
	}
	return page.ID, nil
}

// spaceOf returns the team's space.
func (w *Worker) spaceOf(ctx context.Context, t Team) (*confluence.Space, error) {
	space, err := w.Pages.Space(ctx, t.Space)
	if err != nil {
		return nil, err
	}
	if space == nil {
		return nil, &problem{fmt.Sprintf("the Confluence space %q does not exist, or this account cannot see it", t.Space),
			"check confluence.space (it is the key, not the name) and the account's permissions"}
	}
	return space, nil
}

// session is the team's session about sel on that day.
func (t Team) session(owner string, sel planner.Selection, topic string, day planner.Date) planner.Session {
	return planner.Session{
		ID:    planner.SessionID(owner, t.Name, sel, day),
		Owner: owner, Team: t.Name, Selection: sel, Topic: topic,
		Start: t.startOn(day), Duration: t.duration(), Format: t.Format,
	}
}

func (t Team) duration() time.Duration {
	if t.Duration == 0 {
		return 90 * time.Minute
	}
	return t.Duration
}
