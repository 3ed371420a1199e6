package jiratest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// What Cloud lists of an issue's changes: in the results of a search, and with
// an issue by itself. Data Center lists all of them.
const (
	searchedChanges = 20
	singleChanges   = 100
)

// changelog is an issue's history. Cloud begins with the newest change and
// counts what it lists, Data Center begins with the oldest and names no ids of
// fields.
func (v view) changelog(i *Issue, most int) object {
	entries := slices.Clone(i.History)
	if v.s.cloud {
		slices.Reverse(entries)
		if most > 0 {
			entries = entries[:min(most, len(entries))]
		}
	}
	histories := []any{}
	for _, entry := range entries {
		histories = append(histories, v.historyEntry(entry))
	}
	return object{"startAt": 0, "maxResults": len(histories), "total": len(histories), "histories": histories}
}

func (v view) historyEntry(entry HistoryEntry) object {
	items := []any{}
	for _, item := range entry.Items {
		items = append(items, v.historyItem(item))
	}
	return object{"id": formatID(entry.ID), "author": v.user(entry.Author), "created": wire(entry.Created), "items": items}
}

func (v view) historyItem(item HistoryItem) object {
	kind := "jira"
	if item.Custom {
		kind = "custom"
	}
	o := object{"field": item.Field, "fieldtype": kind}
	for name, value := range map[string]string{"from": item.FromID, "fromString": item.From, "to": item.ToID, "toString": item.To} {
		if value != "" || v.s.cloud { // Data Center's documents know no null there
			o[name] = orNull(value)
		}
	}
	if v.s.cloud {
		o["fieldId"] = item.FieldID
	}
	return o
}

// historyNames are the fields that the history calls by another name than their
// id. Custom fields go by the name they have.
var historyNames = map[string]string{"fixVersions": "Fix Version", "versions": "Version", "components": "Component", "parent": "Parent"}

func (f *field) historyName() string {
	if f.isCustom() {
		return f.name
	}
	return cmp.Or(historyNames[f.id], f.id)
}

// differences are the fields that two states of an issue show differently.
func (v view) differences(before, after *Issue) []HistoryItem {
	var items []HistoryItem
	for _, f := range v.s.fields {
		if f.id == "" || f.show == nil || f.edit == nil && f.id != "status" && f.id != "resolution" {
			continue
		}
		from, to := f.show(v, before), f.show(v, after)
		if plain(from) == plain(to) {
			continue
		}
		item := HistoryItem{
			Field: f.historyName(), FieldID: f.id, Custom: f.isCustom(),
			From: plain(from), To: plain(to), FromID: identified(from), ToID: identified(to),
		}
		if f.id == "duedate" {
			item.FromID, item.ToID = item.From, item.To
			item.From, item.To = atMidnight(item.From), atMidnight(item.To)
		}
		items = append(items, item)
	}
	return items
}

// atMidnight is how the history words a day.
func atMidnight(day string) string {
	if day == "" {
		return ""
	}
	return day + " 00:00:00.0"
}

// plain is how the history words a value.
func plain(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case object:
		return textOf(value, "displayName", "name", "value", "key")
	case []any:
		var parts []string
		for _, one := range value {
			parts = append(parts, plain(one))
		}
		return strings.Join(parts, ", ")
	default:
		raw, err := json.Marshal(value)
		if err != nil {
			return ""
		}
		return string(raw)
	}
}

// identified is how the history names a value by its id, empty where it has none.
func identified(value any) string {
	switch value := value.(type) {
	case object:
		return textOf(value, "accountId", "key", "id")
	case []any:
		var ids []string
		for _, one := range value {
			if id := identified(one); id != "" {
				ids = append(ids, id)
			}
		}
		if len(ids) == 0 {
			return ""
		}
		return "[" + strings.Join(ids, ", ") + "]"
	default:
		return ""
	}
}

// textOf is the first of an object's members that is a text.
func textOf(o object, names ...string) string {
	for _, name := range names {
		if text, ok := o[name].(string); ok {
			return text
		}
	}
	return ""
}

// importHistory takes over a source's changes. Its custom fields have ids of
// another site, so they are known by their names.
func (s *Server) importHistory(i *Issue, log recordChangelog) {
	for _, h := range log.Histories {
		entry := HistoryEntry{ID: s.freshHistoryID(h.ID.number()), Author: s.importPerson(h.Author), Created: h.Created.Time}
		for _, item := range h.Items {
			entry.Items = append(entry.Items, HistoryItem{
				Field: item.Field, FieldID: s.historyField(item.Field), Custom: item.Type == "custom",
				From: item.FromString, To: item.ToString, FromID: item.From, ToID: item.To,
			})
		}
		i.History = append(i.History, entry)
	}
	slices.SortStableFunc(i.History, func(a, b HistoryEntry) int { return a.Created.Compare(b.Created) })
}

func (s *Server) freshHistoryID(id int64) int64 {
	if id == 0 {
		return s.nextID()
	}
	return id
}

// historyField is the id of the field that the history calls so.
func (s *Server) historyField(name string) string {
	for _, f := range s.fields {
		if f.id != "" && strings.EqualFold(f.historyName(), name) {
			return f.id
		}
	}
	return ""
}
