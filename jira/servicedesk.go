package jira

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"refine/internal/atlassian"

	"refine/planner/outcome"
)

// On a service project customers read every comment that is not internal (S12).

// internal is the property that makes a comment internal; it has to be in the
// request that creates the comment. Cloud's document does not list it and names
// the service desk's own operation, which can carry no mark of ours: so the
// answer is looked at, see [Client.createComment].
var internal = property{Key: "sd.public.comment", Value: []byte(`{"internal":true}`)}

// public reports whether customers can read the comment, as far as the answer
// tells: Data Center's does not.
func (c comment) public() bool { return c.JSDPublic != nil && *c.JSDPublic }

type project struct {
	Key  string `json:"key"`
	Type string `json:"projectTypeKey"`
}

func projectOf(i issue) project { return get[project](i.Fields, "project") }

const serviceDesk = "service_desk"

// serviceProjects tells which of the issues' projects are service projects, by
// their keys. Where an issue does not tell, its project is asked.
func (c *Client) serviceProjects(ctx context.Context, issues map[string]issue) (map[string]bool, error) {
	service := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(issues)) {
		p := projectOf(issues[key])
		if _, known := service[p.Key]; known || p.Key == "" {
			continue
		}
		if p.Type == "" {
			if err := c.call(ctx, http.MethodGet, "rest/api/2/project/"+url.PathEscape(p.Key), nil, &p); err != nil {
				return nil, fmt.Errorf("asking whether %s is a service project: %w", p.Key, err)
			}
		}
		service[p.Key] = p.Type == serviceDesk
	}
	return service, nil
}

// takeBack deletes a comment that was to be internal and came back public.
func (c *Client) takeBack(ctx context.Context, key, id string) error {
	if !commentID.MatchString(id) {
		return fmt.Errorf("the comment can be read by customers, and %q is not the id of one that could be deleted: delete it by hand", id)
	}
	err := c.call(ctx, http.MethodDelete, commentPath(key)+"/"+id, nil, nil)
	if err != nil && atlassian.StatusOf(err) != http.StatusNotFound {
		return fmt.Errorf("the comment can be read by customers and could not be deleted again, delete comment %s of %s by hand: %w", id, key, err)
	}
	return &PublicError{Comment: id, TakenBack: true}
}

// A PublicError says that a comment which is to be internal can be read by
// customers: it was deleted again, or it was there before and left alone.
type PublicError struct {
	Comment   string // its id
	TakenBack bool
}

func (e *PublicError) Error() string {
	if e.TakenBack {
		return "the site made the comment one that customers can read, so it was deleted again; " + outcome.ChooseServiceComments
	}
	return fmt.Sprintf("customers can read comment %s; it was left alone; %s", e.Comment, outcome.ChooseServiceComments)
}

// Conflict says who would read it.
func (e *PublicError) Conflict() string { return "customers" }
