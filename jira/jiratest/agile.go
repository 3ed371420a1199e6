package jiratest

import (
	"net/http"
)

// epic finds the epic of a path.
func (s *Server) epic(c *call) (*Issue, error) {
	i, err := s.see(c.PathValue("epic"))
	if err != nil {
		return nil, err
	}
	if !i.Type.Epic() {
		return nil, refuse(http.StatusNotFound, "The requested issue is not an epic.")
	}
	return i, nil
}

func getEpic(s *Server, c *call) (reply, error) {
	i, err := s.epic(c)
	if err != nil {
		return reply{}, err
	}
	return ok(object{
		"id": i.ID, "key": i.Key, "self": c.base + "/rest/agile/1.0/epic/" + formatID(i.ID), "name": i.Summary, "summary": i.Summary,
		"color": object{"key": "color_1"}, "done": i.Status.Category == "done",
	})
}

// epicIssues lists the issues of an epic by rank, narrowed by JQL if given.
func epicIssues(s *Server, c *call) (reply, error) {
	epic, err := s.epic(c)
	if err != nil {
		return reply{}, err
	}
	if s.cloud {
		return c.ranked("parent = " + epic.Key)
	}
	return c.ranked(`"Epic Link" = ` + epic.Key)
}

// ranked is a page of what matches, by rank, narrowed by the request's JQL.
func (c *call) ranked(query string) (reply, error) {
	start, most, err := c.offsets(50, c.s.pageCap([]string{"*all"}))
	if err != nil {
		return reply{}, err
	}
	q := c.URL.Query()
	if jql := q.Get("jql"); jql != "" {
		query += " AND (" + jql + ")"
	}
	selected, err := c.s.search(query+" ORDER BY Rank ASC", false, c.s.indexed(nil))
	if err != nil {
		return reply{}, err
	}
	sel := selection{fields: listed(q["fields"])}
	if !c.s.cloud { // which documents the parameter and does not use it
		sel.expand = listed(q["expand"])
	}
	return ok(object{
		"startAt": start, "maxResults": most, "total": len(selected.issues), "expand": "names,schema",
		"issues": c.issues(cut(selected.issues, start, most), sel),
	})
}

// moveToEpic puts issues under an epic.
func moveToEpic(s *Server, c *call) (reply, error) {
	epic, err := s.epic(c)
	if err != nil {
		return reply{}, err
	}
	var in struct {
		Issues []string `json:"issues"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	for _, name := range in.Issues {
		i, err := s.see(name)
		if err != nil {
			return reply{}, err
		}
		i.Parent, i.Updated = epic.Key, s.now()
	}
	return reply{status: http.StatusNoContent}, nil
}
