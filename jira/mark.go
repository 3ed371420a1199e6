package jira

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"refine/internal/atlassian"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// propertyKey is where a comment carries its mark.
const propertyKey = "refine"

// maxProperty is the largest value of a property, in bytes.
const maxProperty = 32768

type property struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

// markProperty is the mark as it is written. No entry is ever left out, since a
// later sync must know of every line the comment has; where they do not fit, the
// long ones are shortened, and only their hash stands for the rest.
func markProperty(m outcome.Mark) (property, error) {
	value, err := json.Marshal(m)
	entries := m.Entries
	for room := maxProperty / 2; err == nil && len(value) > maxProperty; room /= 2 {
		if room == 0 {
			return property{}, fmt.Errorf("a comment of %d lines is more than its mark can remember", len(entries))
		}
		m.Entries = shortened(entries, room)
		value, err = json.Marshal(m)
	}
	if err != nil {
		return property{}, fmt.Errorf("encoding the mark: %w", err)
	}
	return property{propertyKey, value}, nil
}

// shortened cuts the entries that are longer than so many characters.
func shortened(entries []outcome.Entry, room int) []outcome.Entry {
	out := make([]outcome.Entry, len(entries))
	for i, e := range entries {
		out[i] = e.Shortened(room)
	}
	return out
}

// A session recognises its own marks, and comments that link to its page.
type session struct {
	ticket.Session
	page outcome.PageRef
}

// A reading is what a comment's property says. Another session's mark is as
// little ours as one that cannot be read.
type reading struct {
	mark outcome.Mark
	ours bool
}

// readIn finds the property among a comment's; ok is false where it has none.
func (s session) readIn(list []property) (r reading, ok bool) {
	for _, p := range list {
		if p.Key == propertyKey {
			return s.read(p.Value), true
		}
	}
	return reading{}, false
}

func (s session) read(value json.RawMessage) (r reading) {
	r.mark, r.ours = s.mark(value)
	return r
}

// mark reads a property's value. Whoever may edit the issue may write it, so
// what is not exactly a mark of this session is none. The page it names need not
// be today's: a page that was trashed and published anew has another id, and the
// session's comment is still the session's.
func (s session) mark(value json.RawMessage) (outcome.Mark, bool) {
	var m outcome.Mark
	if json.Unmarshal(value, &m) != nil {
		return outcome.Mark{}, false
	}
	ours := m.Version == 1 && m.Owner == s.Owner && slices.Contains(s.IDs(), m.Session)
	m.Entries = slices.DeleteFunc(m.Entries, func(e outcome.Entry) bool {
		return !e.Kind.Known()
	})
	return m, ours
}

// eachMark reads the marks of comments one by one, side by side, into out.
func (c *Client) eachMark(ctx context.Context, s session, comments []comment, out map[string]reading) error {
	var mu sync.Mutex
	return c.parallel(ctx, len(comments), func(ctx context.Context, n int) error {
		r, ok, err := c.markOf(ctx, s, comments[n].ID)
		if err != nil || !ok {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		out[comments[n].ID] = r
		return nil
	})
}

// markOf reads one comment's mark; ok is false where it has none.
func (c *Client) markOf(ctx context.Context, s session, commentID string) (r reading, ok bool, err error) {
	var p property
	err = c.call(ctx, http.MethodGet, propertyPath(commentID), nil, &p)
	if atlassian.StatusOf(err) == http.StatusNotFound {
		return reading{}, false, nil
	}
	if err != nil {
		return reading{}, false, fmt.Errorf("reading the mark of comment %s: %w", commentID, err)
	}
	return s.read(p.Value), true, nil
}

func propertyPath(commentID string) string {
	return "rest/api/2/comment/" + url.PathEscape(commentID) + "/properties/" + propertyKey
}

// sessionComments finds the session's comment of each issue: by its mark, and of
// several the oldest; else by what it says, see [Client.unmarked].
func (c *Client) sessionComments(ctx context.Context, s session, comments map[string][]comment) (map[string]*outcome.Marked, error) {
	var all []comment
	for _, key := range slices.Sorted(maps.Keys(comments)) {
		all = append(all, comments[key]...)
	}
	out := map[string]*outcome.Marked{}
	if len(all) == 0 {
		return out, nil
	}
	marks, err := c.site.marks(ctx, s, all)
	if err != nil {
		return nil, fmt.Errorf("looking for the session's comments: %w", err)
	}
	for key, list := range comments {
		if out[key], err = c.firstMarked(ctx, list, marks); err == nil && out[key] == nil {
			out[key], err = c.unmarked(ctx, s, list, marks)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// firstMarked is the oldest comment that is the session's own, nil if none is.
func (c *Client) firstMarked(ctx context.Context, list []comment, marks map[string]reading) (*outcome.Marked, error) {
	for _, cm := range list {
		if !marks[cm.ID].ours {
			continue
		}
		ours, err := c.ours(ctx, cm)
		if err != nil {
			return nil, err
		}
		if !ours {
			continue
		}
		return c.taken(ctx, cm, marks[cm.ID].mark)
	}
	return nil, nil
}

// taken is a comment that is ours, with what its mark says.
func (c *Client) taken(ctx context.Context, cm comment, m outcome.Mark) (*outcome.Marked, error) {
	by, err := c.editedBy(ctx, cm)
	return &outcome.Marked{ID: cm.ID, Mark: m, EditedBy: by, Updated: parseTime(cm.Updated), Public: cm.public()}, err
}

// ours reports whether a comment with our mark may be one that we wrote: the
// account we act as did, or it reads like one, should the account have changed.
// Anybody can put a mark on a comment of their own; such a one is ignored.
func (c *Client) ours(ctx context.Context, cm comment) (bool, error) {
	if isNote(cm.Body) {
		return true, nil
	}
	me, err := c.me(ctx)
	return err == nil && cm.Author.is(me), err
}

// editedBy names who changed our comment after us, if anybody did. What its
// author changed is no person's edit: that was us, perhaps by an account that we
// used before; and so is what we changed since, by the one we use now.
func (c *Client) editedBy(ctx context.Context, cm comment) (string, error) {
	if cm.UpdateAuthor.id() == "" || cm.UpdateAuthor.is(cm.Author) {
		return "", nil
	}
	me, err := c.me(ctx)
	if err != nil || cm.UpdateAuthor.is(me) {
		return "", err
	}
	return cmp.Or(cm.UpdateAuthor.person().Name, "somebody"), nil
}

// me is the user that the credentials belong to, asked for once and only when
// it matters.
func (c *Client) me(ctx context.Context) (user, error) {
	c.selfMu.Lock()
	defer c.selfMu.Unlock()
	if c.self != nil {
		return *c.self, nil
	}
	var u user
	if err := c.call(ctx, http.MethodGet, "rest/api/2/myself", nil, &u); err != nil {
		return user{}, fmt.Errorf("asking whom we act as: %w", err)
	}
	c.self = &u
	return u, nil
}
