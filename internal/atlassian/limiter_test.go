package atlassian

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A limited service takes so many requests a second and keeps so many in store, or,
// where it keeps none, counts those of the last second.
type limited struct {
	rate, store float64
	window      bool
	headers     func(l *limited) http.Header // of a refusal

	mu            sync.Mutex
	tokens        float64
	at            time.Time
	last          []time.Time
	taken, turned int
}

func (l *limited) take() bool {
	now := time.Now()
	if l.window {
		for len(l.last) > 0 && now.Sub(l.last[0]) >= time.Second {
			l.last = l.last[1:]
		}
		if float64(len(l.last)) >= l.rate {
			return false
		}
		l.last = append(l.last, now)
		return true
	}
	if l.at.IsZero() {
		l.tokens, l.at = l.store, now
	}
	l.tokens = min(l.store, l.tokens+now.Sub(l.at).Seconds()*l.rate)
	l.at = now
	if l.tokens < 1-1e-9 {
		return false
	}
	l.tokens--
	return true
}

func (l *limited) RoundTrip(*http.Request) (*http.Response, error) {
	time.Sleep(20 * time.Millisecond)
	l.mu.Lock()
	ok := l.take()
	if ok {
		l.taken++
	} else {
		l.turned++
	}
	l.mu.Unlock()
	time.Sleep(20 * time.Millisecond)
	resp := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(`{}`))}
	if !ok {
		resp.StatusCode, resp.Header = http.StatusTooManyRequests, l.headers(l)
		resp.Header.Set("Content-Type", "application/json")
	}
	return resp, nil
}

// least is the time in which the limit itself lets the requests through that were
// taken.
func (l *limited) least() time.Duration {
	store := l.store
	if l.window {
		store = l.rate
	}
	return time.Duration((float64(l.taken) - store) / l.rate * float64(time.Second))
}

func silent(*limited) http.Header { return http.Header{} }

func aSecond(*limited) http.Header { return http.Header{"Retry-After": {"1"}} }

func tells(l *limited) http.Header {
	number := func(f float64) []string { return []string{strconv.FormatFloat(f, 'g', -1, 64)} }
	return http.Header{"Retry-After": {"0"}, "X-Ratelimit-Limit": number(max(l.store, 1)), "X-Ratelimit-Remaining": {"0"},
		"X-Ratelimit-Fillrate": number(l.rate), "X-Ratelimit-Interval-Seconds": {"1"}}
}

// What a limit lets through in twenty seconds takes hardly longer, whatever the
// limit's shape and whatever it says of itself. Where it says least, and keeps
// nothing, the two pauses that tell its pace are a tenth of that already.
func TestLimitsOfAnyShape(t *testing.T) { // F2
	t.Parallel()
	says := map[string]func(*limited) http.Header{"nothing": silent, "a second": aSecond, "its pace": tells}
	for _, rate := range []float64{5, 10, 20} {
		for _, store := range []float64{0, 1, 2, 5, 10, 50} {
			for name, headers := range says {
				within := 1.28
				if store >= 10 || name == "its pace" || rate == 10 && name == "a second" && store != 2 {
					within = 1.165
				}
				t.Run(fmt.Sprintf("%g a second, %g in store, says %s", rate, store, name), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						l := &limited{rate: rate, store: store, window: store == 0, headers: headers}
						took := all(t, client(t, l), int(rate)*20)
						assert.LessOrEqual(t, took.Seconds()/l.least().Seconds(), within)
						assert.Less(t, l.turned, 16)
					})
				})
			}
		}
	}
}

// all sends so many requests, eight at a time.
func all(t *testing.T, c *Client, n int) time.Duration {
	t.Helper()
	var wg sync.WaitGroup
	start := time.Now()
	work := make(chan int)
	for range 8 {
		wg.Go(func() {
			for range work {
				if err := c.JSON(t.Context(), http.MethodPost, "/rest/x", nil, struct{}{}, nil); err != nil {
					assert.NoError(t, err)
				}
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	wg.Wait()
	require.NotZero(t, n)
	return time.Since(start)
}
