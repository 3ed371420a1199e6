package atlassian

import (
	"net/http"
	"time"
)

// CloudID is the id that [Connect] looked up or was given, empty without a gateway.
func (c *Client) CloudID() string { return c.cloudID }

// Hasty makes a client repeat at once, for tests over a real network.
func Hasty(c *Client) *Client {
	c.http.Backoff = func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return 0 }
	return c
}
