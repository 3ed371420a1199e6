package confluencetest

import (
	"slices"
	"strings"
	"time"

	"refine/confluence/storage"
)

// index is what the search knows of the site: a copy, because it may lag.
type index struct {
	stopped bool
	entries []entry
}

// An entry is a page as the index knows it.
type entry struct {
	page      *page
	status    string
	title     string
	body      string
	space     string
	parent    string
	ancestors []string
	labels    []label
	creator   *User
	created   time.Time
	modified  time.Time
}

// follow brings the index up to date unless it lags.
func (x *index) follow(t *site) {
	if x.stopped {
		return
	}
	x.entries = nil
	for _, p := range t.pages {
		if p.status == statusCurrent || p.status == statusArchived {
			x.entries = append(x.entries, newEntry(p))
		}
	}
}

func newEntry(p *page) entry {
	e := entry{
		page: p, status: p.status, title: p.title, space: p.space.key, labels: slices.Clone(p.labels),
		creator: p.author, created: p.created, modified: p.current().when, body: p.current().body,
	}
	for _, a := range p.ancestors() {
		e.ancestors = append(e.ancestors, a.id)
		e.parent = a.id
	}
	return e
}

// text is read only when a search asks for it: few do, and pages are saved often.
func (e *entry) text() string {
	text := e.title
	if doc, err := storage.Parse(e.body); err == nil {
		text += " " + doc.Root.PlainText()
	}
	return strings.ToLower(text)
}

// search lists what the index finds in one of the states, if the account may see
// it. A page that has been purged since is no result, one that moved to the
// trash is.
func (t *site) search(q *cql, statuses []string) []entry {
	var found []entry
	for _, e := range t.index.entries {
		if t.page(e.page.id) != nil && !e.page.hidden && slices.Contains(statuses, e.status) && q.match(&e) {
			found = append(found, e)
		}
	}
	q.sort(found)
	return found
}
