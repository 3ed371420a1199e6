package worker

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"refine/confluence"
	"refine/planner"
)

// SyncRequest says which session to write back.
type SyncRequest struct {
	Team   Team
	Page   string       // id or address; otherwise:
	Date   planner.Date // zero: the latest session
	Epic   string       // empty: any session of the team
	DryRun bool
}

// findSynced returns the page that a sync is about.
func (w *Worker) findSynced(ctx context.Context, req SyncRequest) (*confluence.Page, error) {
	page, err := w.pageToSync(ctx, req)
	if err != nil {
		return nil, err
	}
	switch {
	case page == nil:
		return nil, &problem{"no session page found" + req.describe(),
			"publish one first; a page published a moment ago may not be found yet: name it with --page ID or its address"}
	case page.Property == nil && confluence.BodyMark(page.Body) != "":
		return nil, &problem{"the page " + page.URL + " was not published to the end", "run refine publish again, then sync"}
	case page.Property == nil:
		return nil, &problem{"the page " + page.URL + " was not made by refine", "name a session's page"}
	case page.Property.State.Page != page.ID:
		return nil, &problem{"the page " + page.URL + " is a copy of a session's page",
			"sync the original, page " + page.Property.State.Page}
	case page.Property.State.Owner != w.Owner:
		return nil, &problem{fmt.Sprintf("the page %s belongs to the deployment %q, this one is %q", page.URL, page.Property.State.Owner, w.Owner),
			"set owner in the configuration if they are the same"}
	}
	return page, nil
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

func (w *Worker) pageToSync(ctx context.Context, req SyncRequest) (*confluence.Page, error) {
	if req.Page != "" {
		id, err := pageID(req.Page)
		if err != nil {
			return nil, err
		}
		return w.Pages.Page(ctx, id)
	}
	results, err := w.Pages.PagesByLabel(ctx, req.Team.Space, []string{planner.TeamLabel(w.Owner, req.Team.Name)}, "")
	if err != nil {
		return nil, err
	}
	latest, err := w.latest(ctx, req, results)
	if err != nil {
		return nil, err
	}
	young, err := w.youngPage(ctx, req, latest)
	if err != nil || young != nil {
		return young, err
	}
	return latest, nil
}

// youngPage looks directly for a session later than the latest one known, that
// may have been published moments ago: the search index may not know it yet.
func (w *Worker) youngPage(ctx context.Context, req SyncRequest, known *confluence.Page) (*confluence.Page, error) {
	days := w.candidateDays(req)
	if known != nil {
		days = slices.DeleteFunc(days, func(d planner.Date) bool { return d.String() <= day.FindString(known.Property.State.Session) })
	}
	if len(days) == 0 {
		return nil, nil
	}
	space, sel, topic, err := w.topicOf(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, day := range days {
		s := req.Team.session(w.Owner, sel, topic, day)
		page, err := w.Pages.PageByTitle(ctx, *space, s.Title())
		if err != nil {
			return nil, err
		}
		if page != nil && claimOf(*page, s.ID) != foreign {
			return page, nil
		}
	}
	return nil, nil
}

func (w *Worker) topicOf(ctx context.Context, req SyncRequest) (*confluence.Space, planner.Selection, string, error) {
	sel := planner.Selection{Kind: planner.Backlog}
	var epic *planner.Issue
	if req.Epic != "" {
		issue, err := w.Jira.Epic(ctx, req.Epic)
		if err != nil {
			return nil, sel, "", err
		}
		sel, epic = planner.Selection{Kind: planner.Epic, Value: issue.Key}, &issue
	}
	space, err := w.spaceOf(ctx, req.Team)
	return space, sel, sel.Topic(req.Team.Backlog, epic), err
}

// candidateDays are the days a session just published may be for, the latest
// first.
func (w *Worker) candidateDays(req SyncRequest) []planner.Date {
	if !req.Date.IsZero() {
		return []planner.Date{req.Date}
	}
	days := req.Team.openDays(w.Now())
	slices.Reverse(days)
	return days
}

// latest reads the page of the latest session that the request fits. Dates and
// selections are told by the labels, or by the title where an answer has none.
func (w *Worker) latest(ctx context.Context, req SyncRequest, found []confluence.Found) (*confluence.Page, error) {
	slices.SortStableFunc(found, func(a, b confluence.Found) int { return strings.Compare(dayOf(b), dayOf(a)) })
	for _, f := range found {
		if !req.Date.IsZero() && dayOf(f) != "" && dayOf(f) != req.Date.String() {
			continue
		}
		page, err := w.Pages.Page(ctx, f.ID)
		if err != nil {
			return nil, err
		}
		if page != nil && req.fits(*page) {
			return page, nil
		}
	}
	return nil, nil
}

// fits reports whether the page is a session that the request may mean. Copies
// are never meant.
func (r SyncRequest) fits(p confluence.Page) bool {
	if p.Property == nil || p.Property.State.Page != p.ID {
		return false
	}
	s := p.Property.State
	return (r.Epic == "" || s.Selection.Kind == string(planner.Epic) && s.Selection.Value == r.Epic) &&
		(r.Date.IsZero() || strings.HasSuffix(s.Session, r.Date.String()))
}

var day = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}`)

// dayOf is the session's day as the search result tells it, empty if it doesn't.
func dayOf(f confluence.Found) string {
	for _, l := range f.Labels {
		if d := day.FindString(l); d != "" && strings.HasPrefix(l, "refine-") {
			return d
		}
	}
	return day.FindString(f.Title)
}

// pageIDs are how a page's address names it, on Cloud and on Data Center.
var pageIDs = []*regexp.Regexp{
	regexp.MustCompile(`^([0-9]+)$`),
	regexp.MustCompile(`/pages/(?:edit-v2/|edit/)?([0-9]+)(?:[/?#]|$)`),
	regexp.MustCompile(`[?&]pageId=([0-9]+)`),
}

func pageID(s string) (string, error) {
	for _, re := range pageIDs {
		if m := re.FindStringSubmatch(s); m != nil {
			return m[1], nil
		}
	}
	return "", &problem{fmt.Sprintf("%q names no page", s), "give the page's id, or its address with the id in it"}
}
