package jiratest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// selection is which parts of an issue a request asks for.
type selection struct {
	fields     []string // as asked for: names, *all, *navigable, -name
	expand     []string
	properties []string
	comments   int // the most that a comment field lists; 0 is all
	changes    int // the most changes that a changelog lists, the newest; 0 is all
}

// wants applies the rule of the fields parameter.
func (sel selection) wants(f *field) bool {
	wanted := false
	onlyExcludes := !slices.ContainsFunc(sel.fields, func(name string) bool { return !strings.HasPrefix(name, "-") })
	if onlyExcludes {
		wanted = !f.hidden
	}
	for _, name := range sel.fields {
		switch name {
		case "*all", f.id:
			wanted = true
		case "*navigable":
			wanted = wanted || !f.hidden
		case "-" + f.id:
			return false
		}
	}
	return wanted
}

// listed splits a parameter that repeats and separates by commas.
func listed(values []string) []string {
	var all []string
	for _, value := range values {
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

// issue shows what was selected of an issue.
func (v view) issue(i *Issue, sel selection) object {
	id := formatID(i.ID)
	fields := object{}
	for _, f := range v.s.fields {
		if f.id != "" && f.show != nil && sel.wants(f) {
			fields[f.id] = f.show(v, i)
		}
	}
	if _, has := fields["comment"]; has && sel.comments > 0 {
		fields["comment"] = v.commentField(i, sel.comments)
	}
	o := object{"id": id, "key": i.Key, "self": v.self("issue/" + id), "expand": "operations,editmeta,changelog,transitions,names,schema", "fields": fields}
	if len(sel.properties) > 0 {
		o["properties"] = chosenProperties(i, sel.properties)
	}
	v.expand(o, i, sel)
	return o
}

func (v view) expand(o object, i *Issue, sel selection) {
	if slices.Contains(sel.expand, "changelog") {
		o["changelog"] = v.changelog(i, sel.changes)
	}
	if slices.Contains(sel.expand, "names") {
		o["names"] = v.s.names()
	}
	if slices.Contains(sel.expand, "transitions") {
		o["transitions"] = v.transitions(i)
	}
}

func chosenProperties(i *Issue, keys []string) map[string]json.RawMessage {
	if slices.Contains(keys, "*all") {
		return maps.Clone(i.Properties)
	}
	chosen := map[string]json.RawMessage{}
	for _, key := range keys {
		if value, ok := i.Properties[key]; ok {
			chosen[key] = value
		}
	}
	return chosen
}

// names are the fields' names in the site's language.
func (s *Server) names() map[string]string {
	names := map[string]string{}
	for _, f := range s.fields {
		if f.id != "" {
			names[f.id] = f.name
		}
	}
	return names
}

// commentField is the page of comments inside an issue: the newest ones where
// the service cuts it.
func (v view) commentField(i *Issue, most int) object {
	start := max(0, len(i.Comments)-most)
	shown := []any{}
	for _, c := range i.Comments[start:] {
		shown = append(shown, v.comment(i, c))
	}
	return object{
		"self":     v.self("issue/" + formatID(i.ID) + "/comment"),
		"comments": shown, "total": len(i.Comments), "maxResults": len(shown), "startAt": start,
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
