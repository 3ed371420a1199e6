package jira

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"refine/internal/atlassian"
)

// dataCenter is Jira Data Center and Server: searches are paged by offset, and
// properties are read one comment at a time.
type dataCenter struct{ *Client }

// search posts, because JQL of many keys is too long for an address.
func (d dataCenter) search(ctx context.Context, q query, cursor string) (page, error) {
	start := offset(cursor)
	in := struct {
		JQL           string   `json:"jql"`
		Fields        []string `json:"fields"`
		StartAt       int      `json:"startAt"`
		MaxResults    int      `json:"maxResults"`
		ValidateQuery *bool    `json:"validateQuery,omitempty"`
		Expand        []string `json:"expand,omitempty"`
	}{JQL: q.jql, Fields: q.fields, StartAt: start, MaxResults: q.size}
	if q.changes {
		in.Expand = []string{changelogExpand}
	}
	if q.lenient {
		in.ValidateQuery = new(bool)
	}
	var out struct {
		Issues []issue `json:"issues"`
		Total  int     `json:"total"`
	}
	if err := d.read(ctx, "rest/api/2/search", in, &out); err != nil {
		return page{}, err
	}
	return pageAt(out.Issues, start, out.Total), nil
}

// count needs no request: every page tells the total.
func (d dataCenter) count(_ context.Context, _ query, last page) (int, error) { return last.Total, nil }

// mostRefused bounds how often a search by keys is asked again without those
// that the service says do not exist.
const mostRefused = 4

// issues searches without validation, which would refuse all keys for one that
// does not exist. Not every version heeds that; those keys are then left out, and
// what is named bit by bit is read issue by issue.
func (d dataCenter) issues(ctx context.Context, keys []string) ([]issue, error) {
	return d.byKeys(ctx, keys, d.ticketFields())
}

// byKeys reads these fields of the issues that there are.
func (d dataCenter) byKeys(ctx context.Context, keys, wanted []string) ([]issue, error) {
	for range mostRefused {
		if len(keys) == 0 {
			return nil, nil
		}
		q := query{jql: keysJQL(keys), fields: wanted, size: pageSize, lenient: true}
		found, _, _, err := collect(d.pages(ctx, q), 0)
		left := unnamed(keys, err)
		if len(left) == len(keys) {
			return found, err
		}
		keys = left
	}
	return d.oneByOne(ctx, keys, wanted)
}

// unnamed are the keys that a refusal of a search does not name.
func unnamed(keys []string, err error) []string {
	e, refused := errors.AsType[*atlassian.APIError](err)
	if !refused || e.Status != http.StatusBadRequest {
		return keys
	}
	apart := func(r rune) bool { return r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	words := strings.FieldsFunc(strings.ToUpper(strings.Join(e.Messages, " ")), apart)
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return slices.Contains(words, strings.ToUpper(key)) })
}

// marks asks for the property of each comment that may be ours: written by the
// user we act as, or headed like a session's, should the user have changed since.
func (d dataCenter) marks(ctx context.Context, s session, comments []comment) (map[string]reading, error) {
	out := map[string]reading{}
	if len(comments) == 0 {
		return out, nil
	}
	me, err := d.me(ctx)
	if err != nil {
		return nil, err
	}
	candidates := slices.DeleteFunc(slices.Clone(comments), func(c comment) bool {
		return !c.Author.is(me) && !isNote(c.Body)
	})
	return out, d.eachMark(ctx, s, candidates, out)
}

// epicClause goes by the site's own field of the Epic Link type.
func (d dataCenter) epicClause(key string) string {
	name := quote("Epic Link")
	if list := d.fields()[epicLink]; len(list) > 0 && !list[0].called("Epic Link") {
		name = list[0].clause()
	}
	return name + " = " + quote(key)
}
