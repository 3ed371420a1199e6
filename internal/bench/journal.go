package main

import (
	"encoding/json"
	"slices"
	"sync"
	"time"
)

// A journal keeps when each request of a sandbox began and ended.
type journal struct {
	mu   sync.Mutex
	seen []request
}

type request struct{ began, ended time.Time }

// Write takes the sandbox's line about a request, which it writes as that ends.
func (j *journal) Write(line []byte) (int, error) {
	var told struct {
		MS int64 `json:"ms"`
	}
	if err := json.Unmarshal(line, &told); err != nil {
		return 0, err
	}
	now := time.Now()
	j.mu.Lock()
	defer j.mu.Unlock()
	j.seen = append(j.seen, request{now.Add(-time.Duration(told.MS) * time.Millisecond), now})
	return len(line), nil
}

func (j *journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.seen = nil
}

// cost is how many requests there were, and the longest time of some that followed
// one another.
func (j *journal) cost() (requests int, chain time.Duration) {
	j.mu.Lock()
	defer j.mu.Unlock()
	slices.SortFunc(j.seen, func(a, b request) int { return a.ended.Compare(b.ended) })
	longest := make([]time.Duration, len(j.seen)) // of a chain that ends with this one
	for n, r := range j.seen {
		for m, before := range j.seen[:n] {
			if !before.ended.After(r.began.Add(time.Millisecond)) { // whole milliseconds are told
				longest[n] = max(longest[n], longest[m])
			}
		}
		longest[n] += r.ended.Sub(r.began)
		chain = max(chain, longest[n])
	}
	return len(j.seen), chain
}
