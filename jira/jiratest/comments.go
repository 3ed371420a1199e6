package jiratest

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"refine/internal/lazyregexp"
)

// commentBody is what a request may say of a comment. Data Center's own type
// lets people be named and ignores it; Cloud's says they are read-only.
type commentBody struct {
	Body         *string         `json:"body"`
	Visibility   json.RawMessage `json:"visibility"`
	Properties   []property      `json:"properties"`
	Author       json.RawMessage `json:"author"`
	UpdateAuthor json.RawMessage `json:"updateAuthor"`
}

func (s *Server) readComment(raw json.RawMessage) (commentBody, error) {
	var in commentBody
	if err := decode(raw, &in); err != nil {
		return in, err
	}
	switch {
	case s.cloud && (in.Author != nil || in.UpdateAuthor != nil):
		return in, refuse(http.StatusBadRequest, "Invalid request payload. Refer to the REST API documentation and try again.")
	case in.Body == nil || strings.TrimSpace(*in.Body) == "":
		return in, refuseField("comment", "Comment body can not be empty!")
	case utf8.RuneCountInString(*in.Body) > textLimit:
		return in, refuseField("comment", tooLong)
	}
	if s.cloud {
		*in.Body = throughADF(*in.Body)
	}
	return in, checkVisibility(in.Visibility)
}

var (
	anchorMacro = lazyregexp.New(`\{anchor:[^}]*\}`)
	lineEnds    = lazyregexp.New(`[ \t]*\r?\n`)
	emptyLines  = lazyregexp.New(`\n{3,}`)
)

// throughADF is wiki markup that was stored as a document and written again:
// Cloud keeps no markup, so what comes back is not what was sent.
func throughADF(markup string) string {
	markup = anchorMacro.ReplaceAllString(markup, "")
	markup = lineEnds.ReplaceAllString(markup, "\n")
	return emptyLines.ReplaceAllString(markup, "\n\n")
}

// checkVisibility wants a type and exactly one way to name who.
func checkVisibility(raw json.RawMessage) error {
	if raw == nil || isNull(raw) {
		return nil
	}
	var v struct{ Type, Value, Identifier string }
	if err := json.Unmarshal(raw, &v); err != nil || v.Type != "group" && v.Type != "role" || (v.Value == "") == (v.Identifier == "") {
		return refuseField("commentLevel", "The comment visibility is invalid.")
	}
	return nil
}

func addComment(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	edited := i.clone()
	if err := s.addCommentTo(edited, c.body); err != nil {
		return reply{}, err
	}
	s.store(i, edited, s.me)
	return reply{http.StatusCreated, c.comment(edited, edited.Comments[len(edited.Comments)-1])}, nil
}

func (s *Server) addCommentTo(i *Issue, raw json.RawMessage) error {
	in, err := s.readComment(raw)
	if err != nil {
		return err
	}
	if !s.may(AddComments, i.Project.Key) {
		return refuse(http.StatusBadRequest, "%s, you do not have the permission to comment on this issue.", s.me.DisplayName)
	}
	now := s.now()
	added := Comment{
		ID: s.nextID(), Author: s.me, UpdateAuthor: s.me, Body: *in.Body, Created: now, Updated: now,
		Visibility: in.Visibility, Properties: map[string]json.RawMessage{},
	}
	for _, p := range in.Properties {
		if err := p.storeIn(added.Properties); err != nil {
			return err
		}
	}
	i.Comments = append(i.Comments, added)
	return nil
}

// commentOf finds the comment of a path.
func (s *Server) commentOf(c *call) (*Issue, *Comment, error) {
	i, err := s.issue(c)
	if err != nil {
		return nil, nil, err
	}
	id, _ := strconv.ParseInt(c.PathValue("comment"), 10, 64) // no comment has the id 0
	if found := i.comment(id); found != nil {
		return i, found, nil
	}
	return nil, nil, refuse(http.StatusNotFound, "Can not find a comment for the id: %s.", c.PathValue("comment"))
}

func getComment(s *Server, c *call) (reply, error) {
	i, found, err := s.commentOf(c)
	if err != nil {
		return reply{}, err
	}
	return ok(c.comment(i, *found))
}

func editComment(s *Server, c *call) (reply, error) {
	i, found, err := s.commentOf(c)
	if err != nil {
		return reply{}, err
	}
	in, err := s.readComment(c.body)
	if err != nil {
		return reply{}, err
	}
	if !s.mayChange(*found, i, EditOwnComments, EditAllComments) {
		return reply{}, refuse(http.StatusBadRequest, "%s, you do not have the permission to edit this comment.", s.me.DisplayName)
	}
	checked := map[string]json.RawMessage{}
	for _, p := range in.Properties {
		if err := p.storeIn(checked); err != nil {
			return reply{}, err
		}
	}
	if !s.textAlone {
		maps.Copy(found.Properties, checked)
	}
	found.Body, found.Updated, found.UpdateAuthor = *in.Body, s.now(), s.me
	found.Visibility = in.Visibility
	i.Updated = s.now()
	return ok(c.comment(i, *found))
}

// mayChange: an own comment needs one permission, anybody's needs the other.
func (s *Server) mayChange(c Comment, i *Issue, own, all Permission) bool {
	return s.may(all, i.Project.Key) || c.Author == s.me && s.may(own, i.Project.Key)
}

func deleteComment(s *Server, c *call) (reply, error) {
	i, found, err := s.commentOf(c)
	if err != nil {
		return reply{}, err
	}
	if !s.mayChange(*found, i, DeleteOwnComments, DeleteAllComments) {
		return reply{}, refuse(http.StatusBadRequest, "%s, you do not have permission to delete comment with id: '%d'", s.me.DisplayName, found.ID)
	}
	id := found.ID
	i.Comments = slices.DeleteFunc(i.Comments, func(c Comment) bool { return c.ID == id })
	i.Updated = s.now()
	return reply{status: http.StatusNoContent}, nil
}

func listComments(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	most := 100
	if !s.cloud {
		most = 1048576
	}
	start, most, err := c.offsets(most, most)
	if err != nil {
		return reply{}, err
	}
	comments := slices.Clone(i.Comments)
	switch order := c.URL.Query().Get("orderBy"); strings.TrimLeft(order, "+ ") {
	case "", "created":
	case "-created":
		slices.Reverse(comments)
	default:
		return reply{}, refuse(http.StatusBadRequest, "The 'orderBy' parameter '%s' is not supported.", order)
	}
	shown := []any{}
	for _, comment := range cut(comments, start, most) {
		shown = append(shown, c.comment(i, comment))
	}
	return ok(object{"startAt": start, "maxResults": most, "total": len(comments), "comments": shown})
}

// commentsByID is Cloud's one way to read comments with their properties.
func commentsByID(s *Server, c *call) (reply, error) {
	var in struct {
		IDs []int64 `json:"ids"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	if len(in.IDs) == 0 || len(in.IDs) > 1000 {
		return reply{}, refuse(http.StatusBadRequest, "Between 1 and 1000 comment ids must be given, got %d.", len(in.IDs))
	}
	withProperties := slices.Contains(listed(c.URL.Query()["expand"]), "properties")
	shown := []any{}
	for _, i := range s.sorted() {
		for _, comment := range i.Comments {
			if !s.visible(i) || !slices.Contains(in.IDs, comment.ID) {
				continue
			}
			o := c.comment(i, comment)
			if withProperties {
				o["properties"] = properties(comment.Properties)
			}
			shown = append(shown, o)
		}
	}
	return ok(object{"startAt": 0, "maxResults": 1000, "total": len(shown), "isLast": true, "values": shown})
}

// offsets reads startAt and maxResults.
func (c *call) offsets(standard, limit int) (start, most int, err error) {
	most = standard
	for name, into := range map[string]*int{"startAt": &start, "maxResults": &most} {
		text := c.URL.Query().Get(name)
		if text == "" {
			continue
		}
		if *into, err = strconv.Atoi(text); err != nil || *into < 0 {
			return 0, 0, refuse(http.StatusBadRequest, "The value '%s' of the parameter '%s' is not valid.", text, name)
		}
	}
	return start, min(cmp.Or(most, standard), limit), nil
}

// cut is the part of a list that a page shows.
func cut[T any](all []T, start, most int) []T {
	from := min(start, len(all))
	return all[from:min(from+most, len(all))]
}
