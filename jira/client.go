package jira

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	gojira "github.com/andygrunwald/go-jira"
	"golang.org/x/sync/errgroup"

	"refine/internal/atlassian"
	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// Learning says when a client asks the site for its fields.
type Learning int

const (
	LearnFirst Learning = iota // before anything else, so that what fails is told by New
	LearnAhead                 // side by side with what comes next; who needs them hears what failed
	LearnLater                 // once something needs them, which in a sync hardly anything does
)

// Options of a client. Atlassian is required.
type Options struct {
	Atlassian *atlassian.Client
	// Deployment is cloud or datacenter; auto or empty asks the site, and with it
	// what address people reach it by.
	Deployment string
	// Fields say which of the site's fields mean what, where the defaults don't.
	Fields []FieldName
	// Learn says when the site is asked for its fields.
	Learn Learning
	// Memory is a file that holds what the fields of sites meant the last time, see
	// [Client.Remembered]; empty for none.
	Memory      string
	Concurrency int          // requests side by side, 0 means 4
	Log         *slog.Logger // nil means none
}

// A Client talks to one site. It is safe for concurrent use.
type Client struct {
	http        *atlassian.Client
	jira        *gojira.Client
	site        site
	cloud       bool
	configured  []FieldName
	at, browse  string // the site's address for the program and for people, without a trailing slash
	concurrency int
	log         *slog.Logger

	selfMu sync.Mutex
	self   *user // whom we act as, once asked
	takes  takes

	fieldsMu sync.RWMutex
	known    fields // by what they mean, nil until they were asked for
	failed   error  // what came of asking ahead, for the first who needs them

	memory string      // file of what they meant the last time, empty for none
	learnt atomic.Bool // so that they need not be guessed
}

// A site is what differs between Cloud and Data Center, chosen once.
type site interface {
	// search returns the page of results that begins at cursor, empty for the
	// first.
	search(ctx context.Context, q query, cursor string) (page, error)
	// count says how many issues a query matches that was not read to its end.
	count(ctx context.Context, q query, last page) (int, error)
	// issues reads those of at most 100 keys that exist and may be seen.
	issues(ctx context.Context, keys []string) ([]issue, error)
	// changelogs completes those of the issues that are absent or may be cut, as
	// far as the site tells.
	changelogs(ctx context.Context, found []issue) error
	// marks reads the marks of those comments that may be the session's, by
	// comment id.
	marks(ctx context.Context, s session, comments []comment) (map[string]reading, error)
	// marked reads those of the issues that may carry a mark of ours, with their
	// properties and changes; known are those that a comment of ours names.
	marked(ctx context.Context, keys []string, known func(string) bool) ([]issue, error)
	// epicClause matches the children of an epic.
	epicClause(key string) string
	// richText reads a field of an issue that holds formatted text.
	richText(ctx context.Context, key, fieldID string) (richText, error)
	// setText replaces it.
	setText(ctx context.Context, key, fieldID string, text richText) error
}

// New asks the site what it is where that is not given, and for its fields unless
// they are left for later.
func New(ctx context.Context, o Options) (*Client, error) {
	base := o.Atlassian.URL("")
	gj, err := gojira.NewClient(o.Atlassian, base)
	if err != nil {
		return nil, fmt.Errorf("jira: %w", err)
	}
	c := &Client{
		http:        o.Atlassian,
		jira:        gj,
		at:          strings.TrimRight(base, "/"),
		configured:  o.Fields,
		concurrency: cmp.Or(o.Concurrency, 4),
		takes:       takes{turn: make(chan struct{}, 1)},
		memory:      o.Memory,
		log:         cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	if err := c.discover(ctx, o); err != nil {
		return nil, err
	}
	return c, nil
}

// discover asks what the site is and which fields it has, side by side.
func (c *Client) discover(ctx context.Context, o Options) error {
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() error { return c.identify(gctx, o.Deployment) })
	switch o.Learn {
	case LearnFirst:
		group.Go(func() error { return c.Learn(gctx) })
	case LearnAhead:
		c.fieldsMu.Lock()
		go func() {
			defer c.fieldsMu.Unlock()
			c.failed = c.learn(ctx)
		}()
	}
	return group.Wait()
}

// Learn asks the site for its fields unless they are known, so that queries can be
// written ([Client.BacklogJQL] and the like) and issues be read whole. What reads
// a plan's issues does so by itself.
func (c *Client) Learn(ctx context.Context) error {
	c.fieldsMu.Lock()
	defer c.fieldsMu.Unlock()
	if failed := c.failed; failed != nil { // of what was begun before; whoever comes next asks anew
		c.failed = nil
		return failed
	}
	if c.known != nil {
		return nil
	}
	return c.learn(ctx)
}

// learn asks for them; the caller holds their lock.
func (c *Client) learn(ctx context.Context) error {
	var list []field
	if err := c.call(ctx, http.MethodGet, "rest/api/2/field", nil, &list); err != nil {
		return fmt.Errorf("reading the fields: %w", err)
	}
	resolved, err := resolve(list, c.configured)
	if err != nil {
		return err
	}
	c.known = resolved
	c.learnt.Store(true)
	c.keep(ctx)
	for meaning, found := range resolved {
		c.log.DebugContext(ctx, "field", "meaning", meaning, "fields", names(found))
	}
	return nil
}

// fields are the site's as far as they are known.
func (c *Client) fields() fields {
	c.fieldsMu.RLock()
	defer c.fieldsMu.RUnlock()
	return c.known
}

const (
	cloudName = "cloud"
	dcName    = "datacenter"
)

// identify sets what depends on the deployment.
func (c *Client) identify(ctx context.Context, deployment string) error {
	c.browse = c.http.PeoplesURL(c.at)
	nobodys := c.http.Gateway() && c.browse == c.at
	if deployment == "" || deployment == "auto" {
		deployment = c.http.Deployment()
	}
	// The gateway is no place for people, so its site is asked for, too.
	if deployment == "" || nobodys {
		var err error
		if deployment, err = c.ask(ctx, deployment); err != nil {
			return err
		}
	}
	switch deployment {
	case cloudName:
		c.be(true)
	case dcName:
		c.be(false)
	default:
		return fmt.Errorf("jira: the deployment %q is none of auto, %s, %s", deployment, cloudName, dcName)
	}
	return nil
}

// be takes the site for Cloud or Data Center.
func (c *Client) be(onCloud bool) {
	if c.cloud = onCloud; onCloud {
		c.site = cloud{c}
		return
	}
	c.site = dataCenter{c}
}

// ask reads the server's own description of itself, and with it the address that
// people use: the one we were given may be an inner one.
func (c *Client) ask(ctx context.Context, deployment string) (string, error) {
	told, err := Describe(ctx, c.http)
	if err != nil {
		return "", err
	}
	c.browse = c.http.PeoplesURL(cmp.Or(told.BaseURL, c.at))
	switch {
	case deployment != "":
		return deployment, nil
	case told.Cloud:
		return cloudName, nil
	}
	return dcName, nil
}

// Atlassian is the client that the requests go through.
func (c *Client) Atlassian() *atlassian.Client { return c.http }

// Site is the address that people reach the site by, as far as it is known.
func (c *Client) Site() string { return c.browse }

// Cloud reports whether the site is Atlassian Cloud.
func (c *Client) Cloud() bool { return c.cloud }

// Requests counts the requests sent so far, repeated attempts included.
func (c *Client) Requests() int64 { return c.http.Requests() }

// Browse is where a person reads an issue.
func (c *Client) Browse(key string) string {
	return c.browse + "/browse/" + url.PathEscape(key)
}

// IssueAddresses are how the addresses of issues begin: for people, then for the
// program where that has another.
func (c *Client) IssueAddresses() []string {
	all := []string{c.Browse("")}
	if c.at != c.browse {
		all = append(all, c.at+"/browse/")
	}
	return all
}

// forPeople is a note whose links to issues lead to where people reach them. Its
// mark is made of what stands on the page, whose lines it is to recognise.
func (c *Client) forPeople(n outcome.Note) outcome.Note {
	if c.at == c.browse {
		return n
	}
	n.Entries = slices.Clone(n.Entries)
	for i, e := range n.Entries {
		n.Entries[i].Text, n.Entries[i].Reason = c.rebased(e.Text), c.rebased(e.Reason)
	}
	return n
}

func (c *Client) rebased(t outcome.Text) outcome.Text {
	t = slices.Clone(t)
	for i, r := range t {
		if r.URL == "" {
			continue
		}
		t[i].URL = outcome.Rebased(r.URL, c.at, c.browse)
		if r.Text == r.URL {
			t[i].Text = t[i].URL
		}
	}
	return t
}

// call sends one request and decodes its answer into out unless that is nil.
func (c *Client) call(ctx context.Context, method, path string, in, out any) error {
	req, err := c.jira.NewRequestWithContext(ctx, method, path, in)
	if err != nil {
		return fmt.Errorf("jira: preparing a request: %w", err)
	}
	resp, err := c.jira.Do(req, nil)
	if err != nil {
		return err // of atlassian, complete
	}
	return c.http.Decode(req, resp.Response, out)
}

// read is call for a request that only reads although it is a POST.
func (c *Client) read(ctx context.Context, path string, in, out any) error {
	return c.call(atlassian.Read(ctx), http.MethodPost, path, in, out)
}

func issuePath(key string) string { return "rest/api/2/issue/" + url.PathEscape(key) }

var issueKey = lazyregexp.New(`^[A-Za-z][A-Za-z0-9_]*-[0-9]{1,18}$`)

// checkKey refuses what cannot be an issue key, before it reaches a path.
func checkKey(key string) error {
	if !issueKey.MatchString(key) {
		return fmt.Errorf("%q is not an issue key such as PAY-7", key)
	}
	return nil
}
