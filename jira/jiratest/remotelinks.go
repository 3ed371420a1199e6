package jiratest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"
)

// remoteBody is what a request may say of a remote link.
type remoteBody struct {
	GlobalID     string          `json:"globalId"`
	Application  json.RawMessage `json:"application"`
	Relationship string          `json:"relationship"`
	Object       *struct {
		URL     string          `json:"url"`
		Title   string          `json:"title"`
		Summary string          `json:"summary"`
		Icon    json.RawMessage `json:"icon"`
		Status  json.RawMessage `json:"status"`
	} `json:"object"`
}

func (s *Server) readRemote(c *call) (RemoteLink, error) {
	var in remoteBody
	if err := c.decode(&in); err != nil {
		return RemoteLink{}, err
	}
	refused := &refusal{status: http.StatusBadRequest, fields: map[string]string{}}
	if in.Object == nil {
		return RemoteLink{}, refuseField("object", "'object' is required.")
	}
	if in.Object.Title == "" {
		refused.fields["title"] = "'title' is required."
	}
	if target, err := url.Parse(in.Object.URL); in.Object.URL == "" || err != nil || target.Host == "" {
		refused.fields["url"] = "'url' is required and has to be a valid URL."
	}
	if utf8.RuneCountInString(in.GlobalID) > 255 {
		refused.fields["globalId"] = "'globalId' is too long, the maximum is 255 characters."
	}
	if utf8.RuneCountInString(in.Object.Title) > 255 {
		refused.fields["title"] = "'title' is too long, the maximum is 255 characters."
	}
	if len(refused.fields) > 0 {
		return RemoteLink{}, refused
	}
	return RemoteLink{
		GlobalID: in.GlobalID, Relationship: in.Relationship, Application: in.Application,
		URL: in.Object.URL, Title: in.Object.Title, Summary: in.Object.Summary, Icon: in.Object.Icon, Status: in.Object.Status,
	}, nil
}

// upsertRemote creates a link, or replaces the whole of the one with the same
// global id: what the request leaves out is gone.
func upsertRemote(s *Server, c *call) (reply, error) {
	i, err := s.linkable(c)
	if err != nil {
		return reply{}, err
	}
	sent, err := s.readRemote(c)
	if err != nil {
		return reply{}, err
	}
	n := slices.IndexFunc(i.Remote, func(r RemoteLink) bool { return sent.GlobalID != "" && r.GlobalID == sent.GlobalID })
	status := http.StatusOK
	if n < 0 {
		sent.ID = s.nextID()
		i.Remote = append(i.Remote, sent)
		i.Updated = s.now()
		if s.cloud { // Data Center does not tell a new link from an old one
			status = http.StatusCreated
		}
	} else {
		sent.ID = i.Remote[n].ID
		i.Remote[n] = sent
	}
	return reply{status, object{"id": sent.ID, "self": c.remoteSelf(i, sent)}}, nil
}

// linkable is the issue of a path, if the account may link it.
func (s *Server) linkable(c *call) (*Issue, error) {
	i, err := s.issue(c)
	if err != nil {
		return nil, err
	}
	if !s.may(LinkIssues, i.Project.Key) {
		return nil, refuse(http.StatusForbidden, "You do not have permission to link issues in this project.")
	}
	return i, nil
}

func (v view) remoteSelf(i *Issue, r RemoteLink) string {
	return v.self("issue/" + i.Key + "/remotelink/" + formatID(r.ID))
}

func (v view) remote(i *Issue, r RemoteLink) object {
	target := object{"url": r.URL, "title": r.Title, "icon": object{}, "status": object{"icon": object{}}}
	if r.Summary != "" {
		target["summary"] = r.Summary
	}
	if r.Icon != nil {
		target["icon"] = r.Icon
	}
	if r.Status != nil {
		target["status"] = r.Status
	}
	o := object{"id": r.ID, "self": v.remoteSelf(i, r), "object": target, "application": object{}}
	if r.GlobalID != "" {
		o["globalId"] = r.GlobalID
	}
	if r.Relationship != "" {
		o["relationship"] = r.Relationship
	}
	if r.Application != nil {
		o["application"] = r.Application
	}
	return o
}

// listRemote answers one object, not a list, when asked for one global id.
func listRemote(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	wanted := c.URL.Query().Get("globalId")
	shown := []any{}
	for _, r := range i.Remote {
		if wanted != "" && r.GlobalID == wanted {
			return ok(c.remote(i, r))
		}
		shown = append(shown, c.remote(i, r))
	}
	if wanted != "" {
		return reply{}, noRemote(wanted)
	}
	return ok(shown)
}

func noRemote(name string) error {
	return refuse(http.StatusNotFound, "No remote issue link with the id '%s' could be found.", name)
}

// remoteOf finds the link of a path.
func (s *Server) remoteOf(c *call, i *Issue) (int, error) {
	id, _ := strconv.ParseInt(c.PathValue("link"), 10, 64) // no link has the id 0
	n := slices.IndexFunc(i.Remote, func(r RemoteLink) bool { return r.ID == id })
	if n < 0 {
		return 0, noRemote(c.PathValue("link"))
	}
	return n, nil
}

func getRemote(s *Server, c *call) (reply, error) {
	i, err := s.issue(c)
	if err != nil {
		return reply{}, err
	}
	n, err := s.remoteOf(c, i)
	if err != nil {
		return reply{}, err
	}
	return ok(c.remote(i, i.Remote[n]))
}

func putRemote(s *Server, c *call) (reply, error) {
	i, err := s.linkable(c)
	if err != nil {
		return reply{}, err
	}
	n, err := s.remoteOf(c, i)
	if err != nil {
		return reply{}, err
	}
	sent, err := s.readRemote(c)
	if err != nil {
		return reply{}, err
	}
	sent.ID = i.Remote[n].ID
	i.Remote[n] = sent
	return reply{status: http.StatusNoContent}, nil
}

func deleteRemote(s *Server, c *call) (reply, error) {
	i, err := s.linkable(c)
	if err != nil {
		return reply{}, err
	}
	n, err := s.remoteOf(c, i)
	if err != nil {
		return reply{}, err
	}
	i.Remote = slices.Delete(i.Remote, n, n+1)
	return reply{status: http.StatusNoContent}, nil
}

func deleteRemoteByGlobalID(s *Server, c *call) (reply, error) {
	i, err := s.linkable(c)
	if err != nil {
		return reply{}, err
	}
	id := c.URL.Query().Get("globalId")
	if id == "" {
		return reply{}, refuse(http.StatusBadRequest, "The globalId must be given.")
	}
	n := slices.IndexFunc(i.Remote, func(r RemoteLink) bool { return r.GlobalID == id })
	if n < 0 {
		return reply{}, noRemote(id)
	}
	i.Remote = slices.Delete(i.Remote, n, n+1)
	return reply{status: http.StatusNoContent}, nil
}

func formatID(id int64) string { return strconv.FormatInt(id, 10) }
