package jira

import (
	"context"
	"slices"

	"refine/planner/outcome"
)

// stood are the comments that stand as the page remembers that a sync left them,
// by issue. Their marks are not read.
func (c *Client) stood(ctx context.Context, comments map[string][]comment, remembered map[string]string) (map[string]*outcome.Marked, error) {
	out := map[string]*outcome.Marked{}
	for key, list := range comments {
		left := outcome.ParseLeft(remembered[key])
		at := slices.IndexFunc(list, func(cm comment) bool { return left.ID != "" && cm.ID == left.ID })
		if at < 0 || !parseTime(list[at].Updated).Equal(left.At) || !isNote(list[at].Body) {
			continue
		}
		marked, err := c.taken(ctx, list[at], outcome.Mark{Hash: left.Hash})
		if err != nil {
			return nil, err
		}
		marked.Unread = true
		out[key] = marked
	}
	return out, nil
}

// leave notes how a comment was left.
func leave(n *outcome.Note, cm comment) {
	n.Left = &outcome.Left{ID: cm.ID, At: parseTime(cm.Updated), Hash: n.Hash()}
}
