package confluencetest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The states of a page.
const (
	statusCurrent  = "current"
	statusArchived = "archived"
	statusTrashed  = "trashed"
	statusDraft    = "draft"
)

// maxTitle is the length of a title in characters.
const maxTitle = 255

type page struct {
	id, title, status string
	space             *space
	parent            *page // nil: at the root of the space
	created           time.Time
	author            *User
	versions          []version // the last one is the page as it stands
	labels            []label
	properties        []*property
	remarks           []remark
	attachments       []*attachment

	hidden bool // from the account of the API
	locked bool // for the account of the API, by a restriction to edit
	live   bool // a live document, of whose text the API answers nothing
}

type version struct {
	number      int
	title, body string
	when        time.Time
	by          *User
	message     string
	minor       bool // watchers were not told
}

type label struct{ id, prefix, name string }

type property struct {
	id, key string
	value   json.RawMessage
	number  int
	when    time.Time
	by      *User
}

func (p *page) current() *version { return &p.versions[len(p.versions)-1] }

// version returns a past or the present state of the page.
func (p *page) version(number int) *version {
	if i := slices.IndexFunc(p.versions, func(v version) bool { return v.number == number }); i >= 0 {
		return &p.versions[i]
	}
	return nil
}

// ancestors lists the pages above p, the uppermost first.
func (p *page) ancestors() []*page {
	var up []*page
	for a := p.parent; a != nil; a = a.parent {
		up = append(up, a)
	}
	slices.Reverse(up)
	return up
}

func (p *page) property(match func(*property) bool) *property {
	if i := slices.IndexFunc(p.properties, match); i >= 0 {
		return p.properties[i]
	}
	return nil
}

func (p *page) propertyByKey(key string) *property {
	return p.property(func(q *property) bool { return q.key == key })
}

// webui is the page's address below the site's root.
func (p *page) webui(cloud bool) string {
	switch {
	case cloud:
		return "/spaces/" + p.space.key + "/pages/" + p.id + "/" + url.QueryEscape(p.title)
	case strings.ContainsAny(p.title, `+?%&"/\;#`):
		return "/pages/viewpage.action?pageId=" + p.id
	default:
		return "/display/" + p.space.key + "/" + url.QueryEscape(p.title)
	}
}

// newPage is what a page is created from.
type newPage struct {
	space  *space
	parent *page
	root   bool // without a parent: at the root rather than below the home page
	title  string
	body   string
	status string
	author *User
}

// create makes a page, as the API, a person or the copying of a page do.
func (t *site) create(n newPage) (*page, error) {
	if err := t.checkTitle(n.space, nil, n.title, n.status); err != nil {
		return nil, err
	}
	body, err := t.store(n.body)
	if err != nil {
		return nil, err
	}
	if n.parent == nil && !n.root {
		n.parent = n.space.home
	}
	now := t.stamp()
	p := &page{
		id: t.id(), title: n.title, status: n.status, space: n.space, parent: n.parent,
		created: now, author: n.author,
		versions: []version{{number: 1, title: n.title, body: body, when: now, by: n.author}},
	}
	t.pages = append(t.pages, p)
	t.saved(p)
	return p, nil
}

// checkTitle holds a title to its length and to being the only one in its
// space. An archived page holds its title, a trashed one and a draft do not.
func (t *site) checkTitle(sp *space, self *page, title, status string) error {
	switch {
	case status == statusDraft:
		return nil
	case strings.TrimSpace(title) == "":
		return refuse(http.StatusBadRequest, "A title must be specified for a published page")
	case utf8.RuneCountInString(title) > maxTitle:
		return refuse(http.StatusBadRequest, "Title cannot be longer than %d characters.", maxTitle)
	}
	for _, p := range t.pages {
		holds := p.status == statusCurrent || p.status == statusArchived
		if p != self && p.space == sp && holds && strings.EqualFold(p.title, title) {
			return refuse(http.StatusBadRequest, "A page with this title already exists: "+
				"A page already exists with the same TITLE in this space")
		}
	}
	return nil
}

// An update is the next version of a page.
type update struct {
	number  int // must be the present one plus one
	title   string
	body    *string // nil: as it is
	parent  *page   // nil: where it is
	message string
	minor   bool
	author  *User
}

// update replaces exactly the version before u's, and nothing if u does not
// pass: callers never see half an update.
func (t *site) update(p *page, u update) error {
	if err := t.checkUpdate(p, u); err != nil {
		return err
	}
	body := p.current().body
	if u.body != nil {
		stored, err := t.store(*u.body)
		if err != nil {
			return err
		}
		body = stored
	}
	v := version{u.number, u.title, body, t.stamp(), u.author, u.message, u.minor}
	if p.status == statusDraft { // publishing makes the first version
		p.status, p.versions = statusCurrent, nil
	}
	p.title, p.versions = u.title, append(p.versions, v)
	if u.parent != nil {
		p.parent = u.parent
	}
	t.saved(p)
	return nil
}

func (t *site) checkUpdate(p *page, u update) error {
	next := p.current().number + 1
	switch {
	case p.status == statusArchived:
		return refuse(http.StatusBadRequest, "Cannot update archived content")
	case p.status == statusDraft:
		next = 1
	case p.status != statusCurrent:
		return notFound("content", p.id)
	}
	if u.number != next {
		return refuse(http.StatusConflict,
			"Version must be incremented on update. Current version is: %d", p.current().number)
	}
	if u.parent != nil && (u.parent == p || slices.Contains(u.parent.ancestors(), p)) {
		return refuse(http.StatusBadRequest, "A page cannot be moved below itself")
	}
	return t.checkTitle(p.space, p, u.title, statusCurrent)
}

// saved lets everything that follows a page's body follow it.
func (t *site) saved(p *page) {
	t.noteTasks(p)
	t.index.follow(t)
}

// remove purges a page that is in the trash, or a draft.
func (t *site) remove(p *page) {
	for _, child := range t.pages {
		if child.parent == p {
			child.parent = p.parent
		}
	}
	t.pages = slices.DeleteFunc(t.pages, func(q *page) bool { return q == p })
	t.index.follow(t)
}

// trash moves a page to the trash; its children move up.
func (t *site) trash(p *page) {
	p.status = statusTrashed
	for _, child := range t.pages {
		if child.parent == p && child.status != statusTrashed {
			child.parent = p.parent
		}
	}
	t.index.follow(t)
}
