package worker

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"refine/confluence"
	"refine/internal/atlassian"
	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// SyncRequest says which session to write back.
type SyncRequest struct {
	Team   Team
	Page   string      // id or address; otherwise:
	Date   ticket.Date // zero: the latest session
	Epic   string      // empty: any session of the team
	DryRun bool

	// Named gives the team of a page that Page names, by the team's name; nil, or false,
	// leaves it to Team.
	Named func(team string) (Team, bool)

	epic *ticket.Issue    // whose key Epic is
	read *confluence.Page // the page, where a run has just read it
}

// A target is the page that a sync is about, and the pages that it leaves alone.
type target struct {
	page   *confluence.Page   // nil: there is none
	others []*confluence.Page // of the same session
	left   []*confluence.Page // of other sessions that the request may have meant
}

// findSynced returns the page that a sync is about.
func (w *Worker) findSynced(ctx context.Context, req SyncRequest) (target, error) {
	at, err := target{page: req.read}, error(nil)
	if at.page == nil {
		at, err = w.pageToSync(ctx, req)
	}
	if err == nil {
		err = w.syncable(at.page, req)
	}
	return at, err
}

// forTeamOf makes the request one of the page's own team. What is another's has no
// say in it, and nobody there is told.
func (r *SyncRequest) forTeamOf(page *confluence.Page) {
	name := page.Property.State.Team
	if r.Named != nil {
		if own, ok := r.Named(name); ok {
			r.Team = own
		}
	}
	if r.Team.Name != name {
		r.Team.Notify = nil
	}
}

// syncable refuses a page that is no session's of ours.
func (w *Worker) syncable(page *confluence.Page, req SyncRequest) error {
	switch {
	case page == nil && req.Page != "":
		return &problem{"there is no page " + req.Page + ", or this account cannot see it", "check the id, or the address it is in; a page in the trash has to be restored first"}
	case page == nil:
		return &problem{"no session page found" + req.describe(),
			"publish one first; a page published a moment ago may not be found yet: name it with --page ID or its address"}
	case page.Status != "" && page.Status != "current":
		return &problem{"the page " + page.URL + " is " + page.Status, "restore it in Confluence, then run the same command again"}
	case page.Property == nil && confluence.BodyMark(page.Body) != "":
		return &problem{"the page " + page.URL + " was not published to the end", "run refine publish again, or refine run once its session is over, then sync"}
	case page.Property == nil:
		return &problem{"the page " + page.URL + " was not made by refine", "name a session's page"}
	case page.Property.State.Page != page.ID:
		return &problem{"the page " + page.URL + " is a copy of a session's page",
			"sync the original, page " + page.Property.State.Page}
	case page.Property.State.Owner != w.Owner:
		return &problem{fmt.Sprintf("the page %s belongs to the deployment %q, this one is %q", page.URL, page.Property.State.Owner, w.Owner),
			"set owner in the configuration if they are the same"}
	}
	return nil
}

func (r SyncRequest) describe() string {
	s := " of team " + r.Team.Name
	if r.Epic != "" {
		s += " for the epic " + r.Epic
	}
	if !r.Date.IsZero() {
		s += " on " + r.Date.String()
	}
	return s
}

func (w *Worker) pageToSync(ctx context.Context, req SyncRequest) (at target, err error) {
	if req.Page != "" {
		at.page, err = w.addressed(ctx, req.Page)
		return at, err
	}
	if req.Team, err = req.Team.Dated(ctx); err != nil {
		return at, err
	}
	results, err := w.Pages.PagesByLabel(ctx, req.Team.Space, []string{ticket.TeamLabel(w.Owner, req.Team.Name)}, "")
	if err != nil {
		return at, err
	}
	if req.Date.IsZero() {
		results = slices.DeleteFunc(results, confluence.Found.Archived)
	}
	req.epic, err = w.epicOf(ctx, req.Epic)
	gone := err // the page of an epic that is gone can still be known by its key
	if err != nil && atlassian.StatusOf(err) != http.StatusNotFound {
		return at, err
	}
	young := youngSessions{w: w, req: req, src: source{selection: ticket.Selection{Kind: ticket.Backlog}, asked: req.Epic, epic: req.epic}}
	if req.epic != nil {
		young.src.selection = epicSelection(*req.epic)
	}
	for _, day := range w.daysToSync(req, results) {
		at, err = w.pageOf(ctx, req, results, day)
		if err == nil && at.page == nil && gone == nil {
			at.page, err = young.page(ctx, day)
		}
		if err == nil && at.page != nil && req.Date.IsZero() {
			at.left = append(at.left, w.later(ctx, req, results, day)...)
		}
		if err != nil || at.page != nil {
			return at, err
		}
	}
	return target{}, gone
}

// addressed reads the page that a person named by its id or address. An id means
// another page on every site.
func (w *Worker) addressed(ctx context.Context, name string) (*confluence.Page, error) {
	id, err := pageID(name)
	if err != nil {
		return nil, err
	}
	page, err := w.Pages.Page(ctx, id)
	if err == nil && !w.Pages.Leads(name, page) {
		return nil, &problem{fmt.Sprintf("the address %s is not one of the Confluence that is configured, %s", name, w.Pages.Site()),
			"give an address of that site, or the page's id there"}
	}
	return page, err
}

// daysToSync lists the days a sync may be about, in the order in which they are
// looked at: the latest session that has begun, the ones before it, then those
// to come, the next one first. Days the index names are there, and those of the
// sessions that may have been published moments ago, which it may not know yet.
func (w *Worker) daysToSync(req SyncRequest, results []confluence.Found) []ticket.Date {
	if !req.Date.IsZero() {
		return []ticket.Date{req.Date}
	}
	days := req.Team.openDays(w.Now())
	for _, f := range results {
		if day, err := ticket.ParseDate(dayOf(f)); err == nil {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, ticket.Date.Compare)
	days = slices.Compact(days)
	first := slices.IndexFunc(days, func(d ticket.Date) bool { return req.Team.startOn(d).After(w.Now()) })
	if first < 0 {
		first = len(days)
	}
	slices.Reverse(days[:first])
	return days
}

// pageOf reads the pages of that day that the index named and takes one session's.
// Of pages whose day nothing tells, the page itself does.
func (w *Worker) pageOf(ctx context.Context, req SyncRequest, results []confluence.Found, day ticket.Date) (target, error) {
	sessions := map[string][]*confluence.Page{}
	for _, f := range results {
		if told := dayOf(f); told != "" && told != day.String() {
			continue
		}
		page, err := w.readable(ctx, f.ID)
		if err != nil {
			return target{}, err
		}
		if page != nil && req.fits(*page, day) {
			id := page.Property.State.Session
			sessions[id] = append(sessions[id], page)
		}
	}
	return likeliest(slices.Collect(maps.Values(sessions))), nil
}

// likeliest takes the session that people typed on last, and names the others. A
// page that somebody else than its maker saved comes before one that was only
// published.
func likeliest(sessions [][]*confluence.Page) (at target) {
	var all []target
	for _, pages := range sessions {
		page, others := chosen(pages, titleOf(pages[0].Property.State))
		all = append(all, target{page: page, others: others})
	}
	slices.SortFunc(all, func(x, y target) int {
		a, b := x.page, y.page
		return cmp.Or(compareBool(b.Saver != b.Author, a.Saver != a.Author),
			b.Saved.Compare(a.Saved), b.Created.Compare(a.Created), cmp.Compare(b.ID, a.ID))
	})
	for i, t := range all {
		if i == 0 {
			at = t
		} else {
			at.left = append(at.left, t.page)
		}
	}
	return at
}

// mostLater is how many pages of later sessions are read to be named.
const mostLater = 3

// later are the pages of sessions after that day. They are named for people, so
// that one which cannot be read fails nothing.
func (w *Worker) later(ctx context.Context, req SyncRequest, results []confluence.Found, day ticket.Date) (left []*confluence.Page) {
	for _, f := range results {
		other, err := ticket.ParseDate(dayOf(f))
		if err != nil || other.Compare(day) <= 0 || len(left) == mostLater {
			continue
		}
		page, err := w.readable(ctx, f.ID)
		if err == nil && page != nil && req.fits(*page, other) {
			left = append(left, page)
		}
	}
	return left
}

// titleOf is the title that the session's page had at first.
func titleOf(s confluence.State) string {
	session, err := sessionOf(s)
	if err != nil {
		return "" // no page has it, then
	}
	return session.Title()
}

// youngSessions looks directly for the pages of the sessions that a publish
// without a date is about. What their titles need is asked once.
type youngSessions struct {
	w     *Worker
	req   SyncRequest
	space *confluence.Space
	src   source // its selection and epic
	topic string
}

func (y *youngSessions) page(ctx context.Context, day ticket.Date) (page *confluence.Page, err error) {
	if y.req.Date.IsZero() && !slices.Contains(y.req.Team.openDays(y.w.Now()), day) {
		return nil, nil
	}
	if y.space == nil {
		if y.space, y.topic, err = y.w.topicOf(ctx, y.req, y.src); err != nil {
			return nil, err
		}
	}
	s := y.req.Team.session(y.w.Owner, y.src.selection, y.topic, day)
	page, err = y.w.Pages.PageByTitle(ctx, *y.space, s.Title())
	if err != nil || page == nil {
		return nil, err
	}
	for _, known := range y.src.known([]ticket.Session{s}) {
		if claimOf(*page, known.ID) != foreign {
			return page, nil
		}
	}
	return nil, nil
}

// epicOf reads the epic that a sync names, by whichever of its keys.
func (w *Worker) epicOf(ctx context.Context, key string) (*ticket.Issue, error) {
	if key == "" {
		return nil, nil
	}
	issue, err := w.Jira.Epic(ctx, key)
	if err != nil {
		return nil, err
	}
	return &issue, nil
}

func (w *Worker) topicOf(ctx context.Context, req SyncRequest, src source) (*confluence.Space, string, error) {
	space, err := w.spaceOf(ctx, req.Team)
	return space, src.selection.Topic(req.Team.Backlog, src.epic), err
}

// fits reports whether the page is a session of that day which the request may
// mean. Copies are never meant.
func (r SyncRequest) fits(p confluence.Page, day ticket.Date) bool {
	if p.Property == nil || p.Property.State.Page != p.ID || !strings.HasSuffix(p.Property.State.Session, day.String()) {
		return false
	}
	sel := p.Property.State.Selection
	if r.Epic == "" {
		return true
	}
	byID := r.epic != nil && sel.ID != "" && sel.ID == r.epic.ID
	return sel.Kind == string(ticket.Epic) && (byID || sel.Value == r.Epic || slices.Contains(epicKeys(r.Epic, r.epic), sel.Value))
}

var dayPattern = lazyregexp.New(`[0-9]{4}-[0-9]{2}-[0-9]{2}`)

// dayOf is the session's day as the search result tells it, empty if it doesn't.
func dayOf(f confluence.Found) string {
	for _, l := range f.Labels {
		if d := dayPattern.FindString(l); d != "" && strings.HasPrefix(l, "refine-") {
			return d
		}
	}
	return dayPattern.FindString(f.Title)
}

// pageIDs are how a page's address names it, on Cloud and on Data Center.
var pageIDs = []*lazyregexp.Regexp{
	lazyregexp.New(`^([0-9]+)$`),
	lazyregexp.New(`/pages/(?:edit-v2/|edit/)?([0-9]+)(?:[/?#]|$)`),
	lazyregexp.New(`[?&]pageId=([0-9]+)`),
}

func pageID(s string) (string, error) {
	for _, re := range pageIDs {
		if m := re.FindStringSubmatch(s); m != nil {
			return m[1], nil
		}
	}
	return "", &problem{fmt.Sprintf("%q names no page", s), "give the page's id, or its address with the id in it"}
}
