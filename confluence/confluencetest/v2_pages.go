package confluencetest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (c *call) v2Pages() (any, error) {
	keep, err := c.v2Filter()
	if err != nil {
		return nil, err
	}
	if _, err := c.v2BodyFormat(); err != nil {
		return nil, err
	}
	found := c.selectPages(keep)
	if err := c.v2Sort(found); err != nil {
		return nil, err
	}
	return v2List(c, found, func(p *page) any {
		out := c.v2Show(p, p.current())
		if p.live { // which a page on its own does not tell
			out["subtype"] = "live"
		}
		return out
	})
}

func (c *call) v2Filter() (func(*page) bool, error) {
	ids, err := c.numericIDs("id")
	if err != nil {
		return nil, err
	}
	spaces, err := c.numericIDs("space-id")
	if err != nil {
		return nil, err
	}
	statuses, err := c.oneOf("status", statusCurrent, statusArchived, "deleted", statusTrashed)
	if err != nil {
		return nil, err
	}
	if len(statuses) == 0 {
		statuses = []string{statusCurrent, statusArchived}
	}
	title := c.param("title")
	return func(p *page) bool {
		return slices.Contains(statuses, p.status) &&
			(len(ids) == 0 || slices.Contains(ids, p.id)) &&
			(len(spaces) == 0 || slices.Contains(spaces, p.space.id)) &&
			(title == "" || strings.EqualFold(p.title, title))
	}, nil
}

func (c *call) v2Sort(found []*page) error {
	by, descending := strings.CutPrefix(c.param("sort"), "-")
	orders := map[string]func(a, b *page) int{
		"":              func(*page, *page) int { return 0 },
		"id":            func(*page, *page) int { return 0 }, // as they are
		"created-date":  func(a, b *page) int { return a.created.Compare(b.created) },
		"modified-date": func(a, b *page) int { return a.current().when.Compare(b.current().when) },
		"title":         func(a, b *page) int { return cmp.Compare(a.title, b.title) },
	}
	order, ok := orders[by]
	if !ok {
		return refuse(http.StatusBadRequest, "Provided value {%s} for 'sort' is not supported", c.param("sort"))
	}
	slices.SortStableFunc(found, order)
	if descending {
		slices.Reverse(found)
	}
	return nil
}

// v2BodyFormat is the form of the body that was asked for, empty for none.
func (c *call) v2BodyFormat() (string, error) {
	format := c.param("body-format")
	if format != "" && format != "storage" {
		return "", refuse(http.StatusBadRequest, "The body format '%s' is not among those this server can write: storage", format)
	}
	return format, nil
}

// v2Show is a page as lists hold it.
func (c *call) v2Show(p *page, v *version) object {
	out := object{
		"id": p.id, "status": p.status, "title": v.title, "spaceId": p.space.id,
		"parentId": nil, "parentType": nil, "position": slices.Index(c.pages, p),
		"authorId": p.author.AccountID, "ownerId": p.author.AccountID, "lastOwnerId": nil,
		"createdAt": millis(p.created), "version": v2ShowVersion(v), "body": object{},
		"_links": object{
			"webui":  p.webui(true),
			"editui": "/pages/resumedraft.action?draftId=" + p.id,
			"tinyui": "/x/" + strconv.FormatInt(int64(len(p.id)), 36) + p.id,
		},
	}
	if p.parent != nil {
		out["parentId"], out["parentType"] = p.parent.id, "page"
	}
	if c.param("body-format") == "storage" {
		out["body"] = object{"storage": object{"representation": "storage", "value": p.told(v)}}
	}
	return out
}

func v2ShowVersion(v *version) object {
	return object{
		"number": v.number, "createdAt": millis(v.when), "message": v.message,
		"minorEdit": v.minor, "authorId": v.by.AccountID,
	}
}

// v2Single is a page on its own, with what the request asked to include.
func (c *call) v2Single(p *page, v *version) object {
	out := c.v2Show(p, v)
	out["_links"].(object)["base"] = c.base
	return out
}

func (c *call) v2Page() (any, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	if _, err := c.v2BodyFormat(); err != nil {
		return nil, err
	}
	statuses, err := c.oneOf("status", statusCurrent, statusArchived, statusTrashed, "deleted", "historical", statusDraft)
	if err != nil {
		return nil, err
	}
	if len(statuses) > 0 && !slices.Contains(statuses, p.status) {
		return nil, notFound("content", p.id)
	}
	v := p.current()
	if c.param("version") != "" {
		n, err := c.number("version", 0, 1, 1<<31-1)
		if err != nil {
			return nil, err
		}
		if v = p.version(n); v == nil {
			return nil, notFound("version", c.param("version"))
		}
	}
	out := c.v2Single(p, v)
	return out, c.v2Include(p, out)
}

// v2Include adds to a page what the include- parameters ask for.
func (c *call) v2Include(p *page, out object) error {
	parts := map[string]func() any{
		"labels":     func() any { return included(p.labels, v2ShowLabel) },
		"properties": func() any { return included(p.properties, v2ShowProperty) },
		"versions":   func() any { return included(p.versions, func(v version) any { return v2ShowVersion(&v) }) },
		"operations": func() any { return included(c.operations(p), func(o object) any { return o }) },
	}
	for name, part := range parts {
		wanted, err := c.flag("include-" + name)
		if err != nil {
			return err
		}
		if wanted {
			out[name] = part()
		}
	}
	if c.param("include-version") == "false" {
		delete(out, "version")
	}
	return nil
}

// included is a list within a page: at most 50, and whether there are more.
func included[T any](all []T, show func(T) any) object {
	results := []any{}
	for _, v := range all[:min(50, len(all))] {
		results = append(results, show(v))
	}
	return object{"results": results, "meta": object{"hasMore": len(all) > 50}, "_links": object{}}
}

// v2Target is the page of the path.
func (c *call) v2Target() (*page, error) {
	id := c.PathValue("id")
	if _, err := strconv.ParseInt(id, 10, 64); err != nil {
		return nil, refuse(http.StatusBadRequest, "Provided value {%s} for 'id' is not the correct type. Expected type is long", id)
	}
	return c.visible(id)
}

// v2Writable is the page of the path if the account may change it. To a page,
// Cloud answers "not found" otherwise.
func (c *call) v2Writable() (*page, error) {
	p, err := c.v2Target()
	if err == nil && (c.readOnly || p.locked) {
		err = notFound("content", p.id)
	}
	return p, err
}

// v2Body is a body to write, in either of the two forms.
type v2Body struct {
	Representation string         `json:"representation"`
	Value          *string        `json:"value"`
	Storage        *v2StorageBody `json:"storage"`
}

type v2StorageBody struct {
	Representation string  `json:"representation"`
	Value          *string `json:"value"`
}

// storage is the body's storage format, nil if there is no body.
func (b *v2Body) storage() (*string, error) {
	if b == nil {
		return nil, nil
	}
	flat := v2StorageBody{b.Representation, b.Value}
	if b.Storage != nil {
		flat = *b.Storage
	}
	if flat.Representation != "storage" || flat.Value == nil {
		return nil, refuse(http.StatusBadRequest, "The body must have a value in the representation 'storage'")
	}
	return flat.Value, nil
}

func (c *call) v2CreatePage() (any, error) {
	var in struct {
		SpaceID  string  `json:"spaceId"`
		Status   string  `json:"status"`
		Title    string  `json:"title"`
		ParentID string  `json:"parentId"`
		Body     *v2Body `json:"body"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	root, err := c.flag("root-level")
	if err != nil {
		return nil, err
	}
	n := newPage{
		space: c.spaceByID(in.SpaceID), root: root, title: in.Title, author: c.me,
		status: cmp.Or(in.Status, statusCurrent),
	}
	if n.space == nil || c.readOnly {
		return nil, notFound("space", in.SpaceID)
	}
	if in.Status != "" && in.Status != statusCurrent && in.Status != statusDraft {
		return nil, refuse(http.StatusBadRequest, "Provided value {%s} for 'status' is not one of [current draft]", in.Status)
	}
	if n.parent, err = c.v2Parent(in.ParentID, n.space); err != nil {
		return nil, err
	}
	body, err := in.Body.storage()
	if err != nil {
		return nil, err
	}
	if body != nil {
		n.body = *body
	}
	p, err := c.create(n)
	if err != nil {
		return nil, err
	}
	return c.v2Single(p, p.current()), nil
}

// v2Parent finds the page to put another one below.
func (c *call) v2Parent(id string, sp *space) (*page, error) {
	if id == "" {
		return nil, nil
	}
	parent, err := c.visible(id)
	if err != nil {
		return nil, err
	}
	if parent.space != sp || parent.status != statusCurrent {
		return nil, refuse(http.StatusBadRequest, "The parent %s is not a current page of the space", id)
	}
	return parent, nil
}

type v2VersionWrite struct {
	Number    int    `json:"number"`
	Message   string `json:"message"`
	MinorEdit bool   `json:"minorEdit"` // not in Atlassian's document of the request, but in that of the answer
}

func (c *call) v2UpdatePage() (any, error) {
	var in struct {
		ID       string          `json:"id"`
		Status   string          `json:"status"`
		Title    string          `json:"title"`
		SpaceID  string          `json:"spaceId"`
		ParentID string          `json:"parentId"`
		Body     *v2Body         `json:"body"`
		Version  *v2VersionWrite `json:"version"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	p, err := c.v2Writable()
	if err != nil {
		return nil, err
	}
	switch {
	case in.ID != p.id:
		return nil, refuse(http.StatusBadRequest, "The id in the body must be that of the path")
	case in.Status != statusCurrent:
		return nil, refuse(http.StatusBadRequest, "Provided value {%s} for 'status' is not one of [current]", in.Status)
	case in.SpaceID != "" && in.SpaceID != p.space.id:
		return nil, refuse(http.StatusBadRequest, "A page cannot be moved to another space")
	case in.Version == nil || in.Body == nil:
		return nil, refuse(http.StatusBadRequest, "version and body must be given")
	}
	u := update{
		number: in.Version.Number, title: in.Title, message: in.Version.Message,
		minor: in.Version.MinorEdit, author: c.me,
	}
	if u.body, err = in.Body.storage(); err != nil {
		return nil, err
	}
	if u.parent, err = c.v2Parent(in.ParentID, p.space); err != nil {
		return nil, err
	}
	if err := c.update(p, u); err != nil {
		return nil, err
	}
	return c.v2Single(p, p.current()), nil
}

func (c *call) v2UpdateTitle() (any, error) {
	var in struct {
		Status string `json:"status"`
		Title  string `json:"title"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	p, err := c.v2Writable()
	if err != nil {
		return nil, err
	}
	u := update{number: p.current().number + 1, title: in.Title, author: c.me}
	if err := c.update(p, u); err != nil {
		return nil, err
	}
	return c.v2Single(p, p.current()), nil
}

func (c *call) v2DeletePage() (any, error) {
	p, err := c.v2Writable()
	if err != nil {
		return nil, err
	}
	purge, err := c.flag("purge")
	if err != nil {
		return nil, err
	}
	draft, err := c.flag("draft")
	if err != nil {
		return nil, err
	}
	switch {
	case purge != (p.status == statusTrashed), draft != (p.status == statusDraft):
		return nil, refuse(http.StatusBadRequest, "The page is %s: 'purge' is for trashed pages, 'draft' for drafts", p.status)
	case purge, draft:
		c.remove(p)
	default:
		c.trash(p)
	}
	return nil, nil
}

func (c *call) v2Versions() (any, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	versions := slices.Clone(p.versions)
	switch c.param("sort") {
	case "", "-modified-date":
		slices.Reverse(versions)
	case "modified-date":
	default:
		return nil, refuse(http.StatusBadRequest, "Provided value {%s} for 'sort' is not supported", c.param("sort"))
	}
	if _, err := c.v2BodyFormat(); err != nil {
		return nil, err
	}
	return v2List(c, versions, func(v version) any {
		out := v2ShowVersion(&v)
		out["page"] = object{"id": p.id, "title": v.title, "body": c.v2Show(p, &v)["body"]}
		return out
	})
}

func (c *call) v2Children() (any, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	children := c.selectPages(func(q *page) bool { return q.parent == p && q.status == statusCurrent })
	return v2List(c, children, func(q *page) any {
		out := object{
			"id": q.id, "status": q.status, "title": q.title, "spaceId": q.space.id,
			"childPosition": slices.Index(c.pages, q),
		}
		if strings.HasSuffix(c.URL.Path, "/direct-children") {
			out["type"] = "page"
		}
		return out
	})
}

func (c *call) v2Ancestors() (any, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	return v2List(c, p.ancestors(), func(a *page) any { return object{"id": a.id, "type": "page"} })
}

func (c *call) v2Operations() (any, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	return object{"operations": c.operations(p)}, nil
}

// operations is what the account may do with the page.
func (c *call) operations(p *page) []object {
	allowed := []string{"read"}
	if !c.readOnly && !p.locked {
		allowed = append(allowed, "update", "delete")
	}
	var out []object
	for _, o := range allowed {
		out = append(out, object{"operation": o, "targetType": "page"})
	}
	return out
}

func (c *call) v2Labels() (any, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	prefix := c.param("prefix")
	labels := slices.DeleteFunc(slices.Clone(p.labels), func(l label) bool { return prefix != "" && l.prefix != prefix })
	return v2List(c, labels, v2ShowLabel)
}

func v2ShowLabel(l label) any { return object{"id": l.id, "name": l.name, "prefix": l.prefix} }
