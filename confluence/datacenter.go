package confluence

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"refine/internal/atlassian"
	"refine/planner/outcome"
)

// dataCenter is Confluence Data Center: REST v1. Shapes: Atlassian's document
// "confluence-dc".
type dataCenter struct{ api *atlassian.Client }

// contentExpand asks version 1 for page and property in one answer.
const contentExpand = "body.storage,version,ancestors,history,metadata.properties." + PropertyKey + ".version"

func (dataCenter) v1() string { return "/rest/api" }

// everywhere is nothing: only whole spaces are archived.
func (dataCenter) everywhere() string { return "" }

const dataCenterTime = "2006-01-02T15:04:05.000Z07:00"

type content struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Status  string `json:"status"`
	Title   string `json:"title"`
	Version struct {
		Number int     `json:"number"`
		When   string  `json:"when"`
		By     account `json:"by"`
	} `json:"version"`
	History struct {
		CreatedDate string  `json:"createdDate"`
		CreatedBy   account `json:"createdBy"`
	} `json:"history"`
	Links struct {
		Base string `json:"base"` // only of a page on its own
	} `json:"_links"`
	Ancestors []struct {
		ID string `json:"id"`
	} `json:"ancestors"`
	Body struct {
		Storage struct {
			Value string `json:"value"`
		} `json:"storage"`
	} `json:"body"`
	Metadata struct {
		Properties map[string]json.RawMessage `json:"properties"`
	} `json:"metadata"`
}

// account is a person as version 1 of either product names them.
type account struct {
	UserKey   string `json:"userKey"`   // Data Center
	AccountID string `json:"accountId"` // Cloud
}

func (a account) id() string { return cmp.Or(a.UserKey, a.AccountID) }

func (d dataCenter) convert(c content) *Page {
	return c.page(d.link(c.ID, c.Links.Base), told(d.api, c.Links.Base))
}

// page is the content that people read at that address, on their site, without its
// property.
func (c content) page(address, site string) *Page {
	p := &Page{
		ID: c.ID, Title: c.Title, Status: c.Status, Version: c.Version.Number, Body: c.Body.Storage.Value,
		Author: c.History.CreatedBy.id(), Saver: c.Version.By.id(), URL: address, Site: site,
	}
	p.Created, _ = time.Parse(dataCenterTime, c.History.CreatedDate) // zero if not told
	p.Saved, _ = time.Parse(dataCenterTime, c.Version.When)
	if n := len(c.Ancestors); n > 0 {
		p.ParentID = c.Ancestors[n-1].ID
	}
	return p
}

// link holds the page's id, because display links break with a new title.
func (d dataCenter) link(id, site string) string { return d.api.PeoplesURL(site) + pageLink(id) }

func (dataCenter) byKey() bool { return true }

func (d dataCenter) space(ctx context.Context, key string) (*Space, error) {
	var s struct{ Key string }
	err := d.api.JSON(ctx, http.MethodGet, "/rest/api/space/"+url.PathEscape(key), nil, nil, &s)
	if atlassian.StatusOf(err) == http.StatusNotFound {
		return nil, nil
	}
	return &Space{Key: s.Key}, err
}

func (d dataCenter) pageByTitle(ctx context.Context, s Space, title string) (*Page, error) {
	var answer struct {
		Results []content `json:"results"`
	}
	query := url.Values{"spaceKey": {s.Key}, "title": {title}, "type": {"page"}, "expand": {contentExpand}}
	err := d.api.JSON(ctx, http.MethodGet, "/rest/api/content", query, nil, &answer)
	if blocked(err) {
		return d.searchTitle(ctx, s, title)
	}
	if err != nil || len(answer.Results) == 0 {
		return nil, err
	}
	return d.complete(ctx, answer.Results[0])
}

// blocked reports whether a site, or what stands before it, refuses to list pages,
// as some do because of the load: it is neither the credentials nor the network.
func blocked(err error) bool {
	return !atlassian.Unauthenticated(err) && (notOffered(err) || atlassian.StatusOf(err) == http.StatusForbidden)
}

// notOffered tells a site without an operation from one that refuses it; that an object
// is not there looks the same.
func notOffered(err error) bool {
	switch atlassian.StatusOf(err) {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented:
		return true
	}
	return false
}

// searchTitle asks the search index instead, which lags: a page that was made a
// moment ago is not found, and the service then refuses another one with its title.
func (d dataCenter) searchTitle(ctx context.Context, s Space, title string) (*Page, error) {
	var answer struct {
		Results []content `json:"results"`
	}
	cql := fmt.Sprintf("type = page AND space = %s AND title = %s", quote(s.Key), quote(title))
	err := d.api.JSON(ctx, http.MethodGet, "/rest/api/content/search", url.Values{"cql": {cql}, "limit": {strconv.Itoa(MostFound)}}, nil, &answer)
	if err != nil {
		return nil, err
	}
	for _, found := range answer.Results {
		p, err := d.page(ctx, found.ID)
		switch {
		case atlassian.StatusOf(err) == http.StatusNotFound: // gone, or in the trash
		case err != nil:
			return nil, err
		case p.Title == title && p.Status != "trashed":
			return p, nil
		}
	}
	return nil, nil
}

// youngest is nothing: no call lists pages by their age.
func (dataCenter) youngest(context.Context, Space) ([]Page, error) { return nil, nil }

func (dataCenter) bodies(context.Context, []string) (map[string]string, error) { return nil, nil }

func (d dataCenter) page(ctx context.Context, id string) (*Page, error) {
	var c content
	if err := d.api.JSON(ctx, http.MethodGet, d.path(id), url.Values{"expand": {contentExpand}}, nil, &c); err != nil {
		return nil, err
	}
	return d.complete(ctx, c)
}

// complete adds the property: from the expanded answer, else by its own call,
// since an answer without it may also come from a service that does not expand
// single properties.
func (d dataCenter) complete(ctx context.Context, c content) (p *Page, err error) {
	p = d.convert(c)
	var told bool
	if p.Property, told, err = c.property(); !told {
		p.Property, err = d.property(ctx, p.ID)
	}
	return p, err
}

// property is the one that an expanded answer tells, if it does.
func (c content) property() (p *Property, told bool, err error) {
	raw, ok := c.Metadata.Properties[PropertyKey]
	var prop contentProperty
	if !ok || json.Unmarshal(raw, &prop) != nil || prop.Version.Number == 0 {
		return nil, false, nil
	}
	p, err = prop.convert()
	return p, true, err
}

func (dataCenter) path(id string) string { return "/rest/api/content/" + url.PathEscape(id) }

type contentProperty struct {
	Key     string          `json:"key"`
	Value   json.RawMessage `json:"value"`
	Version struct {
		Number int `json:"number"`
	} `json:"version"`
}

func (p contentProperty) convert() (*Property, error) {
	state, err := decodeState(p.Value)
	if err != nil {
		return nil, err
	}
	return &Property{ID: PropertyKey, Version: p.Version.Number, State: state}, nil
}

// property reads the list rather than the one property, because 404 would say
// the same for "no property" and "no page".
func (d dataCenter) property(ctx context.Context, pageID string) (*Property, error) {
	var answer struct {
		Results []contentProperty `json:"results"`
	}
	query := url.Values{"expand": {"version"}, "limit": {"200"}}
	if err := d.api.JSON(ctx, http.MethodGet, d.path(pageID)+"/property", query, nil, &answer); err != nil {
		return nil, err
	}
	for _, p := range answer.Results {
		if p.Key == PropertyKey {
			return p.convert()
		}
	}
	return nil, nil
}

type dcBody struct {
	Storage storageBody `json:"storage"`
}

func (d dataCenter) createPage(ctx context.Context, n NewPage) (*Page, error) {
	type ref struct {
		ID string `json:"id"`
	}
	in := struct {
		Type      string            `json:"type"`
		Title     string            `json:"title"`
		Space     map[string]string `json:"space"`
		Ancestors []ref             `json:"ancestors,omitempty"`
		Body      dcBody            `json:"body"`
	}{Type: "page", Title: n.Title, Space: map[string]string{"key": n.Space.Key}, Body: dcBody{storageBody{"storage", n.Body}}}
	if n.ParentID != "" {
		in.Ancestors = []ref{{n.ParentID}}
	}
	var c content
	if err := d.api.JSON(ctx, http.MethodPost, "/rest/api/content", nil, in, &c); err != nil {
		return nil, err
	}
	return d.convert(c), nil
}

func (d dataCenter) updatePage(ctx context.Context, p Page, body, message string) error {
	in := struct {
		ID      string  `json:"id"`
		Type    string  `json:"type"`
		Title   string  `json:"title"`
		Body    dcBody  `json:"body"`
		Version version `json:"version"`
	}{p.ID, "page", p.Title, dcBody{storageBody{"storage", body}}, version{p.Version + 1, message, true}}
	return d.api.JSON(ctx, http.MethodPut, d.path(p.ID), nil, in, nil)
}

type dcProperty struct {
	Key     string   `json:"key"`
	Value   State    `json:"value"`
	Version *version `json:"version,omitempty"`
}

func (d dataCenter) createProperty(ctx context.Context, pageID string, s State) (*Property, error) {
	err := d.api.JSON(ctx, http.MethodPost, d.path(pageID)+"/property", nil, dcProperty{Key: PropertyKey, Value: s}, nil)
	return &Property{ID: PropertyKey, Version: 1, State: s}, err
}

func (d dataCenter) updateProperty(ctx context.Context, pageID string, p Property, s State) error {
	in := dcProperty{PropertyKey, s, &version{Number: p.Version + 1}}
	return d.api.JSON(ctx, http.MethodPut, d.path(pageID)+"/property/"+PropertyKey, nil, in, nil)
}

// users asks for one user key at a time: Data Center has no bulk call. With an
// error it returns those that it found before.
func (d dataCenter) users(ctx context.Context, ids []string) (map[string]outcome.User, error) {
	users := map[string]outcome.User{}
	for _, key := range ids {
		var u struct {
			Username    string `json:"username"`
			DisplayName string `json:"displayName"`
		}
		err := d.api.JSON(ctx, http.MethodGet, "/rest/api/user", url.Values{"key": {key}}, nil, &u)
		if status := atlassian.StatusOf(err); status == http.StatusNotFound || status == http.StatusForbidden {
			continue // one unknown person does not hide the others
		}
		if err != nil {
			return users, err
		}
		users[key] = outcome.User{Key: key, Name: u.Username, Display: u.DisplayName}
	}
	return users, nil
}

func (d dataCenter) self(ctx context.Context) (string, error) {
	var u struct {
		UserKey string `json:"userKey"`
	}
	err := d.api.JSON(ctx, http.MethodGet, "/rest/api/user/current", nil, nil, &u)
	return u.UserKey, err
}
