package jiratest

import (
	"net/http"
	"slices"
)

func listLinkTypes(s *Server, c *call) (reply, error) {
	shown := []any{}
	for _, t := range s.linkTypes {
		shown = append(shown, c.linkType(t))
	}
	return ok(object{"issueLinkTypes": shown})
}

// addIssueLink: the inward issue is the one that reads the outward phrase, as
// in "inward blocks outward".
func addIssueLink(s *Server, c *call) (reply, error) {
	var in struct {
		Type    reference `json:"type"`
		Inward  reference `json:"inwardIssue"`
		Outward reference `json:"outwardIssue"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	kind, known := named(s.linkTypes, linkTypeName, in.Type.ID+in.Type.Name)
	if !known {
		return reply{}, refuse(http.StatusNotFound, "No issue link type with name '%s' found.", in.Type.Name)
	}
	from, err := s.see(in.Inward.Key + in.Inward.ID)
	if err != nil {
		return reply{}, err
	}
	to, err := s.see(in.Outward.Key + in.Outward.ID)
	if err != nil {
		return reply{}, err
	}
	for _, i := range []*Issue{from, to} {
		if !s.may(LinkIssues, i.Project.Key) {
			return reply{}, refuse(http.StatusUnauthorized, "No Link Issue Permission for issue '%s'", i.Key)
		}
	}
	if from == to {
		return reply{}, refuse(http.StatusBadRequest, "You cannot link an issue to itself.")
	}
	s.addLink(link{Type: kind, From: from.Key, To: to.Key})
	from.Updated, to.Updated = s.now(), s.now()
	return reply{http.StatusCreated, object{}}, nil
}

func (s *Server) linkNamed(c *call) (int, error) {
	n := slices.IndexFunc(s.links, func(l link) bool { return formatID(l.ID) == c.PathValue("link") })
	if n < 0 {
		return 0, refuse(http.StatusNotFound, "No issue link with id '%s' exists.", c.PathValue("link"))
	}
	return n, nil
}

func getIssueLink(s *Server, c *call) (reply, error) {
	n, err := s.linkNamed(c)
	if err != nil {
		return reply{}, err
	}
	l := s.links[n]
	return ok(object{
		"id": formatID(l.ID), "self": c.self("issueLink/" + formatID(l.ID)), "type": c.linkType(l.Type),
		"inwardIssue": c.ref(l.From), "outwardIssue": c.ref(l.To),
	})
}

func deleteIssueLink(s *Server, c *call) (reply, error) {
	n, err := s.linkNamed(c)
	if err != nil {
		return reply{}, err
	}
	if key := s.links[n].From; !s.may(LinkIssues, projectKey(key)) {
		return reply{}, refuse(http.StatusUnauthorized, "No Link Issue Permission for issue '%s'", key)
	}
	s.links = slices.Delete(s.links, n, n+1)
	return reply{status: http.StatusNoContent}, nil
}
