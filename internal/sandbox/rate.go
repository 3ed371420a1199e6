package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What a rate limit says of itself when it refuses a request.
const (
	SaysWait    = "wait"    // Retry-After, as Cloud does
	SaysPace    = "pace"    // how its store fills, as Data Center does
	SaysNothing = "nothing" // but the status
)

// A Rate is a rate limit that each of the two services has for itself. The zero
// value is none.
type Rate struct {
	PerSecond float64
	// Store is how many requests it takes at once after a time without any; 0 counts
	// those of the last second instead.
	Store float64
	Says  string
}

// ParseRate reads a limit such as "10", ten requests a second and as many at once;
// "10/1", one at once; "10/0", any ten within a second; and after a colon what it
// says, which is else what the deployment does.
func ParseRate(spec, deployment string) (r Rate, err error) {
	if spec == "" {
		return Rate{}, nil
	}
	numbers, says, named := strings.Cut(spec, ":")
	pace, store, stored := strings.Cut(numbers, "/")
	if !stored {
		store = pace
	}
	if !named {
		if says = SaysWait; deployment == "datacenter" {
			says = SaysPace
		}
	}
	r.Says = says
	r.PerSecond, err = strconv.ParseFloat(pace, 64)
	if err == nil {
		r.Store, err = strconv.ParseFloat(store, 64)
	}
	if err != nil || !(r.PerSecond > 0 && r.Store >= 0) || r.Store > 0 && r.Store < 1 || !slices.Contains([]string{SaysWait, SaysPace, SaysNothing}, says) {
		return Rate{}, fmt.Errorf("rate %q: must be like 10, 10/1 or 10/0:nothing, requests a second and how many at once; it says wait, pace or nothing", spec)
	}
	return r, nil
}

// A limit keeps to a rate.
type limit struct {
	Rate
	now func() time.Time

	mu    sync.Mutex
	store float64
	at    time.Time   // when store was so
	taken []time.Time // within the last second
}

// takes reports whether the limit lets a request through now.
func (l *limit) takes() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.Store == 0 {
		l.taken = slices.DeleteFunc(l.taken, func(t time.Time) bool { return now.Sub(t) >= time.Second })
		if float64(len(l.taken)) >= l.PerSecond {
			return false
		}
		l.taken = append(l.taken, now)
		return true
	}
	if l.at.IsZero() {
		l.store = l.Store
	} else {
		l.store = min(l.Store, l.store+now.Sub(l.at).Seconds()*l.PerSecond)
	}
	if l.at = now; l.store < 1 {
		return false
	}
	l.store--
	return true
}

// refusal is the answer to a request that the limit turns away.
func (l *limit) refusal(path string) *answer {
	a := newAnswer(http.StatusTooManyRequests, "application/json", errorBody(path, http.StatusTooManyRequests))
	number := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	switch l.Says {
	case SaysWait:
		a.header.Set("Retry-After", "1")
		a.header.Set("RateLimit-Reason", "jira-burst-based")
	case SaysPace:
		for name, value := range map[string]string{
			"Retry-After": "0", "X-RateLimit-Remaining": "0", "X-RateLimit-Limit": number(max(l.Store, 1)),
			"X-RateLimit-FillRate": number(l.PerSecond), "X-RateLimit-Interval-Seconds": "1",
		} {
			a.header.Set(name, value)
		}
	}
	return a
}
