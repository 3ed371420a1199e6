package jiratest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// textLimit is the most a text field or a comment takes, in characters.
const textLimit = 32767

const tooLong = "The entered text is too long. It exceeds the allowed limit of 32,767 characters."

// isNull tells a field that is cleared from one that is set.
func isNull(raw json.RawMessage) bool { return string(bytes.TrimSpace(raw)) == "null" }

// into decodes a value, or refuses it in the words used for its type.
func into(id string, raw json.RawMessage, target any, mustBe string) error {
	if err := json.Unmarshal(raw, target); err != nil {
		return refuseField(id, "%s", mustBe)
	}
	return nil
}

func editSummary(_ *Server, i *Issue, raw json.RawMessage) error {
	var text string
	if err := into("summary", raw, &text, "Operation value must be a string"); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(text) == "":
		return refuseField("summary", "You must specify a summary of the issue.")
	case strings.ContainsAny(text, "\r\n"):
		return refuseField("summary", "The summary is invalid because it contains newline characters.")
	case utf8.RuneCountInString(text) > 255:
		return refuseField("summary", "Summary can't exceed 255 characters.")
	}
	i.Summary = text
	return nil
}

func editText(id string, of func(*Issue) *string) func(*Server, *Issue, json.RawMessage) error {
	return func(_ *Server, i *Issue, raw json.RawMessage) error {
		var text string // stays empty for null
		if err := into(id, raw, &text, "Operation value must be a string"); err != nil {
			return err
		}
		if utf8.RuneCountInString(text) > textLimit {
			return refuseField(id, tooLong)
		}
		*of(i) = text
		return nil
	}
}

func editNumber(id string, of func(*Issue) **float64) func(*Server, *Issue, json.RawMessage) error {
	return func(_ *Server, i *Issue, raw json.RawMessage) error {
		var value *float64
		if err := into(id, raw, &value, "Operation value must be a number"); err != nil {
			return err
		}
		*of(i) = value
		return nil
	}
}

func editDue(_ *Server, i *Issue, raw json.RawMessage) error {
	var day string
	if err := into("duedate", raw, &day, "Operation value must be a string"); err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		return refuseField("duedate", "Error parsing date string: %s", day)
	}
	i.Due = day
	return nil
}

func editLabels(_ *Server, i *Issue, raw json.RawMessage) error {
	var labels []string
	if err := into("labels", raw, &labels, "data was not an array"); err != nil {
		return err
	}
	for _, label := range labels {
		if strings.ContainsAny(label, " \t\r\n") {
			return refuseField("labels", "The label '%s' contains spaces which is invalid.", label)
		}
	}
	slices.Sort(labels)
	i.Labels = slices.Compact(labels)
	return nil
}

// reference is how a request names something the site has.
type reference struct {
	ID, Key, Name, AccountID, Value string
}

// references takes a list of objects that name things.
func references(id string, raw json.RawMessage) ([]reference, error) {
	var all []reference
	return all, into(id, raw, &all, "data was not an array")
}

func editComponents(s *Server, i *Issue, raw json.RawMessage) error {
	all, err := references("components", raw)
	if err != nil {
		return err
	}
	var components []Named
	for _, r := range all {
		c, ok := named(s.components, asNamed, r.ID+r.Name)
		if !ok {
			return refuseField("components", "Component name '%s' is not valid", r.Name)
		}
		components = append(components, c)
	}
	i.Components = components
	return nil
}

func editFixVersions(s *Server, i *Issue, raw json.RawMessage) error {
	all, err := references("fixVersions", raw)
	if err != nil {
		return err
	}
	var versions []Version
	for _, r := range all {
		v, ok := named(s.versions, versionName, r.ID+r.Name)
		if !ok {
			return refuseField("fixVersions", "Version name '%s' is not valid", r.Name)
		}
		versions = append(versions, v)
	}
	i.FixVersions = versions
	return nil
}

func editPriority(s *Server, i *Issue, raw json.RawMessage) error {
	var r reference
	if err := into("priority", raw, &r, "data was not an object"); err != nil {
		return err
	}
	p, ok := named(s.priorities, asNamed, r.ID+r.Name)
	if !ok {
		return refuseField("priority", "The priority selected is invalid.")
	}
	i.Priority = p
	return nil
}

func editType(s *Server, i *Issue, raw json.RawMessage) error {
	var r reference
	if err := into("issuetype", raw, &r, "data was not an object"); err != nil {
		return err
	}
	t, ok := named(s.types, typeName, r.ID+r.Name)
	if !ok {
		return refuseField("issuetype", "The issue type selected is invalid.")
	}
	i.Type = t
	return nil
}

// editPerson takes an account id on Cloud and a user name on Data Center;
// either service refuses the other's way, so as not to guess who is meant.
func editPerson(id string, of func(*Issue) *Person) func(*Server, *Issue, json.RawMessage) error {
	return func(s *Server, i *Issue, raw json.RawMessage) error {
		if isNull(raw) {
			*of(i) = Person{}
			return nil
		}
		var r reference
		if err := into(id, raw, &r, "data was not an object"); err != nil {
			return err
		}
		for _, p := range s.people {
			if s.cloud && p.AccountID == r.AccountID || !s.cloud && p.Name == r.Name {
				if id == "assignee" && !s.assignable(p) {
					return refuseField(id, "User '%s' cannot be assigned issues.", p.DisplayName)
				}
				*of(i) = p
				return nil
			}
		}
		if s.cloud {
			return refuseField(id, "Account ID '%s' does not exist.", r.AccountID)
		}
		return refuseField(id, "User '%s' does not exist.", r.Name)
	}
}

func editParent(s *Server, i *Issue, raw json.RawMessage) error {
	if isNull(raw) {
		if i.Type.Subtask {
			return refuseField("parent", "Issue type is a sub-task but parent issue key or id not specified.")
		}
		i.Parent = ""
		return nil
	}
	var r reference
	if err := into("parent", raw, &r, "data was not an object"); err != nil {
		return err
	}
	parent := s.find(r.Key + r.ID)
	switch {
	case parent == nil:
		return refuseField("parent", "Could not find issue by id or key.")
	case !i.Type.Subtask && (!s.cloud || !parent.Type.Epic()):
		return refuseField("parent", "Given parent issue does not belong to appropriate hierarchy.")
	}
	i.Parent = parent.Key
	return nil
}

func editEpicLink(s *Server, i *Issue, raw json.RawMessage) error {
	var key string
	if err := into(epicLinkID, raw, &key, "Epic Link value must be a string"); err != nil {
		return err
	}
	if epic := s.find(key); key != "" && (epic == nil || !epic.Type.Epic()) {
		return refuseField(epicLinkID, "Issue '%s' is not a valid epic.", key)
	}
	i.Parent = key
	return nil
}

func editFlagged(option string) func(*Server, *Issue, json.RawMessage) error {
	return func(_ *Server, i *Issue, raw json.RawMessage) error {
		options, err := references(flaggedID, raw)
		if err != nil {
			return err
		}
		for _, o := range options {
			if o.Value != option && o.ID != flagOptionID {
				return refuseField(flaggedID, "Option value '%s' is not valid", o.Value)
			}
		}
		i.Flagged = len(options) > 0
		return nil
	}
}
