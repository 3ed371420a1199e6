package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	gojira "github.com/andygrunwald/go-jira"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// Apply makes one change. An error means that it did not happen, or that it is
// not known to have happened: the next run reads the ticket again and settles
// it. An [*EditedError] and a [*ChangedError] are conflicts with what a person wrote.
func (c *Client) Apply(ctx context.Context, change outcome.Change) error {
	if err := checkKey(change.Issue); err != nil {
		return err
	}
	switch {
	case change.Back:
		return c.takeBackChange(ctx, change)
	case change.Kind == outcome.CommentChange && change.Note != nil && change.CommentID == "":
		return c.createComment(ctx, change.Issue, change.Note)
	case change.Kind == outcome.CommentChange && change.Note != nil:
		return c.updateComment(ctx, change)
	case change.Kind == outcome.LinkChange && change.Link != nil:
		return c.link(ctx, change.Issue, *change.Link)
	case change.Action != nil:
		return c.act(ctx, change)
	case change.Set != nil:
		return c.set(ctx, change)
	}
	return fmt.Errorf("a change of kind %s writes nothing", change.Kind)
}

// commentBody is a comment with its mark, in one request.
type commentBody struct {
	Body       string     `json:"body"`
	Properties []property `json:"properties"`
}

func (c *Client) commentBody(n outcome.Note) (commentBody, error) {
	mark, err := markProperty(n.Mark())
	body := commentBody{WikiNote(c.forPeople(n), c.cloud), []property{mark}}
	if n.Internal {
		body.Properties = append(body.Properties, internal)
	}
	return body, err
}

func commentPath(key string) string {
	return issuePath(key) + "/comment"
}

func (c *Client) createComment(ctx context.Context, key string, n *outcome.Note) error {
	body, err := c.commentBody(*n)
	if err != nil {
		return err
	}
	if n.Internal {
		return c.createInternal(ctx, key, *n, body)
	}
	var created comment
	err = c.call(ctx, http.MethodPost, commentPath(key), body, &created)
	if atlassian.Ambiguous(err) {
		return settle(err, func() (bool, error) {
			found, err := c.commented(ctx, key, *n)
			return found != nil, err
		})
	}
	if err != nil {
		return fmt.Errorf("writing the comment: %w", err)
	}
	c.leave(n, created)
	return nil
}

// createInternal writes a comment that customers must not read. One that they can
// read after all is taken back.
func (c *Client) createInternal(ctx context.Context, key string, n outcome.Note, body commentBody) error {
	var created comment
	err := c.call(ctx, http.MethodPost, commentPath(key), body, &created)
	if err != nil && (atlassian.Ambiguous(err) || atlassian.StatusOf(err) == 0) {
		err = settle(err, func() (bool, error) {
			found, err := c.commented(ctx, key, n)
			if found != nil {
				created = comment{ID: found.ID, JSDPublic: &found.Public}
			}
			return found != nil, err
		})
	}
	switch {
	case err != nil:
		return fmt.Errorf("writing the comment: %w", err)
	case created.public():
		return c.takeBack(ctx, key, created.ID)
	}
	return nil
}

// settle looks whether a write that failed took effect after all.
func settle(failed error, look func() (bool, error)) error {
	done, err := look()
	switch {
	case err != nil:
		return fmt.Errorf("%w; looking whether it was written: %w", failed, err)
	case done:
		return nil
	}
	return failed
}

// commented returns the issue's comment with exactly this mark, nil if there is
// none.
func (c *Client) commented(ctx context.Context, key string, n outcome.Note) (*outcome.Marked, error) {
	list, err := c.allComments(ctx, key)
	if err != nil {
		return nil, err
	}
	s := session{ticket.Session{ID: n.Session, Owner: n.Owner}, outcome.PageRef{ID: n.PageID, URL: n.PageURL}}
	ours, err := c.sessionComments(ctx, s, map[string][]comment{key: list})
	if err != nil || ours[key] == nil || ours[key].Mark.Hash != n.Hash() {
		return nil, err
	}
	return ours[key], nil
}

const (
	maxGlobalID  = 255
	maxLinkTitle = 255
)

// link adds the link to the page or brings it up to date; the service knows it
// by its global id. It is a plain web link: as a Confluence link, Data Center
// would show it broken where the two are not connected.
func (c *Client) link(ctx context.Context, key string, l outcome.RemoteLink) error {
	if l.GlobalID == "" || len(l.GlobalID) > maxGlobalID {
		return fmt.Errorf("the link's global id has %d characters, 1 to %d are allowed", len(l.GlobalID), maxGlobalID)
	}
	in := gojira.RemoteLink{
		GlobalID: l.GlobalID,
		Object:   &gojira.RemoteLinkObject{URL: l.URL, Title: cut(l.Title, maxLinkTitle), Summary: cut(l.Summary, maxLinkTitle)},
	}
	err := c.call(ctx, http.MethodPost, linkPath(key), in, nil)
	if atlassian.Ambiguous(err) {
		return settle(err, func() (bool, error) { return c.linked(ctx, key, in) })
	}
	if err != nil {
		return fmt.Errorf("linking the page: %w", err)
	}
	return nil
}

func linkPath(key string) string {
	return issuePath(key) + "/remotelink"
}

// linked reports whether the link stands as wanted.
func (c *Client) linked(ctx context.Context, key string, want gojira.RemoteLink) (bool, error) {
	l, err := c.remoteLink(ctx, key, want.GlobalID)
	return l != nil && l.Object != nil && l.Object.URL == want.Object.URL && l.Object.Title == want.Object.Title, err
}

// remoteLink is an issue's link with that global id, nil if it has none. The
// service answers with one record, or with a list of one.
func (c *Client) remoteLink(ctx context.Context, key, globalID string) (*gojira.RemoteLink, error) {
	var raw json.RawMessage
	err := c.call(ctx, http.MethodGet, linkPath(key)+"?globalId="+url.QueryEscape(globalID), nil, &raw)
	if atlassian.StatusOf(err) == http.StatusNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []gojira.RemoteLink
	if json.Unmarshal(raw, &list) != nil {
		var single gojira.RemoteLink
		if err := json.Unmarshal(raw, &single); err != nil {
			return nil, fmt.Errorf("reading the link: %w", err)
		}
		list = []gojira.RemoteLink{single}
	}
	for i, l := range list {
		if l.GlobalID == globalID {
			return &list[i], nil
		}
	}
	return nil, nil
}

// cut shortens s to at most n characters.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
