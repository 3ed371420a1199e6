package atlassian

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// A Quota is what a service says is left of its rate limit.
type Quota struct {
	Left, Limit int           // requests; Limit is 0 if it is not told
	Wait        time.Duration // how long it asks to wait; 0 for not at all
}

// quota keeps what the latest answer told.
type quota struct {
	mu   sync.Mutex
	last Quota
	told bool
}

func (q *quota) read(resp *http.Response) {
	left, err := strconv.Atoi(resp.Header.Get("X-RateLimit-Remaining"))
	refused := resp.StatusCode == http.StatusTooManyRequests
	if err != nil && !refused {
		return
	}
	limit, _ := strconv.Atoi(resp.Header.Get("X-RateLimit-Limit")) // 0 if it is not told
	q.mu.Lock()
	defer q.mu.Unlock()
	q.last, q.told = Quota{Left: left, Limit: limit}, true
	if refused {
		q.last.Wait = RetryAfter(resp.Header, time.Now())
	}
}

// Quota is what the latest answer that told of the rate limit said; false if none
// did.
func (c *Client) Quota() (Quota, bool) {
	c.quota.mu.Lock()
	defer c.quota.mu.Unlock()
	return c.quota.last, c.quota.told
}
