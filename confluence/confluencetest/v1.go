package confluencetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// routeShared lists the calls of version 1 that both products have.
func (s *Server) routeShared(mux *http.ServeMux) {
	v1 := func(method, path, params string, e endpoint) {
		s.handle(mux, method+" "+s.root()+"/rest/api"+path, params, e)
	}
	v1("GET", "/content/search", "cql cqlcontext expand start limit cursor", (*call).searchContent)
	v1("GET", "/search", "cql cqlcontext expand start limit cursor excerpt", (*call).searchSite)
	v1("POST", "/content/{id}/label", "", (*call).addLabels)
	v1("DELETE", "/content/{id}/label", "name", (*call).deleteLabel)
	v1("DELETE", "/content/{id}/label/{label}", "", (*call).deleteLabel)
	v1("GET", "/user/current", "expand", (*call).currentUser)
	v1("GET", "/user", "accountId key username expand", (*call).user)
	if s.cloud() {
		v1("GET", "/content/{id}/descendant/comment", "expand start limit depth", (*call).v1Comments)
		v1("GET", "/content/{id}/restriction", "expand start limit", (*call).restrictions)
	} else {
		s.handle(mux, "GET /rest/pat/latest/tokens", "", func(c *call) (any, error) { return s.tokens(), nil })
		v1("GET", "/content/{id}/restriction/byOperation", "expand", (*call).restrictionsByOperation)
	}
}

// expansion is what the expand parameter asks for: each path and all that leads
// to it. Paths the service does not know are ignored, as it does.
type expansion map[string]bool

func (c *call) expansion(standard string) expansion {
	x := expansion{}
	asked := c.list("expand")
	if len(asked) == 0 {
		asked = strings.Split(standard, ",")
	}
	for _, path := range asked {
		path = strings.TrimSpace(path)
		x[path] = true
		for i := range len(path) {
			if path[i] == '.' {
				x[path[:i]] = true
			}
		}
	}
	return x
}

// v1Content is a page as version 1 writes it.
func (c *call) v1Content(p *page, v *version, x expansion) object {
	out := object{
		"id": p.id, "type": "page", "status": p.status, "title": v.title,
		"_links": object{"webui": p.webui(c.cloud), "tinyui": "/x/" + p.id, "self": c.base + "/rest/api/content/" + p.id},
	}
	if v.number != p.current().number {
		out["status"] = "historical"
	}
	parts := map[string]func() any{
		"space":     func() any { return c.v1Space(p.space) },
		"version":   func() any { return c.v1Version(v) },
		"history":   func() any { return c.v1History(p) },
		"ancestors": func() any { return c.v1Ancestors(p) },
		"body":      func() any { return v1Body(p, v, x) },
		"metadata":  func() any { return c.v1Metadata(p, x) },
	}
	expandable := object{"children": "/rest/api/content/" + p.id + "/child"}
	for name, part := range parts {
		if x[name] {
			out[name] = part()
		} else {
			expandable[name] = ""
		}
	}
	out["_expandable"] = expandable
	return out
}

func v1Body(p *page, v *version, x expansion) object {
	if !x["body.storage"] {
		return object{"_expandable": object{"storage": ""}}
	}
	return object{"storage": object{
		"value": p.told(v), "representation": "storage", "_expandable": object{"content": ""},
	}}
}

func (c *call) v1Version(v *version) object {
	return object{
		"by": c.v1User(v.by), "when": zoned(v.when), "message": v.message, "number": v.number, "minorEdit": v.minor,
	}
}

func (c *call) v1History(p *page) object {
	return object{"latest": true, "createdBy": c.v1User(p.author), "createdDate": zoned(p.created)}
}

func (c *call) v1Ancestors(p *page) []object {
	out := []object{}
	for _, a := range p.ancestors() {
		out = append(out, c.v1Content(a, a.current(), expansion{}))
	}
	return out
}

// v1Metadata holds labels and single properties, the latter with their version
// only if that is asked for as well.
func (c *call) v1Metadata(p *page, x expansion) object {
	out := object{}
	if x["metadata.labels"] {
		out["labels"] = v1Labels(p)
	}
	if !x["metadata.properties"] {
		return out
	}
	properties := object{}
	for _, q := range p.properties {
		if path := "metadata.properties." + q.key; x[path] {
			properties[q.key] = c.v1Property(p, q, x[path+".version"])
		}
	}
	out["properties"] = properties
	return out
}

func (c *call) v1Property(p *page, q *property, withVersion bool) object {
	out := object{
		"id": q.id, "key": q.key, "value": q.value,
		"_links":      object{"self": c.base + "/rest/api/content/" + p.id + "/property/" + url.PathEscape(q.key)},
		"_expandable": object{"content": "/rest/api/content/" + p.id, "version": ""},
	}
	if withVersion {
		out["version"] = object{
			"by": c.v1User(q.by), "when": zoned(q.when), "message": "", "number": q.number, "minorEdit": false,
		}
		out["_expandable"] = object{"content": "/rest/api/content/" + p.id}
	}
	return out
}

func (c *call) v1Space(sp *space) object {
	id, err := strconv.ParseInt(sp.id, 10, 64)
	if err != nil {
		panic("confluencetest: a space's id is a number: " + err.Error())
	}
	return object{
		"id": id, "key": sp.key, "name": sp.name, "type": "global", "status": "current",
		"_links":      object{"webui": "/display/" + sp.key, "self": c.base + "/rest/api/space/" + url.PathEscape(sp.key)},
		"_expandable": object{"homepage": "/rest/api/content/" + sp.home.id},
	}
}

// v1User is a person: by account id on Cloud, by key and name on Data Center.
func (c *call) v1User(u *User) object {
	out := object{
		"type": "known", "displayName": u.Display,
		"profilePicture": object{"path": "/images/icons/profilepics/default.svg", "width": 48, "height": 48, "isDefault": true},
	}
	if c.cloud {
		out["accountId"], out["accountType"], out["publicName"], out["email"] = u.AccountID, "atlassian", u.Display, ""
	} else {
		out["username"], out["userKey"] = u.Name, u.Key
	}
	return out
}

func (c *call) currentUser() (any, error) { return c.v1User(c.me), nil }

func (c *call) user() (any, error) {
	q := c.URL.Query()
	var found *User
	switch {
	case c.cloud && q.Has("accountId"):
		found = c.byAccount(q.Get("accountId"))
	case !c.cloud && q.Has("key"):
		found = c.who(func(u *User) bool { return u.Key == q.Get("key") })
	case !c.cloud && q.Has("username"):
		found = c.who(func(u *User) bool { return u.Name == q.Get("username") })
	default:
		return nil, refuse(http.StatusBadRequest, "Must specify which user to return")
	}
	if found == nil {
		return nil, refuse(http.StatusNotFound, "No user found with the given key")
	}
	return c.v1User(found), nil
}

func (t *site) who(match func(*User) bool) *User {
	if i := slices.IndexFunc(t.people, match); i >= 0 {
		return t.people[i]
	}
	return nil
}

// v1List answers a list in version 1's form, by start and limit, or
// cursor.
func v1List[T any](c *call, all []T, show func(T) any) (any, error) {
	limit, err := c.number("limit", 25, 0, 1<<31-1)
	if err != nil {
		return nil, err
	}
	start, err := c.number("start", 0, 0, 1<<31-1)
	if err != nil {
		return nil, err
	}
	if cursor := c.param("cursor"); cursor != "" {
		if start, err = readCursor(cursor, len(all)); err != nil {
			return nil, err
		}
	}
	limit = min(limit, 200) // the service's own limit, silently
	from := min(start, len(all))
	to := min(from+limit, len(all))
	results := make([]any, 0, to-from)
	for _, v := range all[from:to] {
		results = append(results, show(v))
	}
	links := object{"base": c.base, "context": pathOf(c.base), "self": c.base + c.v1Path()}
	if to < len(all) {
		links["next"] = c.v1Next(to)
	}
	return object{"results": results, "start": from, "limit": limit, "size": to - from, "_links": links}, nil
}

// pathOf is what an address has after the host.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

// v1Path is the path of the call below the site's root.
func (c *call) v1Path() string { return strings.TrimPrefix(c.URL.Path, "/wiki") }

// v1Next links to the rest of a list: by cursor on Cloud, by start on Data
// Center.
func (c *call) v1Next(offset int) string {
	q := c.URL.Query()
	if c.cloud {
		q.Set("cursor", writeCursor(offset))
	} else {
		q.Set("start", strconv.Itoa(offset))
	}
	return c.v1Path() + "?" + q.Encode()
}

// query reads and asks the cql parameter.
func (c *call) query() ([]entry, error) {
	q, err := parseCQL(c.param("cql"), cqlContext{now: c.now().UTC(), me: c.me})
	if bad, ok := errors.AsType[*cqlError](err); ok {
		return nil, refuse(http.StatusBadRequest, "%s", bad.Error())
	}
	if err != nil {
		return nil, err
	}
	if c.param("cql") == "" {
		return nil, refuse(http.StatusBadRequest, "CQL query is required")
	}
	statuses, err := c.searched()
	if err != nil {
		return nil, err
	}
	return c.search(q, statuses), nil
}

// searched are the states of the pages that a search is about: the current ones,
// unless its context names others. Those of drafts and of the trash are no
// states that a search knows here.
func (c *call) searched() ([]string, error) {
	raw := c.param("cqlcontext")
	if raw == "" {
		return []string{statusCurrent}, nil
	}
	var in struct {
		SpaceKey        string   `json:"spaceKey"`
		ContentID       string   `json:"contentId"`
		ContentStatuses []string `json:"contentStatuses"`
	}
	if err := json.Unmarshal([]byte(raw), &in); err != nil {
		return nil, refuse(http.StatusBadRequest, "Could not parse cqlcontext: %s", raw)
	}
	for _, s := range in.ContentStatuses {
		if s != statusCurrent && s != statusArchived && s != statusDraft {
			return nil, refuse(http.StatusBadRequest, "Unsupported content status: %s", s)
		}
	}
	if len(in.ContentStatuses) == 0 {
		return []string{statusCurrent}, nil
	}
	return in.ContentStatuses, nil
}

// searchContent answers with the title and the labels that the index knows.
func (c *call) searchContent() (any, error) {
	found, err := c.query()
	if err != nil {
		return nil, err
	}
	x := c.expansion("")
	return v1List(c, found, func(e entry) any {
		indexed := *e.page
		indexed.labels = e.labels
		v := *e.page.current()
		v.title = e.title
		return c.v1Content(&indexed, &v, x)
	})
}

func (c *call) searchSite() (any, error) {
	found, err := c.query()
	if err != nil {
		return nil, err
	}
	answer, err := v1List(c, found, func(e entry) any {
		return object{
			"content": c.v1Content(e.page, e.page.current(), expansion{}), "title": e.title,
			"excerpt": "", "url": e.page.webui(c.cloud), "breadcrumbs": []any{}, "entityType": "content",
			"iconCssClass": "aui-icon content-type-page", "lastModified": zoned(e.modified),
			"resultGlobalContainer": object{"title": e.page.space.name, "displayUrl": "/spaces/" + e.page.space.key},
		}
	})
	if out, ok := answer.(object); ok {
		out["totalSize"], out["cqlQuery"], out["searchDuration"] = len(found), c.param("cql"), 1
	}
	return answer, err
}

func v1Labels(p *page) object {
	results := []object{}
	for _, l := range p.labels {
		results = append(results, object{"id": l.id, "prefix": l.prefix, "name": l.name, "label": l.name})
	}
	return object{"results": results, "start": 0, "limit": 200, "size": len(results), "_links": object{}}
}

type labelWrite struct {
	Prefix string `json:"prefix"`
	Name   string `json:"name"`
}

// addLabels adds those that the page does not have, and answers with all.
func (c *call) addLabels() (any, error) {
	var in []labelWrite
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	p, err := c.v1Writable()
	if err != nil {
		return nil, err
	}
	if err := c.label(p, in); err != nil {
		return nil, err
	}
	return v1Labels(p), nil
}

// label adds all labels or none.
func (t *site) label(p *page, in []labelWrite) error {
	for _, l := range in {
		if err := t.checkLabel(l); err != nil {
			return err
		}
	}
	for _, l := range in {
		if l.Prefix == "" {
			l.Prefix = "global"
		}
		has := func(h label) bool { return h.prefix == l.Prefix && h.name == strings.ToLower(l.Name) }
		if !slices.ContainsFunc(p.labels, has) {
			p.labels = append(p.labels, label{t.id(), l.Prefix, strings.ToLower(l.Name)})
		}
	}
	t.index.follow(t)
	return nil
}

func (t *site) checkLabel(l labelWrite) error {
	forbidden := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":;,.?&[]()#^*!@", r) }
	switch {
	case t.cloud && l.Prefix == "":
		return refuse(http.StatusBadRequest, "A label must have a prefix")
	case l.Prefix != "" && !slices.Contains([]string{"global", "my", "team"}, l.Prefix):
		return refuse(http.StatusBadRequest, "The prefix '%s' is not one of global, my and team", l.Prefix)
	case l.Name == "", len(l.Name) > 255, strings.ContainsFunc(l.Name, forbidden):
		return refuse(http.StatusBadRequest, "The label '%s' contains invalid characters or is of the wrong length.", l.Name)
	}
	return nil
}

func (c *call) deleteLabel() (any, error) {
	p, err := c.v1Writable()
	if err != nil {
		return nil, err
	}
	name := c.PathValue("label")
	if name == "" {
		name = c.param("name")
	}
	is := func(l label) bool { return l.name == name }
	if !slices.ContainsFunc(p.labels, is) {
		return nil, refuse(http.StatusNotFound, "The label '%s' does not exist on the content", name)
	}
	p.labels = slices.DeleteFunc(p.labels, is)
	c.index.follow(c.site)
	return nil, nil
}

// v1Writable is the page of the path if the account may change it.
func (c *call) v1Writable() (*page, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return p, c.mayChange(p)
}

// restriction is who may do something with a page; nobody named means everybody.
func (c *call) restriction(p *page, operation string) object {
	users := []object{}
	if operation == "update" && p.locked {
		users = append(users, c.v1User(p.author))
	}
	list := func(of []object) object {
		return object{"results": of, "start": 0, "limit": 100, "size": len(of)}
	}
	return object{
		"operation":    operation,
		"restrictions": object{"user": list(users), "group": list([]object{})},
		"_expandable":  object{"content": "/rest/api/content/" + p.id},
		"_links":       object{"self": c.base + "/rest/api/content/" + p.id + "/restriction/byOperation/" + operation},
	}
}

func (c *call) restrictions() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return object{
		"results": []object{c.restriction(p, "read"), c.restriction(p, "update")},
		"start":   0, "limit": 100, "size": 2, "restrictionsHash": fmt.Sprintf("%s-%t", p.id, p.locked),
		"_links": object{"base": c.base},
	}, nil
}

func (c *call) restrictionsByOperation() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return object{"read": c.restriction(p, "read"), "update": c.restriction(p, "update")}, nil
}
