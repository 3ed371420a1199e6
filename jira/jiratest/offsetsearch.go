package jiratest

import "net/http"

// offsetBody is a search by offset, as Data Center has it.
type offsetBody struct {
	JQL           string   `json:"jql"`
	StartAt       int      `json:"startAt"`
	MaxResults    *int     `json:"maxResults"`
	ValidateQuery *bool    `json:"validateQuery"`
	Fields        []string `json:"fields"`
	Expand        []string `json:"expand"`
}

func searchByOffset(s *Server, c *call) (reply, error) {
	in, err := c.offsetBody()
	if err != nil {
		return reply{}, err
	}
	lenient := in.ValidateQuery != nil && !*in.ValidateQuery
	selected, err := s.search(in.JQL, lenient, s.indexed(nil))
	if err != nil {
		return reply{}, err
	}
	most := 50
	if in.MaxResults != nil {
		most = *in.MaxResults
	}
	most = min(most, s.pageCap(in.Fields))
	issues := cut(selected.issues, in.StartAt, most)
	o := object{
		"startAt": in.StartAt, "maxResults": most, "total": len(selected.issues), "expand": "names,schema",
		"issues": c.issues(issues, selection{fields: listed(in.Fields), expand: in.Expand}),
	}
	if len(selected.warnings) > 0 {
		o["warningMessages"] = selected.warnings
	}
	return ok(o)
}

func (c *call) offsetBody() (offsetBody, error) {
	var in offsetBody
	if c.Method == http.MethodPost {
		if err := c.decode(&in); err != nil {
			return in, err
		}
		if in.StartAt < 0 || in.MaxResults != nil && *in.MaxResults < 0 {
			return in, refuse(http.StatusBadRequest, "The values of 'startAt' and 'maxResults' must not be negative.")
		}
		return in, nil
	}
	q := c.URL.Query()
	start, most, err := c.offsets(50, 1<<20)
	validate := q.Get("validateQuery") != "false"
	return offsetBody{
		JQL: q.Get("jql"), StartAt: start, MaxResults: &most, ValidateQuery: &validate,
		Fields: listed(q["fields"]), Expand: listed(q["expand"]),
	}, err
}
