package atlassian

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A network answers without a network, so that waits cost nothing.
type network func(*http.Request) (*http.Response, error)

func (n network) RoundTrip(req *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	return n(req)
}

// unreachable fails before anything is sent.
type unreachable struct{ next http.RoundTripper }

func (u *unreachable) RoundTrip(req *http.Request) (*http.Response, error) {
	if u.next == nil {
		return nil, errors.New("connection refused")
	}
	next := u.next
	u.next = nil
	return next.RoundTrip(req)
}

// script answers one request after the other and repeats the last answer.
func script(answers ...func() (*http.Response, error)) network {
	var mu sync.Mutex
	return func(*http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		answer := answers[0]
		if len(answers) > 1 {
			answers = answers[1:]
		}
		return answer()
	}
}

func reply(status int, body string, headers ...string) func() (*http.Response, error) {
	return func() (*http.Response, error) {
		h := http.Header{"Content-Type": {"application/json"}}
		for i := 0; i+1 < len(headers); i += 2 {
			h.Set(headers[i], headers[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

func broken() (*http.Response, error) { return nil, errors.New("connection reset by peer") }

// short is an answer whose connection closes before its end.
func short() (*http.Response, error) {
	resp, err := reply(200, "")()
	resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"a":`), errorReader{io.ErrUnexpectedEOF}))
	return resp, err
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }

func client(t *testing.T, network http.RoundTripper) *Client {
	t.Helper()
	o := Options{Product: "Jira", BaseURL: "https://jira.example.com/ctx", Auth: Auth{User: "ana", Token: NewSecret("hunter2")}}
	base, err := parseBase(o.BaseURL)
	require.NoError(t, err)
	return newClient(o, base, network)
}

func TestRetries(t *testing.T) { // F2
	t.Parallel()
	ok, tooMany, down := reply(200, `{}`), reply(429, `{}`, "Retry-After", "3"), reply(503, `{}`)
	type answers []func() (*http.Response, error)
	for name, test := range map[string]struct {
		method    string
		reading   bool
		answers   answers
		requests  int64
		status    int // 0: success, -1: no answer
		ambiguous bool
		atLeast   time.Duration
	}{
		"a read after 503":                 {method: "GET", answers: answers{down, down, ok}, requests: 3},
		"a read gives up":                  {method: "GET", answers: answers{down}, requests: maxFailures, status: 503},
		"a read after a reset":             {method: "GET", answers: answers{broken, ok}, requests: 2},
		"a read after a cut answer":        {method: "GET", answers: answers{short, ok}, requests: 2},
		"a read after half of a document":  {method: "GET", answers: answers{reply(200, `{"a":[1,`), ok}, requests: 2},
		"a read not implemented":           {method: "GET", answers: answers{reply(501, `{}`)}, requests: 1, status: 501},
		"a read not found":                 {method: "GET", answers: answers{reply(404, `{}`)}, requests: 1, status: 404},
		"a search by POST after 503":       {method: "POST", reading: true, answers: answers{down, ok}, requests: 2},
		"a search by POST after a reset":   {method: "POST", reading: true, answers: answers{broken, ok}, requests: 2},
		"a search fails":                   {method: "POST", reading: true, answers: answers{down}, requests: maxFailures, status: 503},
		"a write after 429":                {method: "POST", answers: answers{tooMany, tooMany, ok}, requests: 3, atLeast: 6 * time.Second},
		"a write after 503":                {method: "POST", answers: answers{down, ok}, requests: 1, status: 503, ambiguous: true},
		"a change after 500":               {method: "PUT", answers: answers{reply(500, ``), ok}, requests: 1, status: 500, ambiguous: true},
		"a deletion after 502":             {method: "DELETE", answers: answers{reply(502, ``), ok}, requests: 1, status: 502, ambiguous: true},
		"a write after a reset":            {method: "POST", answers: answers{broken, ok}, requests: 1, status: -1, ambiguous: true},
		"a write with a cut answer":        {method: "POST", answers: answers{short, ok}, requests: 1, status: -1, ambiguous: true},
		"a write answered by half of JSON": {method: "POST", answers: answers{reply(201, `{"a":`), ok}, requests: 1, status: -1, ambiguous: true},
		"a write answered by a login page": {method: "POST", answers: answers{reply(200, `<html>`, "Content-Type", "text/html")}, requests: 1, status: 200, ambiguous: true},
		"a write refused":                  {method: "POST", answers: answers{reply(400, `{}`)}, requests: 1, status: 400},
		"a write in conflict":              {method: "PUT", answers: answers{reply(409, `{}`)}, requests: 1, status: 409},
		"429 without end":                  {method: "POST", answers: answers{tooMany}, requests: maxAttempts, status: 429, atLeast: 21 * time.Second},
		"429 for an hour":                  {method: "GET", answers: answers{reply(429, `{}`, "Retry-After", "3600")}, requests: 1, status: 429},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := client(t, script(test.answers...))
				ctx := t.Context()
				if test.reading {
					ctx = Read(ctx)
				}
				start := time.Now()
				err := c.JSON(ctx, test.method, "/rest/x", nil, struct{}{}, nil)
				assert.Equal(t, test.requests, c.Requests())
				assert.GreaterOrEqual(t, time.Since(start), test.atLeast)
				assert.Equal(t, test.ambiguous, Ambiguous(err))
				switch test.status {
				case 0:
					assert.NoError(t, err)
				case -1:
					require.Error(t, err)
					assert.Zero(t, StatusOf(err))
				default:
					assert.Equal(t, test.status, StatusOf(err))
				}
			})
		})
	}
}

func TestWhatWasNotSentIsSentAgain(t *testing.T) { // F2
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		first := true
		c := client(t, nil)
		c.http.HTTPClient.Transport = &attempt{client: c, timeout: time.Second, next: roundTrip(func(req *http.Request) (*http.Response, error) {
			if first {
				first = false
				return (&unreachable{}).RoundTrip(req)
			}
			return script(reply(201, `{}`)).RoundTrip(req)
		})}
		require.NoError(t, c.JSON(t.Context(), "POST", "/rest/x", nil, struct{}{}, nil))
		assert.EqualValues(t, 2, c.Requests())
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (r roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return r(req) }

func TestAnUnreachableSiteIsNotAmbiguous(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		err := client(t, &unreachable{}).JSON(t.Context(), "POST", "/rest/x", nil, struct{}{}, nil)
		require.ErrorContains(t, err, "Jira: POST /ctx/rest/x: connection refused")
		assert.False(t, Ambiguous(err))
		assert.Contains(t, HintOf(err), "jira.example.com")
	})
}

func TestTheBodyIsSentWithEveryAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var bodies []string
		c := client(t, network(func(req *http.Request) (*http.Response, error) {
			b, err := io.ReadAll(req.Body)
			bodies = append(bodies, string(b))
			if err != nil || len(bodies) < 3 {
				return reply(429, `{}`)()
			}
			return reply(200, `{"ok":true}`)()
		}))
		var out struct{ OK bool }
		require.NoError(t, c.JSON(t.Context(), "POST", "/rest/x", nil, map[string]int{"n": 1}, &out))
		assert.True(t, out.OK)
		assert.Equal(t, []string{`{"n":1}`, `{"n":1}`, `{"n":1}`}, bodies)
	})
}

func TestCancelEndsAWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := client(t, script(reply(429, `{}`, "Retry-After", "100")))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		err := c.JSON(ctx, "GET", "/rest/x", nil, nil, nil)
		require.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, time.Second, time.Since(start))

		// Everybody else waits too, and hears cancel.
		err = c.JSON(ctx, "GET", "/rest/y", nil, nil, nil)
		require.ErrorIs(t, err, context.Canceled)
		assert.EqualValues(t, 1, c.Requests())
	})
}

func TestAWriteThatWasTurnedAwayIsNotAmbiguous(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := client(t, script(reply(429, `{"message":"slow down"}`, "Retry-After", "60")))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		err := c.JSON(ctx, "POST", "/rest/x", nil, struct{}{}, nil)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Zero(t, time.Since(start), "a wait that would outlast it is not begun")
		assert.False(t, Ambiguous(err))
		assert.Equal(t, http.StatusTooManyRequests, StatusOf(err))
		assert.ErrorContains(t, err, "slow down; the wait before another attempt was cut short: context deadline exceeded")
		assert.Contains(t, HintOf(err), "run again in 1m0s")

		// So it is when the pace, which everybody keeps, would not be in time.
		c = client(t, script(reply(429, `{}`)))
		c.http.Backoff = func(time.Duration, time.Duration, int, *http.Response) time.Duration { return time.Second }
		c.limiter.pace, c.limiter.spare, c.limiter.store = 0.01, 1, 1
		ctx, cancel = context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		err = c.JSON(ctx, "POST", "/rest/x", nil, struct{}{}, nil)
		assert.ErrorContains(t, err, "cut short: context deadline exceeded")
		assert.Equal(t, http.StatusTooManyRequests, StatusOf(err))
	})
}

// slow answers a write after a while, unless its context ends before.
func slow(after time.Duration, answer func() (*http.Response, error)) network {
	return func(req *http.Request) (*http.Response, error) {
		select {
		case <-time.After(after):
			return answer()
		case <-req.Context().Done():
			return nil, context.Cause(req.Context())
		}
	}
}

func TestAWriteInFlightIsBroughtToItsEnd(t *testing.T) { // F2
	t.Parallel()
	for name, test := range map[string]struct {
		method    string
		answer    func() (*http.Response, error)
		takes     time.Duration // 0 means 5 seconds
		want      string        // of the error, empty for none
		ambiguous bool
		ends      time.Duration
	}{
		"it succeeds":          {method: "POST", answer: reply(201, `{}`), ends: 5 * time.Second},
		"it is refused":        {method: "PUT", answer: reply(409, `{}`), want: "409 Conflict", ends: 5 * time.Second},
		"it fails":             {method: "PUT", answer: reply(503, `{}`), want: "503", ambiguous: true, ends: 5 * time.Second},
		"its connection drops": {method: "POST", answer: broken, want: "connection reset", ambiguous: true, ends: 5 * time.Second},
		"it is turned away":    {method: "POST", answer: reply(429, `{}`), want: "cut short: the person went home", ends: 5 * time.Second},
		"it has its own time":  {method: "POST", takes: time.Hour, want: "no answer in time", ambiguous: true, ends: 30 * time.Second},
		"a read ends at once":  {method: "GET", answer: reply(200, `{}`), want: "the person went home", ends: time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := client(t, slow(cmp.Or(test.takes, 5*time.Second), test.answer))
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(time.Second, func() { cancel(errors.New("the person went home")) })
				start := time.Now()
				err := c.JSON(ctx, test.method, "/rest/x", nil, struct{}{}, nil)
				assert.Equal(t, test.ends, time.Since(start))
				assert.Equal(t, test.ambiguous, Ambiguous(err))
				assert.EqualValues(t, 1, c.Requests(), "nothing is sent after it")
				if test.want == "" {
					require.NoError(t, err)
					return
				}
				require.ErrorContains(t, err, test.want)
			})
		})
	}
}

func TestNothingIsSentAfterTheContextEnded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := client(t, script(reply(200, `{}`)))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := c.JSON(ctx, "POST", "/rest/x", nil, struct{}{}, nil)
		require.ErrorIs(t, err, context.Canceled)
		assert.False(t, Ambiguous(err))
		_, err = c.http.HTTPClient.Transport.RoundTrip(httptest.NewRequestWithContext(ctx, "POST", "/", nil))
		require.ErrorIs(t, err, context.Canceled, "nor when it ends after the last wait")
		assert.Zero(t, c.Requests())
	})
}

func TestAWaitLongerThanTheDeadlineIsNotBegun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter()
		l.pace, l.spare, l.store = 1, 1, 1
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		require.NoError(t, l.wait(ctx))
		start := time.Now()
		require.ErrorIs(t, l.wait(ctx), context.DeadlineExceeded)
		assert.Zero(t, time.Since(start))
	})
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		header http.Header
		want   time.Duration
	}{
		"none":            {http.Header{}, 0},
		"seconds":         {http.Header{"Retry-After": {"7"}}, 7 * time.Second},
		"a fraction":      {http.Header{"Retry-After": {"1.5"}}, 1500 * time.Millisecond},
		"tokens remain":   {http.Header{"Retry-After": {"0"}}, 0},
		"negative":        {http.Header{"Retry-After": {"-1"}}, 0},
		"a date":          {http.Header{"Retry-After": {"Fri, 20 Nov 2026 10:01:00 GMT"}}, time.Minute},
		"a date gone by":  {http.Header{"Retry-After": {"Fri, 20 Nov 2026 09:01:00 GMT"}}, 0},
		"absurd":          {http.Header{"Retry-After": {"1e300"}}, 1e6 * time.Second},
		"nonsense":        {http.Header{"Retry-After": {"soon"}}, 0},
		"a reset":         {http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset": {"2026-11-20T10:00:30Z"}}, 30 * time.Second},
		"a reset, unused": {http.Header{"X-Ratelimit-Remaining": {"5"}, "X-Ratelimit-Reset": {"2026-11-20T10:00:30Z"}}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, RetryAfter(test.header, now))
		})
	}
}

// bucket is a service that takes so many requests in each second.
func bucket(perSecond int) network {
	var mu sync.Mutex
	var window int64
	var used int
	return func(*http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now().Unix(); now != window {
			window, used = now, 0
		}
		if used++; used > perSecond {
			return reply(429, `{}`, "Retry-After", "1", "RateLimit-Reason", "jira-burst-based")()
		}
		return reply(200, `{}`)()
	}
}

func TestThePaceSettlesNearTheQuota(t *testing.T) { // F2
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const requests, workers, quota = 300, 16, 20
		c := client(t, bucket(quota))
		start := time.Now()
		var wg sync.WaitGroup
		for w := range workers {
			wg.Go(func() {
				for n := w; n < requests; n += workers {
					assert.NoError(t, c.JSON(t.Context(), "GET", "/rest/"+strconv.Itoa(n), nil, nil, nil))
				}
			})
		}
		wg.Wait()
		assert.Less(t, time.Since(start), 2*requests/quota*time.Second)
		assert.Less(t, c.Requests(), int64(requests*5/4))
	})
}

func TestOneIssuesLimitSlowsNobodyElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := client(t, network(func(req *http.Request) (*http.Response, error) {
			if strings.HasSuffix(req.URL.Path, "/busy") {
				return reply(429, `{}`, "Retry-After", "60", "RateLimit-Reason", "jira-per-issue-on-write")()
			}
			return reply(200, `{}`)()
		}))
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { _ = c.JSON(ctx, "PUT", "/busy", nil, struct{}{}, nil) })
		synctest.Wait()
		start := time.Now()
		require.NoError(t, c.JSON(ctx, "PUT", "/free", nil, struct{}{}, nil))
		assert.Less(t, time.Since(start), time.Second)
		cancel()
		wg.Wait()
	})
}

func TestDataCenterNamesItsPace(t *testing.T) {
	t.Parallel()
	pace, left, ok := fillOf(http.Header{"X-Ratelimit-Fillrate": {"30"}, "X-Ratelimit-Interval-Seconds": {"10"}, "X-Ratelimit-Remaining": {"4"}})
	assert.InDelta(t, 3, pace, 0)
	assert.InDelta(t, 4, left, 0)
	assert.True(t, ok)
	_, _, ok = fillOf(http.Header{"X-Ratelimit-Fillrate": {"30"}, "X-Ratelimit-Interval-Seconds": {"0"}})
	assert.False(t, ok)
}
