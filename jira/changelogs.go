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

// changesOf reads the changes of issues, by their ids.
func (c cloud) changesOf(ctx context.Context, ids []string) (map[string][]historyEntry, error) {
	in := struct {
		IDs        []string `json:"issueIdsOrKeys"`
		Fields     []string `json:"fieldIds,omitempty"`
		MaxResults int      `json:"maxResults"`
		Next       string   `json:"nextPageToken,omitempty"`
	}{IDs: ids, Fields: c.fields.urgentIDs(), MaxResults: maxChanges}
	told := map[string][]historyEntry{}
	for {
		var out struct {
			Issues []struct {
				ID        string         `json:"issueId"`
				Histories []historyEntry `json:"changeHistories"`
			} `json:"issueChangeLogs"`
			Next string `json:"nextPageToken"`
		}
		if err := c.read(ctx, "rest/api/2/changelog/bulkfetch", in, &out); err != nil {
			return nil, err
		}
		for _, i := range out.Issues {
			told[i.ID] = append(told[i.ID], i.Histories...)
		}
		if out.Next == "" || out.Next == in.Next {
			return told, nil
		}
		in.Next = out.Next
	}
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
