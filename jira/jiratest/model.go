package jiratest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// An Issue is one issue as the site holds it.
type Issue struct {
	ID          int64
	Key         string
	Project     Project
	Type        IssueType
	Status      Status
	Resolution  Named // zero: unresolved
	Priority    Named // zero: none
	Summary     string
	Description string // wiki markup
	Environment string
	Labels      []string
	Components  []Named
	Versions    []Version
	FixVersions []Version

	Reporter, Creator, Assignee Person // zero: nobody

	Created, Updated, Resolved time.Time
	Due                        string // 2026-11-24

	// Parent is the epic, or the issue a sub-task belongs to. It may name an
	// issue the site does not hold: sources are excerpts of real sites.
	Parent string

	Flagged            bool
	StoryPoints        *float64
	BusinessValue      *float64
	TimeCriticality    *float64
	RiskReduction      *float64
	JobSize            *float64
	AcceptanceCriteria string
	Sprints            []Sprint
	Rank               string // LexoRank
	Security           Named  // zero: everybody of the project
	Attachments        []Attachment

	// Documents are those that were written through version 3 of the API, by field.
	Documents map[string]Document
	// Custom holds the values of fields added with [Server.AddField].
	Custom     map[string]json.RawMessage
	Properties map[string]json.RawMessage
	Comments   []Comment // oldest first
	Remote     []RemoteLink
	History    []HistoryEntry // oldest first
}

// A Named thing has an id and a name: a priority, a resolution, a component.
type Named struct{ ID, Name string }

// A Project groups issues; its key is the first part of theirs. Type is software
// unless it is service_desk: customers read the public comments of its issues.
type Project struct{ ID, Key, Name, Type string }

func (p Project) service() bool { return p.Type == serviceDesk }

const serviceDesk = "service_desk"

// An IssueType is a kind of issue.
type IssueType struct {
	ID, Name, Description string
	Subtask               bool
}

// Epic reports whether the type stands a level above stories.
func (t IssueType) Epic() bool { return t.Name == "Epic" }

// A Status is a step of the workflow; Category is new, indeterminate or done.
type Status struct{ ID, Name, Category string }

// A Version is a release.
type Version struct {
	ID, Name           string
	Released, Archived bool
	ReleaseDate        string
}

// A Person is a user. Cloud knows a person by AccountID, Data Center by Key
// and Name.
type Person struct {
	AccountID, Key, Name string
	DisplayName, Email   string
	TimeZone             string
	Inactive             bool
}

// A Sprint is an iteration; State is future, active or closed.
type Sprint struct {
	ID, Board            int64
	Name, State, Goal    string
	Start, End, Complete string // as the source gave them
}

// An Attachment is a file of an issue; only what lists show is kept.
type Attachment struct {
	ID, Filename, MimeType string
	Size                   int64
}

// A Comment is one comment of an issue.
type Comment struct {
	ID                   int64
	Author, UpdateAuthor Person // zero: anonymous
	Body                 string // wiki markup
	Created, Updated     time.Time
	Visibility           json.RawMessage // nil: everybody who sees the issue
	Properties           map[string]json.RawMessage
}

// A RemoteLink is a link from an issue to something elsewhere. Application,
// Icon and Status are kept as they were sent.
type RemoteLink struct {
	ID                        int64
	GlobalID                  string
	Relationship              string
	URL, Title, Summary       string
	Application, Icon, Status json.RawMessage
}

// A HistoryEntry is one change of an issue.
type HistoryEntry struct {
	ID      int64
	Author  Person
	Created time.Time
	Items   []HistoryItem
}

// A HistoryItem is one field of a change: what its values are called, and by
// which ids the site knows them. Several are separated by commas.
type HistoryItem struct {
	Field, FieldID string
	Custom         bool
	From, To       string
	FromID, ToID   string
}

// link is an issue link: From is the issue that reads Type.Outward.
type link struct {
	ID       int64
	Type     linkType
	From, To string // keys
}

type linkType struct{ ID, Name, Inward, Outward string }

// clone is a copy that shares nothing that is ever changed in place.
func (i *Issue) clone() *Issue {
	c := *i
	c.Labels = slices.Clone(i.Labels)
	c.Components = slices.Clone(i.Components)
	c.Versions = slices.Clone(i.Versions)
	c.FixVersions = slices.Clone(i.FixVersions)
	c.Sprints = slices.Clone(i.Sprints)
	c.Attachments = slices.Clone(i.Attachments)
	c.Remote = slices.Clone(i.Remote)
	c.History = slices.Clone(i.History)
	c.Custom = maps.Clone(i.Custom)
	if c.Documents = maps.Clone(i.Documents); c.Documents == nil {
		c.Documents = map[string]Document{}
	}
	c.Properties = maps.Clone(i.Properties)
	c.Comments = slices.Clone(i.Comments)
	for n := range c.Comments {
		c.Comments[n].Properties = maps.Clone(c.Comments[n].Properties)
	}
	return &c
}

// number is the part of the key after the project's.
func (i *Issue) number() int { return keyNumber(i.Key) }

func (i *Issue) comment(id int64) *Comment {
	n := slices.IndexFunc(i.Comments, func(c Comment) bool { return c.ID == id })
	if n < 0 {
		return nil
	}
	return &i.Comments[n]
}

func (p Person) is(name string) bool {
	for _, known := range []string{p.AccountID, p.Key, p.Name, p.DisplayName, p.Email} {
		if known != "" && strings.EqualFold(known, name) {
			return true
		}
	}
	return false
}

func (p Person) nobody() bool { return p == Person{} }
