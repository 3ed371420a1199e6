package jiratest

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// internalProperty is how a service project's comment is kept from customers,
// by whoever writes it.
const internalProperty = "sd.public.comment"

// public reports whether customers may read the comment, on a service project.
func (s *Server) public(c Comment) bool {
	var said struct {
		Internal bool `json:"internal"`
	}
	if s.deaf || json.Unmarshal(c.Properties[internalProperty], &said) != nil {
		return true
	}
	return !said.Internal
}

// Serve makes a project a service project.
func (s *Server) Serve(key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, known := s.projects[key]
	if !known {
		return fmt.Errorf("there is no project %s", key)
	}
	p.Type = serviceDesk
	s.projects[key] = p
	for _, i := range s.issues {
		if i.Project.Key == key {
			i.Project = p
		}
	}
	return nil
}

// PublishAll makes every comment one that customers read, whatever the request
// asked for, as on a site that does not know the property.
func (s *Server) PublishAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deaf = true
}

// CustomerView returns the comments that a customer reads on an issue, oldest
// first: of a service project the public ones, of any other none.
func (s *Server) CustomerView(key string) (shown []Comment) {
	i, _ := s.Issue(key)
	for _, c := range i.Comments {
		if i.Project.service() && c.Visibility == nil && s.public(c) {
			shown = append(shown, c)
		}
	}
	return shown
}

// requestComments is the service desk's own list of a request's comments: the
// public ones, which customers read.
func requestComments(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	if !i.Project.service() {
		return reply{}, refuse(http.StatusNotFound, "The request you are trying to view does not exist.")
	}
	shown := []any{}
	for _, comment := range i.Comments {
		if comment.Visibility == nil && s.public(comment) {
			shown = append(shown, object{"id": formatID(comment.ID), "body": comment.Body, "public": true})
		}
	}
	return ok(object{"size": len(shown), "start": 0, "limit": 50, "isLastPage": true, "values": shown})
}
