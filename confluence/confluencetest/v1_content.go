package confluencetest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// routeDataCenter lists the calls of version 1 that Cloud has no longer.
func (s *Server) routeDataCenter(mux *http.ServeMux) {
	v1 := func(method, path, params string, e endpoint) {
		s.handle(mux, method+" /rest/api"+path, params, e)
	}
	v1("GET", "/content", "type spaceKey title status expand start limit", (*call).v1Pages)
	v1("POST", "/content", "status expand", (*call).v1Create)
	v1("GET", "/content/{id}", "status version expand", (*call).v1Get)
	v1("PUT", "/content/{id}", "status conflictPolicy", (*call).v1Update)
	v1("DELETE", "/content/{id}", "status", (*call).v1Delete)
	v1("GET", "/content/{id}/history", "expand", (*call).v1GetHistory)
	v1("GET", "/content/{id}/child/page", "expand start limit", (*call).v1Children)
	v1("GET", "/content/{id}/child/comment", "expand start limit location depth", (*call).v1Comments)
	v1("GET", "/content/{id}/label", "prefix start limit", (*call).v1GetLabels)
	v1("GET", "/content/{id}/property", "expand start limit", (*call).v1Properties)
	v1("POST", "/content/{id}/property", "", (*call).v1CreateProperty)
	v1("GET", "/content/{id}/property/{key}", "expand", (*call).v1GetProperty)
	v1("POST", "/content/{id}/property/{key}", "", (*call).v1CreateProperty)
	v1("PUT", "/content/{id}/property/{key}", "expand", (*call).v1UpdateProperty)
	v1("DELETE", "/content/{id}/property/{key}", "", (*call).v1DeleteProperty)
	v1("GET", "/space", "spaceKey type status expand start limit", (*call).v1Spaces)
	v1("GET", "/space/{key}", "expand", (*call).v1GetSpace)
	v1("GET", "/server-information", "", (*call).serverInformation)
}

const contentStandard = "history,space,version"

// statuses is which states a call is about; "any" is all of them.
func (c *call) statuses() ([]string, error) {
	asked, err := c.oneOf("status", statusCurrent, statusTrashed, statusDraft, statusArchived, "historical", "any")
	if err != nil {
		return nil, err
	}
	switch {
	case len(asked) == 0:
		return []string{statusCurrent}, nil
	case slices.Contains(asked, "any"):
		return []string{statusCurrent, statusTrashed, statusDraft, statusArchived}, nil
	default:
		return asked, nil
	}
}

func (c *call) v1Pages() (any, error) {
	statuses, err := c.statuses()
	if err != nil {
		return nil, err
	}
	if kind := c.param("type"); kind != "" && kind != "page" && kind != "blogpost" {
		return nil, refuse(http.StatusBadRequest, "No ContentTypeBinding found for type: %s", kind)
	}
	key, title := c.param("spaceKey"), c.param("title")
	if key != "" && c.spaceByKey(key) == nil {
		return nil, refuse(http.StatusNotFound, "No space with key : %s", key)
	}
	found := c.selectPages(func(p *page) bool {
		return slices.Contains(statuses, p.status) && c.param("type") != "blogpost" &&
			(key == "" || strings.EqualFold(p.space.key, key)) &&
			(title == "" || strings.EqualFold(p.title, title))
	})
	x := c.expansion(contentStandard)
	return v1List(c, found, func(p *page) any { return c.v1Content(p, p.current(), x) })
}

func (c *call) v1Get() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	statuses, err := c.statuses()
	if err != nil {
		return nil, err
	}
	v := p.current()
	if wanted := c.param("version"); wanted != "" {
		n, err := strconv.Atoi(wanted)
		if v = p.version(n); err != nil || v == nil {
			return nil, notFound("content version", wanted)
		}
	} else if !slices.Contains(statuses, p.status) {
		return nil, notFound("content", p.id)
	}
	return c.v1Single(p, v, c.expansion(contentStandard)), nil
}

// v1Single is a page on its own, read or written, which tells the site's address.
func (c *call) v1Single(p *page, v *version, x expansion) object {
	out := c.v1Content(p, v, x)
	links := out["_links"].(object)
	links["base"], links["context"] = c.base, pathOf(c.base)
	return out
}

// v1Write is a page as version 1 receives it, with the read-only fields that
// clients send back left out.
type v1Write struct {
	ID     string `json:"id"`
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status string `json:"status"`
	Space  *struct {
		Key string `json:"key"`
		ID  int64  `json:"id"`
	} `json:"space"`
	Ancestors []struct {
		ID   string `json:"id"`
		Type string `json:"type"`
	} `json:"ancestors"`
	Body *struct {
		Storage *v2StorageBody `json:"storage"`
	} `json:"body"`
	Version *struct {
		Number    int    `json:"number"`
		Message   string `json:"message"`
		MinorEdit bool   `json:"minorEdit"`
	} `json:"version"`
	Metadata *struct {
		Labels     []labelWrite `json:"labels"`
		Properties map[string]struct {
			Key   string          `json:"key"`
			Value json.RawMessage `json:"value"`
		} `json:"properties"`
	} `json:"metadata"`
}

func (w *v1Write) storage() (*string, error) {
	if w.Body == nil || w.Body.Storage == nil {
		return nil, nil
	}
	b := w.Body.Storage
	if b.Value == nil || b.Representation != "storage" {
		return nil, refuse(http.StatusBadRequest, "The body must have a value in the representation 'storage'")
	}
	return b.Value, nil
}

// parent is the last ancestor given: the service takes the others from it.
func (c *call) parent(w *v1Write, sp *space) (*page, error) {
	if len(w.Ancestors) == 0 {
		return nil, nil
	}
	parent, err := c.visible(w.Ancestors[len(w.Ancestors)-1].ID)
	if err != nil {
		return nil, err
	}
	if parent.space != sp || parent.status != statusCurrent {
		return nil, refuse(http.StatusBadRequest, "The parent %s is not a current page of the space", parent.id)
	}
	return parent, nil
}

func (c *call) v1Create() (any, error) {
	var in v1Write
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	n, err := c.v1NewPage(&in)
	if err != nil {
		return nil, err
	}
	if err := c.checkMetadata(&in); err != nil {
		return nil, err
	}
	p, err := c.create(n)
	if err != nil {
		return nil, err
	}
	return c.v1Single(p, p.current(), c.expansion("body.storage,ancestors,"+contentStandard)), c.setMetadata(p, &in)
}

func (c *call) v1NewPage(in *v1Write) (newPage, error) {
	n := newPage{root: true, title: in.Title, status: statusCurrent, author: c.me}
	switch {
	case in.Type != "page":
		return n, refuse(http.StatusBadRequest, "No ContentTypeBinding found for type: %s", in.Type)
	case in.Status != "" && in.Status != statusCurrent:
		return n, refuse(http.StatusBadRequest, "A page with the status '%s' cannot be created here", in.Status)
	case in.Space == nil:
		return n, refuse(http.StatusBadRequest, "A space must be specified for new content")
	}
	if n.space = c.spaceByKey(in.Space.Key); n.space == nil {
		return n, refuse(http.StatusNotFound, "No space with key : %s", in.Space.Key)
	}
	if c.readOnly {
		return n, refuse(http.StatusForbidden, "Could not create content with type page")
	}
	body, err := in.storage()
	if err != nil {
		return n, err
	}
	if body != nil {
		n.body = *body
	}
	n.parent, err = c.parent(in, n.space)
	return n, err
}

// checkMetadata refuses what setMetadata would stumble over, before there is a
// page.
func (c *call) checkMetadata(in *v1Write) error {
	if in.Metadata == nil {
		return nil
	}
	for _, l := range in.Metadata.Labels {
		if err := c.checkLabel(l); err != nil {
			return err
		}
	}
	for key, q := range in.Metadata.Properties {
		if _, err := c.checkProperty(key, q.Value); err != nil {
			return err
		}
	}
	return nil
}

// setMetadata gives a new page what came with it.
func (c *call) setMetadata(p *page, in *v1Write) error {
	if in.Metadata == nil {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(in.Metadata.Properties)) {
		if _, err := c.addProperty(p, key, in.Metadata.Properties[key].Value); err != nil {
			return err
		}
	}
	return c.label(p, in.Metadata.Labels)
}

func (c *call) v1Update() (any, error) {
	var in v1Write
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	p, err := c.v1Writable()
	if err != nil {
		return nil, err
	}
	switch {
	case in.Type != "page":
		return nil, refuse(http.StatusBadRequest, "The type of content cannot be changed to '%s'", in.Type)
	case in.ID != "" && in.ID != p.id:
		return nil, refuse(http.StatusBadRequest, "The id in the body must be that of the path")
	case in.Status != "" && in.Status != statusCurrent:
		return nil, refuse(http.StatusBadRequest, "The status cannot be changed to '%s'", in.Status)
	case in.Version == nil:
		return nil, refuse(http.StatusBadRequest, "Must supply an incremented version when updating Content. No version supplied.")
	case in.Metadata != nil:
		return nil, refuse(http.StatusBadRequest, "Metadata is not written by an update")
	}
	u := update{
		number: in.Version.Number, title: in.Title, message: in.Version.Message,
		minor: in.Version.MinorEdit, author: c.me,
	}
	if u.body, err = in.storage(); err != nil {
		return nil, err
	}
	if u.parent, err = c.parent(&in, p.space); err != nil {
		return nil, err
	}
	if err := c.update(p, u); err != nil {
		return nil, err
	}
	return c.v1Single(p, p.current(), c.expansion("body.storage,ancestors,"+contentStandard)), nil
}

func (c *call) v1Delete() (any, error) {
	p, err := c.v1Writable()
	if err != nil {
		return nil, err
	}
	switch status := c.param("status"); {
	case status == statusTrashed && p.status == statusTrashed:
		c.remove(p)
	case (status == "" || status == statusCurrent) && p.status == statusCurrent:
		c.trash(p)
	default:
		return nil, notFound("content", p.id)
	}
	return nil, nil
}

func (c *call) v1GetHistory() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return c.v1History(p), nil
}

func (c *call) v1Children() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	children := c.selectPages(func(q *page) bool { return q.parent == p && q.status == statusCurrent })
	x := c.expansion("")
	return v1List(c, children, func(q *page) any { return c.v1Content(q, q.current(), x) })
}

func (c *call) v1GetLabels() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return v1Labels(p), nil
}

func (c *call) v1Properties() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	x := c.expansion("version")
	return v1List(c, p.properties, func(q *property) any { return c.v1Property(p, q, x["version"]) })
}

// v1TargetProperty is page and property of the path; the property is nil if
// the page has none of that key.
func (c *call) v1TargetProperty() (*page, *property, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, nil, err
	}
	return p, p.propertyByKey(c.PathValue("key")), nil
}

func (c *call) v1GetProperty() (any, error) {
	p, q, err := c.v1TargetProperty()
	if err != nil {
		return nil, err
	}
	if q == nil {
		return nil, refuse(http.StatusNotFound, "Cannot find a property with key: %s", c.PathValue("key"))
	}
	return c.v1Property(p, q, c.expansion("version")["version"]), nil
}

type v1PropertyWrite struct {
	ID      string          `json:"id"`
	Key     string          `json:"key"`
	Value   json.RawMessage `json:"value"`
	Version *struct {
		Number    int    `json:"number"`
		Message   string `json:"message"`
		MinorEdit bool   `json:"minorEdit"`
	} `json:"version"`
}

// v1CreateProperty takes the key from the path or the body.
func (c *call) v1CreateProperty() (any, error) {
	var in v1PropertyWrite
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	p, err := c.v1Writable()
	if err != nil {
		return nil, err
	}
	key := in.Key
	if inPath := c.PathValue("key"); inPath != "" {
		if key != "" && key != inPath {
			return nil, refuse(http.StatusBadRequest, "The key in the body must be that of the path")
		}
		key = inPath
	}
	q, err := c.addProperty(p, key, in.Value)
	if err != nil {
		return nil, err
	}
	return c.v1Property(p, q, true), nil
}

// v1UpdateProperty creates the property when asked for its first version.
func (c *call) v1UpdateProperty() (any, error) {
	var in v1PropertyWrite
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	p, err := c.v1Writable()
	if err != nil {
		return nil, err
	}
	key := c.PathValue("key")
	q := p.propertyByKey(key)
	switch {
	case in.Key != "" && in.Key != key:
		return nil, refuse(http.StatusBadRequest, "The key in the body must be that of the path")
	case in.Version == nil:
		return nil, refuse(http.StatusBadRequest, "Must supply an incremented version when updating a property. No version supplied.")
	case q == nil && in.Version.Number == 1:
		q, err = c.addProperty(p, key, in.Value)
	case q == nil:
		err = refuse(http.StatusNotFound, "Cannot find a property with key: %s", key)
	default:
		err = c.setProperty(q, in.Version.Number, in.Value)
	}
	if err != nil {
		return nil, err
	}
	return c.v1Property(p, q, c.expansion("version")["version"]), nil
}

func (c *call) v1DeleteProperty() (any, error) {
	p, err := c.v1Writable()
	if err != nil {
		return nil, err
	}
	q := p.propertyByKey(c.PathValue("key"))
	if q == nil {
		return nil, refuse(http.StatusNotFound, "Cannot find a property with key: %s", c.PathValue("key"))
	}
	p.removeProperty(q)
	return nil, nil
}

func (c *call) v1Spaces() (any, error) {
	found := slices.DeleteFunc(slices.Clone(c.spaces), func(sp *space) bool { return !c.among("spaceKey", sp.key) })
	return v1List(c, found, func(sp *space) any { return c.v1Space(sp) })
}

func (c *call) v1GetSpace() (any, error) {
	sp := c.spaceByKey(c.PathValue("key"))
	if sp == nil {
		return nil, refuse(http.StatusNotFound, "No space with key : %s", c.PathValue("key"))
	}
	return c.v1Space(sp), nil
}

func (c *call) serverInformation() (any, error) {
	return object{
		"baseUrl": c.base, "version": "10.0.3", "buildNumber": 10003, "marketplaceBuildNumber": 10003,
		"buildDate": "2025-09-01T00:00:00.000Z",
	}, nil
}
