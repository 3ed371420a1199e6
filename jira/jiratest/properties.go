package jiratest

import (
	"encoding/json"
	"net/http"
	"unicode/utf8"
)

// property is an entity property inside another write.
type property struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

// Limits of entity properties.
const (
	propertyKeyLimit   = 255
	propertyValueLimit = 32768
)

func (p property) check() error {
	switch {
	case p.Key == "" || utf8.RuneCountInString(p.Key) > propertyKeyLimit:
		return refuse(http.StatusBadRequest, "The property key must not be empty and may have at most %d characters.", propertyKeyLimit)
	case len(p.Value) == 0 || !json.Valid(p.Value):
		return refuse(http.StatusBadRequest, "The property value must be valid JSON.")
	case len(p.Value) > propertyValueLimit:
		return refuse(http.StatusBadRequest, "The property value is too long: %d characters, the maximum is %d.", len(p.Value), propertyValueLimit)
	}
	return nil
}

func (p property) storeIn(all map[string]json.RawMessage) error {
	if err := p.check(); err != nil {
		return err
	}
	all[p.Key] = p.Value
	return nil
}

// owner finds what a path's properties belong to, and where they are listed.
type owner func(s *Server, c *call) (all map[string]json.RawMessage, self string, err error)

func issueProperties(s *Server, c *call) (map[string]json.RawMessage, string, error) {
	i, err := s.issue(c)
	if err != nil {
		return nil, "", err
	}
	if c.Method != http.MethodGet && !s.may(EditIssues, i.Project.Key) {
		return nil, "", refuse(http.StatusForbidden, "You do not have permission to edit issue %s.", i.Key)
	}
	return i.Properties, "issue/" + i.Key + "/properties/", nil
}

func commentProperties(s *Server, c *call) (map[string]json.RawMessage, string, error) {
	id := c.PathValue("comment")
	for _, i := range s.issues {
		for _, comment := range i.Comments {
			if id != formatID(comment.ID) || !s.visible(i) {
				continue
			}
			if c.Method != http.MethodGet && !s.mayChange(comment, i, EditOwnComments, EditAllComments) {
				return nil, "", refuse(http.StatusForbidden, "%s, you do not have the permission to edit this comment.", s.me.DisplayName)
			}
			return comment.Properties, "comment/" + id + "/properties/", nil
		}
	}
	return nil, "", refuse(http.StatusNotFound, "Can not find a comment for the id: %s.", id)
}

func listProperties(of owner) endpoint {
	return func(s *Server, c *call) (reply, error) {
		all, self, err := of(s, c)
		if err != nil {
			return reply{}, err
		}
		keys := []any{}
		for _, key := range sortedKeys(all) {
			keys = append(keys, object{"key": key, "self": c.self(self + key)})
		}
		return ok(object{"keys": keys})
	}
}

func getProperty(of owner) endpoint {
	return func(s *Server, c *call) (reply, error) {
		all, _, err := of(s, c)
		if err != nil {
			return reply{}, err
		}
		value, known := all[c.PathValue("property")]
		if !known {
			return reply{}, noProperty(c)
		}
		return ok(object{"key": c.PathValue("property"), "value": value})
	}
}

func putProperty(of owner) endpoint {
	return func(s *Server, c *call) (reply, error) {
		all, _, err := of(s, c)
		if err != nil {
			return reply{}, err
		}
		_, known := all[c.PathValue("property")]
		if err := (property{c.PathValue("property"), c.body}).storeIn(all); err != nil {
			return reply{}, err
		}
		if known {
			return reply{http.StatusOK, object{}}, nil
		}
		return reply{http.StatusCreated, object{}}, nil
	}
}

func deleteProperty(of owner) endpoint {
	return func(s *Server, c *call) (reply, error) {
		all, _, err := of(s, c)
		if err != nil {
			return reply{}, err
		}
		if _, known := all[c.PathValue("property")]; !known {
			return reply{}, noProperty(c)
		}
		delete(all, c.PathValue("property"))
		return reply{status: http.StatusNoContent}, nil
	}
}

func noProperty(c *call) error {
	return refuse(http.StatusNotFound, "The property with key '%s' does not exist.", c.PathValue("property"))
}
