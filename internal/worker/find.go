package worker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"refine/confluence"
	"refine/internal/lazyregexp"
	"refine/planner/guide"
	"refine/planner/ticket"
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
// session; a nil page if none has. Pages that people renamed, moved or archived,
// and those of the other sessions, are found by their labels. Where that leaves a
// doubt, since the search index lags behind, they are looked for directly. parent
// is looked for by its title in the same request, and its id returned. titled is
// the page that holds the first session's title, if that is known.
func (w *Worker) find(ctx context.Context, req Request, src source, sessions []ticket.Session, titled *confluence.Page) (location, error) {
	at, parent := location{session: sessions[0]}, req.Team.Parent
	results, err := w.teamPages(ctx, req.Team.Space, at.session.Team, idsOf(sessions), parent)
	if err != nil {
		return at, err
	}
	at.listed(results, parent)
	found, err := w.sessionPages(ctx, results, sessions, titled)
	if err != nil {
		return at, err
	}
	if at.choose(sessions, found); at.page == nil || at.page.Title != sessions[0].Title() {
		if titled, err = w.look(ctx, req, src, &at, sessions, titled); err != nil {
			return at, err
		}
		if titled != nil {
			at.choose(sessions, append(found, w.own(*titled, sessions)...))
		}
	}
	if at.page == nil && titled != nil {
		return at, foreignTitle(at.session, titled)
	}
	return at, usable(at.page)
}

// look asks for the first session's page without the search index, and returns
// the one that holds its title. Where the index knows of none, Cloud's list of
// the youngest pages tells those that it may not know yet. A title that an older
// page holds is refused when the page is created, see [Worker.settleCreate]; only
// a dry run has to ask for it.
func (w *Worker) look(ctx context.Context, req Request, src source, at *location, sessions []ticket.Session, titled *confluence.Page) (*confluence.Page, error) {
	if titled != nil || at.page == nil && !req.DryRun && !w.mayHaveLag(src) {
		return titled, nil
	}
	space, err := w.spaceOf(ctx, req.Team)
	if err != nil {
		return nil, err
	}
	if at.page != nil || req.DryRun {
		if titled, err = w.Pages.PageByTitle(ctx, *space, sessions[0].Title()); titled != nil || at.page != nil || err != nil {
			return titled, err
		}
	}
	if !w.mayHaveLag(src) {
		return nil, nil
	}
	return w.young(ctx, *space, at, sessions)
}

// own is the page as one of the sessions', if its marks say so.
func (w *Worker) own(p confluence.Page, sessions []ticket.Session) []*confluence.Page {
	if slices.ContainsFunc(sessions, func(s ticket.Session) bool { return claimOf(p, s.ID) != foreign }) {
		return []*confluence.Page{&p}
	}
	return nil
}

// foreignTitle says that a page which is none of ours has a session's title.
func foreignTitle(s ticket.Session, p *confluence.Page) error {
	return &problem{
		fmt.Sprintf("the title “%s” is taken by a page that is not this session's: %s", s.Title(), p.URL),
		"rename or delete that page, or choose another --date",
	}
}

func idsOf(sessions []ticket.Session) []string {
	ids := make([]string, len(sessions))
	for i, s := range sessions {
		ids[i] = s.ID
	}
	return ids
}

// location is a session with its page, if it has one, and what else the search
// for it told.
type location struct {
	session  ticket.Session
	page     *confluence.Page
	others   []*confluence.Page // of the same session, see [chosen]
	parentID string             // of the page that new ones go under, if it was found
	team     []confluence.Found // the team's pages, as far as the search listed them
	before   earlierMeeting
}

// listed notes what the search found beside the sessions' own pages.
func (at *location) listed(results []confluence.Found, parent string) {
	at.team = []confluence.Found{}
	for _, f := range results {
		switch {
		case f.Archived():
		case parent != "" && f.Title == parent:
			at.parentID = f.ID
		default:
			at.team = append(at.team, f)
		}
	}
}

// choose takes the page of the first of the sessions that has one.
func (at *location) choose(sessions []ticket.Session, found []*confluence.Page) {
	for _, s := range sessions {
		var own []*confluence.Page
		for _, p := range found {
			if claimOf(*p, s.ID) != foreign {
				own = append(own, p)
			}
		}
		if len(own) > 0 {
			at.session = s
			at.page, at.others = chosen(own, s.Title())
			return
		}
	}
}

// chosen is the one of several pages that a session is about, and the others,
// which are left alone and reported: people restored a page from the trash after
// another one had taken its place. Every run chooses the same: a current one
// before an archived one, one that has the session's title, and of several the
// youngest.
func chosen(pages []*confluence.Page, title string) (page *confluence.Page, others []*confluence.Page) {
	ordered := slices.SortedFunc(slices.Values(pages), func(a, b *confluence.Page) int {
		return cmp.Or(
			compareBool(b.Status != "archived", a.Status != "archived"), compareBool(b.Title == title, a.Title == title),
			b.Created.Compare(a.Created), cmp.Compare(b.ID, a.ID))
	})
	for _, p := range ordered[1:] {
		if p.Status != "archived" {
			others = append(others, p)
		}
	}
	return ordered[0], others
}

// sessionPages reads the pages that carry a session's label and returns those
// that are a session's own: a copy carries the label too. titled was read
// already; it counts also where a publish could not label or mark it any more.
func (w *Worker) sessionPages(ctx context.Context, results []confluence.Found, sessions []ticket.Session, titled *confluence.Page) (own []*confluence.Page, err error) {
	ids := idsOf(sessions)
	titledOurs := func(id string) bool { return titled != nil && claimOf(*titled, id) != foreign }
	if slices.ContainsFunc(ids, titledOurs) {
		own = append(own, titled)
	}
	for _, f := range results {
		if !known(f, ids) || titled != nil && f.ID == titled.ID {
			continue
		}
		page, err := w.readable(ctx, f.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if ours, err := w.ours(ctx, page, id); err != nil {
				return nil, err
			} else if ours {
				own = append(own, page)
			}
		}
	}
	return own, nil
}

// longestLag is how far the search index is behind writes at most.
const longestLag = time.Hour

// mayHaveLag reports whether a page of the session may have another title than
// the session and not be in the search index yet. An epic's session is only
// looked for further if the epic has changed of late: looking costs a request.
func (w *Worker) mayHaveLag(src source) bool {
	return src.epic == nil || w.Now().Sub(src.epic.Updated).Abs() < longestLag
}

// young looks among the pages that were made last, of which the search index may
// not know yet: one has the first session's title, which is returned; another was
// renamed since, or its topic was, and only its body tells whose it is.
func (w *Worker) young(ctx context.Context, space confluence.Space, at *location, sessions []ticket.Session) (titled *confluence.Page, err error) {
	pages, err := w.Pages.Youngest(ctx, space)
	if err != nil {
		return nil, err
	}
	oldest := w.serviceTime().Add(-longestLag - clockSkew)
	var ids []string
	for _, p := range pages {
		if strings.EqualFold(p.Title, sessions[0].Title()) {
			return w.readable(ctx, p.ID)
		}
		known := slices.ContainsFunc(at.team, func(f confluence.Found) bool { return f.ID == p.ID })
		if p.Created.After(oldest) && !known && mayBeRenamed(p, sessions) {
			ids = append(ids, p.ID)
		}
	}
	bodies, err := w.Pages.Bodies(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, s := range sessions {
		for _, id := range ids {
			if confluence.BodyMark(bodies[id]) != s.ID {
				continue
			}
			page, err := w.readable(ctx, id)
			if err != nil {
				return nil, err
			}
			if ours, err := w.ours(ctx, page, s.ID); ours || err != nil {
				at.session, at.page = s, page
				return nil, err
			}
		}
	}
	return nil, nil
}

// mayBeRenamed reports whether a page may be one of the sessions' under another
// title. One that nobody has saved since it was made has the title that we gave it,
// whatever the topic in it.
func mayBeRenamed(p confluence.Page, sessions []ticket.Session) bool {
	return p.Version > 1 || slices.ContainsFunc(sessions, func(s ticket.Session) bool {
		return strings.HasPrefix(p.Title, strings.TrimSuffix(s.Title(), s.Topic))
	})
}

// ours reports whether a page that was found otherwise than by its title is the
// session's. One in the trash is gone, whatever the index still knows of it; one
// without a property counts if we have made it.
func (w *Worker) ours(ctx context.Context, p *confluence.Page, sessionID string) (bool, error) {
	if p == nil || p.Status == "trashed" {
		return false, nil
	}
	switch claimOf(*p, sessionID) {
	case claimed:
		return true, nil
	case unfinished:
		return w.Pages.Mine(ctx, *p)
	}
	return false, nil
}

// teamPages asks for the sessions' pages and, in the same request, for all others
// of the team, one of which is the previous session's. Where they are too many
// for one answer, the sessions' own are asked for by themselves.
func (w *Worker) teamPages(ctx context.Context, space, team string, labels []string, parent string) ([]confluence.Found, error) {
	all, err := w.Pages.PagesByLabel(ctx, space, append(slices.Clone(labels), ticket.TeamLabel(w.Owner, team)), parent)
	if err != nil || len(all) < confluence.MostFound {
		return all, err
	}
	own, err := w.Pages.PagesByLabel(ctx, space, labels, parent)
	return append(own, all...), err
}

// usable refuses a page that publishing must not reach: one that is out of the
// way, or of whose text nothing is known.
func usable(p *confluence.Page) error {
	switch {
	case p == nil:
		return nil
	case p.Status == "archived":
		return &problem{
			fmt.Sprintf("the session's page “%s” is archived: %s", p.Title, p.URL),
			"restore the page in Confluence, or delete it to have a new one made",
		}
	}
	return standing(p)
}

// standing refuses a page that is a session's by its property and shows nothing
// of one (F7). To write there would replace what people see and the service does
// not answer; to say that nothing is decided there would be a guess.
func standing(p *confluence.Page) error {
	if p.Property == nil || p.Property.State.Stands(p.Body) {
		return nil
	}
	what := "nothing of the session stands in it"
	if strings.TrimSpace(p.Body) == "" {
		what = "Confluence answers an empty body"
	}
	return &problem{
		fmt.Sprintf("the session's page “%s” cannot be read: %s; nothing was read from it or written to it: %s", p.Title, what, p.URL),
		"open the page: if people see the session there, it may be a live document, so turn it into a page and run again; " +
			"if they do not, restore an earlier version from its history, or delete the page to have a new one made",
	}
}

// isID reports whether a configured page may be given by its id. Its title comes
// first: people call pages "2026".
var isID = lazyregexp.New(`^[0-9]+$`).MatchString

// NamedPage reads the page that a setting gives by its title in the space, or by
// its id where no page there has such a title; nil if there is neither.
func (w *Worker) NamedPage(ctx context.Context, space confluence.Space, name string) (*confluence.Page, error) {
	page, err := w.Pages.PageByTitle(ctx, space, name)
	if err == nil && page == nil && isID(name) {
		page, err = w.Pages.Page(ctx, name)
	}
	return page, err
}

// parentOf settles which page a new one goes under. The search index may not
// know a young parent yet, so the last word has a direct look.
func (w *Worker) parentOf(ctx context.Context, space confluence.Space, parent, foundID string) (string, error) {
	if parent == "" || foundID != "" {
		return foundID, nil
	}
	page, err := w.NamedPage(ctx, space, parent)
	switch {
	case err != nil:
		return "", err
	case page == nil:
		return "", &problem{
			fmt.Sprintf("the page “%s”, which session pages go under, is not in the space %s%s", parent, space.Key, norID(parent)),
			"create it, or correct page.parent in the configuration (empty: the space's home page)",
		}
	case page.Status == "archived" || page.Status == "trashed":
		return "", &problem{
			fmt.Sprintf("the page “%s”, which session pages go under, is %s: %s", page.Title, page.Status, page.URL),
			"restore it, or correct page.parent in the configuration (empty: the space's home page)",
		}
	}
	return page.ID, nil
}

// norID goes on to say that a name was tried as an id as well.
func norID(name string) string {
	if isID(name) {
		return ", nor is there one with that id"
	}
	return ""
}

// spaceOf returns the team's space.
func (w *Worker) spaceOf(ctx context.Context, t Team) (*confluence.Space, error) {
	space, err := w.Pages.SpaceOf(ctx, t.Space)
	if err == nil && space == nil {
		err = noSpace(t.Space)
	}
	return space, err
}

func noSpace(key string) error {
	return &problem{fmt.Sprintf("the Confluence space %q does not exist, or this account cannot see it", key),
		"check confluence.space (it is the key, not the name) and the account's permissions"}
}

// session is the team's session about sel on that day.
func (t Team) session(owner string, sel ticket.Selection, topic string, day ticket.Date) ticket.Session {
	return ticket.Session{
		ID:    ticket.SessionID(owner, t.Name, sel, day),
		Owner: owner, Team: t.Name, Selection: sel, Topic: topic,
		Start: t.startOn(day), Duration: t.SessionDuration(), Format: t.Follows().Name(),
	}
}

// SessionDuration is how long the team's sessions last.
func (t Team) SessionDuration() time.Duration { return cmp.Or(t.Duration, t.Follows().Usual()) }

// Follows is the guide of the team's sessions. A built-in one is read where it is used.
func (t Team) Follows() guide.Guide {
	if t.Guide.Name() == "" {
		return guide.BuiltIn(t.Format)
	}
	return t.Guide
}
