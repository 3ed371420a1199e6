package atlassian

import (
	"cmp"
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	fastest = 90.0 // requests per second; Cloud takes 100 reads and creations
	slowest = 0.05
	burst   = 8.0 // that may leave at once while nothing speaks against it

	// unsaid is the pause after a refusal that does not say how long it is to be.
	// It doubles while nothing is taken.
	unsaid = 100 * time.Millisecond
	// few is how many requests tell too little to go by, and most how many are
	// remembered.
	few  = burst
	most = 1000
	// unknown is the pace that the search begins with where the first refusal came
	// too soon to tell anything.
	unknown = 8.0
	// margin is how far below a service's pace we stay, since it measures where
	// requests arrive; step is how much quicker the next pace is that is tried, after
	// probes requests at the one before; and near is how near to a pace that was
	// refused none is tried any more.
	margin = 0.97
	step   = 1.1
	probes = 2
	near   = 1.14
	// rest is how long the paces that were refused count.
	rest = time.Minute
)

// A limiter paces all requests of a client to what the service takes. Until the
// service refuses one, they leave as they come. From then on they leave one by
// one, at the pace that the service tells, else at one that is sought: from below,
// in small steps, until one is refused. What the service took until then tells its
// limit, be that a store which fills at some pace, a number for each second, or a
// least time between two. Each step too far costs a pause, so that there is hardly
// more than one. A refusal pauses everybody, because the next request would only
// earn another.
type limiter struct {
	turn chan struct{} // to wait for the pace

	mu     sync.Mutex
	pace   float64   // requests per second
	spare  float64   // how many may leave at once after a time without any
	store  float64   // of those, how many are left
	filled time.Time // when that was so
	paused time.Time // no request before

	told    bool        // the service told its pace
	keeps   float64     // how many requests it took at once before it refused one, 0 until then
	refused float64     // the slowest pace that was refused since, 0 for none
	held    float64     // the quickest that was not
	tried   float64     // requests taken at this pace
	taken   float64     // requests taken since the last refusal
	since   time.Time   // the last refusal, or the first request
	sent    []time.Time // requests since the last pause
	idle    int         // refusals since a request was taken

	accepted int64 // requests taken in all
}

func newLimiter() *limiter {
	return &limiter{turn: make(chan struct{}, 1), pace: fastest, spare: burst, store: burst}
}

// wait returns when the next request may be sent, or that it may not be before
// the context ends. Requests wait in the order in which they came, and only the
// first of them for the pace, so that what is learnt meanwhile counts at once.
func (l *limiter) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case l.turn <- struct{}{}:
	}
	defer func() { <-l.turn }()
	for {
		pause := l.take(time.Now())
		if pause <= 0 {
			return nil
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < pause {
			return cmp.Or(context.Cause(ctx), context.DeadlineExceeded)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
}

// take takes what the next request needs of the store, or says how long to wait
// for it.
func (l *limiter) take(now time.Time) (pause time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Before(l.paused) {
		return l.paused.Sub(now)
	}
	if l.filled.IsZero() {
		l.filled, l.since = now, now
	}
	if now.After(l.filled) {
		l.store = min(l.store+now.Sub(l.filled).Seconds()*l.pace, l.spare)
		l.filled = now
	}
	if lacking := 1 - l.store; lacking > 1e-6 {
		return time.Duration(lacking/l.pace*float64(time.Second)) + 1
	}
	if l.store--; l.refusing() {
		l.resume()
		if l.sent = append(l.sent, now); len(l.sent) > most {
			l.sent = slices.Clone(l.sent[most/2:])
		}
	}
	return 0
}

// progress counts the requests that the service took.
func (l *limiter) progress() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.accepted
}

// feed learns from an answer.
func (l *limiter) feed(resp *http.Response) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if resp.StatusCode != http.StatusTooManyRequests {
		l.took(resp.Header, now)
		return
	}
	if perIssue(resp.Header) || now.Before(l.paused) {
		return // one issue's own limit, or an answer to a request of before the pause
	}
	if pace, _, ok := fillOf(resp.Header); ok {
		l.told, l.pace = true, max(min(pace*margin, fastest), slowest)
	} else if l.idle == 0 && l.keeps > 0 {
		l.slow(now)
	}
	if l.keeps > 0 {
		l.taken = 0
	}
	l.tried, l.since, l.sent = 0, now, nil
	l.paused = now.Add(l.pause(resp.Header, now))
	l.idle++
	l.spare, l.store, l.filled = 1, 1, l.paused
}

// pause is how long nobody may send after a refusal.
func (l *limiter) pause(h http.Header, now time.Time) time.Duration {
	asked := RetryAfter(h, now)
	switch {
	case asked > 0:
		return asked
	case l.told: // until it has one again
		return max(time.Duration(float64(time.Second)/l.pace), unsaid<<min(l.idle, 2))
	}
	return unsaid << min(l.idle, 8)
}

// refusing reports whether the service has refused a request, so that its pace is
// kept or sought.
func (l *limiter) refusing() bool { return !l.paused.IsZero() }

// resume begins the search for the pace when the first pause is over. By then the
// answers to all that left before it are there.
func (l *limiter) resume() {
	if l.keeps > 0 || l.told {
		return
	}
	l.keeps, l.refused = max(l.taken, 1), math.Inf(1)
	l.pace = unknown
	if l.keeps >= few {
		l.pace = min(l.keeps*margin, fastest/2) // as if it were what a second allows
	}
	l.taken, l.tried = 0, 0
}

// took notes that a request was taken, and quickens.
func (l *limiter) took(h http.Header, now time.Time) {
	l.accepted++
	l.taken++
	l.tried++
	if !now.Before(l.paused) { // else it left before the pause
		l.idle = 0
	}
	if pace, left, ok := fillOf(h); ok && left <= l.spare { // before it refuses
		l.told, l.pace = true, min(pace*margin, fastest)
		l.store = min(l.store, left)
		return
	}
	if l.told || l.keeps == 0 {
		return
	}
	if now.Sub(l.since) > rest {
		l.refused, l.since, l.taken = math.Inf(1), now, 0
	}
	enough := float64(probes)
	if l.keeps >= few && l.held == 0 {
		enough = l.pace // requests, of a second
	}
	if l.tried < enough || l.pace*near > l.refused {
		return
	}
	l.held = max(l.held, l.pace)
	l.pace, l.tried = min(l.pace*step, fastest), 0
}

// slow finds a pace below the one that was refused, by what was taken since the last
// pause and what was not any more.
func (l *limiter) slow(now time.Time) {
	if l.keeps > 1 && l.pace > l.keeps && l.lately(now) <= l.keeps { // it counts those of a second
		l.pace = l.keeps * margin
		l.refused, l.held = l.pace, l.pace
		return
	}
	low, high := l.least(len(l.sent)-1), min(l.least(len(l.sent)), l.refused, l.pace)
	switch { // what is worked out, and not tried
	case l.keeps > 1 && len(l.sent) < few:
		low /= step
	case l.keeps > 1:
		low *= margin
	}
	l.refused, l.held = high, min(low, high*margin)
	l.pace = max(l.held, high/2, slowest)
}

// lately is how many requests were taken of the second before the one that was
// refused, more than any if it is not known.
func (l *limiter) lately(now time.Time) (n float64) {
	if now.Sub(l.since) < time.Second {
		return math.Inf(1)
	}
	for _, at := range l.sent[:max(len(l.sent)-1, 0)] {
		if l.sent[len(l.sent)-1].Sub(at) < time.Second {
			n++
		}
	}
	return n
}

// least is the slowest pace at which a service that keeps so many in store takes
// the first n of those that left since the last pause, before which the store was
// empty. The last of all is the one that was refused.
func (l *limiter) least(n int) float64 {
	pause := l.paused.Sub(l.since).Seconds()
	takes := func(pace float64) bool {
		store := min(max(pause*pace, 1), l.keeps)
		for i, at := range l.sent[:max(n, 0)] {
			if i > 0 {
				store = min(l.keeps, store+at.Sub(l.sent[i-1]).Seconds()*pace)
			}
			if store--; store < 0 {
				return false
			}
		}
		return true
	}
	low, high := slowest, fastest
	for range 20 {
		if mid := (low + high) / 2; takes(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}

func perIssue(h http.Header) bool {
	return strings.Contains(h.Get("RateLimit-Reason"), "per-issue")
}

// fillOf is the sustained pace that Data Center tells, in requests per second, and
// how many it would take at once.
func fillOf(h http.Header) (pace, left float64, ok bool) {
	tokens, err := strconv.ParseFloat(h.Get("X-RateLimit-FillRate"), 64)
	seconds, err2 := strconv.ParseFloat(h.Get("X-RateLimit-Interval-Seconds"), 64)
	left, err3 := strconv.ParseFloat(h.Get("X-RateLimit-Remaining"), 64)
	return tokens / seconds, left, errors.Join(err, err2, err3) == nil && tokens > 0 && seconds > 0
}
