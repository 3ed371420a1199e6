package atlassian_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

// Who begins requests side by side goes on once they are written, and so does who waits
// for one that is never made.
func TestBegun(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	answer := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1); <-answer }))
	t.Cleanup(s.Close)
	requests, onTheirWay := atlassian.Begun(t.Context(), 2)
	done := make(chan error, 2)
	for range 2 {
		go func() {
			req, err := http.NewRequestWithContext(requests, http.MethodGet, s.URL, nil)
			if err == nil {
				var resp *http.Response
				if resp, err = http.DefaultClient.Do(req); err == nil {
					err = resp.Body.Close()
				}
			}
			done <- err
		}()
	}
	onTheirWay()
	close(answer)
	for range 2 {
		require.NoError(t, <-done)
	}
	assert.EqualValues(t, 2, asked.Load())

	_, onTheirWay = atlassian.Begun(t.Context(), 1)
	onTheirWay() // nobody asks
	stopped, stop := context.WithCancel(t.Context())
	_, onTheirWay = atlassian.Begun(stopped, 1)
	stop()
	onTheirWay()
}
