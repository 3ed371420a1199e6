package jira

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"refine/planner/ticket"
)

// changelogExpand asks for an issue's changes within the answer that brings the
// issue, so that they cost no request of their own.
const changelogExpand = "changelog"

// How many changes Cloud lists with an issue that a search finds, and with one
// that is read by itself.
const (
	searchedChanges = 20
	singleChanges   = 100
)

// changelog is an issue's changes as the service answers them, which is in
// either order.
type changelog struct {
	Total     int            `json:"total"`
	Histories []historyEntry `json:"histories"`

	most  int  // that Cloud lists in such an answer; 0 means searchedChanges
	whole bool // none is left out
}

type historyEntry struct {
	ID      string       `json:"id"`
	Author  user         `json:"author"`
	Created moment       `json:"created"`
	Items   []changeItem `json:"items"`
}

// oldestFirst orders changes by when they were made; those of one moment by
// their ids, which count up.
func (l changelog) oldestFirst() []historyEntry {
	return slices.SortedStableFunc(slices.Values(l.Histories), func(a, b historyEntry) int {
		return cmp.Or(a.Created.Compare(b.Created.Time), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
}

// A changeItem is a change of one field. Data Center tells no ids of fields.
type changeItem struct {
	Field      string `json:"field"`
	FieldID    string `json:"fieldId"`
	From       string `json:"from"`
	FromString string `json:"fromString"`
	To         string `json:"to"`
	ToString   string `json:"toString"`
}

// history translates the changes of what shows urgency; nil where the service
// told none, not even that there are none.
func (fs fields) history(log *changelog, sprints []json.RawMessage) *ticket.History {
	if log == nil {
		return nil
	}
	h := &ticket.History{Cut: log.Total > len(log.Histories)}
	been := sprintsOf(sprints)
	for _, entry := range log.oldestFirst() {
		at := entry.Created.Time
		for _, item := range entry.Items {
			if strings.EqualFold(item.Field, "Key") && item.FromString != "" {
				h.FormerKeys = append(h.FormerKeys, item.FromString)
			}
			field, ok := fs.urgent(item)
			if !ok || at.IsZero() {
				continue
			}
			if field == ticket.SprintChanged {
				been = append(append(been, idsIn(item.From)...), idsIn(item.To)...)
			}
			h.Changes = append(h.Changes, item.change(field, at))
		}
	}
	slices.Sort(been)
	h.Sprints = len(slices.Compact(been))
	return h
}

// mayBeCut reports whether Cloud may have left changes out: it counts what it
// lists, so that a full list may be all or not.
func (l *changelog) mayBeCut() bool {
	return l != nil && !l.whole && len(l.Histories) >= cmp.Or(l.most, searchedChanges)
}

// change is the item as people call its values. Days come with a time that
// means nothing.
func (i changeItem) change(field ticket.ChangedField, at time.Time) ticket.FieldChange {
	c := ticket.FieldChange{Field: field, At: at, From: i.FromString, To: i.ToString}
	if field == ticket.DueChanged {
		c.From, c.To = day(c.From), day(c.To)
	}
	return c
}

func day(s string) string { return s[:min(len(s), len(time.DateOnly))] }

// urgent tells what the item changed, if that is one of the fields that show
// urgency. System fields go by their ids in both products, custom ones by the
// name that the site gives them where no id is told.
func (fs fields) urgent(i changeItem) (ticket.ChangedField, bool) {
	switch {
	case i.is("priority"):
		return ticket.PriorityChanged, true
	case i.is("duedate"):
		return ticket.DueChanged, true
	case i.isOne(fs[sprint]):
		return ticket.SprintChanged, true
	case i.isOne(fs[flagged]):
		return ticket.FlagChanged, true
	}
	return "", false
}

func (i changeItem) is(id string) bool {
	if i.FieldID != "" {
		return i.FieldID == id
	}
	return strings.EqualFold(i.Field, id)
}

func (i changeItem) isOne(list []field) bool {
	return slices.ContainsFunc(list, func(f field) bool {
		if i.FieldID != "" {
			return i.FieldID == f.ID
		}
		return f.called(i.Field)
	})
}

// idsIn are the ids that a change lists, "12, 13".
func idsIn(list string) (ids []string) {
	for id := range strings.SplitSeq(list, ",") {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// sprintsOf are the ids of the sprints that an issue holds.
func sprintsOf(list []json.RawMessage) (ids []string) {
	for _, raw := range list {
		var dump string
		if json.Unmarshal(raw, &dump) == nil {
			ids = append(ids, idsIn(dumpFields(dump)["id"])...)
			continue
		}
		var object struct {
			ID json.Number `json:"id"`
		}
		if json.Unmarshal(raw, &object) == nil {
			ids = append(ids, idsIn(object.ID.String())...)
		}
	}
	return ids
}
