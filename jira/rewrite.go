package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"refine/internal/atlassian"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

var commentID = lazyregexp.New(`^[0-9]{1,18}$`)

// updateComment brings the session's comment up to date. The same text can be
// written twice without harm, so a write of unknown effect is tried once more,
// after looking again at what stands there.
func (c *Client) updateComment(ctx context.Context, change outcome.Change) error {
	id, n := change.CommentID, change.Note
	if !commentID.MatchString(id) {
		return fmt.Errorf("%q is not the id of a comment", id)
	}
	body, err := c.commentBody(*n)
	if err != nil {
		return err
	}
	w := rewriting{path: commentPath(change.Issue) + "/" + id, id: id, internally: n.Internal, body: body, remarks: change.Was != n.Hash()}
	left, err := c.rewrite(ctx, w)
	if atlassian.Ambiguous(err) {
		left, err = c.rewrite(ctx, w)
	}
	if err == nil {
		c.leave(n, left)
	}
	return err
}

// A rewriting is what a comment is to say, with its mark.
type rewriting struct {
	path, id   string
	internally bool // customers must not read it
	body       commentBody
	remarks    bool // the mark is another than the one before, as far as that is known
}

func (w rewriting) mark() json.RawMessage { return w.body.Properties[0].Value }

// rewrite replaces a comment unless a person changed it since it was read, or
// customers can read what is to be internal. Where a site does not take the mark with
// the text, it is written once more by itself, and last, so that a run which is cut
// short is repeated by the next; and so it is where the text stands already, as a run
// leaves it whose mark was not taken.
func (c *Client) rewrite(ctx context.Context, w rewriting) (left comment, err error) {
	var current comment
	if err := c.call(ctx, http.MethodGet, w.path, nil, &current); err != nil {
		return left, fmt.Errorf("reading the comment before changing it: %w", err)
	}
	by, err := c.editedBy(ctx, current)
	if err != nil {
		return left, err
	}
	if by != "" {
		return left, &EditedError{By: by, Comment: w.id}
	}
	if w.internally && current.public() {
		return left, &PublicError{Comment: w.id}
	}
	if err := c.call(ctx, http.MethodPut, w.path, w.body, &left); err != nil {
		return left, fmt.Errorf("changing the comment: %w", err)
	}
	if current.Body != w.body.Body && (c.cloud || c.takes.mark(ctx, c, w)) {
		return left, nil
	}
	if err := c.call(ctx, http.MethodPut, propertyPath(w.id), w.mark(), nil); err != nil {
		return left, fmt.Errorf("marking the comment: %w", err)
	}
	return left, nil
}

// takes is whether a site of Data Center stores the mark that comes with a comment's
// new text: its documents have a place for it there, and not what becomes of it. So a
// run looks at the first comment that it rewrites, and the others wait for what it sees.
type takes struct {
	turn      chan struct{} // to look, or to wait for who does
	told, yes bool
}

// mark reports whether the site has stored the mark with the text just written. What
// cannot be told, since the look failed or the mark was the same before, is no.
func (t *takes) mark(ctx context.Context, c *Client, w rewriting) bool {
	select {
	case <-ctx.Done():
		return false
	case t.turn <- struct{}{}:
	}
	defer func() { <-t.turn }()
	if t.told || !w.remarks {
		return t.yes
	}
	var stored property
	err := c.call(ctx, http.MethodGet, propertyPath(w.id), nil, &stored)
	if err == nil || atlassian.StatusOf(err) == http.StatusNotFound {
		t.told, t.yes = true, err == nil && sameJSON(stored.Value, w.mark())
	}
	return t.yes
}

// sameJSON reports whether two values are one, however they are written.
func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// An EditedError says that a person changed a comment of ours after it was read,
// so that it was not written.
type EditedError struct {
	By      string // who did
	Comment string // its id
}

func (e *EditedError) Error() string {
	return fmt.Sprintf("%s changed comment %s since it was read; it was left alone", e.By, e.Comment)
}

// Conflict names the person who was there first.
func (e *EditedError) Conflict() string { return e.By }
