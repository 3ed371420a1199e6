package atlassian

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// A call is the state of one request over all its attempts. It travels in the
// context, because go-retryablehttp asks for a verdict on a dropped connection
// without saying which request it was.
type call struct {
	read     bool        // repeating it is harmless
	failures int         // attempts that failed otherwise than by a rate limit
	sent     atomic.Bool // the last attempt reached a connection: the service may have acted on it
	told     *APIError   // the last attempt was told to slow down
	access   string      // the access token that it carries, where one is fetched
	slowed   int         // how often it was in a row, while no other request was taken
	others   int64       // how many requests had been taken when it last was
	since    time.Time   // when it first was
}

type callKey struct{}

type readKey struct{}

// Read marks requests that only read although their method says otherwise,
// such as a search by POST, so that they are repeated like a GET.
func Read(ctx context.Context) context.Context {
	return context.WithValue(ctx, readKey{}, true)
}

type countKey struct{}

// Counting counts the requests that are sent with the context returned, repeated
// attempts included.
func Counting(ctx context.Context) (context.Context, func() int64) {
	n := new(atomic.Int64)
	return context.WithValue(ctx, countKey{}, n), n.Load
}

type anonymousKey struct{}

// Anonymous marks requests that go without credentials: what a service tells
// anybody is told also to those whose credentials are wrong.
func Anonymous(ctx context.Context) context.Context {
	return context.WithValue(ctx, anonymousKey{}, true)
}

func isAnonymous(ctx context.Context) bool {
	marked, _ := ctx.Value(anonymousKey{}).(bool)
	return marked
}

func isRead(req *http.Request) bool {
	marked, _ := req.Context().Value(readKey{}).(bool)
	return marked || req.Method == http.MethodGet || req.Method == http.MethodHead
}

// Do sends a request and returns its answer when that is a complete success;
// anything else is an [*APIError]. The body of the answer is in memory. Waits
// end with the request's context, and nothing is sent after it; but an attempt
// to write that is on its way is brought to its end, so that a write which took
// effect is known to have.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != c.base.Scheme || req.URL.Host != c.base.Host {
		return nil, fmt.Errorf("%s: refusing to send credentials to %s, which is not %s", c.product, req.URL.Host, c.base.Host)
	}
	state := &call{read: isRead(req)}
	resp, err := c.do(req, state)
	if state.access == "" || StatusOf(err) != http.StatusUnauthorized || ScopeMissing(err) {
		return resp, err
	}
	// The token may have been revoked, or ended while the request waited. What was
	// refused had no effect, so it may be sent again, once, with another.
	once, unread := again(req)
	if unread != nil {
		return nil, err
	}
	c.grant.drop(state.access)
	return c.do(once, &call{read: state.read})
}

// again is a request with its body from the start.
func again(req *http.Request) (out *http.Request, err error) {
	out = req.Clone(req.Context())
	switch {
	case req.Body == nil:
	case req.GetBody == nil:
		err = errors.New("the body is gone")
	default:
		out.Body, err = req.GetBody()
	}
	return out, err
}

func (c *Client) do(req *http.Request, state *call) (*http.Response, error) {
	req, err := c.prepare(req, state)
	if err != nil {
		return nil, err
	}
	retryable, err := retryablehttp.FromRequest(req)
	if err != nil {
		return nil, fmt.Errorf("%s: reading the body of %s %s: %w", c.product, req.Method, req.URL.Path, err)
	}
	if err := c.limiter.wait(req.Context()); err != nil {
		return nil, c.unsent(req, err)
	}
	resp, err := c.http.Do(retryable)
	switch {
	case err != nil && state.told != nil:
		return nil, state.told.impatient(cmp.Or(context.Cause(req.Context()), err))
	case err != nil:
		return nil, c.unanswered(req, state, err)
	}
	if err := c.refused(req, state, resp); err != nil {
		resp.Body.Close()
		return nil, err
	}
	return resp, nil
}

func (c *Client) prepare(req *http.Request, state *call) (*http.Request, error) {
	ctx := context.WithValue(req.Context(), callKey{}, state)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { state.sent.Store(true) },
	})
	req = req.Clone(ctx)
	if c.signer != nil && !isAnonymous(ctx) {
		if err := c.signer(req); err != nil {
			return nil, err
		}
	}
	req.Header.Set("User-Agent", c.userAgent)
	req.Header.Set("Accept", "application/json")
	return req, nil
}

// checkRedirect follows a read within the site and nothing else. The answer
// that redirects is then taken as the result, see refused.
func (c *Client) checkRedirect(req *http.Request, via []*http.Request) error {
	same := req.URL.Scheme == c.base.Scheme && req.URL.Host == c.base.Host
	if !same || via[0].Method != http.MethodGet || len(via) >= 5 {
		return http.ErrUseLastResponse
	}
	return nil
}

// attempt sends a request once, within its own time. It reads the answer to its
// end, so that a connection that breaks half-way counts as broken and is tried
// again.
type attempt struct {
	client  *Client
	next    http.RoundTripper
	timeout time.Duration
}

// RoundTrip starts nothing once the caller has given up. A write that has begun
// is finished nevertheless: giving up in its middle would leave nobody knowing
// what it did.
func (a *attempt) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	state, _ := ctx.Value(callKey{}).(*call)
	if !state.read {
		ctx = context.WithoutCancel(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	a.client.requests.Add(1)
	if n, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
	state.sent.Store(false)
	state.told = nil
	resp, err := a.exchange(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		state.sent.Store(false) // turned away
		state.told = a.client.refusal(req, resp)
	}
	a.client.limiter.feed(resp)
	a.client.clock.read(resp.Header)
	a.client.quota.read(resp)
	return resp, nil
}

// exchange is the request and its complete answer.
func (a *attempt) exchange(req *http.Request) (*http.Response, error) {
	start := time.Now()
	resp, err := a.next.RoundTrip(req)
	if err == nil {
		err = buffer(req.Context(), resp)
		if errors.Is(err, context.DeadlineExceeded) {
			err = errUnended
		}
	}
	a.logged(req, resp, err, time.Since(start))
	if err != nil {
		return nil, err
	}
	if _, err := resp.Location(); err != nil {
		resp.Header.Del("Location") // else the HTTP client's own error repeats it
	}
	return resp, nil
}

func (a *attempt) logged(req *http.Request, resp *http.Response, err error, took time.Duration) {
	attrs := []any{"product", a.client.product, "method", req.Method, "path", a.client.secrets.hide(req.URL.Path), "ms", took.Milliseconds()}
	if err != nil {
		a.client.log.DebugContext(req.Context(), "request failed", append(attrs, "error", a.client.secrets.hide(err.Error()))...)
		return
	}
	a.client.log.DebugContext(req.Context(), "request", append(attrs, "status", resp.StatusCode)...)
}
