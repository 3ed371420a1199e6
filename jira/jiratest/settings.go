package jiratest

import (
	"fmt"
	"slices"
	"strings"
)

// Restrict gives issues a security level the account belongs to: it sees them,
// and sees the level.
func (s *Server) Restrict(level string, keys ...string) error {
	return s.each(keys, func(i *Issue) { i.Security = Named{ID: "10500", Name: level} })
}

// Hide puts issues out of the account's sight, by a security level it does
// not belong to.
func (s *Server) Hide(keys ...string) error {
	return s.each(keys, func(i *Issue) { i.Security = hiddenLevel })
}

// hiddenLevel is the level the account is not in.
var hiddenLevel = Named{ID: "10501", Name: "Not for this account"}

// Deny takes a permission from the account, in the projects or in all.
func (s *Server) Deny(p Permission, projects ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(projects) == 0 {
		projects = []string{""}
	}
	s.denied[p] = append(s.denied[p], projects...)
}

// DenyWrites makes the account one that may only look.
func (s *Server) DenyWrites() {
	for _, p := range permissions {
		if p != BrowseProjects {
			s.Deny(p)
		}
	}
}

// Allow gives a permission, everywhere.
func (s *Server) Allow(p Permission) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.denied, p)
}

// Refuse makes the site refuse every call from now on; zero ends that.
func (s *Server) Refuse(r Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusing = r
}

// Retire takes an endpoint away, as sites do that are older or newer than a
// client expects: Retire("POST", "/rest/api/2/issue/bulkfetch").
func (s *Server) Retire(method, path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.retired[method+" "+path] = true
}

// Validate makes searches be validated also where they ask not to be, as some
// versions of Data Center do, and answer at most so many of the values that do
// not exist; 0 means all.
func (s *Server) Validate(most int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.validating, s.mostTold = true, most
}

// TextAlone makes the site take a comment's new text without the properties that come
// with it, of which the documents of Data Center do not say what becomes.
func (s *Server) TextAlone() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.textAlone = true
}

// Lag stops search from seeing writes until [Server.Reindex]. Reading an issue
// by its key does see them, and so does a search that has it reconciled.
func (s *Server) Lag() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.index = map[string]*Issue{}
	for key, i := range s.issues {
		s.index[key] = i.clone()
	}
}

// Reindex lets search see all that has been written, and end its lag.
func (s *Server) Reindex() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.index = nil
}

// Translate gives fields the names of another language, by their English
// ones. The flag's option is translated under the name of the option.
func (s *Server) Translate(names map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for n, f := range s.fields {
		if option, ok := names[flagOptionName]; ok && f.id == flaggedID {
			f = flaggedField(option)
			f.english = f.name
			f.clauses = customClauses(f)
			s.fields[n] = f
		}
		if name, ok := names[f.name]; ok {
			f.name = name
			if f.isCustom() {
				f.clauses = customClauses(f)
			}
		}
	}
}

// AddField adds a custom field; kind is the end of its type, such as
// "textarea" or "float". Names may repeat, as on real sites. It returns the
// field's id.
func (s *Server) AddField(name, kind string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.added++
	f := addedField(fmt.Sprintf("customfield_%d", firstAddedID+s.added), name, systemTypes+kind)
	s.fields = append(s.fields, f)
	return f.id
}

// RemoveField takes a field away from the site.
func (s *Server) RemoveField(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fields = slices.DeleteFunc(s.fields, func(f *field) bool { return f.id != "" && strings.EqualFold(f.name, name) })
}

// Ask makes the screen of a transition require a field, by their names.
func (s *Server) Ask(transition, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.fields {
		if f.name == name {
			s.asks[transition] = f
		}
	}
}

// Unscreen takes a field off the screens on which issues are edited.
func (s *Server) Unscreen(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.fields {
		if f.name == name {
			f.edit = nil
		}
	}
}

// AddFilter saves a query under a name and returns its id.
func (s *Server) AddFilter(name, jql string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.newID()
	s.filters = append(s.filters, filter{id, name, jql})
	return id
}
