package jiratest

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
)

// update is the body of an edit, a creation and a transition.
type update struct {
	Fields          map[string]json.RawMessage              `json:"fields"`
	Update          map[string][]map[string]json.RawMessage `json:"update"`
	Properties      []property                              `json:"properties"`
	Transition      *reference                              `json:"transition"`
	HistoryMetadata json.RawMessage                         `json:"historyMetadata"`
}

// apply edits a copy, so that a refusal changes nothing, and writes down what
// differs.
func (s *Server) apply(i *Issue, u update) (*Issue, error) {
	edited := i.clone()
	refused := &refusal{status: http.StatusBadRequest, fields: map[string]string{}}
	for _, id := range sortedKeys(u.Fields) {
		refused.add(s.set(edited, id, u.Fields[id]))
	}
	for _, id := range sortedKeys(u.Update) {
		for _, operation := range u.Update[id] {
			refused.add(s.operate(edited, id, operation))
		}
	}
	for _, p := range u.Properties {
		refused.add(p.storeIn(edited.Properties))
	}
	if len(refused.fields)+len(refused.messages) > 0 {
		return nil, refused
	}
	return edited, nil
}

// add joins another refusal, since all wrong fields are told at once.
func (r *refusal) add(err error) {
	if err == nil {
		return
	}
	more, ok := errors.AsType[*refusal](err)
	if !ok {
		r.messages = append(r.messages, err.Error())
		return
	}
	r.messages = append(r.messages, more.messages...)
	maps.Copy(r.fields, more.fields)
}

func (s *Server) set(i *Issue, id string, raw json.RawMessage) error {
	f := s.byID(id)
	if f == nil || f.edit == nil {
		return refuseField(id, "Field '%s' cannot be set. It is not on the appropriate screen, or unknown.", id)
	}
	return f.edit(s, i, raw)
}

func (s *Server) byID(id string) *field {
	n := slices.IndexFunc(s.fields, func(f *field) bool { return f.id != "" && f.id == id })
	if n < 0 {
		return nil
	}
	return s.fields[n]
}

// operate applies one of set, add and remove. Lists of names and labels can be
// added to; a comment can only be added.
func (s *Server) operate(i *Issue, id string, operation map[string]json.RawMessage) error {
	if len(operation) != 1 {
		return refuseField(id, "Exactly one operation is expected.")
	}
	verb := sortedKeys(operation)[0]
	value := operation[verb]
	switch {
	case id == "comment" && verb == "add":
		return s.addCommentTo(i, value)
	case verb == "set":
		return s.set(i, id, value)
	case verb == "add" || verb == "remove":
		return s.adjust(i, id, value, verb == "add")
	default:
		return refuseField(id, "Operation '%s' is not supported.", verb)
	}
}

// adjust adds to or removes from a list by what it holds at present.
func (s *Server) adjust(i *Issue, id string, value json.RawMessage, add bool) error {
	f := s.byID(id)
	if f == nil || f.edit == nil || f.schema.kind != "array" {
		return refuseField(id, "Field '%s' cannot be set. It is not on the appropriate screen, or unknown.", id)
	}
	present, err := json.Marshal(f.show(view{s: s}, i))
	if err != nil {
		return err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(present, &list); err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(have json.RawMessage) bool { return sameElement(have, value) })
	if add {
		list = append(list, value)
	}
	next, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return f.edit(s, i, next)
}

func sameElement(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var x, y reference
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	return x.ID != "" && x.ID == y.ID || x.Name != "" && x.Name == y.Name || x.Value != "" && x.Value == y.Value
}
