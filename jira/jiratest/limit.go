package jiratest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// writeLimits are Cloud's published limits of writes to one issue.
var writeLimits = []struct {
	most   int
	within time.Duration
}{{20, 2 * time.Second}, {100, 30 * time.Second}}

// throttle says how long a write to an issue has to wait, zero for not at all.
func (s *Server) throttle(r *http.Request) time.Duration {
	rest, ok := strings.CutPrefix(r.URL.Path, "/rest/api/2/issue/")
	if !s.options.WriteLimits || !s.cloud || !ok || r.Method == http.MethodGet {
		return 0
	}
	name, _, _ := strings.Cut(rest, "/")
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(name)
	if i == nil {
		return 0
	}
	now := s.now()
	for _, limit := range writeLimits {
		recent := slices.DeleteFunc(slices.Clone(s.writes[i.ID]), func(at time.Time) bool { return now.Sub(at) >= limit.within })
		if len(recent) >= limit.most {
			return limit.within - now.Sub(recent[0])
		}
	}
	s.writes[i.ID] = append(s.writes[i.ID], now)
	return 0
}

func tooMany(w http.ResponseWriter, wait time.Duration) {
	w.Header().Set("Retry-After", formatID(int64((wait+time.Second-1)/time.Second)))
	w.Header().Set("RateLimit-Reason", "jira-per-issue-on-write")
	w.Header().Set("X-RateLimit-Limit", formatID(int64(writeLimits[0].most)))
	w.Header().Set("X-RateLimit-Remaining", "0")
	refuseReply(w, http.StatusTooManyRequests, "Rate limit exceeded.")
}
