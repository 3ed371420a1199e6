package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

// A board shows what a query matches.
type board struct {
	ID        int64
	Name, JQL string
	estimates object // what its configuration says of estimation
}

// AddBoard makes a board of what a query without an order matches, and returns
// its id. Names may repeat, as on real sites.
func (s *Server) AddBoard(name, jql string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := board{ID: s.nextID(), Name: name, JQL: jql}
	s.boards = append(s.boards, b)
	return b.ID
}

// Estimate says by what a board estimates: none, issueCount, or a field by its name.
// A board of which nobody says it is one without estimation, as Kanban boards are.
func (s *Server) Estimate(board int64, by string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	estimates := object{"type": by}
	for _, f := range s.fields {
		if f.id != "" && f.name == by {
			estimates = object{"type": "field", "field": object{"fieldId": f.id, "displayName": f.name}}
		}
	}
	for n := range s.boards {
		if s.boards[n].ID == board {
			s.boards[n].estimates = estimates
		}
	}
}

// boardNamed finds the board of a path.
func (s *Server) boardNamed(c *call) (board, error) {
	n := slices.IndexFunc(s.boards, func(b board) bool { return formatID(b.ID) == c.PathValue("board") })
	if n < 0 {
		return board{}, refuse(http.StatusNotFound, "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.")
	}
	return s.boards[n], nil
}

func boardConfiguration(s *Server, c *call) (reply, error) {
	b, err := s.boardNamed(c)
	if err != nil {
		return reply{}, err
	}
	shown := object{
		"id": b.ID, "name": b.Name, "type": "scrum", "self": c.base + "/rest/agile/1.0/board/" + formatID(b.ID) + "/configuration",
		"filter": object{"id": "10001", "self": c.self("filter/10001")},
	}
	if b.estimates != nil {
		shown["estimation"] = b.estimates
	} else {
		shown["type"] = "kanban"
	}
	return ok(shown)
}

// listBoards lists the boards whose name contains what is asked for.
func listBoards(s *Server, c *call) (reply, error) {
	start, most, err := c.offsets(50, min(50, s.pageCap([]string{"*all"})))
	if err != nil {
		return reply{}, err
	}
	name := strings.ToLower(c.URL.Query().Get("name"))
	matching := slices.DeleteFunc(slices.Clone(s.boards), func(b board) bool { return !strings.Contains(strings.ToLower(b.Name), name) })
	values := []any{}
	for _, b := range cut(matching, start, most) {
		id := formatID(b.ID)
		values = append(values, object{"id": b.ID, "self": c.base + "/rest/agile/1.0/board/" + id, "name": b.Name, "type": "scrum"})
	}
	return ok(object{
		"startAt": start, "maxResults": most, "total": len(matching), "isLast": start+len(values) >= len(matching), "values": values,
	})
}

// boardBacklog lists the board's open issues that are in no sprint, or in
// closed ones only.
func boardBacklog(s *Server, c *call) (reply, error) {
	b, err := s.boardNamed(c)
	if err != nil {
		return reply{}, err
	}
	return c.ranked("(" + b.JQL + ") AND statusCategory != Done AND " +
		"(sprint is EMPTY OR sprint not in openSprints() AND sprint not in futureSprints())")
}
