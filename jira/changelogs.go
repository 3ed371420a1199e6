package jira

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"refine/internal/atlassian"
	"refine/planner/ticket"
)

// How much Cloud answers at once when it is asked for changes alone.
const (
	maxChangelogs    = 1000  // issues
	maxChanges       = 10000 // entries, over all of them
	maxChangedFields = 10    // fields to narrow them to
)

// wholeIssues translates issues with all of their changes: those of which the
// answer that brought them told none, or may have left some out, are asked for
// together.
func (c *Client) wholeIssues(ctx context.Context, found []issue) ([]ticket.Issue, error) {
	if err := c.site.changelogs(ctx, found); err != nil {
		return nil, fmt.Errorf("reading what changed on the issues: %w", err)
	}
	return c.planIssues(found), nil
}

// changelogs needs no request: every answer has them whole, where asked to.
func (d dataCenter) changelogs(context.Context, []issue) error { return nil }

// changelogs reads the changes of what a plan uses. A site that does not offer
// that, or not to this account, leaves what is known, and the plan says so.
func (c cloud) changelogs(ctx context.Context, found []issue) error {
	lacking := map[string]*issue{}
	var ids []string
	for n := range found {
		if i := &found[n]; i.ID != "" && (i.Changelog == nil || i.Changelog.mayBeCut()) {
			lacking[i.ID], ids = i, append(ids, i.ID)
		}
	}
	for some := range slices.Chunk(ids, maxChangelogs) {
		told, err := c.changesOf(ctx, some)
		switch {
		case notOffered(err) || refused(err):
			return nil
		case err != nil:
			return err
		}
		for _, id := range some { // one without an entry has never changed
			lacking[id].Changelog = &changelog{Histories: told[id], Total: len(told[id]), whole: true}
		}
	}
	return nil
}

// refused tells an account that may not ask from a request that failed.
func refused(err error) bool {
	switch atlassian.StatusOf(err) {
	case http.StatusUnauthorized, http.StatusForbidden:
		return true
	}
	return false
}

// A toldChange is one of an issue's, as a bulk answer has it.
type toldChange struct {
	issue string // its id
	historyEntry
}

func (c toldChange) key() string {
	if c.ID == "" {
		return ""
	}
	return c.issue + "/" + c.ID
}

// changesOf reads the changes of issues, by their ids.
func (c cloud) changesOf(ctx context.Context, ids []string) (map[string][]historyEntry, error) {
	all, _, _, err := collect(atlassian.Pages(ctx, toldChange.key, func(ctx context.Context, cursor string) (atlassian.Page[toldChange], error) {
		return c.changesFrom(ctx, ids, cursor)
	}), 0)
	told := map[string][]historyEntry{}
	for _, change := range all {
		told[change.issue] = append(told[change.issue], change.historyEntry)
	}
	return told, err
}

func (c cloud) changesFrom(ctx context.Context, ids []string, cursor string) (p atlassian.Page[toldChange], err error) {
	in := struct {
		IDs        []string `json:"issueIdsOrKeys"`
		Fields     []string `json:"fieldIds,omitempty"`
		MaxResults int      `json:"maxResults"`
		Next       string   `json:"nextPageToken,omitempty"`
	}{IDs: ids, Fields: c.fields().urgentIDs(), MaxResults: maxChanges, Next: cursor}
	var out struct {
		Issues []struct {
			ID        string         `json:"issueId"`
			Histories []historyEntry `json:"changeHistories"`
		} `json:"issueChangeLogs"`
		Next string `json:"nextPageToken"`
	}
	err = c.read(ctx, "rest/api/2/changelog/bulkfetch", in, &out)
	for _, i := range out.Issues {
		for _, entry := range i.Histories {
			p.Items = append(p.Items, toldChange{i.ID, entry})
		}
	}
	p.Next = out.Next
	return p, err
}

// urgentIDs are the fields whose changes are read, none for all where they are
// too many to be named.
func (fs fields) urgentIDs() []string {
	ids := []string{"priority", "duedate"}
	for _, list := range [][]field{fs[sprint], fs[flagged]} {
		for _, f := range list {
			ids = append(ids, f.ID)
		}
	}
	if len(ids) > maxChangedFields {
		return nil
	}
	return ids
}

// A moment is a time as a changelog has it: written out or, where changes are
// asked for alone, in milliseconds. Anything else is none.
type moment struct{ time.Time }

// UnmarshalJSON never fails: an unknown shape must not hide the issue.
func (m *moment) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		m.Time = parseTime(text)
	} else if ms, err := strconv.ParseInt(string(bytes.TrimSpace(raw)), 10, 64); err == nil {
		m.Time = time.UnixMilli(ms).UTC()
	}
	return nil
}
