package atlassian

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	fastest = rate.Limit(50) // requests per second; Cloud takes 50 writes and 100 reads
	slowest = rate.Limit(1)
	burst   = 8

	// held is how long a pace stands until it counts as nearly right.
	held = 2 * time.Second
)

// A limiter paces all requests of a client. It halves its pace when the service
// says 429, or takes a fifth off one that had held, and quickens by about one
// request per second every second otherwise, so that the pace settles near the
// quota; and one 429 pauses everybody, because the next request would only earn
// another.
type limiter struct {
	rate *rate.Limiter

	mu     sync.Mutex
	paused time.Time // no request before
}

func newLimiter() *limiter {
	return &limiter{rate: rate.NewLimiter(fastest, burst)}
}

// wait returns when the next request may be sent, or that it may not be before
// the context ends.
func (l *limiter) wait(ctx context.Context) error {
	l.mu.Lock()
	pause := time.Until(l.paused)
	l.mu.Unlock()
	if pause > 0 {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
	if l.rate.Wait(ctx) != nil { // ended, or would end before
		return cmp.Or(context.Cause(ctx), context.DeadlineExceeded)
	}
	return nil
}

// feed learns from an answer.
func (l *limiter) feed(resp *http.Response) {
	l.mu.Lock()
	defer l.mu.Unlock()
	limit := l.rate.Limit()
	if resp.StatusCode != http.StatusTooManyRequests {
		l.rate.SetLimit(min(limit+1/limit, fastest))
		return
	}
	now := time.Now()
	if perIssue(resp.Header) || now.Before(l.paused) {
		return // one issue's own limit, or an answer to a request of before the pause
	}
	slower := limit / 2
	if !l.paused.IsZero() && now.Sub(l.paused) > held {
		slower = limit * 8 / 10
	}
	l.rate.SetLimit(max(fillRate(resp.Header, slower), slowest))
	l.paused = now.Add(max(RetryAfter(resp.Header, now), 100*time.Millisecond))
}

func perIssue(h http.Header) bool {
	return strings.Contains(h.Get("RateLimit-Reason"), "per-issue")
}

// fillRate is the sustained pace that Data Center names, else the given one.
func fillRate(h http.Header, otherwise rate.Limit) rate.Limit {
	tokens, err := strconv.ParseFloat(h.Get("X-RateLimit-FillRate"), 64)
	seconds, err2 := strconv.ParseFloat(h.Get("X-RateLimit-Interval-Seconds"), 64)
	if err != nil || err2 != nil || tokens <= 0 || seconds <= 0 {
		return otherwise
	}
	return min(rate.Limit(tokens/seconds), fastest)
}
