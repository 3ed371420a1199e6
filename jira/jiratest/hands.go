package jiratest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

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
func (s *Server) Flag(keys ...string) error { return s.setFlag(true, keys) }

// Unflag lowers the flag of issues.
func (s *Server) Unflag(keys ...string) error { return s.setFlag(false, keys) }

func (s *Server) setFlag(raised bool, keys []string) error {
	return s.each(keys, func(i *Issue) {
		before := i.clone()
		i.Flagged = raised
		s.store(before, i, s.me)
	})
}

// PutIntoSprint is a person moving issues into a sprint. Sprints that are closed
// stay on an issue, others give way.
func (s *Server) PutIntoSprint(author Person, sp Sprint, keys ...string) error {
	return s.each(keys, func(i *Issue) {
		before := i.Sprints
		i.Sprints = slices.DeleteFunc(slices.Clone(i.Sprints), func(old Sprint) bool { return old.State != "closed" })
		i.Sprints = append(i.Sprints, sp)
		i.Updated = s.now()
		fromIDs, from := sprintNames(before)
		toIDs, to := sprintNames(i.Sprints)
		i.History = append(i.History, HistoryEntry{s.nextID(), author, s.now(), []HistoryItem{
			{Field: "Sprint", FieldID: sprintID, Custom: true, From: from, To: to, FromID: fromIDs, ToID: toIDs},
		}})
	})
}

// CloseSprint is the end of a sprint, which issues that are not done stay in.
func (s *Server) CloseSprint(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.issues {
		i.Sprints = slices.Clone(i.Sprints)
		for n := range i.Sprints {
			if i.Sprints[n].ID == id {
				i.Sprints[n].State = "closed"
			}
		}
	}
}

func sprintNames(all []Sprint) (ids, names string) {
	var id, name []string
	for _, sp := range all {
		id, name = append(id, formatID(sp.ID)), append(name, sp.Name)
	}
	return strings.Join(id, ", "), strings.Join(name, ", ")
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

// DeleteCommentProperty takes a property off a comment, as everybody can who may
// edit the comment, and as an import does that knows of none.
func (s *Server) DeleteCommentProperty(key string, id int64, property string) error {
	err := fmt.Errorf("%s has no comment %d", key, id)
	return orElse(s.each([]string{key}, func(i *Issue) {
		if c := i.comment(id); c != nil {
			delete(c.Properties, property)
			err = nil
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
		from := i.Project
		i.Project = s.projects[projectKey(to)]
		i.Updated = s.now()
		i.History = append(i.History, HistoryEntry{s.nextID(), s.me, s.now(), []HistoryItem{
			{Field: "project", FieldID: "project", From: from.Name, To: i.Project.Name, FromID: from.ID, ToID: i.Project.ID},
			{Field: "Key", FieldID: "issuekey", From: before, To: to},
		}})
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

// Unlink is a person taking away what links one issue to another.
func (s *Server) Unlink(from, to string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.links = slices.DeleteFunc(s.links, func(l link) bool { return l.From == from && l.To == to })
}
