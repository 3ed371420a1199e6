package sandbox

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"
)

// slowness is how much longer a slow answer takes.
const slowness = 3 * time.Second

// A gate stands before both services: it counts the requests to their APIs in
// the order in which they arrive, delays them, breaks those that a fault names,
// and writes the journal.
type gate struct {
	latency, slowness time.Duration
	rate              Rate
	journal           *journal
	now               func() time.Time // of the answers' dates; nil: the machine's
	instead           func(http.ResponseWriter, *http.Request) bool

	mu     sync.Mutex
	n      int // requests so far
	faults []Fault
}

func newGate(o Options) *gate {
	return &gate{latency: o.Latency, rate: o.Rate, slowness: slowness, journal: &journal{w: o.Journal}, now: o.Now, instead: o.Instead, faults: o.Faults}
}

// arrive counts a request and says what is to happen to it.
func (g *gate) arrive() (n int, kind Kind) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n++
	for _, f := range g.faults {
		if f.hits(g.n) {
			return g.n, f.Kind
		}
	}
	return g.n, ""
}

// guard lets requests to an API of one service through the gate, and all others
// past it.
func (g *gate) guard(next http.Handler) http.Handler {
	l := &limit{Rate: g.rate, now: time.Now}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isAPI(r.URL.Path) {
			g.pass(w, r, l, next)
		} else {
			next.ServeHTTP(w, r)
		}
	})
}

func isAPI(path string) bool {
	for _, prefix := range []string{"/rest/", "/wiki/api/", "/wiki/rest/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// pass answers one request. The journal has its line before the client has the
// answer, so that who reads it then finds it.
func (g *gate) pass(w http.ResponseWriter, r *http.Request, l *limit, next http.Handler) {
	start := time.Now()
	n, kind := g.arrive()
	a := &answer{dropped: true}
	switch {
	case wait(r.Context(), g.latency) != nil:
	case l.PerSecond > 0 && !l.takes():
		a, kind = l.refusal(r.URL.Path), TooMany
	default:
		a = g.answer(r, kind, next)
	}
	g.journal.write(entry{
		N: n, Method: r.Method, Path: r.URL.Path, Query: withoutCredentials(r.URL.RawQuery),
		Status: a.status, Bytes: a.sent(), MS: time.Since(start).Milliseconds(), Fault: kind,
	})
	if g.now != nil {
		w.Header().Set("Date", g.now().UTC().Format(http.TimeFormat))
	}
	a.send(w)
}

// answer lets next handle the request, unless the fault comes before that, and
// does to the answer what the fault says.
func (g *gate) answer(r *http.Request, kind Kind, next http.Handler) *answer {
	switch kind {
	case Reset:
		return &answer{dropped: true}
	case TooMany, ServerError, Unavailable:
		return refusal(kind, r.URL.Path)
	case HTML:
		return loginPage()
	case Slow:
		if wait(r.Context(), g.slowness) != nil {
			return &answer{dropped: true}
		}
	}
	a := g.served(r, next)
	switch kind {
	case Lost:
		a.dropped = true
	case Truncate:
		a.body.Truncate(a.body.Len() / 2)
	}
	return a
}

// served is the answer of next, or what is put in its place.
func (g *gate) served(r *http.Request, next http.Handler) *answer {
	if g.instead == nil {
		return handle(next, r)
	}
	return handle(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !g.instead(w, r) {
			next.ServeHTTP(w, r)
		}
	}), r)
}

// control answers the sandbox's own address and leaves all others to next.
func (g *gate) control(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != "/_sandbox/faults":
			next.ServeHTTP(w, r)
		case r.Method != http.MethodPost:
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
		default:
			g.setFaults(w, r)
		}
	})
}

// setFaults replaces the faults and starts the count anew. It is no request to
// an API: neither counted nor journalled.
func (g *gate) setFaults(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Faults []string `json:"faults"`
	}
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	dec.DisallowUnknownFields()
	err := dec.Decode(&in)
	var faults []Fault
	if err == nil {
		faults, err = ParseFaults(in.Faults)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n, g.faults = 0, faults
	w.WriteHeader(http.StatusNoContent)
}

func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}
