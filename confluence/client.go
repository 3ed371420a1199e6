package confluence

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"refine/internal/atlassian"
	"refine/planner/outcome"
)

// PropertyKey is the content property that holds a page's [State].
const PropertyKey = "refine"

// A Client reads and writes the pages of one Confluence. The calls whose shape
// differs between Cloud and Data Center are an [edition], chosen once.
type Client struct {
	api *atlassian.Client
	edition

	asking   sync.Mutex // for a space
	spacesMu sync.Mutex
	spaces   map[string]Space // that exist, by their keys, as answers told of them
}

// New returns a client that speaks v2 (and the v1 leftovers) to Cloud, v1 to
// Data Center. The api's base is the site, without Cloud's /wiki.
func New(api *atlassian.Client, cloud bool) *Client {
	c := &Client{api: api, edition: dataCenter{api}, spaces: map[string]Space{}}
	if cloud {
		c.edition = cloudEdition{api}
	}
	return c
}

// Requests is how many requests were sent, attempts included.
func (c *Client) Requests() int64 { return c.api.Requests() }

// Time is the service's time now; false if no answer has told it yet.
func (c *Client) Time() (time.Time, bool) { return c.api.Time() }

// edition is what differs between the two products. Lookups return nil without
// an error only when the service said that there is nothing.
type edition interface {
	// v1 is the prefix of the calls that both products share.
	v1() string
	// everywhere makes a search look beyond current pages: a query's cqlcontext.
	everywhere() string
	// byKey reports whether a space's key is all that its pages are made and
	// looked for with.
	byKey() bool
	space(ctx context.Context, key string) (*Space, error)
	pageByTitle(ctx context.Context, s Space, title string) (*Page, error)
	youngest(ctx context.Context, s Space) ([]Page, error)
	bodies(ctx context.Context, ids []string) (map[string]string, error)
	page(ctx context.Context, id string) (*Page, error)
	property(ctx context.Context, pageID string) (*Property, error)
	createPage(ctx context.Context, n NewPage) (*Page, error)
	updatePage(ctx context.Context, p Page, body, message string) error
	createProperty(ctx context.Context, pageID string, value State) (*Property, error)
	updateProperty(ctx context.Context, pageID string, p Property, value State) error
	attach(ctx context.Context, pageID, known string, f atlassian.File) (id string, err error)
	attachNew(ctx context.Context, pageID string, answer *uploaded, files []atlassian.File) error
	attachment(ctx context.Context, pageID, file string) (*Attachment, error)
	users(ctx context.Context, ids []string) (map[string]outcome.User, error)
	comments(ctx context.Context, pageID string) ([]Comment, error)
	self(ctx context.Context) (string, error)
	// link is where people read a page, on the site as the answer told its address.
	link(id, site string) string
	style() Style
	// mayNotAdd and live: see [Client.MayNotAdd] and [Client.Live].
	mayNotAdd(ctx context.Context, s Space, what []string) (lacking []string, told bool, err error)
	live(ctx context.Context, pageID string) (bool, error)
}

// A Space is where pages live.
type Space struct {
	ID  string // Cloud: numeric
	Key string
}

// A Page is a page as it stands. Body is its storage format.
type Page struct {
	ID, Title, Status string // current, archived, trashed, draft
	ParentID          string
	Version           int
	Body              string
	URL               string
	Created           time.Time
	Author            string    // account id, or user key
	Saved             time.Time // when its present version was made
	Saver             string    // by whom, as Author
	Site              string    // the address that people reach the site by; empty if not told
	Property          *Property // nil: the page has none of ours
}

// A Property is a content property with the version that guards it.
type Property struct {
	ID      string // Cloud: its id; Data Center: the key
	Version int
	State   State
}

// NewPage is a page to create.
type NewPage struct {
	Space    Space
	ParentID string // empty: under the space's home page
	Title    string
	Body     string
}

// A Found page is a search result: what the index knows, which may lag.
type Found struct {
	ID, Title string
	Space     string   // its key; empty if not told
	Status    string   // current or archived; empty if not told
	Labels    []string // nil when the answer has none
}

// Archived reports whether the page is out of people's way, by their own wish.
func (f Found) Archived() bool { return f.Status == "archived" }

// Space returns the space with that key, or nil if there is none that this
// account can see.
func (c *Client) Space(ctx context.Context, key string) (*Space, error) {
	s, err := c.space(ctx, key)
	if err == nil && s != nil {
		c.learn(*s)
	}
	return s, wrap(err, "reading the space %s", key)
}

// SpaceOf returns what pages in the space are made and looked for with, or nil if
// there is none that this account can see. It asks only for what is not known: Data
// Center knows a space by its key, so that one which is not there only shows when
// something is made in it, and Cloud's ids are told with pages that are found.
func (c *Client) SpaceOf(ctx context.Context, key string) (*Space, error) {
	if c.byKey() {
		return &Space{Key: key}, nil
	}
	c.asking.Lock() // of many teams at once, one asks
	defer c.asking.Unlock()
	c.spacesMu.Lock()
	s, known := c.spaces[strings.ToUpper(key)]
	c.spacesMu.Unlock()
	if known {
		return &s, nil
	}
	return c.Space(ctx, key)
}

func (c *Client) learn(s Space) {
	c.spacesMu.Lock()
	defer c.spacesMu.Unlock()
	c.spaces[strings.ToUpper(s.Key)] = s
}

// PageByTitle returns the page that holds the title in the space, with body and
// property, or nil. It does not go through the search index. Archived pages are
// found, since they hold their title; trashed ones are not.
func (c *Client) PageByTitle(ctx context.Context, s Space, title string) (*Page, error) {
	p, err := c.pageByTitle(ctx, s, title)
	return p, wrap(err, "looking for the page “%s” in %s", title, s.Key)
}

// Youngest returns the pages of the space that were made last, archived ones
// included, without their bodies and properties. It does not go through the search
// index. Nil means that the service has no such list, as Data Center.
func (c *Client) Youngest(ctx context.Context, s Space) ([]Page, error) {
	pages, err := c.youngest(ctx, s)
	return pages, wrap(err, "listing the youngest pages of %s", s.Key)
}

// Bodies returns the bodies of the pages with these ids, at most as many as
// [Client.Youngest] lists, as far as they are there.
func (c *Client) Bodies(ctx context.Context, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	bodies, err := c.bodies(ctx, ids)
	return bodies, wrap(err, "reading the %d youngest pages", len(ids))
}

// Page returns a page with body and property, or nil if it does not exist or
// cannot be seen.
func (c *Client) Page(ctx context.Context, id string) (*Page, error) {
	p, err := c.page(ctx, id)
	if atlassian.StatusOf(err) == http.StatusNotFound {
		return nil, nil
	}
	return p, wrap(err, "reading the page %s", id)
}

// Mine reports whether the account we act as created the page.
func (c *Client) Mine(ctx context.Context, p Page) (bool, error) {
	self, err := c.self(ctx)
	return p.Author != "" && p.Author == self, wrap(err, "asking which account this is")
}

// Property reads the page's property afresh, or returns nil.
func (c *Client) Property(ctx context.Context, pageID string) (*Property, error) {
	p, err := c.property(ctx, pageID)
	return p, wrap(err, "reading the state of the page %s", pageID)
}

// CreatePage creates a page. Nothing but its title keeps it from being created
// twice, so callers look first.
func (c *Client) CreatePage(ctx context.Context, n NewPage) (*Page, error) {
	p, err := c.createPage(ctx, n)
	return p, wrap(err, "creating the page “%s” in %s", n.Title, n.Space.Key)
}

// UpdatePage replaces the body of exactly the version p holds. A page that has
// moved on since is refused by the service with 409. Title and parent stay as
// they are; nobody is notified.
func (c *Client) UpdatePage(ctx context.Context, p Page, body, message string) error {
	return wrap(c.updatePage(ctx, p, body, message), "updating the page %s", p.ID)
}

// CreateProperty gives the page its first state; 409 if it has one already.
func (c *Client) CreateProperty(ctx context.Context, pageID string, s State) (*Property, error) {
	p, err := c.createProperty(ctx, pageID, s)
	return p, wrap(err, "marking the page %s", pageID)
}

// UpdateProperty replaces exactly the version p holds; 409 if another run has
// been faster. This compare-and-set is the lock between two runs.
func (c *Client) UpdateProperty(ctx context.Context, pageID string, p Property, s State) error {
	return wrap(c.updateProperty(ctx, pageID, p, s), "writing the state of the page %s", pageID)
}

// AddLabels adds labels to a page; those it has are left alone.
func (c *Client) AddLabels(ctx context.Context, pageID string, labels ...string) error {
	type label struct {
		Prefix string `json:"prefix"`
		Name   string `json:"name"`
	}
	body := make([]label, len(labels))
	for i, name := range labels {
		body[i] = label{"global", name}
	}
	err := c.api.JSON(ctx, http.MethodPost, c.v1()+"/content/"+url.PathEscape(pageID)+"/label", nil, body, nil)
	return wrap(err, "labelling the page %s", pageID)
}

// MostFound is how many pages a search returns at most.
const MostFound = 200

// PagesByLabel asks the search index for pages that carry one of the labels, the
// newest first, wherever people have moved them, and for pages of the space
// titled alsoTitled if that is given (one request for two questions). Archived
// pages are among them. The index lags behind writes. At most [MostFound] are
// returned.
func (c *Client) PagesByLabel(ctx context.Context, spaceKey string, labels []string, alsoTitled string) ([]Found, error) {
	quoted := make([]string, len(labels))
	for i, l := range labels {
		quoted[i] = quote(l)
	}
	which := "label in (" + strings.Join(quoted, ", ") + ")"
	if alsoTitled != "" {
		which = fmt.Sprintf("(%s OR (space = %s AND title = %s))", which, quote(spaceKey), quote(alsoTitled))
	}
	found, err := c.found(ctx, which)
	return found, wrap(err, "searching for pages with the labels %s", strings.Join(labels, ", "))
}

// PagesByTitle asks the search index for pages that have one of the titles, in any
// space, as [Client.PagesByLabel] does for labels.
func (c *Client) PagesByTitle(ctx context.Context, titles []string) ([]Found, error) {
	which := make([]string, len(titles))
	for i, t := range titles {
		which[i] = "title = " + quote(t)
	}
	found, err := c.found(ctx, "("+strings.Join(which, " OR ")+")")
	return found, wrap(err, "searching for pages by their titles")
}

// found are the pages that match, the newest first.
func (c *Client) found(ctx context.Context, which string) ([]Found, error) {
	cql := "type = page AND " + which + " ORDER BY created DESC"
	var answer struct {
		Results []struct {
			ID     string `json:"id"`
			Title  string `json:"title"`
			Status string `json:"status"`
			Space  struct {
				ID  json.Number `json:"id"`
				Key string      `json:"key"`
			} `json:"space"`
			Metadata struct {
				Labels struct {
					Results []struct {
						Name string `json:"name"`
					} `json:"results"`
				} `json:"labels"`
			} `json:"metadata"`
		} `json:"results"`
	}
	if err := c.search(ctx, cql, MostFound, "metadata.labels,space", &answer); err != nil {
		return nil, err
	}
	results := answer.Results[:min(len(answer.Results), MostFound)] // whatever it answers: each is read
	found := make([]Found, len(results))
	for i, r := range results {
		found[i] = Found{ID: r.ID, Title: r.Title, Status: r.Status, Space: r.Space.Key}
		if r.Space.ID != "" && r.Space.Key != "" {
			c.learn(Space{ID: r.Space.ID.String(), Key: r.Space.Key})
		}
		for _, l := range r.Metadata.Labels.Results {
			found[i].Labels = append(found[i].Labels, l.Name)
		}
	}
	return found, nil
}

// search asks the search index, also for pages that are archived.
func (c *Client) search(ctx context.Context, cql string, limit int, expand string, answer any) error {
	query := url.Values{"cql": {cql}, "limit": {strconv.Itoa(limit)}, "expand": {expand}}
	if context := c.everywhere(); context != "" {
		query.Set("cqlcontext", context)
	}
	return c.api.JSON(ctx, http.MethodGet, c.v1()+"/content/search", query, nil, answer)
}

// Users resolves the people a page mentions, by account id or user key. Those
// the service does not know are left out; with an error so are those that it
// could not be asked for.
func (c *Client) Users(ctx context.Context, ids []string) (map[string]outcome.User, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	u, err := c.users(ctx, ids)
	return u, wrap(err, "looking up the people the page mentions")
}

// quote writes a CQL string literal.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}

// decodeState reads a property's value. People who can edit the page can edit
// it, so a value that is no state of ours is an error, not a missing one.
func decodeState(raw json.RawMessage) (State, error) {
	var s State
	if err := json.Unmarshal(raw, &s); err != nil {
		return State{}, &ForeignStateError{}
	}
	return s, nil
}

// ForeignStateError says that a page's property bears our key and not our
// content.
type ForeignStateError struct{}

func (e *ForeignStateError) Error() string {
	return fmt.Sprintf("the page's property %q does not hold what refine writes there", PropertyKey)
}

// Hint says what to try.
func (e *ForeignStateError) Hint() string { return "delete that property of the page, or the page" }
