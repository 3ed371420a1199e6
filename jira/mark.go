package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"refine/internal/atlassian"
	"refine/planner"
)

// propertyKey is where a comment carries its mark.
const propertyKey = "refine"

// maxProperty is the largest value of a property, in bytes.
const maxProperty = 32768

type property struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

// markProperty is the mark as it is written. Entries only serve to tell what
// was removed, so those that do not fit are left out rather than the mark.
func markProperty(m planner.Mark) (property, error) {
	for {
		value, err := json.Marshal(m)
		if err != nil {
			return property{}, fmt.Errorf("encoding the mark: %w", err)
		}
		if len(value) <= maxProperty || len(m.Entries) == 0 {
			return property{propertyKey, value}, nil
		}
		m.Entries = m.Entries[:len(m.Entries)*3/4]
	}
}

// A session recognises its own marks.
type session struct{ planner.Session }

// heading begins the session's comments, without what may change later.
func (s session) heading() string { return heading(s.Date()) }

// markIn finds the session's mark among a comment's properties.
func (s session) markIn(list []property) (planner.Mark, bool) {
	for _, p := range list {
		if p.Key == propertyKey {
			return s.mark(p.Value)
		}
	}
	return planner.Mark{}, false
}

// mark reads a property's value. Whoever may edit the issue may write it, so
// what is not exactly a mark of this session is none.
func (s session) mark(value json.RawMessage) (planner.Mark, bool) {
	var m planner.Mark
	if json.Unmarshal(value, &m) != nil {
		return planner.Mark{}, false
	}
	ours := m.Version == 1 && m.Owner == s.Owner && m.Session == s.ID
	m.Entries = slices.DeleteFunc(m.Entries, func(e planner.Entry) bool {
		return e.Kind != planner.Decision && e.Kind != planner.Action
	})
	return m, ours
}

// eachMark reads the marks of comments one by one, side by side, into out.
func (c *Client) eachMark(ctx context.Context, s session, comments []comment, out map[string]planner.Mark) error {
	var mu sync.Mutex
	return c.parallel(ctx, len(comments), func(ctx context.Context, n int) error {
		m, ok, err := c.markOf(ctx, s, comments[n].ID)
		if err != nil || !ok {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		out[comments[n].ID] = m
		return nil
	})
}

// markOf reads one comment's mark.
func (c *Client) markOf(ctx context.Context, s session, commentID string) (planner.Mark, bool, error) {
	var p property
	err := c.call(ctx, http.MethodGet, propertyPath(commentID), nil, &p)
	if atlassian.StatusOf(err) == http.StatusNotFound {
		return planner.Mark{}, false, nil
	}
	if err != nil {
		return planner.Mark{}, false, fmt.Errorf("reading the mark of comment %s: %w", commentID, err)
	}
	m, ok := s.mark(p.Value)
	return m, ok, nil
}

func propertyPath(commentID string) string {
	return "rest/api/2/comment/" + url.PathEscape(commentID) + "/properties/" + propertyKey
}

// sessionComments finds the session's comment of each issue. Should there be
// two, the older one is it.
func (c *Client) sessionComments(ctx context.Context, s session, comments map[string][]comment) (map[string]*planner.Marked, error) {
	var all []comment
	for _, key := range slices.Sorted(maps.Keys(comments)) {
		all = append(all, comments[key]...)
	}
	out := map[string]*planner.Marked{}
	if len(all) == 0 {
		return out, nil
	}
	marks, err := c.site.marks(ctx, s, all)
	if err != nil {
		return nil, fmt.Errorf("looking for the session's comments: %w", err)
	}
	for key, list := range comments {
		for _, cm := range list {
			if m, ok := marks[cm.ID]; ok {
				out[key] = &planner.Marked{ID: cm.ID, Mark: m, EditedBy: cm.editedBy(), Updated: parseTime(cm.Updated)}
				break
			}
		}
	}
	return out, nil
}

// editedBy names who changed the comment after its author did, if anybody.
func (c comment) editedBy() string {
	if c.UpdateAuthor.id() == "" || c.UpdateAuthor.is(c.Author) {
		return ""
	}
	if name := c.UpdateAuthor.person().Name; name != "" {
		return name
	}
	return "somebody"
}
