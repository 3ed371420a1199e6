package confluencetest

import "slices"

// A remark is a comment on a page: below it, or beside a text that it repeats.
type remark struct {
	id, body, selection string
	author              *User
	resolved            bool
}

// Comment is a person commenting on the page, in storage format; selection is the
// text of the page that it hangs on, empty for a comment below the page.
func (s *Server) Comment(pageID, author, selection, body string) error {
	return s.do(pageID, func(t *site, p *page) error {
		stored, err := t.store(body)
		if err != nil {
			return err
		}
		p.remarks = append(p.remarks, remark{id: t.id(), body: stored, selection: selection, author: t.person(author)})
		return nil
	})
}

// Resolve is a person resolving all comments that hang on a text.
func (s *Server) Resolve(pageID, selection string) error {
	return s.do(pageID, func(_ *site, p *page) error {
		for i := range p.remarks {
			p.remarks[i].resolved = p.remarks[i].resolved || p.remarks[i].selection == selection
		}
		return nil
	})
}

func (p *page) comments(inline bool) []remark {
	return slices.DeleteFunc(slices.Clone(p.remarks), func(r remark) bool { return (r.selection != "") != inline })
}

func (c *call) v2FooterComments() (any, error) { return c.v2Comments(false) }
func (c *call) v2InlineComments() (any, error) { return c.v2Comments(true) }

func (c *call) v2Comments(inline bool) (any, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	format, err := c.v2BodyFormat()
	if err != nil {
		return nil, err
	}
	return v2List(c, p.comments(inline), func(r remark) any {
		out := object{"id": r.id, "status": statusCurrent, "title": "Re: " + p.title, "pageId": p.id, "body": object{}}
		if format != "" {
			out["body"] = object{format: object{"representation": format, "value": r.body}}
		}
		if inline {
			out["resolutionStatus"] = r.state()
			out["properties"] = object{"inlineOriginalSelection": r.selection}
		}
		return out
	})
}

func (r remark) state() string {
	if r.resolved {
		return "resolved"
	}
	return "open"
}

// v1Comments lists the comments of a page; all of them are at its top.
func (c *call) v1Comments() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	depths := []string{"all"}
	if c.cloud {
		depths = append(depths, "root")
	}
	if _, err := c.oneOf("depth", depths...); err != nil {
		return nil, err
	}
	location, err := c.oneOf("location", "footer", "inline", "resolved")
	if err != nil {
		return nil, err
	}
	x := c.expansion("")
	found := slices.DeleteFunc(slices.Clone(p.remarks), func(r remark) bool {
		return len(location) > 0 && !slices.Contains(location, r.location())
	})
	return v1List(c, found, func(r remark) any {
		extensions := object{"location": r.location(), "_expandable": object{"resolution": ""}}
		if x["extensions.resolution"] && r.selection != "" {
			extensions = object{"location": r.location(), "resolution": object{"status": r.state()}}
		}
		out := object{"id": r.id, "type": "comment", "status": statusCurrent, "title": "Re: " + p.title, "extensions": extensions}
		if x["body.storage"] {
			out["body"] = object{"storage": object{"value": r.body, "representation": "storage"}}
		}
		return out
	})
}

func (r remark) location() string {
	if r.selection != "" {
		return "inline"
	}
	return "footer"
}
