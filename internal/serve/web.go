package serve

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// late is how old the last look for what is due may be before the daemon says that
// something is wrong.
const late = 5 * time.Minute

// handler answers for people, for what watches the daemon, and the webhook. Nothing
// but the webhook changes anything.
func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.statusPage)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", s.metrics.handler())
	if s.Secret != "" {
		mux.HandleFunc("POST /hooks/confluence", s.webhook)
	}
	return s.localOnly(safe(s.whenOpen(mux)))
}

// ready says whether work is being done: the store can be used and somebody looks
// for what is due.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	at, err := s.store.lastTick(ctx)
	switch {
	case err != nil:
		http.Error(w, "the store cannot be used: "+err.Error(), http.StatusServiceUnavailable)
	case at == 0 || s.Now().Sub(time.Unix(at, 0)) > late:
		http.Error(w, "nobody has looked for what is due in the last minutes", http.StatusServiceUnavailable)
	default:
		fmt.Fprintln(w, "ok")
	}
}

// whenOpen answers before the store is there that the process lives, and nothing
// else.
func (s *server) whenOpen(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.opened.Load() && r.URL.Path != "/healthz" {
			http.Error(w, "the store cannot be used yet; the log says why", http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// safe sets what keeps a page from being used by another.
func safe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// localOnly refuses, where only this machine is listened to, requests for another
// host's name: a page in a browser here could have it lead here.
func (s *server) localOnly(next http.Handler) http.Handler {
	at, ok := s.Listen.Addr().(*net.TCPAddr)
	if !ok || !at.IP.IsLoopback() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) {
			http.Error(w, "asked for by a name that is not this machine's", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
