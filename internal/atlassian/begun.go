package atlassian

import (
	"context"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// Begun returns a context for n requests that are made side by side, and what waits until
// they are on their way, for a moment at most: where one has to wait for its turn, or is
// not made, nobody waits for it. What keeps all cores busy behind that delays no request;
// a connection that comes about meanwhile is heard of late.
func Begun(ctx context.Context, n int) (requests context.Context, onTheirWay func()) {
	var written atomic.Int64
	all := make(chan struct{})
	requests = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) {
		if written.Add(1) == int64(n) {
			close(all)
		}
	}})
	return requests, func() {
		select {
		case <-all:
		case <-ctx.Done():
		case <-time.After(shortly):
		}
	}
}

// shortly is what connections take that are made at once on a machine or in its network.
const shortly = 5 * time.Millisecond
