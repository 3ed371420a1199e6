package atlassian

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Options of a client. BaseURL and Auth are required.
type Options struct {
	Product string // "Jira" or "Confluence", for messages
	// BaseURL is the site as a person enters it, context path included, or the
	// API gateway's address of it.
	BaseURL    string
	Deployment string // cloud or datacenter, for messages; else what the address tells
	// Site is the address that people use where BaseURL is the API gateway's;
	// empty means what the site tells, else BaseURL.
	Site string
	// Gateway makes [Connect] send the requests for the site at BaseURL to this
	// API gateway; CloudID is the site's id there, empty looks it up.
	Gateway, CloudID string
	Auth             Auth
	CAFile           string        // PEM file of certificate authorities trusted beside the system's
	ClientCert       string        // PEM files for mutual TLS
	ClientKey        string        //
	Proxy            string        // URL; empty means the environment's proxy
	Timeout          time.Duration // of one attempt, 0 means 30 seconds
	MaxWait          time.Duration // longest Retry-After that is waited for, 0 means 2 minutes
	// Network sends the requests; the options for proxy and certificates are
	// those of the one that is made if it is nil.
	Network   http.RoundTripper
	UserAgent string       // empty means "refine"
	Log       *slog.Logger // nil means none
}

// A Client sends requests to one site. It is safe for concurrent use.
type Client struct {
	product    string
	base       *url.URL // without a trailing slash
	people     *url.URL // where people reach the site, as far as it is known
	cloudID    string   // at the gateway
	deployment string   // empty if not known
	auth       Auth
	grant      *grant // nil unless access tokens are fetched
	signer     signer
	secrets    *vault
	userAgent  string
	maxWait    time.Duration
	log        *slog.Logger
	limiter    *limiter
	http       *retryablehttp.Client
	requests   atomic.Int64
	clock      clock
	quota      quota
}

// New checks the options and returns a client. It sends nothing.
func New(o Options) (*Client, error) {
	base, err := parseBase(o.BaseURL)
	if err != nil {
		return nil, err
	}
	if err := o.Auth.validate(); err != nil {
		return nil, fmt.Errorf("credentials for %s: %w", base.Host, err)
	}
	network, err := networkOf(o)
	if err != nil {
		return nil, err
	}
	c := newClient(o, base, network)
	if people, err := parseBase(o.Site); err == nil {
		c.people = people
	}
	if o.Auth.kind() != OAuth2 {
		return c, nil
	}
	c.signer = c.signByGrant
	if c.grant, err = newGrant(o, base); err != nil {
		return nil, fmt.Errorf("credentials for %s: %w", base.Host, err)
	}
	return c, nil
}

func networkOf(o Options) (http.RoundTripper, error) {
	if o.Network != nil {
		return o.Network, nil
	}
	return Transport(o)
}

func newClient(o Options, base *url.URL, transport http.RoundTripper) *Client {
	c := &Client{
		product:    cmp.Or(o.Product, "Atlassian"),
		base:       base,
		people:     base,
		signer:     o.Auth.sign,
		deployment: deploymentOf(o.Deployment, base),
		auth:       o.Auth,
		secrets:    newVault(secretsOf(o.Auth, o.Proxy)),
		userAgent:  cmp.Or(o.UserAgent, "refine"),
		maxWait:    cmp.Or(o.MaxWait, 2*time.Minute),
		log:        cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
		limiter:    newLimiter(),
	}
	c.http = &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport:     &attempt{client: c, next: transport, timeout: cmp.Or(o.Timeout, 30*time.Second)},
			CheckRedirect: c.checkRedirect,
		},
		RetryMax:     math.MaxInt, // checkRetry says when it is enough
		CheckRetry:   c.checkRetry,
		Backoff:      c.backoff,
		PrepareRetry: func(req *http.Request) error { return c.limiter.wait(req.Context()) },
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	return c
}

func parseBase(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case s == "":
		return nil, errors.New("no address given")
	case err != nil:
		// The error of net/url repeats its input, which may hold a password.
		return nil, errors.New("the address is not a URL")
	case u.User != nil:
		return nil, fmt.Errorf("the address of %s contains credentials: give them as user and token", u.Host)
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return nil, fmt.Errorf("%q is not an address such as https://example.atlassian.net", s)
	case u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("the address of %s has more than a path", u.Host)
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return u, nil
}

// URL is the address of a path on the site. The path is escaped already and
// starts with a slash; the site's context path is kept.
func (c *Client) URL(path string) string {
	return c.base.String() + "/" + strings.TrimLeft(path, "/")
}

// PeoplesURL is the address that people use: what the site told of its own, or
// the site's if that is no address. Where the site tells the API gateway's, it is
// that place on the site, as far as the site is known. Without a trailing slash.
func (c *Client) PeoplesURL(told string) string {
	u, err := parseBase(told)
	if err != nil {
		return c.people.String()
	}
	if path, ok := within(u, c.base); ok {
		return c.people.String() + path
	}
	return u.String()
}

// Requests counts the requests sent so far, repeated attempts included.
func (c *Client) Requests() int64 { return c.requests.Load() }

// JSON sends in as the JSON body of a request, nil for none, and decodes the
// answer into out, nil to ignore it. The path is escaped already.
func (c *Client) JSON(ctx context.Context, method, path string, query url.Values, in, out any) error {
	req, err := c.newRequest(ctx, method, path, query, in)
	if err != nil {
		return err
	}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return c.Decode(req, resp, out)
}

// Decode reads the answer that [Client.Do] gave to a request into out, nil to
// ignore it.
func (c *Client) Decode(req *http.Request, resp *http.Response, out any) error {
	defer resp.Body.Close()
	if out == nil {
		return nil
	}
	decode := json.NewDecoder(resp.Body).Decode
	if b, ok := resp.Body.(*read); ok && len(b.all) > 0 && b.Len() == len(b.all) && isJSON(resp) {
		decode = func(out any) error { return json.Unmarshal(b.all, out) } // which copies nothing
	}
	if err := decode(out); err != nil {
		return c.unexpected(req, resp.StatusCode, err)
	}
	return nil
}

func (c *Client) newRequest(ctx context.Context, method, path string, query url.Values, in any) (*http.Request, error) {
	var body io.Reader
	if in != nil {
		b, err := encoded(in)
		if err != nil {
			return nil, fmt.Errorf("encoding the body of %s %s: %w", method, path, err)
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.URL(path), body)
	if err != nil {
		return nil, fmt.Errorf("%s: %s is not a path", c.product, path)
	}
	if len(query) > 0 {
		req.URL.RawQuery = query.Encode()
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// encoded is a body as JSON. Its "<" stay as they are: escaped they would take six bytes
// each, and pages in storage format are full of them.
func encoded(in any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(in); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
