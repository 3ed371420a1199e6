package confluencetest

import (
	"encoding/json"
	"net/http"
	"slices"
)

// A Page is a page as a test looks at it.
type Page struct {
	ID, Title, Status string
	Space, ParentID   string
	Version           int
	Body              string // storage format, as stored
	Message           string // of the last version
	Minor             bool   // the last version told no watchers
	Author, Editor    string // display names: who created it, who saved last
	Labels            []string
	Properties        map[string]json.RawMessage
	// PropertyVersions holds the version of each property.
	PropertyVersions map[string]int
}

// Page returns the page with that id, whatever its state.
func (s *Server) Page(id string) (Page, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.site.page(id)
	if p == nil {
		return Page{}, false
	}
	return p.export(), true
}

// Loud counts the versions of a page with which a person of that name told its
// watchers: all but minor edits.
func (s *Server) Loud(pageID, author string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.site.page(pageID); p != nil {
		for _, v := range p.versions {
			if !v.minor && v.by.Display == author {
				n++
			}
		}
	}
	return n
}

// Pages lists all pages in the order of their creation, the space's home page
// left out.
func (s *Server) Pages() []Page {
	s.mu.Lock()
	defer s.mu.Unlock()
	var pages []Page
	for _, p := range s.site.pages {
		if p != p.space.home {
			pages = append(pages, p.export())
		}
	}
	return pages
}

func (p *page) export() Page {
	v := p.current()
	out := Page{
		ID: p.id, Title: p.title, Status: p.status, Space: p.space.key,
		Version: v.number, Body: v.body, Message: v.message, Minor: v.minor,
		Author: p.author.Display, Editor: v.by.Display,
		Properties: map[string]json.RawMessage{}, PropertyVersions: map[string]int{},
	}
	if p.parent != nil {
		out.ParentID = p.parent.id
	}
	for _, l := range p.labels {
		out.Labels = append(out.Labels, l.name)
	}
	for _, q := range p.properties {
		out.Properties[q.key] = slices.Clone(q.value)
		out.PropertyVersions[q.key] = q.number
	}
	return out
}

// Create is a person writing a page; without a parent it stands below the
// space's home page.
func (s *Server) Create(author, parentID, title, body string) (id string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := newPage{
		space: s.site.spaces[0], title: title, body: body, status: statusCurrent,
		author: s.site.person(author),
	}
	if parentID != "" {
		if n.parent = s.site.page(parentID); n.parent == nil {
			return "", notFound("content", parentID)
		}
	}
	p, err := s.site.create(n)
	if err != nil {
		return "", err
	}
	return p.id, nil
}

// Edit is a person saving the page in the editor: body receives what is stored
// and returns what the person makes of it.
func (s *Server) Edit(pageID, author string, body func(string) string) error {
	return s.do(pageID, func(t *site, p *page) error {
		edited := body(p.current().body)
		return t.update(p, update{
			number: p.current().number + 1, title: p.title, body: &edited, author: t.person(author),
		})
	})
}

// Rename is a person giving the page another title.
func (s *Server) Rename(pageID, title string) error {
	return s.do(pageID, func(t *site, p *page) error {
		return t.update(p, update{number: p.current().number + 1, title: title, author: t.people[0]})
	})
}

// Move is a person putting the page below another one. That makes no new
// version.
func (s *Server) Move(pageID, parentID string) error {
	return s.do(pageID, func(t *site, p *page) error {
		parent := t.page(parentID)
		switch {
		case parent == nil:
			return notFound("content", parentID)
		case parent == p, slices.Contains(parent.ancestors(), p):
			return refuse(http.StatusBadRequest, "A page cannot be moved below itself")
		}
		p.parent = parent
		t.index.follow(t)
		return nil
	})
}

// MoveToSpace is a person putting the page below the home page of another space.
func (s *Server) MoveToSpace(pageID, key string) error {
	return s.do(pageID, func(t *site, p *page) error {
		i := slices.IndexFunc(t.spaces, func(s *space) bool { return s.key == key })
		if i < 0 {
			return notFound("space", key)
		}
		p.space, p.parent = t.spaces[i], t.spaces[i].home
		t.index.follow(t)
		return nil
	})
}

// Archive is a person archiving the page, which keeps its title.
func (s *Server) Archive(pageID string) error {
	return s.do(pageID, func(t *site, p *page) error {
		p.status = statusArchived
		t.index.follow(t)
		return nil
	})
}

// Trash is a person deleting the page, which gives its title free.
func (s *Server) Trash(pageID string) error {
	return s.do(pageID, func(t *site, p *page) error {
		t.trash(p)
		return nil
	})
}

// Restore is a person taking the page out of the trash or the archive, under
// that title.
func (s *Server) Restore(pageID, title string) error {
	return s.do(pageID, func(t *site, p *page) error {
		if err := t.checkTitle(p.space, p, title, statusCurrent); err != nil {
			return err
		}
		p.status, p.title, p.current().title = statusCurrent, title, title
		t.index.follow(t)
		return nil
	})
}

// Purge is a person deleting the page for good.
func (s *Server) Purge(pageID string) error {
	return s.do(pageID, func(t *site, p *page) error {
		t.remove(p)
		return nil
	})
}

// Copy is a person copying the page. The copy carries labels, properties and
// attachments.
func (s *Server) Copy(pageID, title string) (id string, err error) {
	err = s.do(pageID, func(t *site, p *page) error {
		made, err := t.create(newPage{
			space: p.space, parent: p.parent, root: p.parent == nil, title: title,
			body: p.current().body, status: statusCurrent, author: t.people[0],
		})
		if err != nil {
			return err
		}
		made.labels = slices.Clone(p.labels)
		for _, q := range p.properties {
			made.properties = append(made.properties, &property{
				id: t.id(), key: q.key, value: slices.Clone(q.value), number: 1, when: t.stamp(), by: t.people[0],
			})
		}
		made.attachments = t.copied(p.attachments)
		t.index.follow(t)
		id = made.id
		return nil
	})
	return id, err
}

// SetProperty is somebody else writing a content property, as other apps and
// curious people do.
func (s *Server) SetProperty(pageID, key string, value json.RawMessage) error {
	return s.do(pageID, func(t *site, p *page) error {
		if q := p.propertyByKey(key); q != nil {
			return t.setProperty(q, q.number+1, value)
		}
		_, err := t.addProperty(p, key, value)
		return err
	})
}

// ReadOnly takes the right to write from the account of the API, or gives it
// back.
func (s *Server) ReadOnly(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.site.readOnly = on
}

// NoFiles takes the right to add attachments from the account of the API, or gives it
// back.
func (s *Server) NoFiles(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.site.noFiles = on
}

// Hide hides the page from the account of the API: to it, the page does not
// exist, though it still holds its title.
func (s *Server) Hide(pageID string) error {
	return s.do(pageID, func(_ *site, p *page) error {
		p.hidden = true
		return nil
	})
}

// RestrictEditing lets the account of the API read the page but not write it.
func (s *Server) RestrictEditing(pageID string) error {
	return s.do(pageID, func(_ *site, p *page) error {
		p.locked = true
		return nil
	})
}

// Live turns the page into a live document, as people see no difference to, or
// back: the API then answers an empty body for it, and takes what is written.
func (s *Server) Live(pageID string, on bool) error {
	return s.do(pageID, func(_ *site, p *page) error {
		p.live = on
		return nil
	})
}

// told is the body that the API answers for a version.
func (p *page) told(v *version) string {
	if p.live {
		return ""
	}
	return v.body
}

// LagSearch stops the search index from following writes, or lets it catch up.
// All other calls see every write at once.
func (s *Server) LagSearch(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.site.index.stopped = on
	s.site.index.follow(s.site)
}

// AddSpace adds a space with its home page.
func (s *Server) AddSpace(key, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.site.addSpace(key, name)
}

func (s *Server) do(pageID string, what func(*site, *page) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.site.page(pageID)
	if p == nil {
		return notFound("content", pageID)
	}
	return what(s.site, p)
}
