package jira

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// Written reads what a session's syncs wrote on issues, to take it back: what
// [Client.Tickets] reads, the issues of action items, and the link to the session's
// page, which takes a request for each issue.
func (c *Client) Written(ctx context.Context, s ticket.Session, page outcome.PageRef, keys []string) ([]outcome.Ticket, error) {
	found, _, err := c.Tickets(ctx, s, page, keys)
	if err != nil {
		return nil, err
	}
	if err := c.Made(ctx, s, found); err != nil {
		return nil, err
	}
	if err := c.mayDelete(ctx, found); err != nil {
		return nil, err
	}
	err = c.parallel(ctx, len(found), func(ctx context.Context, n int) error {
		l, err := c.remoteLink(ctx, found[n].Key, s.ID)
		if err != nil || l == nil || l.Object == nil {
			return err
		}
		found[n].Link = &outcome.RemoteLink{GlobalID: l.GlobalID, URL: l.Object.URL, Title: l.Object.Title, Summary: l.Object.Summary}
		return nil
	})
	return found, err
}

// takeBackChange undoes what a change of that kind wrote.
func (c *Client) takeBackChange(ctx context.Context, change outcome.Change) error {
	switch {
	case change.Kind.OfIssue():
		return c.takeBackIssue(ctx, change.Target)
	case change.Kind == outcome.CommentChange:
		return c.takeBackComment(ctx, change.Issue, change.CommentID)
	case change.Kind == outcome.LinkChange && change.Link != nil:
		return c.unlink(ctx, change.Issue, *change.Link)
	case change.Kind == outcome.IssueLinkChange && change.Set != nil:
		return c.unblock(ctx, change)
	case change.Set != nil:
		return c.set(ctx, change)
	}
	return fmt.Errorf("a change of kind %s is not taken back", change.Kind)
}

// takeBackComment deletes a comment of ours unless a person changed it since it
// was read.
func (c *Client) takeBackComment(ctx context.Context, key, id string) error {
	if !commentID.MatchString(id) {
		return fmt.Errorf("%q is not the id of a comment", id)
	}
	path := commentPath(key) + "/" + id
	return c.remove(ctx, path, func() (gone bool, err error) {
		var current comment
		err = c.call(ctx, http.MethodGet, path, nil, &current)
		if atlassian.StatusOf(err) == http.StatusNotFound {
			return true, nil
		}
		if err != nil {
			return false, fmt.Errorf("reading the comment before deleting it: %w", err)
		}
		by, err := c.editedBy(ctx, current)
		if by != "" {
			err = &EditedError{By: by, Comment: id}
		}
		return false, err
	})
}

// takeBackIssue deletes the issue of an action unless somebody touched it since it
// was read.
func (c *Client) takeBackIssue(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	return c.remove(ctx, issuePath(key), func() (gone bool, err error) {
		now, err := c.markedIssue(ctx, key)
		if atlassian.StatusOf(err) == http.StatusNotFound {
			return true, nil
		}
		if err != nil {
			return false, fmt.Errorf("reading %s before deleting it: %w", key, err)
		}
		me, err := c.me(ctx)
		if err != nil {
			return false, err
		}
		if by := touchedBy(now, me); by != "" {
			return false, &TouchedError{Issue: key, How: by}
		}
		return false, nil
	})
}

// A TouchedError says that somebody touched an issue of ours after it was read, so
// that it was not deleted.
type TouchedError struct{ Issue, How string }

func (e *TouchedError) Error() string { return e.How + "; " + e.Issue + " was left alone" }

// Conflict says who was there first.
func (e *TouchedError) Conflict() string { return "somebody" }

// unlink deletes the link to the page unless somebody changed it since it was
// read.
func (c *Client) unlink(ctx context.Context, key string, l outcome.RemoteLink) error {
	path := linkPath(key) + "?globalId=" + url.QueryEscape(l.GlobalID)
	return c.remove(ctx, path, func() (gone bool, err error) {
		now, err := c.remoteLink(ctx, key, l.GlobalID)
		if err != nil || now == nil {
			return err == nil, err
		}
		if o := now.Object; o == nil || o.URL != l.URL || o.Title != l.Title || o.Summary != l.Summary {
			return false, &RelinkedError{}
		}
		return false, nil
	})
}

// remove deletes what stands at a path. look says whether that is gone, or fails
// with what forbids to delete it; it is asked before and, where nobody knows
// whether it was deleted, once more.
func (c *Client) remove(ctx context.Context, path string, look func() (gone bool, err error)) error {
	var failed error
	for range 2 {
		gone, err := look()
		switch {
		case err != nil && failed != nil:
			return fmt.Errorf("%w; looking whether it was deleted: %w", failed, err)
		case gone || err != nil:
			return err
		}
		failed = c.call(ctx, http.MethodDelete, path, nil, nil)
		if atlassian.StatusOf(failed) == http.StatusNotFound {
			return nil // somebody was faster
		}
		if !atlassian.Ambiguous(failed) {
			return failed
		}
	}
	return settle(failed, look)
}

// A RelinkedError says that somebody changed the link to a session's page after
// it was read, so that it was not deleted.
type RelinkedError struct{}

func (*RelinkedError) Error() string {
	return "somebody changed the link since it was read; it was left alone"
}

// Conflict says who was there first.
func (*RelinkedError) Conflict() string { return "somebody" }
