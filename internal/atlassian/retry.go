package atlassian

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	// maxAttempts bounds a request that is only told to slow down while the service
	// takes no other either.
	maxAttempts = 8
	// longestTold is how long a request is told to slow down at most.
	longestTold = 15 * time.Minute
	// maxFailures bounds a read from a service that is down.
	maxFailures = 4

	slowDown   = time.Second            // first wait after a 429 about one issue that names none
	breakDown  = 500 * time.Millisecond // first wait after a failure
	longestTry = 30 * time.Second       // a wait of our own choice
)

// checkRetry decides whether another attempt may be made: always after a 429,
// which had no effect; otherwise for reads, and for writes that never left.
func (c *Client) checkRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	state, ok := ctx.Value(callKey{}).(*call)
	switch {
	case ok && ctx.Err() != nil && state.told != nil:
		return false, context.Cause(ctx)
	case !ok || ctx.Err() != nil:
		return false, nil
	case err == nil && RetryAfter(resp.Header, time.Now()) > c.maxWait:
		return false, nil
	case err == nil && resp.StatusCode == http.StatusTooManyRequests:
		return c.patient(state, perIssue(resp.Header)), nil
	}
	state.failures++
	again := state.failures < maxFailures
	if err != nil {
		return again && (state.read || !state.sent.Load()) && !hopeless(err), nil
	}
	return again && state.read && transient(resp.StatusCode), nil
}

// patient reports whether a request that was told to slow down is tried again: while
// the service takes others, a limit is at work that lets this one through in its
// turn.
func (c *Client) patient(state *call, ownLimit bool) bool {
	if taken := c.limiter.progress(); taken != state.others && !ownLimit {
		state.others, state.slowed = taken, 0
	}
	if state.slowed++; state.since.IsZero() {
		state.since = time.Now()
	}
	return state.slowed < maxAttempts && time.Since(state.since) < longestTold
}

func transient(status int) bool {
	return status >= 500 && status != http.StatusNotImplemented || status == http.StatusRequestTimeout
}

// hopeless errors stay the same however often one tries.
func hopeless(err error) bool {
	_, badCert := errors.AsType[*tls.CertificateVerificationError](err)
	_, noTLS := errors.AsType[tls.RecordHeaderError](err)
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, oversize := errors.AsType[*oversizeError](err)
	return badCert || noTLS || unknown || oversize || errors.Is(err, errUnended)
}

// backoff waits what the service asks for, or doubles a wait of its own. The
// jitter only adds to what the service asked for. A limit of all requests is
// waited for by the limiter, which sends them one by one.
func (c *Client) backoff(_, _ time.Duration, tried int, resp *http.Response) time.Duration {
	first := breakDown
	if resp != nil && resp.StatusCode == http.StatusTooManyRequests {
		if !perIssue(resp.Header) {
			return 0
		}
		first = slowDown
	}
	wait := min(first<<min(tried, 6), longestTry)
	wait = time.Duration(float64(wait) * (0.7 + 0.6*rand.Float64()))
	if resp == nil {
		return wait
	}
	if asked := RetryAfter(resp.Header, time.Now()); asked > 0 {
		return asked + time.Duration(float64(min(asked, time.Second))*0.3*rand.Float64())
	}
	return wait
}

// RetryAfter is how long the service asks to wait: Retry-After as seconds or a
// date, else the reset time of Cloud's rate limit headers when nothing is left.
// Zero means that it does not say; Data Center answers 0 while tokens remain.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		return max(0, time.Duration(min(seconds, 1e6)*float64(time.Second)))
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, date.Sub(now))
	}
	if h.Get("X-RateLimit-Remaining") != "0" {
		return 0
	}
	reset, err := time.Parse(time.RFC3339, h.Get("X-RateLimit-Reset"))
	if err != nil {
		return 0
	}
	return max(0, reset.Sub(now))
}
