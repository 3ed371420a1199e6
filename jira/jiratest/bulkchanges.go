package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

// changeRequest asks for the changes of many issues at once.
type changeRequest struct {
	FieldIDs      []string `json:"fieldIds"`
	IssueIDOrKeys []string `json:"issueIdsOrKeys"`
	MaxResults    *int     `json:"maxResults"`
	NextPageToken *string  `json:"nextPageToken"`
}

func (in changeRequest) validate() error {
	switch n := len(in.IssueIDOrKeys); {
	case n == 0:
		return refuse(http.StatusBadRequest, "At least one issue ID or key must be provided.")
	case n > 1000:
		return refuse(http.StatusBadRequest, "A maximum of 1000 issues can be fetched, %d were requested.", n)
	case len(in.FieldIDs) > 10:
		return refuse(http.StatusBadRequest, "A maximum of 10 field IDs can be specified.")
	case in.MaxResults != nil && (*in.MaxResults < 1 || *in.MaxResults > 10_000):
		return refuse(http.StatusBadRequest, "The value of 'maxResults' must be between 1 and 10000.")
	}
	return nil
}

// changesOfMany lists the changes of issues, the oldest first, a page of entries
// at a time. Issues without a change, and those that may not be seen, are left
// out. Unlike elsewhere, times are in milliseconds.
func changesOfMany(s *Server, c *call) (reply, error) {
	var in changeRequest
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	if err := in.validate(); err != nil {
		return reply{}, err
	}
	issues, _ := s.fetch(in.IssueIDOrKeys)
	all := changesIn(issues, in.FieldIDs)
	query := strings.Join(append(slices.Clone(in.IssueIDOrKeys), in.FieldIDs...), ",")
	start, err := pageStart(jqlBody{JQL: query, NextPageToken: in.NextPageToken}, len(all))
	if err != nil {
		return reply{}, err
	}
	shown := cut(all, start, s.changesPage(in.MaxResults))
	out := object{"issueChangeLogs": c.byIssue(shown)}
	if next := start + len(shown); next < len(all) {
		out["nextPageToken"] = pageToken(query, next)
	}
	return ok(out)
}

// changesPage is how many entries a page of them holds.
func (s *Server) changesPage(asked *int) int {
	most := 1000
	if asked != nil {
		most = *asked
	}
	if s.options.PageSize > 0 {
		most = min(most, s.options.PageSize)
	}
	return most
}

// changeOf is an entry of one issue's history.
type changeOf struct {
	issue *Issue
	entry HistoryEntry
}

// changesIn are the changes of any of the fields, of all if none is named.
func changesIn(issues []*Issue, fields []string) (all []changeOf) {
	for _, i := range issues {
		for _, entry := range i.History {
			about := func(item HistoryItem) bool { return slices.Contains(fields, item.FieldID) }
			if len(fields) == 0 || slices.ContainsFunc(entry.Items, about) {
				all = append(all, changeOf{i, entry})
			}
		}
	}
	return all
}

func (v view) byIssue(changes []changeOf) []any {
	out := []any{}
	var last *Issue
	var histories []any
	flush := func() {
		if last != nil {
			out = append(out, object{"issueId": formatID(last.ID), "changeHistories": histories})
		}
		histories = nil
	}
	for _, change := range changes {
		if change.issue != last {
			flush()
			last = change.issue
		}
		entry := v.historyEntry(change.entry)
		entry["created"] = change.entry.Created.UnixMilli()
		histories = append(histories, entry)
	}
	flush()
	return out
}
