package jiratest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Issue returns a copy of an issue, by key in any case or by id.
func (s *Server) Issue(key string) (Issue, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(key)
	if i == nil {
		return Issue{}, false
	}
	return *i.clone(), true
}

// Comments returns an issue's comments with their properties, oldest first.
func (s *Server) Comments(key string) []Comment {
	i, _ := s.Issue(key)
	return i.Comments
}

// RemoteLinks returns an issue's remote links, oldest first.
func (s *Server) RemoteLinks(key string) []RemoteLink {
	i, _ := s.Issue(key)
	return i.Remote
}

// Keys lists all issues as they were created.
func (s *Server) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var keys []string
	for _, i := range s.sorted() {
		keys = append(keys, i.Key)
	}
	return keys
}

// Me is the account the API is used with.
func (s *Server) Me() Person { return s.me }

// People lists everybody the site knows, in the order they came.
func (s *Server) People() []Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.people)
}

// AddPerson makes somebody known and returns them with what was left out, or
// whom the site knows by that name already.
func (s *Server) AddPerson(p Person) Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addPerson(p)
}

// each does something to issues, or to none when one of them is unknown.
func (s *Server) each(keys []string, do func(*Issue)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var issues []*Issue
	for _, key := range keys {
		i := s.find(key)
		if i == nil {
			return fmt.Errorf("there is no issue %s", key)
		}
		issues = append(issues, i)
	}
	for _, i := range issues {
		do(i)
	}
	return nil
}

// Flag raises the flag of issues.
func (s *Server) Flag(keys ...string) error {
	return s.each(keys, func(i *Issue) { i.Flagged = true })
}

// Unflag lowers the flag of issues.
func (s *Server) Unflag(keys ...string) error {
	return s.each(keys, func(i *Issue) { i.Flagged = false })
}

// OpenAll puts every issue back to the first status, unresolved.
func (s *Server) OpenAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.issues {
		i.Status, i.Resolution, i.Resolved = s.statuses[0], Named{}, time.Time{}
	}
}

// Edit changes fields as a person does in a browser: the same checks as the
// API's, but not the account's permissions. Values are by field id as the API
// takes them.
func (s *Server) Edit(key string, author Person, fields map[string]any) error {
	raw := map[string]json.RawMessage{}
	for id, value := range fields {
		text, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("the value of %s: %w", id, err)
		}
		raw[id] = text
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(key)
	if i == nil {
		return fmt.Errorf("there is no issue %s", key)
	}
	edited, err := s.apply(i, update{Fields: raw})
	if err != nil {
		return err
	}
	s.store(i, edited, author)
	return nil
}

// Transition puts issues into a status by its name.
func (s *Server) Transition(status string, keys ...string) error {
	s.mu.Lock()
	_, known := named(s.statuses, statusName, status)
	s.mu.Unlock()
	if !known {
		return fmt.Errorf("there is no status %s", status)
	}
	return s.each(keys, func(i *Issue) {
		before := i.clone()
		s.moveTo(i, status)
		s.store(before, i, s.me)
	})
}

// Comment is a person writing a comment; it returns the comment's id.
func (s *Server) Comment(key string, author Person, body string) (id int64, err error) {
	err = s.each([]string{key}, func(i *Issue) {
		id = s.nextID()
		i.Updated = s.now()
		i.Comments = append(i.Comments, Comment{
			ID: id, Author: author, UpdateAuthor: author, Body: body, Created: s.now(), Updated: s.now(),
			Properties: map[string]json.RawMessage{},
		})
	})
	return id, err
}

// EditComment is a person rewriting anybody's comment. Its properties stay.
func (s *Server) EditComment(key string, id int64, author Person, body string) error {
	err := fmt.Errorf("%s has no comment %d", key, id)
	return orElse(s.each([]string{key}, func(i *Issue) {
		if c := i.comment(id); c != nil {
			c.Body, c.UpdateAuthor, c.Updated = body, author, s.now()
			i.Updated, err = s.now(), nil
		}
	}), &err)
}

// DeleteComment is a person deleting anybody's comment.
func (s *Server) DeleteComment(key string, id int64) error {
	err := fmt.Errorf("%s has no comment %d", key, id)
	return orElse(s.each([]string{key}, func(i *Issue) {
		if i.comment(id) != nil {
			i.Comments = slices.DeleteFunc(i.Comments, func(c Comment) bool { return c.ID == id })
			i.Updated, err = s.now(), nil
		}
	}), &err)
}

// orElse prefers the first error over one that is only known later.
func orElse(first error, later *error) error {
	if first != nil {
		return first
	}
	return *later
}

// SetCommentProperty replaces a property of a comment with any JSON, as
// everybody can who may edit the comment.
func (s *Server) SetCommentProperty(key string, id int64, property string, value json.RawMessage) error {
	err := fmt.Errorf("%s has no comment %d", key, id)
	return orElse(s.each([]string{key}, func(i *Issue) {
		if c := i.comment(id); c != nil {
			c.Properties[property], err = value, nil
		}
	}), &err)
}

// Delete removes issues with their sub-tasks.
func (s *Server) Delete(keys ...string) error {
	return s.each(keys, s.remove)
}

// Move gives an issue a new key, as a move to another project does. The old
// key still finds it.
func (s *Server) Move(key, to string) error {
	if !keyPattern.MatchString(to) {
		return fmt.Errorf("%q is no issue key", to)
	}
	return s.each([]string{key}, func(i *Issue) {
		before := i.Key
		delete(s.issues, before)
		i.Key = to
		if _, known := s.projects[projectKey(to)]; !known {
			s.projects[projectKey(to)] = Project{ID: s.newID(), Key: projectKey(to), Name: projectKey(to)}
		}
		i.Project = s.projects[projectKey(to)]
		s.issues[to] = i
		s.renamed(before, to)
	})
}

// renamed lets everything that named the old key name the new one.
func (s *site) renamed(before, to string) {
	s.moved[before] = to
	for old, now := range s.moved {
		if now == before {
			s.moved[old] = to
		}
	}
	for _, other := range s.issues {
		if other.Parent == before {
			other.Parent = to
		}
	}
	for n := range s.links {
		if s.links[n].From == before {
			s.links[n].From = to
		}
		if s.links[n].To == before {
			s.links[n].To = to
		}
	}
}

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

// AddFilter saves a query under a name and returns its id.
func (s *Server) AddFilter(name, jql string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.newID()
	s.filters = append(s.filters, filter{id, name, jql})
	return id
}

// An Exchange is a request to the API that was answered.
type Exchange struct {
	Method, Path, Query string
	Status              int
}

// Writes reports whether the request was one that changes what the site
// holds. Searches are sent by POST and change nothing.
func (e Exchange) Writes() bool {
	if e.Method == http.MethodGet || e.Method == http.MethodHead {
		return false
	}
	for _, reading := range []string{"/search", "/search/jql", "/search/approximate-count", "/issue/bulkfetch", "/comment/list"} {
		if strings.HasSuffix(e.Path, reading) {
			return false
		}
	}
	return true
}

// journalLimit keeps a server that runs for days from growing.
const journalLimit = 10_000

func (s *Server) remember(e Exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.journal) == journalLimit {
		s.journal = slices.Delete(s.journal, 0, journalLimit/2)
	}
	s.journal = append(s.journal, e)
}

// Journal lists the last requests, in the order they were answered.
func (s *Server) Journal() []Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.journal)
}

// Written lists those of the journal that changed something.
func (s *Server) Written() []Exchange {
	return slices.DeleteFunc(s.Journal(), func(e Exchange) bool { return !e.Writes() || e.Status >= 400 })
}

// ForgetJournal starts the journal anew.
func (s *Server) ForgetJournal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal = nil
}
