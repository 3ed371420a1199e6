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
	n := slices.IndexFunc(s.boards, func(b board) bool { return formatID(b.ID) == c.PathValue("board") })
	if n < 0 {
		return reply{}, refuse(http.StatusNotFound, "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.")
	}
	return c.ranked("(" + s.boards[n].JQL + ") AND statusCategory != Done AND " +
		"(sprint is EMPTY OR sprint not in openSprints() AND sprint not in futureSprints())")
}
