package atlassian

import (
	"net/http"
	"sync"
	"time"
)

// A clock tells the service's time by the date of its latest answer. Two
// machines whose own clocks are wrong agree on it.
type clock struct {
	mu   sync.Mutex
	date time.Time // to the second, as answers have it
	seen time.Time // when it came; only what has passed since counts
}

// read takes the time from an answer of the service itself; a cache tells an
// older one.
func (c *clock) read(h http.Header) {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil || h.Get("Age") != "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.date, c.seen = date, time.Now()
}

func (c *clock) now() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.date.IsZero() {
		return time.Time{}, false
	}
	return c.date.Add(time.Since(c.seen)), true
}

// Time is the service's time now, at most a second and an answer's way behind;
// false if no answer has told it yet.
func (c *Client) Time() (time.Time, bool) { return c.clock.now() }
