package jira

import (
	"context"
	"slices"
	"strings"

	"refine/planner/outcome"
)

// stood are the comments that stand as the page remembers that a sync left them,
// by issue. Their marks are not read.
func (c *Client) stood(ctx context.Context, s session, comments map[string][]comment, remembered map[string]string) (map[string]*outcome.Marked, error) {
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
		if len(left.Lines) > 0 {
			marked.Says, marked.Lines = c.says(s, list[at].Body), left.Lines
		}
		out[key] = marked
	}
	return out, nil
}

// says are the entries of a comment that is headed as the session's and says nothing
// else: written again, they come to the same text. Nil if it is not such a one.
func (c *Client) says(s session, body string) []outcome.Entry {
	if !s.heads(body) {
		return nil
	}
	entries := readNote(body)
	_, below, _ := strings.Cut(body, "\n")
	if _, again, _ := strings.Cut(WikiNote(outcome.Note{Entries: entries}, c.cloud), "\n"); again != below {
		return nil
	}
	return entries
}

// leave notes how a comment was left. Cloud tells the marks of all comments in one
// request, so that the lines need not be remembered.
func (c *Client) leave(n *outcome.Note, cm comment) {
	n.Left = &outcome.Left{ID: cm.ID, At: parseTime(cm.Updated), Hash: n.Hash()}
	if !c.cloud {
		n.Left.Lines = n.Lines()
	}
}
