package confluence

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"refine/internal/atlassian"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// cloudEdition is Confluence Cloud: REST v2, with site-relative paths under
// /wiki. Shapes: Atlassian's document "confluence-cloud-v2".
type cloudEdition struct{ api *atlassian.Client }

const cloudV2 = "/wiki/api/v2"

func (cloudEdition) v1() string { return "/wiki/rest/api" }

// everywhere adds the archived pages, which a search leaves out by itself.
func (cloudEdition) everywhere() string { return `{"contentStatuses":["current","archived"]}` }

type cloudPage struct {
	ID        string    `json:"id"`
	Status    string    `json:"status"`
	Title     string    `json:"title"`
	ParentID  string    `json:"parentId"`
	CreatedAt time.Time `json:"createdAt"`
	AuthorID  string    `json:"authorId"`
	Version   struct {
		Number    int       `json:"number"`
		CreatedAt time.Time `json:"createdAt"`
		AuthorID  string    `json:"authorId"`
	} `json:"version"`
	Links struct {
		Base string `json:"base"` // only of a page on its own
	} `json:"_links"`
	Body struct {
		Storage *struct {
			Value string `json:"value"`
		} `json:"storage"`
	} `json:"body"`
}

func (c cloudEdition) convert(p cloudPage) *Page {
	page := &Page{
		ID: p.ID, Title: p.Title, Status: p.Status, ParentID: p.ParentID, Version: p.Version.Number,
		Created: p.CreatedAt, Author: p.AuthorID, Saved: p.Version.CreatedAt, Saver: p.Version.AuthorID,
		URL: c.link(p.ID, p.Links.Base), Site: told(c.api, p.Links.Base),
	}
	if p.Body.Storage != nil {
		page.Body = p.Body.Storage.Value
	}
	return page
}

// link is where a person reads the page, on the site as the answer told its
// address. It holds nothing but the id: titles change, and not every answer tells
// the site's own path.
func (c cloudEdition) link(id, site string) string {
	return c.api.PeoplesURL(cmp.Or(site, c.api.URL("/wiki"))) + pageLink(id)
}

func (cloudEdition) byKey() bool { return false }

func (c cloudEdition) space(ctx context.Context, key string) (*Space, error) {
	var answer struct {
		Results []struct{ ID, Key string } `json:"results"`
	}
	err := c.api.JSON(ctx, http.MethodGet, cloudV2+"/spaces", url.Values{"keys": {key}}, nil, &answer)
	if err != nil || len(answer.Results) == 0 {
		return nil, err
	}
	return &Space{ID: answer.Results[0].ID, Key: answer.Results[0].Key}, nil
}

// pageByTitle relies on the default statuses, current and archived. The list
// only tells the id: it has no properties, and a body of an earlier moment than
// the state that goes with it would look like one that people have changed.
func (c cloudEdition) pageByTitle(ctx context.Context, s Space, title string) (*Page, error) {
	var answer struct {
		Results []cloudPage `json:"results"`
	}
	err := c.api.JSON(ctx, http.MethodGet, cloudV2+"/pages", url.Values{"space-id": {s.ID}, "title": {title}}, nil, &answer)
	if err != nil || len(answer.Results) == 0 {
		return nil, err
	}
	return c.page(ctx, answer.Results[0].ID)
}

// mostYoung is how many pages may be made in a space before the search index
// knows the first of them.
const mostYoung = 25

func (c cloudEdition) youngest(ctx context.Context, s Space) ([]Page, error) {
	return c.list(ctx, url.Values{"space-id": {s.ID}, "sort": {"-created-date"}})
}

func (c cloudEdition) bodies(ctx context.Context, ids []string) (map[string]string, error) {
	pages, err := c.list(ctx, url.Values{"id": {strings.Join(ids, ",")}, "body-format": {"storage"}})
	bodies := map[string]string{}
	for _, p := range pages {
		bodies[p.ID] = p.Body
	}
	return bodies, err
}

// list asks for pages, at most mostYoung.
func (c cloudEdition) list(ctx context.Context, query url.Values) ([]Page, error) {
	var answer struct {
		Results []cloudPage `json:"results"`
		Links   struct {
			Base string `json:"base"`
		} `json:"_links"`
	}
	query.Set("limit", strconv.Itoa(mostYoung))
	if err := c.api.JSON(ctx, http.MethodGet, cloudV2+"/pages", query, nil, &answer); err != nil {
		return nil, err
	}
	results := answer.Results[:min(len(answer.Results), mostYoung)]
	pages := make([]Page, len(results))
	for i, p := range results {
		p.Links.Base = answer.Links.Base
		pages[i] = *c.convert(p)
	}
	return pages, nil
}

// page asks for the page together with its properties. Those it cannot be sure
// to have all of are asked for by themselves.
func (c cloudEdition) page(ctx context.Context, id string) (*Page, error) {
	var p struct {
		cloudPage
		Properties struct {
			Results []cloudProperty `json:"results"`
			Meta    struct {
				HasMore bool `json:"hasMore"`
			} `json:"meta"`
		} `json:"properties"`
	}
	query := url.Values{"body-format": {"storage"}, "include-properties": {"true"}}
	if err := c.api.JSON(ctx, http.MethodGet, c.path(id), query, nil, &p); err != nil {
		return nil, err
	}
	page := c.convert(p.cloudPage)
	for _, prop := range p.Properties.Results {
		if prop.Key == PropertyKey {
			var err error
			page.Property, err = prop.convert()
			return page, err
		}
	}
	var err error
	if p.Properties.Results == nil || p.Properties.Meta.HasMore {
		page.Property, err = c.property(ctx, id)
	}
	return page, err
}

func (cloudEdition) path(pageID string) string { return cloudV2 + "/pages/" + url.PathEscape(pageID) }

type cloudProperty struct {
	ID      string          `json:"id"`
	Key     string          `json:"key"`
	Value   json.RawMessage `json:"value"`
	Version struct {
		Number int `json:"number"`
	} `json:"version"`
}

func (p cloudProperty) convert() (*Property, error) {
	state, err := decodeState(p.Value)
	if err != nil {
		return nil, err
	}
	return &Property{ID: p.ID, Version: p.Version.Number, State: state}, nil
}

func (c cloudEdition) property(ctx context.Context, pageID string) (*Property, error) {
	var answer struct {
		Results []cloudProperty `json:"results"`
	}
	err := c.api.JSON(ctx, http.MethodGet, c.path(pageID)+"/properties", url.Values{"key": {PropertyKey}}, nil, &answer)
	if err != nil || len(answer.Results) == 0 {
		return nil, err
	}
	return answer.Results[0].convert()
}

type storageBody struct {
	Representation string `json:"representation"`
	Value          string `json:"value"`
}

func (c cloudEdition) createPage(ctx context.Context, n NewPage) (*Page, error) {
	body := struct {
		SpaceID  string      `json:"spaceId"`
		Status   string      `json:"status"`
		Title    string      `json:"title"`
		ParentID string      `json:"parentId,omitempty"`
		Body     storageBody `json:"body"`
	}{n.Space.ID, "current", n.Title, n.ParentID, storageBody{"storage", n.Body}}
	var p cloudPage
	if err := c.api.JSON(ctx, http.MethodPost, cloudV2+"/pages", nil, body, &p); err != nil {
		return nil, err
	}
	return c.convert(p), nil
}

// version asks for the next version without telling watchers.
type version struct {
	Number    int    `json:"number"`
	Message   string `json:"message,omitempty"`
	MinorEdit bool   `json:"minorEdit,omitempty"`
}

func (c cloudEdition) updatePage(ctx context.Context, p Page, body, message string) error {
	in := struct {
		ID      string      `json:"id"`
		Status  string      `json:"status"`
		Title   string      `json:"title"`
		Body    storageBody `json:"body"`
		Version version     `json:"version"`
	}{p.ID, "current", p.Title, storageBody{"storage", body}, version{p.Version + 1, message, true}}
	return c.api.JSON(ctx, http.MethodPut, c.path(p.ID), nil, in, nil)
}

func (c cloudEdition) createProperty(ctx context.Context, pageID string, s State) (*Property, error) {
	in := struct {
		Key   string `json:"key"`
		Value State  `json:"value"`
	}{PropertyKey, s}
	var p cloudProperty
	if err := c.api.JSON(ctx, http.MethodPost, c.path(pageID)+"/properties", nil, in, &p); err != nil {
		return nil, err
	}
	return &Property{ID: p.ID, Version: max(p.Version.Number, 1), State: s}, nil
}

func (c cloudEdition) updateProperty(ctx context.Context, pageID string, p Property, s State) error {
	in := struct {
		Key     string  `json:"key"`
		Value   State   `json:"value"`
		Version version `json:"version"`
	}{PropertyKey, s, version{Number: p.Version + 1}}
	return c.api.JSON(ctx, http.MethodPut, c.path(pageID)+"/properties/"+url.PathEscape(p.ID), nil, in, nil)
}

// oldUserKey is how people were mentioned before there were account ids, and how
// they stand in pages that were imported. No call of Cloud resolves one.
var oldUserKey = lazyregexp.New(`^(?:[0-9a-f]{32}|JIRAUSER[0-9]+)$`)

// users asks for up to 250 accounts at a time, the service's limit.
func (c cloudEdition) users(ctx context.Context, ids []string) (map[string]outcome.User, error) {
	users := map[string]outcome.User{}
	accounts := slices.DeleteFunc(slices.Clone(ids), oldUserKey.MatchString)
	for chunk := range slices.Chunk(accounts, 250) {
		var answer struct {
			Results []struct {
				AccountID   string `json:"accountId"`
				DisplayName string `json:"displayName"`
				PublicName  string `json:"publicName"`
			} `json:"results"`
		}
		in := map[string][]string{"accountIds": chunk}
		if err := c.api.JSON(atlassian.Read(ctx), http.MethodPost, cloudV2+"/users-bulk", nil, in, &answer); err != nil {
			return users, err
		}
		for _, u := range answer.Results {
			users[u.AccountID] = outcome.User{AccountID: u.AccountID, Display: cmp.Or(u.DisplayName, u.PublicName)}
		}
	}
	return users, nil
}

func (c cloudEdition) self(ctx context.Context) (string, error) {
	var u struct {
		AccountID string `json:"accountId"`
	}
	err := c.api.JSON(ctx, http.MethodGet, c.v1()+"/user/current", nil, nil, &u)
	return u.AccountID, err
}
