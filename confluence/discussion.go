package confluence

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/outcome"
)

// A Comment is what somebody wrote below a page, or beside a text of it.
type Comment struct {
	Body   string // storage format
	Inline bool   // it hangs on a text of the page
}

// mostComments are read of a page and no more: a session's page has a few.
const mostComments = 100

// Comments lists the comments on a page that nobody has resolved, as many as
// [mostComments] in one answer.
func (c *Client) Comments(ctx context.Context, pageID string) ([]Comment, error) {
	found, err := c.comments(ctx, pageID)
	return found, wrap(err, "reading the comments on the page")
}

// comments are one list of version 1. At the API gateway a token needs scopes for it
// that nothing else takes, so there, and where it is not offered, footer and inline
// comments are asked for as the two lists that version 2 has.
func (c cloudEdition) comments(ctx context.Context, pageID string) ([]Comment, error) {
	if !c.api.Gateway() {
		found, err := allComments(ctx, c.api, c.v1()+"/content/"+url.PathEscape(pageID)+"/descendant/comment")
		if !notOffered(err) {
			return found, err
		}
	}
	below, err := c.commentList(ctx, c.path(pageID)+"/footer-comments", false)
	if err != nil {
		return nil, err
	}
	beside, err := c.commentList(ctx, c.path(pageID)+"/inline-comments", true)
	return append(below, beside...), err
}

// commentList reads a list of version 2, which has no answers to comments: each would
// take a request.
func (c cloudEdition) commentList(ctx context.Context, path string, inline bool) ([]Comment, error) {
	var answer struct {
		Results []struct {
			ResolutionStatus string `json:"resolutionStatus"` // of inline comments
			Body             struct {
				Storage struct {
					Value string `json:"value"`
				} `json:"storage"`
			} `json:"body"`
		} `json:"results"`
	}
	query := url.Values{"body-format": {"storage"}, "limit": {strconv.Itoa(mostComments)}}
	if err := c.api.JSON(ctx, http.MethodGet, path, query, nil, &answer); err != nil {
		return nil, err
	}
	var found []Comment
	for _, r := range answer.Results[:min(len(answer.Results), mostComments)] {
		if r.ResolutionStatus != "resolved" {
			found = append(found, Comment{Body: r.Body.Storage.Value, Inline: inline})
		}
	}
	return found, nil
}

func (d dataCenter) comments(ctx context.Context, pageID string) ([]Comment, error) {
	return allComments(ctx, d.api, d.path(pageID)+"/child/comment")
}

// allComments reads a list of version 1, which has comments of both sorts and the
// answers to them.
func allComments(ctx context.Context, api *atlassian.Client, path string) ([]Comment, error) {
	var answer struct {
		Results []struct {
			Body struct {
				Storage struct {
					Value string `json:"value"`
				} `json:"storage"`
			} `json:"body"`
			Extensions struct {
				Location   string `json:"location"`
				Resolution struct {
					Status string `json:"status"`
				} `json:"resolution"`
			} `json:"extensions"`
		} `json:"results"`
	}
	query := url.Values{"depth": {"all"}, "expand": {"body.storage,extensions.resolution"}, "limit": {strconv.Itoa(mostComments)}}
	if err := api.JSON(ctx, http.MethodGet, path, query, nil, &answer); err != nil {
		return nil, err
	}
	var found []Comment
	for _, r := range answer.Results[:min(len(answer.Results), mostComments)] {
		if r.Extensions.Resolution.Status != "resolved" {
			found = append(found, Comment{Body: r.Body.Storage.Value, Inline: r.Extensions.Location == "inline"})
		}
	}
	return found, nil
}

// InComments lists what looks like a decision or an action in the comments on a
// page. A comment says nothing of the item it is about, and who wrote it may not
// speak for the team: it is never written (S7, S11).
func InComments(comments []Comment, browse ...string) (found []outcome.Suggestion) {
	for _, c := range comments {
		where := "a comment on the page"
		if c.Inline {
			where = "a comment beside a text of the page"
		}
		typed, err := State{}.Outcomes(c.Body, browse...)
		if err != nil {
			found = append(found, outcome.Suggestion{Text: "(" + where + ")", Where: where, Reason: "it cannot be read, look at it on the page: " + err.Error()})
		}
		for _, e := range typed.Entries {
			kind := strings.ToUpper(string(e.Kind[:1])) + string(e.Kind[1:])
			found = append(found, outcome.Suggestion{Text: kind + ": " + e.Text.String(), Where: where, Reason: "it stands in a comment: type it on the page"})
		}
		for _, s := range typed.Suggestions {
			s.Where, s.Reason = where, "it stands in a comment: type it on the page"
			found = append(found, s)
		}
	}
	return found
}
